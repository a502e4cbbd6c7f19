"""Parts of DEX files of tests that name items: values, annotations, debug information, lists of handlers.

Source: Android Open Source Project, "Dalvik executable format": encoded_value, annotation_item, debug_info_item,
encoded_catch_handler_list.
"""

import struct
from collections.abc import Sequence
from typing import NamedTuple

from tests.bytecode.dex_items import Coded, Ids, Item, Named, Try, sleb128, uleb128

BYTE, SHORT, CHAR, INT, LONG, FLOAT, DOUBLE = 0x00, 0x02, 0x03, 0x04, 0x06, 0x10, 0x11
METHOD_TYPE, METHOD_HANDLE, STRING, TYPE, FIELD, METHOD, ENUM = 0x15, 0x16, 0x17, 0x18, 0x19, 0x1A, 0x1B
ARRAY, ANNOTATION, NULL, BOOLEAN = 0x1C, 0x1D, 0x1E, 0x1F

_KINDS = {
    METHOD_TYPE: "proto", METHOD_HANDLE: "method_handle", STRING: "string", TYPE: "type", FIELD: "field",
    METHOD: "method", ENUM: "field",
}  # fmt: skip
_SIGNED = (BYTE, SHORT, INT, LONG)


class Value(NamedTuple):
    """An encoded_value: its sort, and a number, text, item, list of values or `Note`; `wide` to use all its bytes."""

    sort: int
    value: object = None
    wide: bool = False

    def items(self) -> list[Named]:
        if self.sort in _KINDS:
            return [(_KINDS[self.sort], self.value)]  # type: ignore[list-item]
        if self.sort == ARRAY:
            return [item for each in self.value for item in each.items()]  # type: ignore[attr-defined]
        return self.value.items() if isinstance(self.value, Note) else []

    def encode(self, ids: Ids) -> bytes:
        if self.sort in (NULL, BOOLEAN):
            return bytes([self.sort | bool(self.value) << 5])
        if self.sort == ARRAY:
            return bytes([ARRAY]) + encoded_array(self.value, ids)  # type: ignore[arg-type]
        if isinstance(self.value, Note):
            return bytes([ANNOTATION]) + self.value.body(ids)
        raw = self._raw(ids)
        return bytes([self.sort | (len(raw) - 1) << 5]) + raw

    def _raw(self, ids: Ids) -> bytes:
        if self.sort in (FLOAT, DOUBLE):
            whole = struct.pack("<f" if self.sort == FLOAT else "<d", self.value)
            return whole if self.wide else whole.lstrip(b"\0") or b"\0"
        number = ids.index(_KINDS[self.sort], self.value) if self.sort in _KINDS else self.value  # type: ignore[arg-type]
        size = {BYTE: 1, SHORT: 2, CHAR: 2, LONG: 8}.get(self.sort, 4)
        assert isinstance(number, int)
        while not self.wide and size > 1 and _fits(number, size - 1, signed=self.sort in _SIGNED):
            size -= 1
        return number.to_bytes(size, "little", signed=self.sort in _SIGNED)


def _fits(number: int, size: int, *, signed: bool) -> bool:
    bits = 8 * size - signed
    return -(1 << bits) * signed <= number < 1 << bits


def encoded_array(values: Sequence[Coded], ids: Ids) -> bytes:
    return uleb128(len(values)) + b"".join(each.encode(ids) for each in values)


class Note(NamedTuple):
    """An annotation_item: type, (name, value) of each element, visibility (0 build, 1 runtime, 2 system)."""

    type: str
    elements: tuple[tuple[str, Value], ...] = ()
    visibility: int = 1

    def items(self) -> list[Named]:
        found: list[Named] = [("type", self.type), *(("string", name) for name, _ in self.elements)]
        return [*found, *(item for _, value in self.elements for item in value.items())]

    def body(self, ids: Ids) -> bytes:
        rows = sorted((ids.index("string", name), value) for name, value in self.elements)
        raw = b"".join(uleb128(name) + value.encode(ids) for name, value in rows)
        return uleb128(ids.index("type", self.type)) + uleb128(len(rows)) + raw

    def encode(self, ids: Ids) -> bytes:
        return bytes([self.visibility]) + self.body(ids)


class Op(NamedTuple):
    """One byte code of debug information with its arguments: numbers ``u`` and ``s``, names ``p`` (plus one)."""

    code: int
    numbers: tuple[int, ...] = ()
    names: tuple[tuple[str, str | None], ...] = ()


END, ADVANCE_PC, ADVANCE_LINE, START_LOCAL, START_EXTENDED, END_LOCAL, RESTART_LOCAL = range(7)
PROLOGUE_END, EPILOGUE_BEGIN, SET_FILE, FIRST_SPECIAL = 7, 8, 9, 0x0A


class Debug(NamedTuple):
    """A debug_info_item: first line, parameter names, byte codes; the end sequence is added."""

    line: int
    parameters: tuple[str | None, ...] = ()
    ops: tuple[Op, ...] = ()

    def items(self) -> list[Named]:
        found: list[Named] = [("string", name) for name in self.parameters if name is not None]
        return found + [(kind, name) for op in self.ops for kind, name in op.names if name is not None]

    def encode(self, ids: Ids) -> bytes:
        raw = uleb128(self.line) + uleb128(len(self.parameters))
        raw += b"".join(_plus_one(ids, "string", name) for name in self.parameters)
        for op in self.ops:
            write = sleb128 if op.code == ADVANCE_LINE else uleb128
            raw += bytes([op.code]) + b"".join(map(write, op.numbers))
            raw += b"".join(_plus_one(ids, kind, name) for kind, name in op.names)
        return raw + bytes([END])


def _plus_one(ids: Ids, kind: str, name: Item | None) -> bytes:
    return uleb128(0 if name is None else ids.index(kind, name) + 1)


def handlers(tries: list[Try], ids: Ids) -> tuple[bytes, bytes]:
    """The try_items and the encoded_catch_handler_list; equal lists of handlers are written once."""
    lists: dict[tuple[tuple[str | None, int], ...], int] = {}
    raw = uleb128(len({each.handlers for each in tries}))
    for each in tries:
        if each.handlers in lists:
            continue
        lists[each.handlers] = len(raw)
        typed = [(name, place) for name, place in each.handlers if name is not None]
        rest = [place for name, place in each.handlers if name is None]
        raw += sleb128(-len(typed) if rest else len(typed))
        raw += b"".join(uleb128(ids.index("type", name)) + uleb128(place) for name, place in typed)
        raw += b"".join(map(uleb128, rest))
    return b"".join(struct.pack("<IHH", t.first, t.units, lists[t.handlers]) for t in tries), raw
