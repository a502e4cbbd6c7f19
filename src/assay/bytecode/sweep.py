"""One linear pass over all code: what instructions refer to, and how many there are.

Payloads of switches and array data stand between instructions and are skipped by their real size.
Source: Android Open Source Project, "Dalvik executable format": code_item; "Dalvik bytecode": packed-switch-payload,
sparse-switch-payload, fill-array-data-payload.
"""

from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from assay.bytecode import faults
from assay.bytecode.class_data import Methods
from assay.bytecode.kernel import kernel, settled
from assay.bytecode.opcodes import FORMATS, OPCODES, REFERENCES, UNITS, Format, Reference
from assay.bytecode.tables import U4, Tables
from assay.model.problem import Problem

U1 = npt.NDArray[np.uint8]
U2 = npt.NDArray[np.uint16]
I8 = npt.NDArray[np.int64]

CODE_HEADER_BYTES = 16
"""Bytes of a code_item before its instructions."""
MAX_SHARING = 2
"""Code units read at most, as a multiple of those in the file: code items may be shared, and must not explode."""

_OUTSIDE, _CUT, _SHARED, _TRUNCATED, _NO_SUCH_ID = range(5)
_MISSING = "instructions may be missing from the index"
_SORTS = (
    ("code items lie outside the file or off the grid of four bytes", "the methods were left out", _MISSING),
    ("code items state more instructions than the file holds", "those in the file were read", _MISSING),
    ("code items overlap so often that reading them all would take too long", "the methods were left out", _MISSING),
    ("methods end within an instruction or a payload", "it was left out", _MISSING),
    ("instructions name an index that is not in its table", "not counted as references", _MISSING),
)  # fmt: skip
_BODIES, _INSTRUCTIONS, _UNKNOWN = range(3)

_PAYLOADS = 0xF0
_UNUSED = 0xF1


def _plan() -> U2:
    """Return, for each opcode, its length in units and above that its kind of reference or what is special about it."""
    kinds = REFERENCES.astype(np.uint16)
    kinds[FORMATS == Format.UNUSED] = _UNUSED
    kinds[0] = _PAYLOADS
    return settled(kinds << 8 | UNITS)


_PLAN = _plan()
_JUMBO, _PROTO = 0x1B, int(Reference.PROTO)
_POLYMORPHIC = min(value for value, row in enumerate(OPCODES) if row.format is Format.F45CC)


class _Sink(NamedTuple):
    """Where the kernel writes references: one array a column."""

    method: U4
    pc: U4
    opcode: U1
    kind: U1
    index: U4


class References(msgspec.Struct, frozen=True, eq=False):
    """What instructions refer to, in the order of method definitions, then of code.

    One row a reference: `method` u4 index of the method id whose code it is; `pc` u4 offset of the instruction from
    the first one in 16-bit code units; `opcode` u1; `kind` u1 (`Reference`); `index` u4 into the table of that kind,
    always inside it. invoke-polymorphic has two rows, METHOD and PROTO. `starts` i8, shape (definitions + 1,): rows
    starts[d] to starts[d + 1] belong to definition d.
    """

    method: U4
    pc: U4
    opcode: U1
    kind: U1
    index: U4
    starts: I8


class Counts(msgspec.Struct, frozen=True):
    """What was counted on the way: methods with code that was read, their instructions, those of unused opcodes."""

    bodies: int
    instructions: int
    unknown: int


def read_references(tables: Tables, methods: Methods, units: U2) -> tuple[References, Counts, list[Problem]]:
    """Return all references, the counts, and the problems met. `units` is the whole file as 16-bit units."""
    sink = _room(methods, units)
    starts = np.zeros(len(methods.code) + 1, np.int64)
    met, counted = faults.tally(len(_SORTS)), np.zeros(3, np.int64)
    budget = MAX_SHARING * len(units)
    rows = _sweep(units, methods.code, methods.method, _PLAN, _limits(tables), sink, starts, budget, met, counted)
    columns = [settled(column[:rows]) for column in sink]
    counts = Counts(*map(int, counted))
    return References(*columns, starts=settled(starts)), counts, faults.problems(met, _SORTS)


def _limits(tables: Tables) -> I8:
    """Return the rows of the table of each kind of reference. Shape (8,)."""
    order = (
        (), tables.strings, tables.types, tables.fields, tables.methods, tables.call_sites, tables.method_handles,
        tables.protos,
    )  # fmt: skip
    return settled(np.array([len(table) for table in order], np.int64))


def _room(methods: Methods, units: U2) -> _Sink:
    """Return arrays for as many references as the code can hold: one in two units. Untouched rows cost no memory."""
    rows = min(stated_units(methods.code, units), MAX_SHARING * len(units)) // 2 + 1
    four, one = (np.empty(rows, np.uint32) for _ in range(3)), (np.empty(rows, np.uint8) for _ in range(2))
    method, pc, index = four
    opcode, kind = one
    return _Sink(method, pc, opcode, kind, index)


def stated_units(codes: U4, units: U2) -> int:
    """Return the code units that all bodies together can have: what each states, but no more than the file holds."""
    at = codes.astype(np.int64) // 2 + 6
    inside = at[(codes > 0) & (at + 2 <= len(units))]
    stated = units[inside].astype(np.int64) | units[inside + 1].astype(np.int64) << 16
    return int(np.minimum(stated, len(units)).sum())


@kernel
def _sweep(  # noqa: PLR0913 - a kernel has no objects to carry its columns
    units: U2, codes: U4, methods: U4, plan: U2, limits: I8, sink: _Sink, starts: I8, budget: int,
    met: faults.Tally, counted: I8,
) -> int:  # fmt: skip
    """Write the references of all bodies in order; return their number."""
    rows = 0
    for body in range(codes.size):
        starts[body] = rows
        if codes[body] == 0:
            continue
        first, size = _bounds(units, np.int64(codes[body]), met)
        if size > budget:
            _note(met, _SHARED, np.int64(codes[body]))
        elif size >= 0:
            budget -= size
            counted[_BODIES] += 1
            rows = _body(units, first, size, methods[body], plan, limits, sink, rows, met, counted)
    starts[codes.size] = rows
    return rows


@kernel
def _bounds(units: U2, code: int, met: faults.Tally) -> tuple[int, int]:
    """Return the first instruction's place in units and the number of units, cut at the file's end; -1 for none."""
    if code & 3 or code + CODE_HEADER_BYTES > 2 * units.size:
        _note(met, _OUTSIDE, code)
        return 0, -1
    place = code >> 1
    first, size = place + 8, np.int64(units[place + 6]) | np.int64(units[place + 7]) << 16
    if first + size > units.size:
        _note(met, _CUT, code)
        size = units.size - first
    return first, size


@kernel
def _body(  # noqa: C901, PLR0913 - the inner loop: one branch for what most instructions are, nothing
    units: U2, first: int, size: int, method: np.uint32, plan: U2, limits: I8, sink: _Sink, rows: int,
    met: faults.Tally, counted: I8,
) -> int:  # fmt: skip
    """Write the references of one body behind `rows`; return the rows written so far."""
    pc, instructions = np.int64(0), 0
    while pc < size:
        unit = np.int64(units[first + pc])
        opcode = unit & 0xFF
        step = np.int64(plan[opcode])
        width, kind = step & 0xFF, step >> 8
        if kind == _PAYLOADS and unit != 0:
            width = _payload_units(units, first + pc, first + size)
            instructions -= width > 0
            width = max(width, 1)
        if pc + width > size:
            _note(met, _TRUNCATED, 2 * (first + pc))
            break
        if 0 < kind < _PAYLOADS:
            rows = _emit(units, first + pc, pc, opcode, kind, method, limits, sink, rows, met)
        elif kind == _UNUSED:
            counted[_UNKNOWN] += 1
        instructions += 1
        pc += width
    counted[_INSTRUCTIONS] += instructions
    return rows


@kernel
def _emit(  # noqa: PLR0913 - a kernel has no objects to carry its columns
    units: U2, place: int, pc: int, opcode: int, kind: int, method: np.uint32, limits: I8, sink: _Sink, rows: int,
    met: faults.Tally,
) -> int:  # fmt: skip
    """Write the reference of one instruction, two for invoke-polymorphic; return the rows written so far."""
    index = np.int64(units[place + 1])
    if opcode == _JUMBO:
        index |= np.int64(units[place + 2]) << 16
    rows = _write(index, place, pc, opcode, kind, method, limits, sink, rows, met)
    if opcode == _POLYMORPHIC or opcode == _POLYMORPHIC + 1:
        rows = _write(np.int64(units[place + 3]), place, pc, opcode, _PROTO, method, limits, sink, rows, met)
    return rows


@kernel
def _write(  # noqa: PLR0913 - a kernel has no objects to carry its columns
    index: int, place: int, pc: int, opcode: int, kind: int, method: np.uint32, limits: I8, sink: _Sink, rows: int,
    met: faults.Tally,
) -> int:  # fmt: skip
    if index >= limits[kind]:
        _note(met, _NO_SUCH_ID, 2 * place)
        return rows
    sink.method[rows], sink.pc[rows], sink.opcode[rows] = method, pc, opcode
    sink.kind[rows], sink.index[rows] = kind, index
    return rows + 1


@kernel
def _payload_units(units: U2, place: int, end: int) -> int:
    """Return the length of the payload at `place` in units, 0 where a nop stands there; one past `end` if cut off."""
    unit = units[place]
    if unit < 0x0100 or unit > 0x0300 or unit & 0xFF:
        return 0
    if place + (2 if unit == 0x0200 else 4) > end:
        return end - place + 1
    count = np.int64(units[place + 1])
    if unit == 0x0100:
        return 4 + 2 * count
    if unit == 0x0200:
        return 2 + 4 * count
    return 4 + (count * (np.int64(units[place + 2]) | np.int64(units[place + 3]) << 16) + 1) // 2


@kernel
def _note(met: faults.Tally, sort: int, offset: int) -> None:
    if met[sort, 0] == 0:
        met[sort, 1] = offset
    met[sort, 0] += 1
