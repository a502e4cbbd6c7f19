"""Annotations of classes, fields, methods and parameters, and what is left of broken ones."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.bytecode import annotations
from assay.bytecode.annotations import Annotations, Item
from assay.bytecode.dex import DexFile
from assay.bytecode.encoded_values import Sort, Value
from tests.bytecode import dex_parts as p
from tests.bytecode import dex_writer as w
from tests.bytecode import values_drawn as drawn
from tests.bytecode.samples import EXTREMES, opened, with_u4

NOTES = st.lists(drawn.notes(drawn.values, st.sampled_from([0, 1, 2])), max_size=3)
FIELDS = [w.FieldId("LA;", name, "I") for name in ("f", "g")]
METHODS = [w.MethodId("LA;", name, w.Proto("V", ("I", "J"))) for name in ("m", "n")]


@st.composite
def classes(draw: st.DrawFn) -> w.Class:
    methods = [
        w.Method(id_, [0x0E], annotations=draw(NOTES), parameter_annotations=draw(st.lists(NOTES, max_size=2)))
        for id_ in METHODS
    ]
    fields = {field: notes for field in FIELDS if (notes := draw(NOTES))}
    return w.Class("LA;", methods, static_fields=FIELDS, annotations=draw(NOTES), field_annotations=fields)


def written(notes: object, ids: w.Ids) -> list[object]:
    return [(note.visibility, *drawn.annotation(note, ids)) for note in notes]  # type: ignore[attr-defined]


def read(items: tuple[Item, ...]) -> list[object]:
    return [
        (item.visibility, item.type, tuple((name, drawn.plain(value)) for name, value in item.elements))
        for item in items
    ]


@given(classes())
def test_what_was_written_is_read(class_: w.Class) -> None:
    writer = w.Writer([class_, w.Class("LB;")], handles=drawn.HANDLES)
    dex = opened(writer.write())
    found, ids = dex.annotations(0), writer.ids
    assert (dex.problems, found.problems, dex.annotations(1)) == ((), (), Annotations())
    assert read(found.own) == written(class_.annotations, ids)
    fields = {ids.index("field", each): written(notes, ids) for each, notes in class_.field_annotations.items()}
    assert {index: read(items) for index, items in found.fields.items()} == fields
    methods = {ids.index("method", m.id): written(m.annotations, ids) for m in class_.direct if m.annotations}
    assert {index: read(items) for index, items in found.methods.items()} == methods
    parameters = {
        ids.index("method", m.id): [written(notes, ids) for notes in m.parameter_annotations]
        for m in class_.direct
        if m.parameter_annotations
    }
    assert {index: list(map(read, items)) for index, items in found.parameters.items()} == parameters


def one() -> w.Writer:
    """A class with an annotation of its own, of a field, a method and its parameter."""
    note = p.Note("LNote;", (("value", p.Value(p.INT, 7)),))
    method = w.Method(METHODS[0], [0x0E], annotations=[note], parameter_annotations=[[note]])
    return w.Writer(
        [w.Class("LA;", [method], static_fields=FIELDS, annotations=[note], field_annotations={FIELDS[0]: [note]})]
    )


def sizes(found: Annotations) -> tuple[int, ...]:
    return len(found.own), len(found.fields), len(found.methods), len(found.parameters)


def place(raw: bytes | bytearray) -> tuple[int, int]:
    """Where the class says where its directory is, and where that is."""
    at = struct.unpack_from("<I", raw, 0x64)[0] + 20
    return at, struct.unpack_from("<I", raw, at)[0]


def said(dex: DexFile) -> list[str]:
    return [problem.what for problem in dex.annotations(0).problems]


def test_a_sound_file() -> None:
    dex = opened(one().write())
    assert (sizes(dex.annotations(0)), said(dex)) == ((1, 1, 1, 1), [])
    item = dex.annotations(0).own[0]
    assert item.element(b"value", dex.string_bytes) == Value(Sort.INT, 7)
    assert item.element(b"other", dex.string_bytes) is None


@pytest.mark.parametrize("row", [-1, 1, 2**31])
def test_a_class_outside_the_table_is_an_error_of_the_caller(row: int) -> None:
    with pytest.raises(IndexError):
        opened(one().write()).annotations(row)


@pytest.mark.parametrize("value", EXTREMES)
def test_a_directory_outside_the_file(value: int) -> None:
    raw = one().write()
    dex = opened(with_u4(raw, place(raw)[0], value))
    assert sizes(dex.annotations(0)) == (0, 0, 0, 0)
    assert said(dex) == [f"lists of annotations break off: 16 bytes at 0x{value:x} lie outside the file"]


@pytest.mark.parametrize("value", EXTREMES)
@pytest.mark.parametrize("part", [1, 2, 3])
def test_counts_beyond_the_file(part: int, value: int) -> None:
    raw = one().write()
    dex = opened(with_u4(raw, place(raw)[1] + 4 * part, value))
    assert sizes(dex.annotations(0))[0] == 1
    assert any(what.startswith(f"a list of annotated members states {value} rows, ") for what in said(dex))


@pytest.mark.parametrize("value", EXTREMES)
def test_sets_outside_the_file(value: int) -> None:
    raw = one().write()
    dex = opened(with_u4(raw, place(raw)[1], value))
    assert sizes(dex.annotations(0)) == (0, 1, 1, 1)
    assert said(dex) == [f"sets of annotations break off: 4 bytes at 0x{value:x} lie outside the file"]


@pytest.mark.parametrize("value", [2, *EXTREMES])
def test_members_that_do_not_exist_are_left_out(value: int) -> None:
    raw = one().write()
    dex = opened(with_u4(raw, place(raw)[1] + 16, value))
    assert sizes(dex.annotations(0)) == (1, 0, 1, 1)
    assert said(dex) == ["1 annotated fields or methods are not in the table of ids"]


@pytest.mark.parametrize("value", EXTREMES)
def test_a_set_and_its_items_outside_the_file(value: int) -> None:
    raw = one().write()
    (own,) = struct.unpack_from("<I", raw, place(raw)[1])
    many, away = opened(with_u4(raw, own, value)), opened(with_u4(raw, own + 4, value))
    assert any(what.startswith(f"a set of annotations states {value} rows, ") for what in said(many))
    assert (sizes(away.annotations(0)), len(said(away))) == ((0, 1, 1, 1), 1)
    assert said(away)[0].startswith("annotations break off: 1 bytes at 0x")


def test_as_many_annotations_as_the_limit_are_read_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = one().write()
    monkeypatch.setattr(annotations, "MAX_ANNOTATIONS", 5)  # four, and the list of the parameter
    assert said(opened(raw)) == []
    monkeypatch.setattr(annotations, "MAX_ANNOTATIONS", 4)
    assert said(opened(raw)) == ["a set of annotations states 1 rows, 0 were read"]


def test_values_that_name_nothing_are_kept_by_number() -> None:
    raw = bytearray(one().write())
    (own,) = struct.unpack_from("<I", raw, place(raw)[1])
    (item,) = struct.unpack_from("<I", raw, own + 4)
    raw[item + 1] = 0x7F  # all four share the item
    dex = opened(bytes(raw))
    assert dex.annotations(0).own[0].type == 0x7F
    assert said(dex) == ["4 values of annotations name what is not in a table; the first here"]
