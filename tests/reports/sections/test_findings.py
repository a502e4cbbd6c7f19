"""Findings stand by rule, the highest grade first; the same thing on several handsets is one row."""

import msgspec

from assay.model.finding import Finding
from assay.model.grade import Grade, GradeRange
from assay.reports.sections.findings import SHOWN, findings, printed_ids, quiet_rules
from tests.reports import case_rows, synthetic

CASE = synthetic.case()
NORTH, WEST, EAST = case_rows.NAMES
CARRIED, QUIET = (rule.id for rule in CASE.rules)


def found(rule: str, handset: str, grade: Grade = Grade.CARRIED, **detail: str) -> Finding:
    return Finding(
        id=f"w-{rule}{handset}", rule=rule, handset=handset, profile="", subject="s", grade=GradeRange.exactly(grade),
        facts=("f-1",), detail=detail,
    )  # fmt: skip


def test_the_same_on_several_handsets_is_one_row_in_the_order_of_the_case() -> None:
    held = msgspec.structs.replace(CASE, findings=(found(CARRIED, EAST, n="1"), found(CARRIED, NORTH, n="1")))
    (group,) = findings(held)
    assert [[one.handset for one in row.findings] for row in group.rows] == [[NORTH, EAST]]


def test_another_detail_is_another_row() -> None:
    held = msgspec.structs.replace(CASE, findings=(found(CARRIED, EAST, n="1"), found(CARRIED, NORTH, n="2")))
    (group,) = findings(held)
    assert [row.first.handset for row in group.rows] == [NORTH, EAST]


def test_what_was_observed_comes_before_what_is_carried() -> None:
    held = (found(CARRIED, NORTH), found(QUIET, NORTH, Grade.OBSERVED))
    assert [group.rule.id for group in findings(msgspec.structs.replace(CASE, findings=held))] == [QUIET, CARRIED]


def test_rows_beyond_the_limit_are_counted_and_not_led_to() -> None:
    for number, left_out in ((SHOWN, 0), (SHOWN + 1, 1)):
        held = tuple(found(CARRIED, f"{place:04}", n=str(place)) for place in range(number))
        groups = findings(msgspec.structs.replace(CASE, findings=held))
        assert groups[0].left_out == left_out
        assert len(printed_ids(groups)) == SHOWN


def test_rules_without_a_finding_are_named_as_such() -> None:
    held = msgspec.structs.replace(CASE, findings=(found(CARRIED, NORTH),))
    assert [rule.id for rule in quiet_rules(held)] == [QUIET]
