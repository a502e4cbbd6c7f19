from collections.abc import Iterator
from typing import Annotated, Any

import pytest

from assay.engine.rows import collected
from assay.model.coverage import NotFollowed, Outcome
from assay.model.problem import Problem
from assay.registry import AnalyserSpec
from assay.vocabulary import Column, Fact
from assay.vocabulary.handset import BuildProperty, Preference
from assay.vocabulary.trials import TrialStep

ONE = "ab" * 32


def _no_rows(_document: object) -> Iterator[Any]:
    return iter(())


SPEC = AnalyserSpec(
    name="look", version=2, question="?", reads=(object,), emits=(BuildProperty, TrialStep), needs=(),
    blind_to=("x",), run=_no_rows, module="m",
)  # fmt: skip


def _step(number: Any) -> TrialStep:
    return TrialStep(trial="t", number=number, role="canary", action="", input="", outcome="", screen="", log="")


def _problem(what: str) -> Problem:
    return Problem(place="", what=what, instead="", cost="")


def test_rows_are_sorted_unique_and_carry_their_values() -> None:
    rows = [BuildProperty(name=name, value="é") for name in "bab"]
    analysis = collected(SPEC, ONE, [(ONE, row) for row in rows])
    assert len(analysis.rows) == 2
    assert [row.fact for row in analysis.rows] == sorted(row.fact for row in analysis.rows)
    assert {row.values["name"] for row in analysis.rows} == {"a", "b"}
    assert {(row.table, row.artefact) for row in analysis.rows} == {("build_property", ONE)}
    assert (analysis.coverage.analyser, analysis.coverage.outcome) == ("look@2", Outcome.LOOKED)


def test_problems_are_sorted_and_unique_and_what_was_not_followed_is_counted() -> None:
    given: list[Any] = [_problem("b"), NotFollowed("calls", 2), _problem("a"), _problem("b"), NotFollowed("arrays", 1)]
    analysis = collected(SPEC, ONE, [(ONE, one) for one in given])
    assert [one.what for one in analysis.problems] == ["a", "b"]
    assert analysis.coverage.not_followed == (NotFollowed("arrays", 1), NotFollowed("calls", 2))


@pytest.mark.parametrize("number", [2**63 - 1, -(2**63)])
def test_numbers_up_to_64_bits_are_kept(number: int) -> None:
    assert collected(SPEC, ONE, [(ONE, _step(number))]).rows[0].values["number"] == number


class Stray(Fact, frozen=True, kw_only=True):
    word: Annotated[str, Column("a word")] = ""


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        (_step(2**63), OverflowError),
        (_step(-(2**63) - 1), OverflowError),
        (_step("three"), ValueError),
        (_step(None), ValueError),
        (_step(1.5), (TypeError, ValueError)),
        (BuildProperty(name="\ud800", value=""), ValueError),
        (_problem("\ud800"), ValueError),
        (Preference(name="", type="", value=""), TypeError),
        (Stray(), TypeError),
        ("a text", TypeError),
    ],
)
def test_what_does_not_fit_its_table_is_a_fault_of_the_part(given: Any, fault: type[Exception]) -> None:
    with pytest.raises(fault):
        collected(SPEC, ONE, [(ONE, given)])


@pytest.mark.parametrize("artefact", ["", "ab", "../etc"])
def test_a_fact_is_of_an_artefact(artefact: str) -> None:
    with pytest.raises(ValueError, match="of an artefact"):
        collected(SPEC, "", [(artefact, BuildProperty(name="a", value=""))])


def test_two_rows_of_one_id_are_a_fault_and_none_hides_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assay.engine.rows.fact_id", lambda _artefact, _fact: "f-0")
    with pytest.raises(ValueError, match="two different rows"):
        collected(SPEC, ONE, [(ONE, BuildProperty(name=name, value="")) for name in "ab"])


def test_null_stands_only_where_the_table_allows_it() -> None:
    with pytest.raises(ValueError, match="Expected `str`"):
        collected(SPEC, ONE, [(ONE, BuildProperty(name="a", value=None))])  # type: ignore[arg-type]
