"""What each class defines: its methods with their code, its fields.

Source: Android Open Source Project, "Dalvik executable format": class_data_item, encoded_field, encoded_method.
"""

from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from assay.bytecode import faults
from assay.bytecode.kernel import kernel, settled
from assay.bytecode.tables import U4, Tables
from assay.model.problem import Problem

U1 = npt.NDArray[np.uint8]

ACC_NATIVE = 0x0100
"""Access flag of a method that is implemented outside the DEX file."""
ACC_ABSTRACT = 0x0400
"""Access flag of a method that has no body."""
MAX_SHARING = 4
"""Entries read at most, as a multiple of the field and method ids: in a sound file each is defined at most once."""

_OUTSIDE, _CUT, _NO_SUCH_ID, _TWICE, _SHARED = range(5)
_MISSING = "methods may be missing from the index"
_SORTS = (
    ("class data lie outside the file", "the class was read as empty", _MISSING),
    ("class data break off", "the definitions before the break were read", _MISSING),
    ("classes define a field or method that is not in the table of ids", "the rest of the class was left out",
     _MISSING),
    ("fields or methods are defined more than once", "the first definition was kept",
     "the code of the others was not examined"),
    ("class data are shared so often that reading them all would take too long", "the class was read as empty",
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
    fields, methods = _room(len(tables.fields)), _room(len(tables.methods))
    met = faults.tally(len(_SORTS))
    budget = MAX_SHARING * (len(tables.fields) + len(tables.methods)) + len(tables.classes)
    field_rows, method_rows = _read_all(data, settled(tables.classes["data"]), fields, methods, budget, met)
    defined = Methods(*(settled(column[:method_rows].copy()) for column in methods[:4]))
    stored = [settled(column[:field_rows].copy()) for column in (fields.member, fields.access, fields.owner)]
    return defined, Fields(*stored), faults.problems(met, _SORTS)


def _room(ids: int) -> _Rows:
    columns = [np.zeros(ids, np.uint32) for _ in range(4)]
    return _Rows(*columns, seen=np.zeros(ids, np.uint8))


@kernel
def _read_all(
    data: U1, offsets: U4, fields: _Rows, methods: _Rows, budget: int, met: faults.Tally
) -> tuple[int, int]:
    field_rows = method_rows = 0
    for owner in range(offsets.size):
        offset = np.int64(offsets[owner])
        if offset == 0:
            continue
        if budget <= 0:
            _note(met, _SHARED, offset)
            continue
        field_rows, method_rows, read = _read_class(data, offset, owner, fields, methods, field_rows, method_rows, met)
        budget -= read + 1
    return field_rows, method_rows


@kernel
def _read_class(  # noqa: PLR0913 - a kernel has no objects to carry its columns
    data: U1, offset: int, owner: int, fields: _Rows, methods: _Rows, field_rows: int, method_rows: int,
    met: faults.Tally,
) -> tuple[int, int, int]:  # fmt: skip
    """Return the rows written so far of both sorts and the entries read."""
    if offset >= data.size:
        _note(met, _OUTSIDE, offset)
        return field_rows, method_rows, 0
    statics, place = _uleb128(data, offset)
    instances, place = _uleb128(data, place)
    direct, place = _uleb128(data, place)
    virtual, place = _uleb128(data, place)
    read = 0
    for count, with_code in ((statics, False), (instances, False), (direct, True), (virtual, True)):
        if with_code:
            method_rows, place, entries = _read_members(data, place, count, owner, methods, method_rows, True, met)
        else:
            field_rows, place, entries = _read_members(data, place, count, owner, fields, field_rows, False, met)
        read += entries
    if place < 0:
        _note(met, _CUT, offset)
    return field_rows, method_rows, read


@kernel
def _read_members(  # noqa: PLR0913 - a kernel has no objects to carry its columns
    data: U1, place: int, count: int, owner: int, rows: _Rows, written: int, with_code: bool, met: faults.Tally
) -> tuple[int, int, int]:
    """Return the rows written so far, the place behind the last entry (-1 after a fault) and the entries read."""
    member, code = np.int64(0), np.int64(0)
    for entry in range(count):
        at = place
        step, place = _uleb128(data, place)
        access, place = _uleb128(data, place)
        if with_code:
            code, place = _uleb128(data, place)
        if place < 0:
            return written, -1, entry
        member += step
        if member >= rows.seen.size:
            _note(met, _NO_SUCH_ID, at)
            return written, -1, entry
        if rows.seen[member]:
            _note(met, _TWICE, at)
            continue
        rows.seen[member] = 1
        rows.member[written], rows.access[written] = member, access
        rows.code[written], rows.owner[written] = code, owner
        written += 1
    return written, place, count


@kernel
def _uleb128(data: U1, place: int) -> tuple[int, int]:
    """Return the value, at most 2**32 - 1, and the place behind it; (0, -1) outside the file or after a fault."""
    if place < 0:
        return 0, -1
    value = np.int64(0)
    for i in range(5):
        if place + i >= data.size:
            return 0, -1
        byte = np.int64(data[place + i])
        value |= (byte & 0x7F) << (7 * i)
        if byte < 0x80:
            return value & 0xFFFFFFFF, place + i + 1
    return 0, -1


@kernel
def _note(met: faults.Tally, sort: int, offset: int) -> None:
    if met[sort, 0] == 0:
        met[sort, 1] = offset
    met[sort, 0] += 1
