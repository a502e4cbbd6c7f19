from assay.model.coverage import Coverage, NotFollowed, Outcome
from assay.model.problem import Problem


def problem(place: str, what: str) -> Problem:
    return Problem(place=place, what=what, instead="", cost="")


def test_problems_sort_by_place_then_by_what_was_wrong() -> None:
    found = [problem("line:2", "a"), problem("", "z"), problem("", "b")]
    assert [one.what for one in sorted(found)] == ["b", "z", "a"]


def test_the_same_problem_twice_is_one() -> None:
    assert len({problem("", "a"), problem("", "a")}) == 1


def test_coverage_sorts_by_analyser_then_artefact() -> None:
    rows = [Coverage(analyser=name, artefact=of, outcome=Outcome.LOOKED) for name, of in ("ba", "ab", "aa")]
    assert [row.analyser + row.artefact for row in sorted(rows)] == ["aa", "ab", "ba"]


def test_there_are_three_outcomes_and_silence_is_none() -> None:
    assert sorted(Outcome) == ["failed", "looked", "skipped"]
    assert NotFollowed("calls", 2) < NotFollowed("calls", 3)
