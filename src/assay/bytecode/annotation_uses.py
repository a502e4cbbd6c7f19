"""What the annotations of all classes name, in one pass: strings, types, fields, methods.

Source: Android Open Source Project, "Dalvik executable format": annotations_directory_item, annotation_set_ref_list,
annotation_set_item, annotation_item, encoded_annotation, encoded_value.
"""

from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from assay.bytecode import faults
from assay.bytecode.encoded_values import MAX_DEPTH
from assay.bytecode.kernel import int64, kernel, settled
from assay.bytecode.opcodes import Reference
from assay.bytecode.tables import U4, Tables, limits_of
from assay.model.problem import Problem

U1 = npt.NDArray[np.uint8]
I8 = npt.NDArray[np.int64]

MAX_SHARING = 2
"""Bytes of annotations read at most, as a multiple of the file's size: sets may share them, and must not explode."""

_OUTSIDE, _CUT, _NO_SUCH_ID, _DEEP, _SHARED = range(5)
_MISSING = "what annotations name may be missing from the index"
_SORTS = (
    ("annotations lie outside the file", "the class was read without them", _MISSING),
    ("annotations break off", "what lies before the break was read", _MISSING),
    ("annotations name what is not in its table", "left out", _MISSING),
    (f"annotations are nested more than {MAX_DEPTH} deep", "those before were read", _MISSING),
    ("annotations are shared so often that reading them all would take too long", "the rest was left out", _MISSING),
)
_ROWS, _SPENT = range(2)
_FIRST_INDEX, _ARRAY, _ANNOTATION, _BARE = 0x15, 0x1C, 0x1D, 0x1E
_TYPE = int(Reference.TYPE)
_KINDS = settled(
    np.array(
        [
            Reference.PROTO, Reference.METHOD_HANDLE, Reference.STRING, Reference.TYPE, Reference.FIELD,
            Reference.METHOD, Reference.FIELD,
        ],
        np.uint8,
    )
)  # fmt: skip
"""Kind of reference of the value types 0x15 to 0x1b."""


class AnnotationUses(msgspec.Struct, frozen=True, eq=False):
    """What annotations name, in the order of class definitions, then of the file; what many share has many rows.

    One row a name: `owner` u4 row of the class definition whose class or member is annotated; `kind` u1
    (`assay.bytecode.opcodes.Reference`); `index` u4 into the table of that kind, always inside it. The type of an
    annotation is one; the names of its elements are none.
    """

    owner: U4
    kind: U1
    index: U4


class _Sink(NamedTuple):
    """Where the kernels write: one array a column."""

    owner: U4
    kind: U1
    target: U4


def read_annotation_uses(tables: Tables, data: U1) -> tuple[AnnotationUses, list[Problem]]:
    """Return what the annotations of all classes name and the problems met."""
    offsets = settled(tables.classes["annotations"])
    room = len(data) // 2 if np.any(offsets) else 0
    sink = _Sink(np.empty(room, np.uint32), np.empty(room, np.uint8), np.empty(room, np.uint32))
    met, state = faults.tally(len(_SORTS)), np.zeros(2, np.int64)
    _read(data, offsets, limits_of(tables), _KINDS, sink, state, met)
    rows = int(state[_ROWS])
    found = AnnotationUses(settled(sink.owner[:rows]), settled(sink.kind[:rows]), settled(sink.target[:rows]))
    return found, faults.problems(met, _SORTS)


@kernel
def _read(data: U1, offsets: U4, limits: I8, kinds: U1, sink: _Sink, state: I8, met: faults.Tally) -> None:
    """Write the names of all classes in order."""
    for owner in range(offsets.size):
        place = int64(offsets[owner])
        if place == 0:
            continue
        if place + 16 > data.size:
            _note(met, _OUTSIDE, place)
            continue
        _set(data, _u4(data, place), owner, limits, kinds, sink, state, met)
        sets = _u4(data, place + 4) + _u4(data, place + 8)
        lists = _u4(data, place + 12)
        for row in range(sets + lists):
            at = place + 16 + 8 * row
            if at + 8 > data.size:
                _note(met, _CUT, place)
                break
            state[_SPENT] += 8
            if state[_SPENT] > MAX_SHARING * data.size:
                _note(met, _SHARED, place)
                break
            target = _u4(data, at + 4)
            if row < sets:
                _set(data, target, owner, limits, kinds, sink, state, met)
            else:
                _list(data, target, owner, limits, kinds, sink, state, met)


@kernel
def _list(data: U1, place: int, owner: int, limits: I8, kinds: U1, sink: _Sink, state: I8, met: faults.Tally) -> None:
    """Write the names of the sets of a list of parameters."""
    count = _count(data, place, state, met)
    for row in range(count):
        _set(data, _u4(data, place + 4 + 4 * row), owner, limits, kinds, sink, state, met)


@kernel
def _set(data: U1, place: int, owner: int, limits: I8, kinds: U1, sink: _Sink, state: I8, met: faults.Tally) -> None:
    """Write the names of the annotations of a set."""
    count = _count(data, place, state, met)
    left, named = np.zeros(MAX_DEPTH, np.int64), np.zeros(MAX_DEPTH, np.int64)
    for row in range(count):
        at = _u4(data, place + 4 + 4 * row)
        if at + 1 >= data.size:
            _note(met, _OUTSIDE, place)
            continue
        if state[_SPENT] > MAX_SHARING * data.size:
            _note(met, _SHARED, at)
            return
        end = _item(data, at + 1, owner, limits, kinds, sink, state, met, left, named)
        if end < 0:
            _note(met, _CUT, at)
        state[_SPENT] += (end if end >= 0 else int64(data.size)) - at


@kernel
def _count(data: U1, place: int, state: I8, met: faults.Tally) -> int:
    """Return how many offsets of a list can be read; 0 for no list."""
    if place == 0:
        return 0
    if place + 4 > data.size:
        _note(met, _OUTSIDE, place)
        return 0
    stated = _u4(data, place)
    fitting = min(stated, (data.size - place - 4) // 4)
    if fitting < stated:
        _note(met, _CUT, place)
    left = (MAX_SHARING * data.size - state[_SPENT]) // 4
    if fitting > left:
        _note(met, _SHARED, place)
        fitting = max(left, 0)
    state[_SPENT] += 4 * fitting
    return fitting


@kernel
def _item(  # noqa: C901, PLR0912 - nesting without recursion, and no call for each value
    data: U1,
    place: int,
    owner: int,
    limits: I8,
    kinds: U1,
    sink: _Sink,
    state: I8,
    met: faults.Tally,
    left: I8,
    named: I8,
) -> int:
    """Write the names of an encoded_annotation; return the place behind it, -1 where it breaks off.

    `left` and `named` hold, for each level of nesting, how many values are left and whether each has a name before it.
    """
    owners, sorts, targets = sink
    start, depth = place, 0
    type_, place = _uleb128(data, place)
    left[0], place = _uleb128(data, place)
    named[0] = 1
    if place >= 0:
        _write(_TYPE, type_, owner, start, limits, sink, state, met)
    while depth >= 0:
        if left[depth] == 0:
            depth -= 1
            continue
        left[depth] -= 1
        if named[depth]:
            _, place = _uleb128(data, place)
        if place < 0 or place >= data.size:
            return -1
        sort, length = int64(data[place]) & 0x1F, (int64(data[place]) >> 5) + 1
        place += 1
        if sort in (_ARRAY, _ANNOTATION):
            if depth + 1 == MAX_DEPTH:
                _note(met, _DEEP, start)
                return place
            depth += 1
            named[depth] = sort == _ANNOTATION
            if sort == _ANNOTATION:
                type_, place = _uleb128(data, place)
                _write(_TYPE, type_, owner, start, limits, sink, state, met)
            left[depth], place = _uleb128(data, place)
        elif sort < _BARE:
            if place + length > data.size:
                return -1
            if sort >= _FIRST_INDEX:
                kind, index, row = int64(kinds[sort - _FIRST_INDEX]), int64(0), state[_ROWS]
                for i in range(min(length, 4)):
                    index |= int64(data[place + i]) << (8 * i)
                if length > 4 or index >= limits[kind] or row >= targets.size:
                    _note(met, _SHARED if row >= targets.size else _NO_SUCH_ID, start)
                else:
                    owners[row], sorts[row], targets[row] = owner, kind, index
                    state[_ROWS] = row + 1
            place += length
    return place


@kernel
def _write(
    kind: int, index: int, owner: int, place: int, limits: I8, sink: _Sink, state: I8, met: faults.Tally
) -> None:
    """Write one row, where the index is in its table and there is room."""
    row = state[_ROWS]
    if index >= limits[kind] or row >= sink.target.size:
        _note(met, _NO_SUCH_ID if index >= limits[kind] else _SHARED, place)
        return
    sink.owner[row], sink.kind[row], sink.target[row] = owner, kind, index
    state[_ROWS] = row + 1


@kernel
def _u4(data: U1, place: int) -> int:
    """Return an unsigned number of four bytes; the caller has looked that they lie in the file."""
    low = int64(data[place]) | int64(data[place + 1]) << 8
    return low | int64(data[place + 2]) << 16 | int64(data[place + 3]) << 24


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
