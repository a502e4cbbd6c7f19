"""Gates of specimens in each state of their settings and for each answer, against what the sources say."""

from functools import cache
from itertools import product
from typing import Any

import pytest

from assay.bytecode.gates import states as gate_states
from assay.bytecode.gates.worlds import ABSENT
from assay.facts.comparisons import states
from assay.facts.comparisons.comparisons import comparisons
from assay.facts.comparisons.states import written
from assay.model.coverage import NotFollowed
from assay.vocabulary.comparisons import Comparison
from assay.vocabulary.states import GateState
from tests.applications import apps

ON, FORCE = "preference:guard/filter_on", "preference:guard/force_on"
EUROPEAN, OTHER = "eu-lt", "cn"


@cache
def told(name: str) -> tuple[Any, ...]:
    return tuple(each.row for each in comparisons(apps.specimen(name)))


def rows(name: str, kind: str, found: tuple[Any, ...] = ()) -> list[GateState]:
    """The states of the comparison with the downloaded list, of one kind."""
    found = found or told(name)
    wanted = {row.comparison for row in found if isinstance(row, Comparison) and row.list_origin == "downloaded"}
    return [row for row in found if isinstance(row, GateState) and row.kind == kind and row.comparison in wanted]


def truth(row: GateState, profile: str) -> str:
    return "open" if profile in row.open_in else "closed" if profile in row.closed_in else "unknown"


def gate(name: str, on: str, force: str, *, european: bool) -> str:
    """What the source of a build says: g1 or g2, a switch being off where nothing stands."""
    market = not european or (name == "notes-g2" and force == "#1")
    return "open" if market and on == "#1" else "closed"


@pytest.mark.parametrize("name", ["notes-g1", "notes-g2"])
@pytest.mark.parametrize(("kind", "names"), [("settings", (FORCE, ON)), ("answer", ("remote:force", "remote:on"))])
def test_every_state_is_what_the_source_says(name: str, kind: str, names: tuple[str, str]) -> None:
    seen = {}
    for row in rows(name, kind):
        values = dict(zip(row.variables, row.values, strict=True))
        on = next(value for key, value in values.items() if key.endswith("on") and key != names[0])
        force = values.get(names[0], "")
        seen[on, force] = (truth(row, EUROPEAN), truth(row, OTHER))
    forces = ("-", "#0", "#1") if name == "notes-g2" else ("",)
    assert seen == {
        (on, force): (gate(name, on, force, european=True), gate(name, on, force, european=False))
        for on, force in product(("-", "#0", "#1"), forces)
    }


def test_an_answer_has_the_address_that_it_is_asked_from() -> None:
    assert {row.addresses for row in rows("notes-g1", "answer")} == {("http://cfg.example.test/guard?v=",)}
    assert {row.addresses for row in rows("notes-g1", "settings")} == {()}


@pytest.mark.parametrize("name", ["ads", "dialer", "reader"])
def test_a_gate_that_reads_no_settings_has_no_states(name: str) -> None:
    assert [row for row in told(name) if isinstance(row, Comparison)]
    assert [row for row in told(name) if isinstance(row, GateState)] == []


@pytest.mark.parametrize(("limit", "many"), [(3, 3), (2, 0)])
def test_more_combinations_than_the_limit_are_counted(monkeypatch: pytest.MonkeyPatch, limit: int, many: int) -> None:
    monkeypatch.setattr(gate_states, "MAX_STATES", limit)
    found = tuple(each.row for each in comparisons(apps.specimen("notes-g1")))
    assert len(rows("notes-g1", "settings", found)) == many
    counted = [row for row in found if isinstance(row, NotFollowed) and "states" in row.what]
    assert many or counted


def test_without_work_left_none_are_told_and_all_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(states, "MAX_WORK", -1)
    found = [each.row for each in comparisons(apps.specimen("notes-g1"))]
    assert [row for row in found if isinstance(row, GateState)] == []
    (counted,) = [row for row in found if isinstance(row, NotFollowed) and "states" in row.what]
    assert counted.count >= 2


def test_values_are_written_apart() -> None:
    assert [written(each) for each in (ABSENT, 0, -1, "", "-", "#1")] == ["-", "#0", "#-1", "=", "=-", "=#1"]
