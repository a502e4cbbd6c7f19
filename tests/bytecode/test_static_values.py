"""Strings in the initial values of static fields, plain, in arrays, in annotations, and broken."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.bytecode.dex import DexFile
from assay.bytecode.encoded_values import MAX_DEPTH
from tests.bytecode import dex_writer as w
from tests.bytecode.samples import EXTREMES, opened, with_u4

WORDS = [f"word {n:03}" for n in range(300)]
Value = tuple[bytes, list[str]]
"""An encoded_value and the strings in it, in order."""


IDS = w.Writer([w.Class("LA;")], WORDS).ids
INDEX = {word: IDS.index("string", word) for word in (WORDS[0], WORDS[1], WORDS[299])}


def string(word: str) -> Value:
    number = INDEX[word]
    return (bytes([0x17, number]) if number < 256 else bytes([0x37]) + struct.pack("<H", number)), [word]


def array(values: list[Value]) -> Value:
    return b"\x1c" + encoded(values), [word for _, words in values for word in words]


def annotation(values: list[Value]) -> Value:
    elements = b"".join(w.uleb128(200) + raw for raw, _ in values)
    return b"\x1d" + w.uleb128(129) + w.uleb128(len(values)) + elements, [word for _, words in values for word in words]


def encoded(values: list[Value]) -> bytes:
    return w.uleb128(len(values)) + b"".join(raw for raw, _ in values)


def file_with(values: bytes) -> bytes:
    return w.write([w.Class("LA;", static_values=values)], WORDS)


def rows(dex: DexFile) -> list[tuple[int, int, str]]:
    found = dex.static_strings
    places = zip(found.owner.tolist(), found.position.tolist(), found.string.tolist(), strict=True)
    return [(owner, position, dex.string_text(index)) for owner, position, index in places]


def said(dex: DexFile) -> list[str]:
    return [problem.what for problem in dex.problems]


others: st.SearchStrategy[Value] = st.sampled_from(
    [b"\x1e", b"\x1f", b"\x3f", b"\x00\x17", b"\x04\x17", b"\x64\x17\x17\x17\x17", b"\xe6" + b"\x17" * 8, b"\x18\x17"]
).map(lambda raw: (raw, list[str]()))
leaves = st.sampled_from(list(INDEX)).map(string) | others
nested = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=4).flatmap(
        lambda values: st.sampled_from([array(values), annotation(values)])
    ),
    max_leaves=12,
)


@given(st.lists(nested, max_size=6))
def test_every_string_with_its_field(values: list[Value]) -> None:
    dex = opened(file_with(encoded(values)))
    assert rows(dex) == [(0, at, word) for at, (_, words) in enumerate(values) for word in words]
    assert said(dex) == []


def test_the_deepest_nesting_is_read_and_no_deeper() -> None:
    value = string(WORDS[0])
    for _ in range(MAX_DEPTH - 1):
        value = array([value])
    before = string(WORDS[1])
    whole, deeper = opened(file_with(encoded([before, value]))), opened(file_with(encoded([before, array([value])])))
    assert rows(whole) == [(0, 0, WORDS[1]), (0, 1, WORDS[0])]
    assert rows(deeper) == [(0, 0, WORDS[1])]
    assert said(deeper) == [f"static values are nested more than {MAX_DEPTH} deep (1; the first here)"]


def with_values_at_the_end(values: bytes) -> bytes:
    raw = file_with(b"\0")
    (classes,) = struct.unpack_from("<I", raw, 0x64)
    return with_u4(with_u4(raw + values, classes + 28, len(raw)), 32, len(raw) + len(values))


@pytest.mark.parametrize(
    "rest",
    [
        b"",
        b"\x17",
        b"\x37\x01",
        b"\x1c",
        b"\x1c\x01",
        b"\x1d\x01",
        b"\x1d\x01\x01",
        b"\x1d\x01\x01\x01",
        b"\xe6\0\0\0",
        b"\x1c\x80",
    ],
)
def test_values_that_break_off(rest: bytes) -> None:
    dex = opened(with_values_at_the_end(b"\x02" + string(WORDS[0])[0] + rest))
    assert rows(dex) == [(0, 0, WORDS[0])]
    assert said(dex) == ["static values break off (1; the first here)"]


def test_values_up_to_the_last_byte_are_whole() -> None:
    dex = opened(with_values_at_the_end(b"\x02" + string(WORDS[0])[0] + string(WORDS[1])[0]))
    assert (rows(dex), said(dex)) == ([(0, 0, WORDS[0]), (0, 1, WORDS[1])], [])


@pytest.mark.parametrize("value", EXTREMES)
def test_values_outside_the_file(value: int) -> None:
    raw = file_with(b"\0")
    (classes,) = struct.unpack_from("<I", raw, 0x64)
    dex = opened(with_u4(raw, classes + 28, value))
    assert said(dex) == ["static values lie outside the file (1; the first here)"]


@pytest.mark.parametrize("raw", [b"\x37\xff\xff", b"\x77\xff\xff\xff\xff", b"\xf7" + b"\0" * 8, b"\x97\0\0\0\0\1"])
def test_a_string_that_does_not_exist(raw: bytes) -> None:
    dex = opened(file_with(b"\x02" + raw + string(WORDS[0])[0]))
    assert rows(dex) == [(0, 1, WORDS[0])]
    assert said(dex) == ["static values name a string that is not in its table (1; the first here)"]


def test_values_that_many_classes_share_are_read_up_to_the_limit() -> None:
    values = encoded([string(WORDS[0])] * 4000)
    classes = [w.Class("LA;", static_values=values), *(w.Class(f"LZ{n};") for n in range(100))]
    raw = w.write(classes, WORDS)
    (table,) = struct.unpack_from("<I", raw, 0x64)
    (shared,) = struct.unpack_from("<I", raw, table + 28)
    for row in range(len(classes)):
        raw = with_u4(raw, table + 32 * row + 28, shared)
    dex = opened(raw)
    assert 4000 <= len(dex.static_strings.owner) <= len(raw) // 2
    assert any(what.startswith("static values overlap so often") for what in said(dex))
