"""What annotations name, over all classes at once; and broken ones."""

import struct
from collections import Counter

import pytest
from hypothesis import given

from assay.bytecode.annotation_uses import MAX_SHARING, read_annotation_uses
from assay.bytecode.dex import DexFile
from assay.bytecode.encoded_values import MAX_DEPTH
from assay.bytecode.opcodes import Reference
from tests.bytecode import dex_parts as p
from tests.bytecode import dex_writer as w
from tests.bytecode import values_drawn as drawn
from tests.bytecode.samples import EXTREMES, opened, with_u4
from tests.bytecode.test_annotations import classes, one, place

KINDS = {kind.name.lower(): int(kind) for kind in Reference}


def rows(dex: DexFile) -> tuple[Counter[tuple[int, int, int]], list[str]]:
    found, problems = read_annotation_uses(dex.tables, dex.data)
    columns = (found.owner.tolist(), found.kind.tolist(), found.index.tolist())
    return Counter(zip(*columns, strict=True)), [problem.what for problem in problems]


def uses(note: object, ids: w.Ids) -> list[tuple[int, int]]:
    """What an annotation names, its elements' names left out."""
    assert isinstance(note, p.Note)
    found = [(KINDS["type"], ids.index("type", note.type))]
    return found + [row for _, value in note.elements for row in of_value(value, ids)]


def of_value(value: p.Value, ids: w.Ids) -> list[tuple[int, int]]:
    if value.sort == p.ARRAY:
        return [row for each in value.value for row in of_value(each, ids)]  # type: ignore[attr-defined]
    if value.sort == p.ANNOTATION:
        return uses(value.value, ids)
    return [(KINDS[kind], ids.index(kind, item)) for kind, item in value.items()]


@given(classes())
def test_what_was_written_is_named(class_: w.Class) -> None:
    writer = w.Writer([class_, w.Class("LB;", annotations=[p.Note("LNote;")])], handles=drawn.HANDLES)
    expected = Counter((0, *row) for group in class_.groups() for note in group for row in uses(note, writer.ids))
    expected[1, KINDS["type"], writer.ids.index("type", "LNote;")] += 1
    assert rows(opened(writer.write())) == (expected, [])


def said(raw: bytes) -> list[str]:
    return [what.partition(" (")[0] for what in rows(opened(raw))[1]]


@pytest.mark.parametrize("value", EXTREMES)
def test_places_outside_the_file(value: int) -> None:
    raw = one().write()
    at, directory = place(raw)
    (own,) = struct.unpack_from("<I", raw, directory)
    for where in (at, directory, own + 4):
        assert said(with_u4(raw, where, value)) == ["annotations lie outside the file"]


@pytest.mark.parametrize("value", EXTREMES)
def test_counts_beyond_the_file(value: int) -> None:
    raw = one().write()
    _, directory = place(raw)
    (own,) = struct.unpack_from("<I", raw, directory)
    for where in (directory + 4, directory + 8, directory + 12, own):
        assert "annotations break off" in said(with_u4(raw, where, value))


def with_note(body: bytes) -> bytes:
    """A file whose one annotation lies at its end and has a body of these bytes."""
    raw = w.write([w.Class("LA;", annotations=[p.Note("LNote;")])])
    (own,) = struct.unpack_from("<I", raw, place(raw)[1])
    return with_u4(with_u4(raw + b"\x01" + body, own + 4, len(raw)), 32, len(raw) + 1 + len(body))


@pytest.mark.parametrize(
    "body", [b"\x80", b"\0", b"\0\1", b"\0\1\0", b"\0\1\0\x37\0", b"\0\1\0\x1c\1", b"\0\1\0\x1d", b"\0\2\0\x1e\0"]
)
def test_annotations_that_break_off(body: bytes) -> None:
    assert said(with_note(body)) == ["annotations break off"]


@pytest.mark.parametrize("value", [b"\x17\x7f", b"\x77\xff\xff\xff\xff", b"\x78\0\0\0\x80", b"\xf7" + b"\0" * 8])
def test_names_that_are_not_in_their_table_are_left_out(value: bytes) -> None:
    found, problems = rows(opened(with_note(b"\0\2\0" + value + b"\0\x17\0")))
    assert sorted(found) == [(0, KINDS["string"], 0), (0, KINDS["type"], 0)]
    assert problems == ["annotations name what is not in its table (1; the first here)"]


def test_the_deepest_nesting_is_read_and_no_deeper() -> None:
    deep = b"\0\1\0" + b"\x1c\1" * (MAX_DEPTH - 1) + b"\x17\0"
    assert rows(opened(with_note(deep)))[0][0, KINDS["string"], 0] == 1
    assert said(with_note(deep)) == []
    assert said(with_note(b"\0\1\0" + b"\x1c\1" * MAX_DEPTH + b"\x17\0")) == [
        f"annotations are nested more than {MAX_DEPTH} deep"
    ]


def test_annotations_that_many_classes_share_are_read_up_to_the_limit() -> None:
    note = p.Note("LNote;", (("value", p.Value(p.ARRAY, [p.Value(p.STRING, "word")] * 2000)),))
    raw = w.write([w.Class("LA;", annotations=[note]), *(w.Class(f"LZ{n};") for n in range(100))])
    at, directory = place(raw)
    for row in range(101):
        raw = with_u4(raw, at + 32 * row, directory)
    dex = opened(raw)
    found, problems = read_annotation_uses(dex.tables, dex.data)
    assert 2000 < len(found.index) <= MAX_SHARING * len(raw)
    assert any(each.what.startswith("annotations are shared so often") for each in problems)
