"""Initial values of static fields: constants, and lists of them, that no instruction loads.

All strings at once as columns, because lists of words hide there; all values of one class on demand.

Source: Android Open Source Project, "Dalvik executable format": encoded_array, encoded_value, encoded_annotation.
"""

import msgspec
import numpy as np
import numpy.typing as npt

from assay.bytecode import faults
from assay.bytecode.cursor import broken
from assay.bytecode.encoded_values import MAX_DEPTH, Value, Values
from assay.bytecode.kernel import int64, kernel, settled
from assay.bytecode.tables import U4, Tables
from assay.model.locator import ByteRange
from assay.model.problem import Problem

U1 = npt.NDArray[np.uint8]
I8 = npt.NDArray[np.int64]

_STRING, _ARRAY, _ANNOTATION, _NULL = 0x17, 0x1C, 0x1D, 0x1E
_OUTSIDE, _CUT, _NO_SUCH_ID, _DEEP, _SHARED = range(5)
_MISSING = "constants may be missing from the index"
_SORTS = (
    ("static values lie outside the file", "the class was read without them", _MISSING),
    ("static values break off", "those before the break were read", _MISSING),
    ("static values name a string that is not in its table", "left out", _MISSING),
    (f"static values are nested more than {MAX_DEPTH} deep", "those before were read", _MISSING),
    ("static values overlap so often that reading them all would take too long", "left out", _MISSING),
)


class StaticStrings(msgspec.Struct, frozen=True, eq=False):
    """Strings that static fields begin with, in the order of class definitions.

    One row a string: `owner` u4 row of the class definition; `position` u4 which static field of the class it is,
    counted from 0 in the order of `Fields` (the same for all strings of one array or annotation); `string` u4.
    """

    owner: U4
    position: U4
    string: U4


class StaticValues(msgspec.Struct, frozen=True):
    """Initial values of a class's static fields; the first belongs to its first static field, and so on.

    Fields beyond the last value begin as 0, false or null, as those whose value is left out do.
    """

    values: tuple[Value, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_static_values(data: memoryview, tables: Tables, class_row: int) -> StaticValues:
    """Return the initial values of a class definition's static fields. Raises: IndexError."""
    if not 0 <= class_row < len(tables.classes):
        raise IndexError(class_row)
    offset, reader = int(tables.classes["static_values"][class_row]), Values(data, tables)
    if offset == 0:
        return StaticValues()
    values, error = reader.array(offset)
    problems = [] if error is None else [broken("static values", offset, error, _MISSING)]
    if reader.astray:
        what = f"{len(reader.astray)} static values name what is not in a table; the first here"
        place = str(ByteRange(reader.astray[0], 1))
        problems.append(Problem(place=place, what=what, instead="kept by number", cost="what they name is not known"))
    return StaticValues(values, tuple(problems))


def read_static_strings(tables: Tables, data: U1) -> tuple[StaticStrings, list[Problem]]:
    """Return the strings of all static values and the problems met."""
    offsets = settled(tables.classes["static_values"])
    room = len(data) // 2 if np.any(offsets) else 0
    owner, position, string = (np.empty(room, np.uint32) for _ in range(3))
    met = faults.tally(len(_SORTS))
    rows = _read(data, offsets, len(tables.strings), (owner, position, string), met)
    columns = (settled(column[:rows]) for column in (owner, position, string))
    return StaticStrings(*columns), faults.problems(met, _SORTS)


@kernel
def _read(  # noqa: C901, PLR0912, PLR0915 - one function, as the rules of kernels ask; nesting without recursion
    data: U1, offsets: U4, strings: int, columns: tuple[U4, U4, U4], met: faults.Tally
) -> int:
    """Write the strings of all classes in order; return their number.

    `left` and `named` hold, for each level of nesting, how many values are left and whether each has a name before it.
    """
    owners, positions, found = columns
    left, named = np.zeros(MAX_DEPTH, np.int64), np.zeros(MAX_DEPTH, np.int64)
    rows, spent = 0, 0
    for owner in range(offsets.size):
        start = int64(offsets[owner])
        if start == 0:
            continue
        if start >= data.size or spent > data.size:
            _note(met, _OUTSIDE if start >= data.size else _SHARED, start)
            continue
        depth, position = 0, -1
        left[0], place = _uleb128(data, start)
        while depth >= 0:
            if left[depth] == 0:
                depth -= 1
                continue
            left[depth] -= 1
            position += depth == 0
            if named[depth]:
                _, place = _uleb128(data, place)
            if place < 0 or place >= data.size:
                place = -1
                break
            sort, length = int64(data[place]) & 0x1F, (int64(data[place]) >> 5) + 1
            place += 1
            if sort in (_ARRAY, _ANNOTATION):
                if depth + 1 == MAX_DEPTH:
                    _note(met, _DEEP, start)
                    break
                depth += 1
                named[depth] = sort == _ANNOTATION
                if sort == _ANNOTATION:
                    _, place = _uleb128(data, place)
                left[depth], place = _uleb128(data, place)
                continue
            if sort >= _NULL:
                continue
            if place + length > data.size:
                place = -1
                break
            if sort == _STRING:
                index = _number(data, place, length)
                if index < strings and rows < owners.size:
                    owners[rows], positions[rows], found[rows] = owner, position, index
                    rows += 1
                else:
                    _note(met, _NO_SUCH_ID if index >= strings else _SHARED, place)
            place += length
        if place < 0:
            _note(met, _CUT, start)
            place = int64(data.size)
        spent += place - start
    return rows


@kernel
def _number(data: U1, place: int, length: int) -> int:
    """Return an unsigned number of `length` bytes, the lowest first."""
    value = int64(0)
    for i in range(length):
        value |= int64(data[place + i]) << (8 * i)
    return value & 0xFFFFFFFF if length < 5 else 0xFFFFFFFF


@kernel
def _uleb128(data: U1, place: int) -> tuple[int, int]:
    """Return the value, at most 2**32 - 1, and the place behind it; (0, -1) outside the file or after a fault."""
    value = int64(0)
    for i in range(5):
        if place < 0 or place + i >= data.size:
            return 0, -1
        byte = int64(data[place + i])
        value |= (byte & 0x7F) << (7 * i)
        if byte < 0x80:
            return value & 0xFFFFFFFF, place + i + 1
    return 0, -1


@kernel
def _note(met: faults.Tally, sort: int, offset: int) -> None:
    if met[sort, 0] == 0:
        met[sort, 1] = offset
    met[sort, 0] += 1
