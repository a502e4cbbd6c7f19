import pytest

from assay.model.characters import is_printable


@pytest.mark.parametrize("char", ["a", " ", "é", "屏", "\U0001fae7"])
def test_what_unicode_14_prints_is_printable(char: str) -> None:
    assert is_printable(char)


@pytest.mark.parametrize("char", ["\n", "\x1b", "\x9b", "\u202e", "\u2028", "\ufdd0", "\ud800", "\U000e0041"])
def test_what_moves_turns_or_hides_is_not(char: str) -> None:
    assert not is_printable(char)


@pytest.mark.parametrize("char", ["\u0cf3", "\U0001f6dc", "\U000323af", "\u2ffc", "\u31ef", "\U0002ee5d"])
def test_what_came_later_is_not_under_any_interpreter(char: str) -> None:
    """DerivedAge.txt: the first three are of Unicode 15.0, the others of 15.1."""
    assert not is_printable(char)
