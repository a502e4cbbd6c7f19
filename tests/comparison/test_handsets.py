from itertools import combinations

import pytest

from assay.comparison.handsets import Spread, side_by_side
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


def test_what_a_single_handset_has_every_handset_has() -> None:
    (shared,) = side_by_side([finding("North")], ["North"])
    assert shared.spread is Spread.EVERY


def test_the_highest_grade_over_profiles_stands_for_each_handset() -> None:
    found = [
        finding("North", grade=Grade.DORMANT, profile="eu-lt"),
        finding("North", grade=Grade.REACHABLE, profile="cn"),
        finding("East", grade=Grade.OBSERVED),
    ]
    (shared,) = side_by_side(found, HANDSETS)
    assert {name: str(grade) for name, grade in shared.grades.items()} == {"North": "reachable", "East": "observed"}
    assert shared.findings == ("w-East-L-1-", "w-North-L-1-cn", "w-North-L-1-eu-lt")


def test_subjects_come_sorted_and_handsets_not_named_are_left_out() -> None:
    found = [finding("East", "b"), finding("East", "a"), finding("Elsewhere", "c")]
    assert [one.subject for one in side_by_side(found, HANDSETS)] == ["a", "b"]
    assert side_by_side([], HANDSETS) == ()
