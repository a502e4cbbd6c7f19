"""One linear pass over all code: what instructions refer to, and how many there are.

Payloads of switches and array data stand between instructions and are skipped by their real size.
Source: Android Open Source Project, "Dalvik bytecode": packed-switch-payload, sparse-switch-payload,
fill-array-data-payload.
"""

from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from assay.bytecode import faults
from assay.bytecode.bodies import Bodies
from assay.bytecode.class_data import Methods
from assay.bytecode.kernel import int64, kernel, settled
from assay.bytecode.opcodes import FORMATS, REFERENCES, UNITS, Format, Reference
from assay.bytecode.tables import U4, Tables, limits_of
from assay.model.problem import Problem

U1 = npt.NDArray[np.uint8]
U2 = npt.NDArray[np.uint16]
I8 = npt.NDArray[np.int64]

_TRUNCATED, _NO_SUCH_ID = 0, 1
_MISSING = "instructions may be missing from the index"
_SORTS = (
    ("methods end within an instruction or a payload", "it was left out", _MISSING),
    ("instructions name an index that is not in its table", "not counted as references", _MISSING),
)
_INSTRUCTIONS, _UNKNOWN, _PAYLOADS_FOUND = range(3)

_PAYLOADS = 0xF0
_UNUSED = 0xF1
_JUMBO = 0x1B
_POLYMORPHIC = 0xFA
"""invoke-polymorphic; its form with a range of registers is the next opcode."""
_PROTO = int(Reference.PROTO)


def _plan() -> U2:
    """Return, for each opcode, its length in units and above that its kind of reference or what is special about it."""
    kinds = REFERENCES.astype(np.uint16)
    kinds[FORMATS == Format.UNUSED] = _UNUSED
    kinds[0] = _PAYLOADS
    return settled((kinds << 8 | UNITS).astype(np.uint16))


_PLAN = _plan()


class _Sink(NamedTuple):
    """Where the kernel writes: one array a column, of references and of payloads."""

    method: U4
    pc: U4
    opcode: U1
    kind: U1
    target: U4
    payload: U4
    payload_units: U4


class References(msgspec.Struct, frozen=True, eq=False):
    """What instructions refer to, in the order of method definitions, then of code.

    One row a reference: `method` u4 index of the method id whose code it is; `pc` u4 offset of the instruction from
    the first one in 16-bit code units; `opcode` u1; `kind` u1 (`assay.bytecode.opcodes.Reference`); `index` u4 into
    the table of that kind, always inside it. An invoke-polymorphic gives two rows: its method, then its prototype.
    `starts` i8, shape (definitions + 1,): rows starts[d] to starts[d + 1] belong to definition d.
    """

    method: U4
    pc: U4
    opcode: U1
    kind: U1
    index: U4
    starts: I8


class Sweep(msgspec.Struct, frozen=True, eq=False):
    """What one pass gives.

    `payloads` and `payload_units` u4: place and length of each payload in 16-bit units, the place from the file's
    first byte, in the order of definitions; `ends` i8: where the code of each definition ends, or could not be read on,
    likewise; `instructions` counts all others, `unknown` those of unused opcodes.
    """

    references: References
    payloads: U4
    payload_units: U4
    ends: I8
    instructions: int
    unknown: int


def sweep(tables: Tables, methods: Methods, bodies: Bodies, units: U2) -> tuple[Sweep, list[Problem]]:
    """Return all references, the counts, and the problems met. `units` is the whole file as 16-bit units."""
    sink = _room(int(bodies.size.sum()))
    starts = np.zeros(len(methods.method) + 1, np.int64)
    met, counted = faults.tally(len(_SORTS)), np.zeros(3, np.int64)
    ends = bodies.first + bodies.size
    _sweep(units, bodies.first, ends, methods.method, _PLAN, limits_of(tables), sink, starts, met, counted)
    payloads, lengths = (settled(column[: counted[_PAYLOADS_FOUND]]) for column in (sink.payload, sink.payload_units))
    result = Sweep(
        _references(sink, starts), payloads, lengths, settled(ends), int(counted[_INSTRUCTIONS]), int(counted[_UNKNOWN])
    )
    return result, faults.problems(met, _SORTS)


def _references(sink: _Sink, starts: I8) -> References:
    method, pc, target = (settled(column[: starts[-1]]) for column in (sink.method, sink.pc, sink.target))
    opcode, kind = (settled(column[: starts[-1]]) for column in (sink.opcode, sink.kind))
    return References(method, pc, opcode, kind, target, settled(starts))


def _room(units: int) -> _Sink:
    """Return arrays for as many rows as code of `units` can give, one in two. Untouched rows cost no memory."""
    rows = units // 2 + 1
    method, pc, target, payload, payload_units = (np.empty(rows, np.uint32) for _ in range(5))
    opcode, kind = (np.empty(rows, np.uint8) for _ in range(2))
    return _Sink(method, pc, opcode, kind, target, payload, payload_units)


@kernel
def _sweep(  # noqa: C901, PLR0912, PLR0915 - one function: to hand arrays on per body doubles the time
    units: U2, firsts: I8, ends: I8, methods: U4, plan: U2, limits: I8, sink: _Sink, starts: I8,
    met: faults.Tally, counted: I8,
) -> None:  # fmt: skip
    """Write the references and payloads of all bodies in order; `starts` ends with their number.

    `ends` is where each body ends, and becomes where reading it ended.
    """
    method, pc, opcode, kind, index, payloads, lengths = sink
    rows = instructions = unknown = found = 0
    for body in range(firsts.size):
        starts[body] = rows
        first, end = firsts[body], ends[body]
        place = first
        while place < end:
            unit = int64(units[place])
            step = int64(plan[unit & 0xFF])
            width, sort = step & 0xFF, step >> 8
            if place + width > end:
                _note(met, _TRUNCATED, 2 * place)
                break
            if sort == 0:
                instructions += 1
                place += width
                continue
            if sort == _PAYLOADS and unit != 0:
                width = _payload_units(units, place, end)
                if place + width > end:
                    _note(met, _TRUNCATED, 2 * place)
                    break
                if width > 0:
                    payloads[found], lengths[found] = place, width
                    found += 1
                    place += width
                    continue
                width = 1
            instructions += 1
            if sort < _PAYLOADS:
                target = int64(units[place + 1])
                if unit & 0xFF == _JUMBO:
                    target |= int64(units[place + 2]) << 16
                if target < limits[sort]:
                    method[rows], pc[rows], opcode[rows] = methods[body], place - first, unit & 0xFF
                    kind[rows], index[rows] = sort, target
                    rows += 1
                else:
                    _note(met, _NO_SUCH_ID, 2 * place)
                if unit & 0xFE == _POLYMORPHIC:
                    target = int64(units[place + 3])
                    if target < limits[_PROTO]:
                        method[rows], pc[rows], opcode[rows] = methods[body], place - first, unit & 0xFF
                        kind[rows], index[rows] = _PROTO, target
                        rows += 1
                    else:
                        _note(met, _NO_SUCH_ID, 2 * place)
            elif sort == _UNUSED:
                unknown += 1
            place += width
        ends[body] = place
    starts[firsts.size] = rows
    counted[_INSTRUCTIONS], counted[_UNKNOWN], counted[_PAYLOADS_FOUND] = instructions, unknown, found


@kernel
def _payload_units(units: U2, place: int, end: int) -> int:
    """Return the length of the payload at `place` in units, 0 where a nop stands there; past `end` if cut off."""
    unit = units[place]
    if unit < 0x0100 or unit > 0x0300 or unit & 0xFF:
        return 0
    if place + (2 if unit == 0x0200 else 4) > end:
        return end - place + 1
    count = int64(units[place + 1])
    if unit == 0x0100:
        return 4 + 2 * count
    if unit == 0x0200:
        return 2 + 4 * count
    return 4 + (count * (int64(units[place + 2]) | int64(units[place + 3]) << 16) + 1) // 2


@kernel
def _note(met: faults.Tally, sort: int, offset: int) -> None:
    if met[sort, 0] == 0:
        met[sort, 1] = offset
    met[sort, 0] += 1
