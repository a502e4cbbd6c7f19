"""What each class defines: its methods with their code, its fields.

Source: Android Open Source Project, "Dalvik executable format": class_data_item, encoded_field, encoded_method.
"""

from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from assay.bytecode import faults
from assay.bytecode.kernel import int64, kernel, settled
from assay.bytecode.tables import U4, Tables
from assay.model.problem import Problem

U1 = npt.NDArray[np.uint8]
I8 = npt.NDArray[np.int64]

ACC_STATIC = 0x0008
"""Access flag of a method without `this`."""
ACC_NATIVE = 0x0100
"""Access flag of a method that is implemented outside the DEX file."""
ACC_SYNTHETIC = 0x1000
"""Access flag of a method that no source has."""
MAX_SHARING = 2
"""Entries read at most, as a multiple of the field and method ids: in a sound file each is defined at most once."""

_OUTSIDE, _CUT, _NO_SUCH_ID, _TWICE, _SHARED = range(5)
_FIELD_PART, _METHOD_PART = 0, 2
_MISSING = "methods may be missing from the index"
_SORTS = (
    ("class data lie outside the file", "the class was read as empty", _MISSING),
    ("class data break off", "the definitions before the break were read", _MISSING),
    ("classes define a field or method that is not in the table of ids", "the rest of that list was left out",
     _MISSING),
    ("fields or methods are defined more than once", "the first definition was kept",
     "the code of the others was not examined"),
    ("class data are shared so often that reading them all would take too long", "the rest was left out",
     _MISSING),
)  # fmt: skip


class _Rows(NamedTuple):
    """Where a kernel writes definitions: one array a column, and which ids were defined already."""

    member: U4
    access: U4
    code: U4
    owner: U4
    seen: U1


class Methods(msgspec.Struct, frozen=True, eq=False):
    """Method definitions in the order of class definitions, direct methods before virtual ones.

    One row a definition: `method` u4 index of the method id; `access` u4 flags; `code` u4 offset of the code_item in
    bytes, 0 for native and abstract methods; `owner` u4 row of the class definition.
    """

    method: U4
    access: U4
    code: U4
    owner: U4


class Fields(msgspec.Struct, frozen=True, eq=False):
    """Field definitions in the order of class definitions, static fields before instance fields.

    One row a definition: `field` u4 index of the field id; `access` u4 flags; `owner` u4 row of the class definition.
    """

    field: U4
    access: U4
    owner: U4


def read_class_data(tables: Tables, data: U1) -> tuple[Methods, Fields, list[Problem]]:
    """Return the definitions of all classes and the problems met."""
    offsets, starts = settled(tables.classes["data"]), np.zeros(len(tables.classes) + 1, np.int64)
    entries = 2 * len(tables.fields) + 3 * len(tables.methods)
    values = np.empty(4 * len(offsets) + MAX_SHARING * entries, np.uint32)
    met = faults.tally(len(_SORTS))
    _read_numbers(data, offsets, values, starts, met)
    fields, methods = _room(len(tables.fields)), _room(len(tables.methods))
    field_rows = _define(values, starts, offsets, _FIELD_PART, fields, met)
    method_rows = _define(values, starts, offsets, _METHOD_PART, methods, met)
    defined = Methods(*(settled(column[:method_rows]) for column in methods[:4]))
    stored = Fields(*(settled(column[:field_rows]) for column in (fields.member, fields.access, fields.owner)))
    return defined, stored, faults.problems(met, _SORTS)


def _room(ids: int) -> _Rows:
    member, access, code, owner = (np.zeros(ids, np.uint32) for _ in range(4))
    return _Rows(member, access, code, owner, np.zeros(ids, np.uint8))


@kernel
def _read_numbers(data: U1, offsets: U4, values: U4, starts: I8, met: faults.Tally) -> None:
    """Write all uleb128 values of all class data one behind the other; those of class i begin at starts[i]."""
    written = 0
    for owner in range(offsets.size):
        starts[owner] = written
        place = int64(offsets[owner])
        if place >= data.size:
            _note(met, _OUTSIDE, place)
        seen, wanted = 0, 4 if 0 < place < data.size else 0
        while seen < wanted:
            value, shift, byte = int64(0), 0, int64(0x80)
            while byte >= 0x80 and shift < 35 and place < data.size:
                byte = int64(data[place])
                value |= (byte & 0x7F) << shift
                shift += 7
                place += 1
            if byte >= 0x80 or written >= values.size:
                _note(met, _CUT if byte >= 0x80 else _SHARED, int64(offsets[owner]))
                break
            values[written] = value & 0xFFFFFFFF
            if seen < 4:
                wanted += (value & 0xFFFFFFFF) * (2 if seen < 2 else 3)
            written += 1
            seen += 1
    starts[offsets.size] = written


@kernel
def _define(values: U4, starts: I8, offsets: U4, part: int, rows: _Rows, met: faults.Tally) -> int:
    """Write the definitions of one sort, of two lists in each class; return their number."""
    members, access, code, owners, seen = rows
    written, stride = 0, 2 if part == _FIELD_PART else 3
    for owner in range(offsets.size):
        head, end = starts[owner], starts[owner + 1]
        if end - head < 4:
            continue
        first = head + 4
        if part == _METHOD_PART:
            first += 2 * (int64(values[head]) + int64(values[head + 1]))
        for half in range(2):
            member, last = int64(0), first + stride * int64(values[head + part + half])
            while first + stride <= min(last, end):
                member += int64(values[first])
                if member >= seen.size:
                    _note(met, _NO_SUCH_ID, int64(offsets[owner]))
                    break
                if seen[member]:
                    _note(met, _TWICE, int64(offsets[owner]))
                else:
                    seen[member] = 1
                    members[written], access[written], owners[written] = member, values[first + 1], owner
                    code[written] = values[first + 2] if stride == 3 else 0
                    written += 1
                first += stride
            first = last
    return written


@kernel
def _note(met: faults.Tally, sort: int, offset: int) -> None:
    if met[sort, 0] == 0:
        met[sort, 1] = offset
    met[sort, 0] += 1
