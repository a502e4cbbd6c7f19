"""Gates in a handset's state: told by day with what was found, bounded on the page, and nothing of it markup."""

from typing import Any

import msgspec

from assay.engine.story import told
from assay.findings.database import Database
from assay.model.case import Handset
from assay.reports.html import html
from assay.reports.sections.comparisons import MOST, ComparisonView, comparison
from assay.vocabulary.states import GateInState
from tests.reports import case_rows, synthetic
from tests.reports.sections.test_comparisons import PLACE, made, row

NORTH = "Specimen North"


def state(day: str = "2021-09-22", **more: Any) -> GateInState:
    given: dict[str, Any] = {
        "place": PLACE, "comparison": "c-1", "on_handset": NORTH, "kind": "settings", "day": day,
        "seen_in": ("f0" * 32,), "variables": ("preference:guard/on",), "values": ("1",), "unseen": (),
        "open_in": ("cn",), "closed_in": ("eu-de", "eu-lt"),
    }  # fmt: skip
    return GateInState(**given | more)


def database(*states: GateInState, profile: str = "eu-lt") -> Database:
    rows = made(row(), *states, handset=NORTH)
    rows.case["handset"] = [msgspec.to_builtins(Handset(name=NORTH, profile=profile))]
    return rows.database()


def view(*states: GateInState, profile: str = "eu-lt") -> ComparisonView:
    (one,) = comparison(database(*states, profile=profile), "c-1")
    return one


def test_a_state_is_judged_under_the_profile_of_the_handset() -> None:
    for profile, gate in (("eu-lt", "closed"), ("cn", "open"), ("us", "unknown")):
        (found,) = view(state(), profile=profile).states
        assert (found.gate, found.found) == (gate, ("preference:guard/on = 1",))
    text = "\n".join(told(view(state(), state("2021-09-23", kind="answer", unseen=("remote:v",)))))
    assert f"in its state {NORTH}, settings in app data of 2021-09-22: closed under eu-lt" in text
    assert "a recorded answer of 2021-09-23: closed under eu-lt (preference:guard/on = 1); not seen: remote:v" in text


def test_without_a_profile_no_gate_is_told() -> None:
    assert "no profile of its own is stated (preference:guard/on = 1)" in "\n".join(told(view(state(), profile="")))


def test_the_state_of_another_handset_is_not_told() -> None:
    assert view(state(on_handset="Specimen West")).states == ()


def test_many_are_counted_and_nothing_of_evidence_is_markup() -> None:
    many = [state(f"2021-01-{day:02}", values=(f"<samp>\x1b{day}",)) for day in range(1, MOST + 2)]
    text = "\n".join(told(view(*many)))
    assert "and 1 more states" in text
    assert "\x1b" not in text
    page = html(msgspec.structs.replace(synthetic.case(), database=database(*many)))["index.html"].decode("utf-8")
    assert "<dt>In its state</dt><dd>and 1 more</dd>" in page
    assert "<samp>" not in page
    assert case_rows.HOSTILE[0] not in page
