"""The mechanisms are data: every rule they name is shipped, and findings of those rules are linked."""

from assay.findings import rulebook
from assay.model.finding import Finding
from assay.model.grade import Grade, GradeRange
from assay.reports.sections.mechanisms import mechanism_views, mechanisms


def test_all_six_stand_in_order_with_the_evidence_each_needs() -> None:
    assert [one.id for one in mechanisms()] == ["H1", "H2", "H3", "H4", "H5", "H6"]
    assert all(one.text.endswith(".") and one.evidence.endswith(".") for one in mechanisms())


def test_every_rule_they_name_is_shipped() -> None:
    assert {rule for one in mechanisms() for rule in one.rules} <= {rule.id for rule in rulebook.load()}


def test_a_finding_stands_with_the_mechanisms_it_speaks_to_and_no_other() -> None:
    finding = Finding(
        id="w-1", rule="lists/list-emptied-by-server", handset="A", profile="", subject="s",
        grade=GradeRange.exactly(Grade.OBSERVED), facts=("f-1",), detail={},
    )  # fmt: skip
    assert {one.mechanism.id for one in mechanism_views([finding]) if one.findings} == {"H1"}
    assert not any(one.findings for one in mechanism_views([]))
