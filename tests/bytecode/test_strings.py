"""Strings as bytes, as text and as hashes; and those that no honest file has."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.bytecode.strings import MAX_SHARING, hash_of, text_of
from assay.model.text import from_bytes, is_bytes, to_bytes
from tests.bytecode import dex_writer as w
from tests.bytecode.samples import EXTREMES, opened, with_u4

TEXT = st.text(alphabet=st.characters(codec="utf-16", exclude_characters="\ufdd0"), max_size=8)


@given(TEXT)
def test_text_of_mutf8_is_the_text(text: str) -> None:
    assert text_of(w.mutf8(text)) == text


@given(st.binary(max_size=12).filter(lambda raw: b"\0" not in raw))
def test_any_bytes_are_text_or_stay_bytes(raw: bytes) -> None:
    found = text_of(raw)
    found.encode("utf-8")
    if is_bytes(found):
        assert to_bytes(found) in (raw, raw.replace(b"\xc0\x80", b"\0"))


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"\xc0\x80", "\0"),
        (b"\xed\xa0\xbd\xed\xb8\x80", "😀"),
        (b"\xf0\x9f\x98\x80", "😀"),
        (b"\xed\xa0\xbd", from_bytes(b"\xed\xa0\xbd")),
        (b"\xff", from_bytes(b"\xff")),
        (b"caf\xc3\xa9", "café"),
    ],
)
def test_texts(raw: bytes, text: str) -> None:
    assert text_of(raw) == text


@given(st.lists(TEXT, unique=True, max_size=20))
def test_the_hash_column_is_the_hash_of_the_bytes(texts: list[str]) -> None:
    dex = opened(w.write([], texts))
    raws = [dex.string_bytes(i) for i in range(dex.string_count)]
    assert dex.strings.hashes.tolist() == [hash_of(raw) for raw in raws]
    assert len(set(dex.strings.hashes.tolist())) == len(raws)


MASK = 2**64 - 1


def reference_hash(raw: bytes) -> int:
    """The hash as its description says it: words of eight bytes, the last one filled with zeros, then the length."""
    whole = len(raw) // 8 * 8
    words = [int.from_bytes(raw[at : at + 8], "little") for at in range(0, whole, 8)]
    value = 0x9E3779B97F4A7C15
    for word in (*words, int.from_bytes(raw[whole:], "little"), len(raw)):
        value = (value ^ word) * 0xFF51AFD7ED558CCD & MASK
        value ^= value >> 32
    return value


@given(st.binary(max_size=40).filter(lambda raw: b"\0" not in raw))
def test_the_hash_is_that_of_its_description(raw: bytes) -> None:
    assert hash_of(raw) == reference_hash(raw)


@given(st.text(alphabet="ab\x7f\u0080\u0100", min_size=1, max_size=30), st.integers(0, 9))
def test_the_hash_does_not_depend_on_the_place(text: str, before: int) -> None:
    dex = opened(w.write([], ["!" * before, text]))
    (row,) = dex.find_string(w.mutf8(text))
    assert int(dex.strings.hashes[row]) == reference_hash(w.mutf8(text))


def test_hashes_differ_where_bytes_differ_in_length_order_or_one_bit() -> None:
    raws = [b"", b"\1", b"\1\1", b"a" * 7, b"a" * 8, b"a" * 9, b"abcdefgh", b"hgfedcba", b"abcdefghi", b"abcdefgh\1"]
    assert len({hash_of(raw) for raw in raws}) == len(raws)


@pytest.mark.parametrize("value", [*EXTREMES, 0x00FFFFFF])
def test_a_string_outside_the_file_is_empty_and_the_others_are_read(value: int) -> None:
    dex = opened(with_u4(w.write([], ["a", "b"]), 0x70, value))
    (problem,) = dex.problems
    assert (problem.place, problem.what) == ("0x70+4", "strings lie outside the file (1; the first here)")
    assert [dex.string_text(i) for i in range(dex.string_count)] == ["", *sorted(["a", "b", "Ljava/lang/Object;"])[1:]]


def test_a_string_without_end_is_empty() -> None:
    raw = w.write([], ["a"]) + b"\x05never"
    dex = opened(with_u4(raw, 0x70, len(raw) - 6))
    assert "strings have no end (1; the first here)" in [problem.what for problem in dex.problems]
    assert dex.string_bytes(0) == b""


def test_a_length_that_never_ends_is_outside() -> None:
    raw = w.write([], ["a"]) + b"\x80\x80\x80\x80\x80\x01a\0"
    dex = opened(with_u4(raw, 0x70, len(raw) - 8))
    assert "strings lie outside the file (1; the first here)" in [problem.what for problem in dex.problems]


def overlapping(count: int) -> bytes:
    """A file whose `count` strings are all the same run of almost all its bytes."""
    run = 40 * count
    raw = struct.pack(f"<{count}I", *[0x70 + 4 * count] * count) + b"\1" + b"a" * run + b"\0"
    numbers = [0x70 + len(raw), 0x70, 0x12345678, 0, 0, 0, count, 0x70, *[0] * 12]
    return b"dex\n035\0" + bytes(24) + struct.pack("<20I", *numbers) + raw


def test_overlapping_strings_are_read_up_to_the_limit() -> None:
    assert list(opened(overlapping(MAX_SHARING)).problems) == []
    dex = opened(overlapping(100))
    (problem,) = dex.problems
    read = int((dex.strings.lengths > 0).sum())
    assert MAX_SHARING <= read <= MAX_SHARING * 2
    assert problem.what.startswith(f"strings overlap so often that reading them all would take too long ({100 - read};")
