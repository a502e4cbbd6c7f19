"""Basic blocks: runs of instructions that are only entered at their first one and only left normally at their last.

Blocks also begin and end where try ranges do, and where a payload stands between instructions. An instruction that
throws does not end a block: the edges to its handlers leave from the middle of it.
"""

from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from assay.bytecode import faults
from assay.bytecode.flow.code import Code
from assay.bytecode.flow.payloads import Switches
from assay.bytecode.kernel import int64, kernel, settled
from assay.bytecode.opcodes import OPCODES, TARGET_OPERAND, UNITS
from assay.bytecode.tables import U4
from assay.bytecode.tries import Tries

U1 = npt.NDArray[np.uint8]
I4 = npt.NDArray[np.int32]
I8 = npt.NDArray[np.int64]

NEXT, TEST, GOTO, SWITCH, END = range(5)
"""How an instruction goes on: to the next one; there or elsewhere; elsewhere; by cases; not at all."""

_ASTRAY, _HANDLER = range(2)
SORTS = (
    ("branches or cases lead outside the code or into the middle of an instruction", "the edge was left out",
     "where they lead is not known"),
    ("exception handlers begin in the middle of an instruction", "the edges were left out",
     "where exceptions lead is not known"),
)  # fmt: skip


def _ways() -> U1:
    stems = ((TEST, "if-"), (GOTO, "goto"), (SWITCH, "packed-switch"), (SWITCH, "sparse-switch"), (END, "return"),
             (END, "throw"))  # fmt: skip
    return np.array(
        [next((way for way, stem in stems if row.name.startswith(stem)), NEXT) for row in OPCODES], np.uint8
    )


WAYS: U1 = settled(_ways())
"""How each opcode goes on. Shape (256,)."""


def _throwing() -> U1:
    stems = (
        "const-string", "const-class", "const-method", "monitor-", "check-cast", "instance-of", "array-length",
        "new-", "filled-new-array", "fill-array-data", "throw", "aget", "aput", "iget", "iput", "sget", "sput",
        "invoke-", "div-int", "rem-int", "div-long", "rem-long",
    )  # fmt: skip
    return np.array([row.name.startswith(stems) for row in OPCODES], np.uint8)


THROWS: U1 = settled(_throwing())
"""1 for each opcode that may throw. Shape (256,). Source: Android Runtime, dex_instruction_list.h, flag kThrow."""


class Blocks(msgspec.Struct, frozen=True, eq=False):
    """The blocks of some code, in its order; one row a block, the first of a method is its entry.

    `starts` i8, shape (methods + 1,): blocks starts[m] to starts[m + 1] belong to the m-th method of the code;
    `first` i8, shape (blocks + 1,): rows of the code first[b] to first[b + 1] are block b; `range` i4: the row of
    `tries` that covers it, -1 where none does (of ranges that overlap the first found keeps the code). One row an
    instruction: `of` i4: its block; `target` i4: the row that a branch leads to, -1 without. `case_target` i4: the row
    that each case of a switch leads to; `handler` i4: the row of each handler; -1 where there is no such instruction.
    """

    starts: I8
    first: I8
    range: I4
    of: I4
    target: I4
    case_target: I4
    handler: I4


class _Sink(NamedTuple):
    """Where the kernel writes: one array a column."""

    lead: U1
    covered: I4
    target: I4
    case_target: I4
    handler: I4


def divide(code: Code, switches: Switches, tries: Tries) -> tuple[Blocks, faults.Tally]:
    """Return the blocks of some code. `tries` are those of `code.bodies`."""
    met, rows = faults.tally(len(SORTS)), len(code.pc)
    lengths = (rows, rows, len(switches.target), len(tries.address))
    sink = _Sink(np.zeros(rows, np.uint8), *(np.full(length, -1, np.int32) for length in lengths))
    ranges = (tries.starts, tries.first, tries.units, tries.handler_starts, tries.address)
    cases, plan = (switches.row, switches.starts, switches.target), (WAYS, settled(TARGET_OPERAND), settled(UNITS))
    _divide(
        code.pc, code.opcode, (code.a, code.b, code.c), code.starts, code.bodies.first, code.sizes, cases, ranges,
        plan, sink, met,
    )  # fmt: skip
    first = np.flatnonzero(sink.lead)
    starts = np.searchsorted(first, code.starts)
    of = np.cumsum(sink.lead, dtype=np.int32) - np.int32(1)
    covered = settled(sink.covered[first])
    columns = map(settled, (covered, of, sink.target, sink.case_target, sink.handler))
    return Blocks(settled(starts), settled(np.append(first, rows)), *columns), met


@kernel
def _divide(  # noqa: C901, PLR0912, PLR0915 - one function, as the rules of kernels ask
    pc: U4, opcode: U1, operands: tuple[I4, I4, I4], starts: I8, firsts: I8, sizes: I8, cases: tuple[I8, I8, I8],
    tries: tuple[I8, U4, U4, I8, U4], plan: tuple[U1, U1, U1], sink: _Sink, met: faults.Tally,
) -> None:  # fmt: skip
    """Mark leaders, resolve targets, and note for each instruction the range that covers it."""
    a, b, c = operands
    switch_rows, case_starts, case_places = cases
    try_starts, try_first, try_units, handler_starts, addresses = tries
    ways, which, widths = plan
    lead, covered, target, case_target, handlers = sink
    most = int64(0)
    for body in range(sizes.size):
        most = max(most, sizes[body])
    row_at = np.full(most, -1, np.int32)
    switch = 0
    for body in range(sizes.size):
        low, high, size = starts[body], starts[body + 1], sizes[body]
        if low == high:
            continue
        row_at[:size] = -1
        for row in range(low, high):
            row_at[pc[row]] = row
        lead[low] = 1
        for row in range(low, high):
            if row + 1 < high and int64(pc[row]) + int64(widths[opcode[row]]) != int64(pc[row + 1]):
                lead[row + 1] = 1
            way = ways[opcode[row]]
            if way == NEXT:
                continue
            if row + 1 < high:
                lead[row + 1] = 1
            operand = which[opcode[row]]
            if operand:
                place = int64(pc[row]) + int64(a[row] if operand == 1 else (b[row] if operand == 2 else c[row]))
                found = row_at[place] if 0 <= place < size else -1
                target[row] = found
                if found >= 0:
                    lead[found] = 1
                else:
                    _note(met, _ASTRAY, 2 * (firsts[body] + int64(pc[row])))
            elif way == SWITCH:
                while switch_rows[switch] < row:
                    switch += 1
                for case in range(case_starts[switch], case_starts[switch + 1]):
                    place = case_places[case]
                    found = row_at[place] if 0 <= place < size else -1
                    case_target[case] = found
                    if found >= 0:
                        lead[found] = 1
                    else:
                        _note(met, _ASTRAY, 2 * (firsts[body] + int64(pc[row])))
        row = low
        for each in range(try_starts[body], try_starts[body + 1]):
            begin, end = int64(try_first[each]), int64(try_first[each]) + int64(try_units[each])
            row += np.searchsorted(pc[row:high], np.uint32(begin))
            if row < high and int64(pc[row]) < end:
                lead[row] = 1
            while row < high and int64(pc[row]) < end:
                covered[row] = each
                row += 1
            if row < high:
                lead[row] = 1
            for handler in range(handler_starts[each], handler_starts[each + 1]):
                place = int64(addresses[handler])
                found = row_at[place] if place < size else -1
                handlers[handler] = found
                if found >= 0:
                    lead[found] = 1
                else:
                    _note(met, _HANDLER, 2 * firsts[body])


@kernel
def _note(met: faults.Tally, sort: int, offset: int) -> None:
    if met[sort, 0] == 0:
        met[sort, 1] = offset
    met[sort, 0] += 1
