"""What differs between handsets stands with each handset's grade; what all have alike stands nowhere."""

import msgspec

from assay.model.finding import Finding
from assay.model.grade import Grade, GradeRange
from assay.reports.sections.differences import SHOWN, RuleDifferences, differences
from tests.reports import case_rows, synthetic

CASE = synthetic.case()
NORTH, WEST, EAST = case_rows.NAMES
RULE = CASE.rules[0].id


def found(handset: str, subject: str, grade: Grade = Grade.CARRIED) -> Finding:
    return Finding(
        id=f"w-{subject}{handset}", rule=RULE, handset=handset, profile="", subject=subject,
        grade=GradeRange.exactly(grade), facts=("f-1",), detail={},
    )  # fmt: skip


def of(*held: Finding) -> tuple[RuleDifferences, ...]:
    return differences(msgspec.structs.replace(CASE, findings=held))


def test_what_every_handset_has_alike_is_no_difference() -> None:
    assert of(*(found(name, "s") for name in case_rows.NAMES)) == ()


def test_what_one_handset_lacks_is_shown_as_none_in_its_place() -> None:
    (group,) = of(found(NORTH, "s"), found(EAST, "s"))
    assert [[grade and str(grade) for grade in row.grades] for row in group.rows] == [["carried", None, "carried"]]


def test_another_grade_is_a_difference() -> None:
    (group,) = of(found(NORTH, "s"), found(WEST, "s"), found(EAST, "s", Grade.OBSERVED))
    assert [[str(grade) for grade in row.grades] for row in group.rows] == [["carried", "carried", "observed"]]


def test_rows_beyond_the_limit_are_counted() -> None:
    for number, left_out in ((SHOWN, 0), (SHOWN + 1, 1)):
        (group,) = of(*(found(NORTH, f"{place:03}") for place in range(number)))
        assert (len(group.rows), group.left_out) == (SHOWN, left_out)
