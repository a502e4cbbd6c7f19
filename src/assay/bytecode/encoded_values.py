"""Values as class files of Android write them: numbers, names, arrays and annotations, nested.

Source: Android Open Source Project, "Dalvik executable format": encoded_value, encoded_array, encoded_annotation.
"""

import struct
from collections.abc import Callable
from enum import IntEnum
from typing import NamedTuple

from assay.bytecode.cursor import Cursor
from assay.bytecode.tables import Tables
from assay.model.errors import Unreadable

MAX_DEPTH = 16
"""Deepest nesting of arrays and annotations that is read, the outermost array or annotation counted as one."""
MAX_VALUES = 1_000_000
"""Most values read of one array or annotation, those inside it included."""


class Sort(IntEnum):
    """What an encoded_value holds; the value is the specification's value type."""

    BYTE = 0x00
    SHORT = 0x02
    CHAR = 0x03
    INT = 0x04
    LONG = 0x06
    FLOAT = 0x10
    DOUBLE = 0x11
    METHOD_TYPE = 0x15
    METHOD_HANDLE = 0x16
    STRING = 0x17
    TYPE = 0x18
    FIELD = 0x19
    METHOD = 0x1A
    ENUM = 0x1B
    ARRAY = 0x1C
    ANNOTATION = 0x1D
    NULL = 0x1E
    BOOLEAN = 0x1F


INDICES = frozenset(range(Sort.METHOD_TYPE, Sort.ENUM + 1))
"""Sorts whose content is an index: into prototypes, method handles, strings, types, fields, methods, fields."""


class Value(NamedTuple):
    """One value. What `content` is follows from the sort.

    A number for BYTE to LONG (CHAR: a UTF-16 unit) and for every sort of `INDICES`; a float for FLOAT and DOUBLE; a
    tuple of values for ARRAY; `Annotation` for ANNOTATION; None for NULL; a truth value for BOOLEAN.
    An index that is not in its table is kept as found; reading says so (`Values.astray`).
    """

    sort: Sort
    content: "int | float | bool | tuple[Value, ...] | Annotation | None"


class Element(NamedTuple):
    """A named value of an annotation; `name` is a string index."""

    name: int
    value: Value


class Annotation(NamedTuple):
    """An annotation as a value: its type index, and its elements in the order of the file."""

    type: int
    elements: tuple[Element, ...]


class Values:
    """Reads values from a file; `astray` grows by the place in bytes of each index that is not in its table."""

    def __init__(self, data: memoryview, tables: Tables) -> None:
        """Keep the bytes and the sizes of the tables; nothing is read yet."""
        self._data = data
        self._rows = {
            Sort.METHOD_TYPE: len(tables.protos),
            Sort.METHOD_HANDLE: len(tables.method_handles),
            Sort.STRING: len(tables.strings),
            Sort.TYPE: len(tables.types),
            Sort.FIELD: len(tables.fields),
            Sort.METHOD: len(tables.methods),
            Sort.ENUM: len(tables.fields),
        }
        self.astray: list[int] = []
        self._left = MAX_VALUES

    def array(self, offset: int) -> tuple[tuple[Value, ...], Unreadable | None]:
        """Return the values of an encoded_array at an offset in bytes, and why reading ended early, None where not."""
        cursor, found = Cursor(self._data, offset), list[Value]()
        self._left = MAX_VALUES
        try:
            for _ in range(cursor.uleb128()):
                found.append(self._value(cursor, 1))
        except Unreadable as error:
            return tuple(found), error
        return tuple(found), None

    def annotation(self, offset: int) -> Annotation:
        """Return the encoded_annotation at an offset in bytes. Raises: Unreadable where it is not whole."""
        self._left = MAX_VALUES
        return self._annotation(Cursor(self._data, offset), 1)

    def _value(self, cursor: Cursor, depth: int) -> Value:
        if self._left == 0:
            raise Unreadable(f"there are more than {MAX_VALUES} values")
        self._left -= 1
        place, head = cursor.place, cursor.byte()
        sort = _SORTS.get(head & 0x1F)
        if sort is None:
            raise Unreadable(f"a value at 0x{place:x} is of type 0x{head & 0x1F:02x}, which does not exist")
        if sort in _NESTED:
            return Value(sort, self._nested(sort, cursor, depth))
        if sort in _BARE:
            return Value(sort, None if sort is Sort.NULL else bool(head >> 5))
        return Value(sort, self._content(sort, cursor.take((head >> 5) + 1), place))

    def _nested(self, sort: Sort, cursor: Cursor, depth: int) -> "tuple[Value, ...] | Annotation":
        if depth == MAX_DEPTH:
            raise Unreadable(f"values are nested more than {MAX_DEPTH} deep")
        if sort is Sort.ANNOTATION:
            return self._annotation(cursor, depth + 1)
        return tuple([self._value(cursor, depth + 1) for _ in range(cursor.uleb128())])

    def _annotation(self, cursor: Cursor, depth: int) -> Annotation:
        type_ = self._index(Sort.TYPE, cursor)
        elements = [
            Element(self._index(Sort.STRING, cursor), self._value(cursor, depth)) for _ in range(cursor.uleb128())
        ]
        return Annotation(type_, tuple(elements))

    def _index(self, sort: Sort, cursor: Cursor) -> int:
        place = cursor.place
        return self._checked(sort, cursor.uleb128(), place)

    def _checked(self, sort: Sort, index: int, place: int) -> int:
        if index >= self._rows[sort]:
            self.astray.append(place)
        return index

    def _content(self, sort: Sort, raw: bytes, place: int) -> int | float:
        if sort in INDICES:
            return self._checked(sort, int.from_bytes(raw, "little"), place)
        width, read = _NUMBERS[sort]
        if len(raw) > width:
            raise Unreadable(f"a value at 0x{place:x} takes {len(raw)} bytes, its type has {width}")
        return read(raw)


def _signed(raw: bytes) -> int:
    return int.from_bytes(raw, "little", signed=True)


def _unsigned(raw: bytes) -> int:
    return int.from_bytes(raw, "little")


def _float(raw: bytes) -> float:
    """The bytes left out are the lowest, and zero."""
    return float(struct.unpack("<f", raw.rjust(4, b"\0"))[0])


def _double(raw: bytes) -> float:
    return float(struct.unpack("<d", raw.rjust(8, b"\0"))[0])


_SORTS = {int(sort): sort for sort in Sort}
_NESTED, _BARE = (Sort.ARRAY, Sort.ANNOTATION), (Sort.NULL, Sort.BOOLEAN)
_NUMBERS: dict[Sort, tuple[int, Callable[[bytes], int | float]]] = {
    Sort.BYTE: (1, _signed),
    Sort.SHORT: (2, _signed),
    Sort.CHAR: (2, _unsigned),
    Sort.INT: (4, _signed),
    Sort.LONG: (8, _signed),
    Sort.FLOAT: (4, _float),
    Sort.DOUBLE: (8, _double),
}
