"""Who names a field, type, method or string, against programs written out by hand."""

import pytest

from assay.bytecode.provenance.uses_index import Place, UsesIndex
from tests.bytecode import dex_writer as w
from tests.bytecode.program import kin as k
from tests.bytecode.program.opened import only, program
from tests.bytecode.provenance import linked as l

HELD = w.FieldId("LHolder;", "held", l.OBJECT)
BELOW = w.FieldId("LBelow;", "held", l.OBJECT)
OUTSIDE = w.FieldId("Lout/Thing;", "held", l.OBJECT)

HOLDER = k.kin("LHolder;", l.static("LHolder;", "put", l.VOID, l.put_static(0, HELD)), fields=(HELD,))
READER = k.kin(
    "LBelow;",
    l.static("LBelow;", "get", l.VOID, [*l.got_static(0, BELOW), *l.got_static(1, HELD), *l.put_static(2, OUTSIDE)]),
    superclass="LHolder;",
)


def test_writers_and_readers_of_a_field_over_parts_and_names() -> None:
    opened = program([HOLDER], [READER])
    index = UsesIndex(opened)
    put, get = only(opened, "LHolder;->put()V"), only(opened, "LBelow;->get()V")
    columns = opened.parts[1].columns
    ids = {columns.field_key(row)[0].decode(): row for row in range(len(columns.field_names))}
    key = index.field_key(1, ids["LBelow;"])
    assert key == index.field_key(1, ids["LHolder;"]) == index.field_key(0, 0)
    assert list(index.writers_of_field(key)) == [Place(put, 0)]
    assert list(index.readers_of_field(key)) == [Place(get, 0), Place(get, 2)]
    outside = index.field_key(1, ids["Lout/Thing;"])
    assert outside != key
    assert list(index.writers_of_field(outside)) == [Place(get, 4)]


@pytest.mark.parametrize(("part", "field"), [(-1, 0), (0, -1), (2, 0), (0, 1), (0, 2**31), (0, 2**32 - 1)])
def test_a_field_id_that_no_part_has(part: int, field: int) -> None:
    with pytest.raises(IndexError):
        UsesIndex(program([HOLDER], [READER])).field_key(part, field)


def test_nobody_uses_a_field_without_a_number() -> None:
    index = UsesIndex(program([HOLDER]))
    assert list(index.writers_of_field(-1)) == []
    assert list(index.readers_of_field(2**31)) == []


def test_where_a_class_is_made_and_named() -> None:
    made = l.static("LMain;", "m", l.VOID, [*l.new(0, "LThing;"), *l.class_of(1, "LThing;"), *l.new(0, "LThing;")])
    opened = program([k.kin("LMain;", made)], [k.kin("LThing;")])
    index, thing, main = UsesIndex(opened), opened.find_class(b"LThing;"), only(opened, "LMain;->m()V")
    assert thing is not None
    assert list(index.made(thing)) == [Place(main, 0), Place(main, 4)]
    assert index.named(thing) == [Place(main, 2)]
    with pytest.raises(IndexError):
        index.made(-1)


def test_what_the_loader_never_finds_uses_nothing() -> None:
    first = k.kin("LMain;", l.static("LMain;", "m", l.VOID, []))
    second = k.kin("LMain;", l.static("LMain;", "m", l.VOID, l.new(0, "LMain;")))
    opened = program([first], [second])
    main = opened.find_class(b"LMain;")
    assert main is not None
    assert list(UsesIndex(opened).made(main)) == []


def test_calls_of_a_class_and_of_those_below_it() -> None:
    code = [
        *l.virtual("Lout/View;", "show", l.VOID, 0), *l.virtual("LMine;", "show", l.VOID, 0),
        *l.virtual("Lout/Other;", "show", l.VOID, 0), *l.virtual("Lout/View;", "show", l.proto("V", "I"), 0, 1),
    ]  # fmt: skip
    main = k.kin("LMain;", l.static("LMain;", "m", l.VOID, code))
    opened = program([main, k.kin("LMine;", superclass="Lout/View;")])
    index, at = UsesIndex(opened), only(opened, "LMain;->m()V")
    assert index.calls([b"Lout/View;"], b"show", b"()V") == [Place(at, 0), Place(at, 3)]
    assert index.calls_named([b"Lout/View;"], b"show") == [Place(at, 0), Place(at, 3), Place(at, 9)]
    assert index.calls_named([b"Lout/View;"], b"hide") == []
    assert index.calls([b"Lout/None;"], b"show", b"()V") == []


def test_users_of_a_string_are_those_of_just_these_bytes() -> None:
    code = [*l.text(0, "word"), *l.text(1, "words"), *l.text(2, "word")]
    opened = program([k.kin("LMain;", l.static("LMain;", "m", l.VOID, code))])
    at = only(opened, "LMain;->m()V")
    assert UsesIndex(opened).strings(b"word") == [Place(at, 0), Place(at, 4)]
    assert UsesIndex(opened).strings(b"wor") == []


def test_uses_of_static_fields_of_a_class() -> None:
    opened = program([HOLDER], [READER])
    holder = opened.find_class(b"LHolder;")
    assert holder is not None
    put, get = only(opened, "LHolder;->put()V"), only(opened, "LBelow;->get()V")
    assert UsesIndex(opened).static_uses(holder) == [Place(put, 0), Place(get, 0), Place(get, 2)]
