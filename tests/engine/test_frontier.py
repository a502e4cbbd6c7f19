import hashlib
from typing import Any

import pyarrow.parquet as pq
import pytest

from assay.engine import frontier as module
from assay.engine.frontier import Frontier, Node
from assay.engine.pipeline import Facts
from assay.engine.records import Child, Expansion
from assay.model.locator import Locator
from tests.engine.conftest import MakeCase, Run

TOP = "aa" * 32


def _child(number: int, size: int = 1) -> Child:
    return Child(member=b"m%d" % number, sha256=f"{number:064x}", size=size)


def _grown(*children: Child, above: tuple[str, ...] = ()) -> tuple[list[str], list[str]]:
    frontier = Frontier()
    node = Node(sha256=TOP, size=1, locator=Locator(TOP), above=above)
    grown = frontier.grow([node], {TOP: Expansion(kind="nest", step="in", children=children)})
    return [str(one.locator)[64:] for one in grown], [one.what for one in frontier.problems().get(TOP, ())]


def test_members_lie_below_their_container_in_its_order() -> None:
    assert _grown(_child(2), _child(1)) == (["!in:m2", "!in:m1"], [])


@pytest.mark.parametrize("containers", [1, 63])
def test_the_deepest_nesting_is_examined(containers: int) -> None:
    assert _grown(_child(1), above=("bb" * 32,) * containers)[0] == ["!in:m1"]


def test_one_level_deeper_is_not() -> None:
    assert _grown(_child(1), above=("bb" * 32,) * 64) == ([], ["nested deeper than 64 containers"])


def test_bytes_of_an_exhibit_are_counted_over_all_its_members(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_EXPANDED_BYTES", 10)
    assert _grown(_child(1, 4), _child(2, 6))[0] == ["!in:m1", "!in:m2"]
    kept, problems = _grown(_child(1, 4), _child(2, 7), _child(3, 6))
    assert (kept, problems) == (["!in:m1", "!in:m3"], ["the exhibit unpacks to more than 10 bytes"])


def test_artefacts_of_an_exhibit_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_MEMBERS", 2)
    assert _grown(_child(1), _child(2))[1] == []
    kept, problems = _grown(_child(1), _child(2), _child(3))
    assert (kept, problems) == (["!in:m1", "!in:m2"], ["the exhibit holds more than 2 artefacts"])


def test_what_contains_itself_is_not_followed_round() -> None:
    again = Child(member=b"m", sha256=TOP, size=1)
    assert _grown(again, _child(1)) == (["!in:m1"], ["contains itself"])
    around = "cc" * 32
    assert _grown(Child(member=b"m", sha256=around, size=1), above=(around,)) == ([], ["contains itself"])


def _problems(facts: Facts) -> list[dict[str, Any]]:
    return [row for path in facts.segments.get("problem", []) for row in pq.read_table(path).to_pylist()]


@pytest.mark.parametrize("exhibit", [b"MIRROR", b"RING a"])
def test_containers_that_hold_themselves_end(make_case: MakeCase, run: Run, exhibit: bytes) -> None:
    facts = run(make_case({"ring": exhibit, "good": b"ORDER good"}))
    assert "contains itself" in {row["what"] for row in _problems(facts)}
    assert max(one.locator.count("!") for one in facts.occurrences) <= 2
    assert facts.counts["build_property"] == 2


@pytest.mark.parametrize(("levels", "reached"), [(63, True), (64, False)])
def test_the_limit_of_depth_holds_from_end_to_end(make_case: MakeCase, run: Run, levels: int, *, reached: bool) -> None:
    facts = run(make_case({"deep": b"DEEP %d" % levels}))
    bottom = hashlib.sha256(b"bottom").hexdigest()
    assert (bottom in {one.artefact for one in facts.occurrences}) is reached
    assert [row["what"] for row in _problems(facts)] == ([] if reached else ["nested deeper than 64 containers"])
