"""What switches and array data hold: the payloads that such instructions point to, wherever in the code they lie.

Source: Android Open Source Project, "Dalvik bytecode": packed-switch-payload, sparse-switch-payload,
fill-array-data-payload.
"""

import msgspec
import numpy as np
import numpy.typing as npt

from assay.bytecode import faults
from assay.bytecode.flow.code import Code
from assay.bytecode.kernel import int64, kernel, settled
from assay.bytecode.opcodes import opcode

U1 = npt.NDArray[np.uint8]
U2 = npt.NDArray[np.uint16]
I4 = npt.NDArray[np.int32]
I8 = npt.NDArray[np.int64]

PACKED_SWITCH, SPARSE_SWITCH = opcode("packed-switch"), opcode("sparse-switch")
FILL_ARRAY = opcode("fill-array-data")
MAX_CASES_EACH = 1
"""Cases read at most for each code unit of a method: payloads may be shared, and must not explode; alone they take two
units a case or more."""

_OUTSIDE, _CUT, _SHARED = range(3)
_COST = "where the switch leads is not known"
SORTS = (
    ("switches point to no payload of theirs within the code", "read as without cases", _COST),
    ("payloads of switches break off", "those that lie in the code were read", _COST),
    ("payloads of switches are shared so often that reading them all would take too long", "the rest was left out",
     _COST),
)  # fmt: skip


class Switches(msgspec.Struct, frozen=True, eq=False):
    """The switches of some code, in its order.

    `row` i8: row of each instruction; `starts` i8, shape (switches + 1,): cases of each, in the order of the payload.
    One row a case: `key` i4: value that is compared; `target` i8: code unit, may lie anywhere.
    """

    row: I8
    starts: I8
    key: I4
    target: I8


class ArrayData(msgspec.Struct, frozen=True):
    """A fill-array-data payload: bytes of one element, how many are stated, and the values that lie in the code.

    The values are signed whole numbers of that width; whether they are floating point only the array's type can tell.
    """

    width: int
    stated: int
    values: tuple[int, ...]


def read_switches(units: U2, code: Code) -> tuple[Switches, faults.Tally]:
    """Return the switches of some code; `units` is the whole file."""
    rows = np.flatnonzero((code.opcode == PACKED_SWITCH) | (code.opcode == SPARSE_SWITCH))
    owners = np.searchsorted(code.starts, rows, "right") - 1
    met, starts = faults.tally(len(SORTS)), np.zeros(len(rows) + 1, np.int64)
    steps, pcs = settled(code.b[rows].astype(np.int64)), settled(code.pc[rows].astype(np.int64))
    sparse = settled((code.opcode[rows] == SPARSE_SWITCH).astype(np.uint8))
    where = (settled(owners), pcs, steps, sparse)
    bodies = (code.bodies.first, code.bodies.size)
    none = np.zeros(0, np.int32), np.zeros(0, np.int64)
    _cases(units, bodies, where, none, starts, met)
    sink = np.zeros(int(starts[-1]), np.int32), np.zeros(int(starts[-1]), np.int64)
    if len(rows):
        met[:] = 0
        _cases(units, bodies, where, sink, starts, met)
    return Switches(settled(rows.astype(np.int64)), settled(starts), settled(sink[0]), settled(sink[1])), met


def array_data(units: U2, code: Code, row: int) -> ArrayData | None:
    """Return what a fill-array-data instruction points to; None where that is no such payload within the code."""
    method = int(np.searchsorted(code.starts, row, "right")) - 1
    first, size = int(code.bodies.first[method]), int(code.bodies.size[method])
    at = int(code.pc[row]) + int(code.b[row])
    if not 0 <= at <= size - 4 or units[first + at] != 0x0300:
        return None
    _ident, width, low, high = (int(unit) for unit in units[first + at : first + at + 4])
    stated = low | high << 16
    if width not in {1, 2, 4, 8}:
        return ArrayData(width, stated, ())
    raw = units[first + at + 4 : first + size].tobytes()
    there = min(stated, len(raw) // width)
    return ArrayData(width, stated, tuple(np.frombuffer(raw, f"<i{width}", there).tolist()))


@kernel
def _cases(  # noqa: C901 - one function, as the rules of kernels ask
    units: U2, bodies: tuple[I8, I8], where: tuple[I8, I8, I8, U1], sink: tuple[I4, I8], starts: I8, met: faults.Tally
) -> None:
    """Write the cases of all switches as far as there is room; `starts` ends with their number."""
    firsts, sizes = bodies
    owners, pcs, steps, sparse = where
    keys, targets = sink
    written, before, left = 0, int64(-1), int64(0)
    for switch in range(owners.size):
        starts[switch] = written
        first, size = int64(firsts[owners[switch]]), int64(sizes[owners[switch]])
        if owners[switch] != before:
            before, left = owners[switch], MAX_CASES_EACH * size
        at = pcs[switch] + steps[switch]
        head = 2 if sparse[switch] else 4
        if at < 0 or at + head > size or units[first + at] != (0x0200 if sparse[switch] else 0x0100):
            _note(met, _OUTSIDE, 2 * (first + pcs[switch]))
            continue
        stated = int64(units[first + at + 1])
        room = size - at - head - (2 * stated if sparse[switch] else 0)
        count = min(stated, max(0, room // 2))
        if count < stated:
            _note(met, _CUT, 2 * (first + at))
        if count > left:
            _note(met, _SHARED, 2 * (first + at))
            count = left
        left -= count
        place = first + at + head
        lowest = int64(0) if sparse[switch] else _signed(units, first + at + 2)
        for case in range(count):
            if written + case < keys.size:
                if sparse[switch]:
                    keys[written + case] = _signed(units, place + 2 * case)
                    targets[written + case] = pcs[switch] + _signed(units, place + 2 * (stated + case))
                else:
                    keys[written + case] = ((lowest + case + (1 << 31)) & 0xFFFFFFFF) - (1 << 31)
                    targets[written + case] = pcs[switch] + _signed(units, place + 2 * case)
        written += count
    starts[owners.size] = written


@kernel
def _signed(units: U2, place: int) -> int:
    value = int64(units[place]) | int64(units[place + 1]) << 16
    return (value ^ 0x80000000) - 0x80000000


@kernel
def _note(met: faults.Tally, sort: int, offset: int) -> None:
    if met[sort, 0] == 0:
        met[sort, 1] = offset
    met[sort, 0] += 1
