"""Comparisons in the report: which come first, truth tables, what is bounded, and nothing of evidence as markup."""

from typing import Any

import msgspec
import pytest

from assay.model.text import show
from assay.reports.html import html
from assay.reports.sections.comparisons import LONGEST, MOST, SHOWN, Comparisons, comparison, comparisons
from assay.vocabulary.comparisons import Comparison, GateTruth, GateVariable, UnfollowedEdge
from tests.reports import case_rows, synthetic

PLACE = "method:La;->b()V+0x1"


def row(name: str = "c-1", **more: Any) -> Comparison:
    given: dict[str, Any] = {
        "place": PLACE, "comparison": name, "package": "org.example.a", "class_name": "La;", "method": "b()V",
        "code_offset": 1, "api": "java.lang.String.contains", "operator": "substring", "folding": "",
        "entry": "La;->e()V",
        "chain": (), "list_origin": "downloaded", "list_detail": (), "list_terms": (), "text_origin": "typed",
        "text_detail": (), "consequences": ("refused",), "message": (), "gate": "market", "remote_content": "yes",
        "remote_switch": "no", "path_shown": True, "unknowns": 0,
    }  # fmt: skip
    return Comparison(**given | more)


def truth(profile: str, unset: str = "closed", name: str = "c-1") -> GateTruth:
    return GateTruth(
        place=PLACE, comparison=name, profile=profile, unset=unset, server_opens="no", server_closes="yes",
        user_opens="no",
    )  # fmt: skip


def variable(stage: str, *constants: str, name: str = "remote:on") -> GateVariable:
    return GateVariable(
        place=PLACE, comparison="c-1", stage=stage, variable=name, constants=constants, default="",
        controller="vendor's server", condition="c",
    )  # fmt: skip


def edge(reason: str, costs: str = "gate") -> UnfollowedEdge:
    return UnfollowedEdge(place=PLACE, comparison="c-1", reason=reason, where=PLACE, costs=costs)


def made(*facts: Any, handset: str = "A") -> case_rows.Rows:
    rows = case_rows.Rows()
    where = rows.artefact("a.dex", handset, kind="dex")
    for fact in facts:
        rows.add(where, fact)
    return rows


def section(*facts: Any) -> Comparisons:
    return comparisons(made(*facts).database())


def test_consequences_come_first_then_text_of_the_user() -> None:
    order = [("c-4", "typed", ()), ("c-3", "advertisement", ("dropped",)), ("c-2", "page", ("navigation",)),
             ("c-1", "sms", ("refused",))]  # fmt: skip
    found = section(*(row(name, text_origin=text, consequences=what) for name, text, what in order))
    assert [one.comparison for one in found.shown] == ["c-1", "c-2", "c-3", "c-4"]


@pytest.mark.parametrize("count", [SHOWN, SHOWN + 1])
def test_the_rest_is_counted(count: int) -> None:
    found = section(*(row(f"c-{number:03}") for number in range(count)))
    assert (len(found.shown), found.left_out) == (SHOWN, count - SHOWN)


def test_profiles_of_the_same_line_stand_together_and_those_of_another_apart() -> None:
    (one,) = section(row(), truth("eu-lt"), truth("eu-de"), truth("cn", "open")).shown
    assert [(line.profiles, line.before) for line in one.truths] == [(("cn",), "open"), (("eu-de", "eu-lt"), "closed")]


def test_gates_of_other_comparisons_and_other_files_are_not_taken() -> None:
    rows = made(row(), truth("cn"), row("c-2"), truth("cn", "open", "c-2"))
    rows.add(rows.artefact("b.dex", "B", kind="dex"), row(api="other"))
    rows.add(rows.artefact("b.dex", "B", kind="dex"), truth("cn", "unknown"))
    lines = {
        (one.comparison, one.handsets): [line.before for line in one.truths]
        for one in comparisons(rows.database()).shown
    }
    assert lines == {("c-1", ("A",)): ["closed"], ("c-2", ("A",)): ["open"], ("c-1", ("B",)): ["unknown"]}


def test_a_variable_stands_once_with_its_stages_and_constants() -> None:
    (one,) = section(
        row(), variable("use", "LT", "DE"), variable("consequence", "LT"), variable("use", name="time")
    ).shown
    assert [(each.name, each.stages, each.constants) for each in one.variables] == [
        ("remote:on", ("consequence", "use"), ("DE", "LT")),
        ("time", ("use",), ()),
    ]


def test_what_was_not_followed_is_told_once() -> None:
    (one,) = section(row(), edge("native"), edge("native"), edge("budget", "text origin")).shown
    assert {(each.reason, each.costs) for each in one.unfollowed} == {("native", "gate"), ("budget", "text origin")}


def test_one_comparison_is_found_by_its_id() -> None:
    database = made(row(), row("c-2")).database()
    assert [one.comparison for one in comparison(database, "c-2")] == ["c-2"]
    assert comparison(database, "c-9") == ()


def page(*facts: Any) -> str:
    results = msgspec.structs.replace(synthetic.case(), database=made(*facts, handset="Specimen North").database())
    return html(results)["index.html"].decode("utf-8")


def test_nothing_of_the_evidence_becomes_markup() -> None:
    hostile: dict[str, Any] = dict.fromkeys(
        ("package", "class_name", "method", "api", "entry", "gate"), case_rows.HOSTILE[0]
    )
    lists: dict[str, Any] = dict.fromkeys(
        ("chain", "list_detail", "list_terms", "text_detail", "message"), case_rows.HOSTILE
    )
    text = page(row(**hostile, **lists), variable("use", *case_rows.HOSTILE), edge(case_rows.HOSTILE[1]))
    assert not [one for one in case_rows.HOSTILE if "<" in one and one in text]
    assert show("nul\x00and\x1b[31mescape\x07") in text


@pytest.mark.parametrize("count", [MOST, MOST + 1])
def test_details_are_bounded(count: int) -> None:
    text = page(row(chain=tuple(f"call-{number}" for number in range(count))))
    assert f"call-{MOST - 1}<" in text
    assert (f"call-{MOST}<" in text) is False
    assert ("and 1 more calls" in text) == (count > MOST)


@pytest.mark.parametrize("length", [LONGEST, LONGEST + 1])
def test_a_long_text_is_cut_and_what_is_cut_is_counted(length: int) -> None:
    gate = "g" * length
    (one,) = section(row(gate=gate, list_terms=(gate,)), variable("use", name=gate)).shown
    cut = gate if length == LONGEST else gate[:LONGEST] + "… and 1 characters more"
    assert (one.gate, one.list_terms, one.variables[0].name) == (cut, (cut,), cut)


def test_truths_are_words_and_an_empty_case_says_so() -> None:
    text = page(row(), truth("eu-lt"))
    assert '<th scope="row">eu-lt</th><td>closed</td><td>no</td><td>yes</td><td>no</td>' in text
    assert "No comparison of text with a list was found" in page()
