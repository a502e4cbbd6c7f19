import pytest

from assay.model.grade import Grade, GradeRange

WORDS = ["carried", "dormant", "reachable", "observed"]


def test_the_four_grades_stand_in_their_order() -> None:
    assert [str(grade) for grade in sorted(Grade)] == WORDS


@pytest.mark.parametrize("word", WORDS)
def test_a_grade_is_read_as_it_is_printed(word: str) -> None:
    assert str(Grade.parse(word)) == word


@pytest.mark.parametrize("word", ["", "Carried", "CARRIED", "ob\u017ferved", "1", "carried "])
def test_other_words_are_refused(word: str) -> None:
    with pytest.raises(ValueError, match="not a grade"):
        Grade.parse(word)


def test_one_grade_prints_as_its_word_and_an_interval_with_both_ends() -> None:
    assert str(GradeRange.exactly(Grade.DORMANT)) == "dormant"
    assert str(GradeRange(Grade.DORMANT, Grade.REACHABLE, ("gate g1",))) == "dormant…reachable"


@pytest.mark.parametrize(
    ("low", "high", "unresolved"),
    [
        (Grade.REACHABLE, Grade.DORMANT, ("gate",)),
        (Grade.DORMANT, Grade.REACHABLE, ()),
        (Grade.DORMANT, Grade.DORMANT, ("gate",)),
    ],
)
def test_an_interval_is_in_order_and_says_what_is_unresolved(
    low: Grade, high: Grade, unresolved: tuple[str, ...]
) -> None:
    with pytest.raises(ValueError, match=r".+"):
        GradeRange(low, high, unresolved)


def test_ranges_sort_by_low_then_high() -> None:
    narrow = GradeRange.exactly(Grade.DORMANT)
    wide = GradeRange(Grade.DORMANT, Grade.REACHABLE, ("gate",))
    low = GradeRange.exactly(Grade.CARRIED)
    assert sorted([wide, narrow, low]) == [low, narrow, wide]
