"""Random values of every type, and what a reader must give for them."""

import struct
from typing import Any

from hypothesis import strategies as st

from tests.bytecode import dex_parts as p
from tests.bytecode import dex_writer as w

METHOD = w.MethodId("Lorg/example/A;", "m", w.Proto("V", ("I",)))
FIELD = w.FieldId("Lorg/example/A;", "f", "[J")
HANDLES: list[tuple[int, w.MethodId | w.FieldId]] = [(4, METHOD), (1, FIELD)]


def _of(sort: int, numbers: st.SearchStrategy[Any]) -> st.SearchStrategy[p.Value]:
    return st.builds(p.Value, st.just(sort), numbers, st.booleans())


leaves: st.SearchStrategy[p.Value] = st.one_of(
    _of(p.BYTE, st.integers(-(2**7), 2**7 - 1)),
    _of(p.SHORT, st.integers(-(2**15), 2**15 - 1)),
    _of(p.CHAR, st.integers(0, 2**16 - 1)),
    _of(p.INT, st.integers(-(2**31), 2**31 - 1)),
    _of(p.LONG, st.integers(-(2**63), 2**63 - 1)),
    _of(p.FLOAT, st.floats(width=32, allow_nan=False)),
    _of(p.DOUBLE, st.floats(allow_nan=False)),
    _of(p.METHOD_TYPE, st.just(METHOD.proto)),
    _of(p.METHOD_HANDLE, st.sampled_from([0, 1])),
    _of(p.STRING, st.sampled_from(["", "a word", "größe"])),
    _of(p.TYPE, st.sampled_from(["I", "Lorg/example/A;", "[[J"])),
    _of(p.FIELD, st.just(FIELD)),
    _of(p.METHOD, st.just(METHOD)),
    _of(p.ENUM, st.just(FIELD)),
    st.just(p.Value(p.NULL)),
    _of(p.BOOLEAN, st.booleans()),
)


def notes(values: st.SearchStrategy[p.Value], visibility: st.SearchStrategy[int]) -> st.SearchStrategy[p.Note]:
    elements = st.dictionaries(st.sampled_from(["value", "names", "x"]), values, max_size=3)
    types = st.sampled_from(["Lorg/example/Note;", "Lorg/example/Other;"])
    return st.builds(p.Note, types, elements.map(lambda each: tuple(each.items())), visibility)


values: st.SearchStrategy[p.Value] = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(p.Value, st.just(p.ARRAY), st.lists(inner, max_size=3)),
        st.builds(p.Value, st.just(p.ANNOTATION), notes(inner, st.just(1))),
    ),
    max_leaves=8,
)


def expected(value: p.Value, ids: w.Ids) -> tuple[int, object]:
    """What `Value` compares equal to; floats as their bits, so that -0.0 is not 0.0."""
    if value.sort == p.ARRAY:
        return value.sort, tuple(expected(each, ids) for each in value.value)  # type: ignore[attr-defined]
    if isinstance(value.value, p.Note):
        return value.sort, annotation(value.value, ids)
    for kind, item in value.items():
        return value.sort, ids.index(kind, item)
    return value.sort, bits(value.value)


def annotation(note: p.Note, ids: w.Ids) -> tuple[int, tuple[tuple[int, tuple[int, object]], ...]]:
    elements = sorted((ids.index("string", name), expected(value, ids)) for name, value in note.elements)
    return ids.index("type", note.type), tuple(elements)


def bits(content: object) -> object:
    return struct.pack("<d", content) if isinstance(content, float) else content


def plain(value: Any) -> tuple[int, object]:
    """The same of a value that was read."""
    sort, content = value
    if sort == p.ARRAY:
        return int(sort), tuple(map(plain, content))
    if sort == p.ANNOTATION:
        type_, elements = content
        return int(sort), (type_, tuple((name, plain(each)) for name, each in elements))
    return int(sort), bits(content)
