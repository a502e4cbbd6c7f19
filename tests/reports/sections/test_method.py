"""The run record is printed whole: single values first, then its parts by name."""

from assay.model.coverage import Coverage, Outcome
from assay.reports.sections.method import run_groups


def test_every_value_stands_once_in_its_group() -> None:
    run = {"stages": {"b": "2", "a": "1"}, "assay": "0.1", "profiles": ["cn"], "incomplete": False, "empty": {}}
    found = [(group.name, [(line.name, line.value) for line in group.lines]) for group in run_groups(run)]
    assert found == [
        ("", [("assay", "0.1"), ("incomplete", "false"), ("profiles", "cn")]),
        ("stages", [("a", "1"), ("b", "2")]),
    ]


def test_the_order_of_the_record_does_not_matter() -> None:
    assert run_groups({"b": "2", "a": {"y": "1", "x": "2"}}) == run_groups({"a": {"x": "2", "y": "1"}, "b": "2"})


def test_coverage_is_told_in_words_and_nothing_as_none() -> None:
    skipped = Coverage(analyser="join@1", artefact="", outcome=Outcome.SKIPPED, reason="no databases given")
    (group,) = run_groups({"failures": (), "joiners": (skipped,)})
    assert [line.value for line in group.lines] == ["none", "join@1: skipped (no databases given)"]
