from itertools import combinations

import pytest

from assay.comparison.handsets import Spread, common, only_on, side_by_side
from assay.model.finding import Finding
from assay.model.grade import Grade, GradeRange

HANDSETS = ("North", "West", "East")


def finding(handset: str, subject: str = "L-1", grade: Grade = Grade.CARRIED, profile: str = "") -> Finding:
    return Finding(
        id=f"w-{handset}-{subject}-{profile}",
        rule="lists/carries-term-list",
        handset=handset,
        profile=profile,
        subject=subject,
        grade=GradeRange.exactly(grade),
        facts=("f-1",),
        detail={},
    )


SPREADS = {1: Spread.ONLY_HERE, 2: Spread.SOME, 3: Spread.EVERY}


@pytest.mark.parametrize("having", [some for n in SPREADS for some in combinations(HANDSETS, n)])
def test_the_spread_counts_the_handsets_that_have_it(having: tuple[str, ...]) -> None:
    (shared,) = side_by_side([finding(handset) for handset in having], HANDSETS)
    assert shared.spread is SPREADS[len(having)]
    assert tuple(shared.grades) == having
    assert [one.subject for one in common([shared])] == (["L-1"] if len(having) == 3 else [])
    for handset in HANDSETS:
        assert bool(only_on([shared], handset)) == (having == (handset,))


def test_a_single_handset_has_everything_and_nothing_is_only_there() -> None:
    (shared,) = side_by_side([finding("North")], ["North"])
    assert shared.spread is Spread.EVERY
    assert only_on([shared], "North") == ()


def test_the_highest_grade_over_profiles_stands_and_differences_show() -> None:
    found = [
        finding("North", grade=Grade.DORMANT, profile="eu-lt"),
        finding("North", grade=Grade.REACHABLE, profile="cn"),
        finding("East", grade=Grade.OBSERVED),
    ]
    (shared,) = side_by_side(found, HANDSETS)
    assert {name: str(grade) for name, grade in shared.grades.items()} == {"North": "reachable", "East": "observed"}
    assert shared.differs
    assert shared.findings == ("w-East-L-1-", "w-North-L-1-cn", "w-North-L-1-eu-lt")


def test_subjects_come_sorted_and_handsets_not_named_are_left_out() -> None:
    found = [finding("East", "b"), finding("East", "a"), finding("Elsewhere", "c")]
    assert [one.subject for one in side_by_side(found, HANDSETS)] == ["a", "b"]
    assert side_by_side([], HANDSETS) == ()
