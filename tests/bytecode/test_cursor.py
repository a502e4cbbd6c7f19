"""Numbers read one after the other, at the edges of what they can hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.bytecode.cursor import Cursor
from assay.model.errors import Unreadable
from tests.bytecode.dex_items import sleb128, uleb128


def at(raw: bytes, place: int = 0) -> Cursor:
    return Cursor(memoryview(raw), place)


@given(st.integers(0, 2**32 - 1))
def test_uleb128(value: int) -> None:
    cursor = at(uleb128(value) + b"\x80")
    assert (cursor.uleb128(), cursor.place) == (value, len(uleb128(value)))
    assert at(uleb128(value)).uleb128p1() == value - 1


@given(st.integers(-(2**31), 2**31 - 1))
def test_sleb128(value: int) -> None:
    cursor = at(sleb128(value) + b"\x80")
    assert (cursor.sleb128(), cursor.place) == (value, len(sleb128(value)))


@pytest.mark.parametrize(("raw", "value"), [(b"\x7f", -1), (b"\x80\x7f", -128), (b"\x3f", 63), (b"\xff\x00", 127)])
def test_signed_examples_of_the_specification(raw: bytes, value: int) -> None:
    assert at(raw).sleb128() == value


@pytest.mark.parametrize("raw", [b"", b"\x80", b"\xff\xff\xff\xff\xff\x00"])
def test_numbers_that_break_off_or_do_not_end(raw: bytes) -> None:
    for read in (at(raw).uleb128, at(raw).sleb128):
        with pytest.raises(Unreadable):
            read()


def test_bits_beyond_the_32nd_are_dropped() -> None:
    assert at(b"\xff\xff\xff\xff\x7f").uleb128() == 2**32 - 1
    assert at(b"\xff\xff\xff\xff\x7f").sleb128() == -1


@pytest.mark.parametrize("place", [-1, 3, 2**31, 2**32 - 1])
def test_places_outside_the_file(place: int) -> None:
    with pytest.raises(Unreadable, match="outside the file"):
        at(b"abc", place).byte()


def test_no_more_is_taken_than_there_is() -> None:
    cursor = at(b"abcd" * 2)
    assert cursor.u4(2) == (0x64636261,) * 2
    with pytest.raises(Unreadable, match="1 bytes at 0x8 lie outside"):
        cursor.byte()
    with pytest.raises(Unreadable, match="outside"):
        at(b"abc").take(-1)


def test_rows_that_fit() -> None:
    assert [at(b"abcdefgh", 1).fitting(count, 3) for count in (0, 2, 3, 2**32 - 1)] == [0, 2, 2, 2]
    assert at(b"abc", 9).fitting(1, 1) == 0
