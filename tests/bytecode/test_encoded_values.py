"""Values of every type come back as they were written, and broken ones end where they break."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.bytecode import encoded_values
from assay.bytecode.encoded_values import MAX_DEPTH, Annotation, Sort, Value, Values
from assay.bytecode.tables import Tables
from assay.model.errors import Unreadable
from tests.bytecode import dex_parts as p
from tests.bytecode import dex_writer as w
from tests.bytecode import values_drawn as drawn
from tests.bytecode.samples import opened


def tables() -> Tables:
    return opened(w.write([w.Class("LA;")], ["a", "b"])).tables


def read(raw: bytes) -> tuple[list[tuple[int, object]], str]:
    """Read an array from bytes of its own; the tables hold some strings and types, nothing else."""
    found, error = Values(memoryview(raw), tables()).array(0)
    return [drawn.plain(value) for value in found], "" if error is None else error.what


@given(st.lists(drawn.values, max_size=5))
def test_what_was_written_is_read(values: list[p.Value]) -> None:
    writer = w.Writer([w.Class("LA;", values=values)], handles=drawn.HANDLES)
    dex = opened(writer.write())
    found = dex.static_values(0)
    assert [drawn.plain(value) for value in found.values] == [drawn.expected(each, writer.ids) for each in values]
    assert found.problems == ()
    assert list(dex.problems) == []


@given(st.lists(drawn.values, max_size=5))
def test_the_strings_of_all_classes_at_once_are_those_of_the_values(values: list[p.Value]) -> None:
    writer = w.Writer([w.Class("LA;", values=values), w.Class("LB;", values=values[::-1])], handles=drawn.HANDLES)
    found = opened(writer.write()).static_strings
    rows = zip(found.owner.tolist(), found.position.tolist(), found.string.tolist(), strict=True)
    assert list(rows) == [
        (owner, position, writer.ids.index("string", text))
        for owner, listed in enumerate((values, values[::-1]))
        for position, value in enumerate(listed)
        for text in strings(value, writer.ids)
    ]


def strings(value: p.Value, ids: w.Ids) -> list[str]:
    """The strings in a value in the order of the file, which sorts the elements of an annotation."""
    if value.sort == p.ARRAY:
        return [text for each in value.value for text in strings(each, ids)]  # type: ignore[attr-defined]
    if isinstance(value.value, p.Note):
        elements = sorted((ids.index("string", name), each) for name, each in value.value.elements)
        return [text for _, each in elements for text in strings(each, ids)]
    return [str(value.value)] if value.sort == p.STRING else []


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (b"\x00\xff", (0x00, -1)),
        (b"\x02\x80", (0x02, -128)),
        (b"\x22\x80\x00", (0x02, 128)),
        (b"\x03\x80", (0x03, 128)),
        (b"\x23\xff\xff", (0x03, 65535)),
        (b"\x64\x00\x00\x00\x80", (0x04, -(2**31))),
        (b"\xe6" + b"\xff" * 8, (0x06, -1)),
        (b"\x30\x80\x3f", (0x10, struct.pack("<d", 1.0))),
        (b"\x31\xf0\x3f", (0x11, struct.pack("<d", 1.0))),
        (b"\x10\x80", (0x10, struct.pack("<d", -0.0))),
        (b"\x1e", (0x1E, None)),
        (b"\x1f", (0x1F, False)),
        (b"\x3f", (0x1F, True)),
        (b"\x1c\x02\x1e\x1e", (0x1C, ((0x1E, None), (0x1E, None)))),
        (b"\x1d\x00\x01\x01\x1e", (0x1D, (0, ((1, (0x1E, None)),)))),
    ],
)
def test_examples_by_hand(raw: bytes, value: tuple[int, object]) -> None:
    assert read(b"\x01" + raw) == ([value], "")


@pytest.mark.parametrize("sort", [0x01, 0x05, 0x07, 0x0F, 0x12, 0x14])
def test_types_that_do_not_exist_end_the_array(sort: int) -> None:
    assert read(bytes([2, 0x1E, sort, 0])) == (
        [(0x1E, None)],
        f"a value at 0x2 is of type 0x{sort:02x}, which does not exist",
    )


@pytest.mark.parametrize(("head", "width"), [(0x20, 1), (0x42, 2), (0x43, 2), (0x84, 4), (0x90, 4)])
def test_numbers_of_more_bytes_than_their_type_end_the_array(head: int, width: int) -> None:
    found, said = read(bytes([1, head]) + bytes(9))
    assert found == []
    assert said == f"a value at 0x1 takes {(head >> 5) + 1} bytes, its type has {width}"


@pytest.mark.parametrize(
    "rest", [b"", b"\x00", b"\x62\x00", b"\x1c", b"\x1c\x01", b"\x1d", b"\x1d\x00\x01", b"\x1c\x80"]
)
def test_values_that_break_off(rest: bytes) -> None:
    found, said = read(b"\x02\x1e" + rest)
    assert found == [(0x1E, None)]
    assert said.endswith("outside the file")


@pytest.mark.parametrize("count", [2**31, 2**32 - 1])
def test_counts_beyond_the_file_end_with_it(count: int) -> None:
    found, said = read(w.uleb128(count) + b"\x1e\x1e")
    assert found == [(0x1E, None)] * 2
    assert said == "1 bytes at 0x7 lie outside the file"


def nested(depth: int, open_: bytes) -> bytes:
    return b"\x01" + open_ * (depth - 1) + b"\x1e"


@pytest.mark.parametrize("open_", [b"\x1c\x01", b"\x1d\x00\x01\x00"])
def test_the_deepest_nesting_is_read_and_no_deeper(open_: bytes) -> None:
    assert read(nested(MAX_DEPTH, open_))[1] == ""
    assert read(nested(MAX_DEPTH + 1, open_)) == ([], f"values are nested more than {MAX_DEPTH} deep")


def test_as_many_values_as_the_limit_are_read_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoded_values, "MAX_VALUES", 5)
    assert read(b"\x05" + b"\x1e" * 5) == ([(0x1E, None)] * 5, "")
    assert read(b"\x02\x1c\x04" + b"\x1e" * 5) == ([(0x1C, ((0x1E, None),) * 4)], "there are more than 5 values")


@pytest.mark.parametrize("index", [200, 2**31, 2**32 - 1])
@pytest.mark.parametrize("sort", range(0x15, 0x1C))
def test_an_index_outside_its_table_is_kept_and_its_place_noted(index: int, sort: int) -> None:
    reader = Values(memoryview(b"\x01" + bytes([sort | 3 << 5]) + struct.pack("<I", index)), tables())
    assert reader.array(0) == ((Value(Sort(sort), index),), None)
    assert reader.astray == [1]


def test_annotations_name_what_may_not_be_there() -> None:
    reader = Values(memoryview(b"\x7f\x01\x7e\x1e"), tables())
    assert reader.annotation(0) == Annotation(0x7F, ((0x7E, Value(Sort.NULL, None)),))  # type: ignore[arg-type]
    assert reader.astray == [0, 2]


@pytest.mark.parametrize("offset", [1, 2**31, 2**32 - 1])
def test_arrays_and_annotations_outside_the_file(offset: int) -> None:
    reader = Values(memoryview(b"\x00"), tables())
    found, error = reader.array(offset)
    assert (found, isinstance(error, Unreadable)) == ((), True)
    with pytest.raises(Unreadable, match="outside the file"):
        reader.annotation(offset)
