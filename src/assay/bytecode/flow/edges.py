"""Edges between blocks: to the next one, by branches, by cases of switches, and by exceptions."""

from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from assay.bytecode import faults
from assay.bytecode.flow.blocks import END, GOTO, SWITCH, THROWS, WAYS, Blocks
from assay.bytecode.flow.code import Code
from assay.bytecode.flow.payloads import Switches
from assay.bytecode.kernel import int64, kernel, settled
from assay.bytecode.opcodes import UNITS
from assay.bytecode.tables import U4
from assay.bytecode.tries import Tries

U1 = npt.NDArray[np.uint8]
I4 = npt.NDArray[np.int32]
I8 = npt.NDArray[np.int64]

ONWARD, TAKEN, CASE, EXCEPTION = range(4)
"""Kinds of edges: to the next instruction (a test that fails, a switch without a fitting case); a goto, or a test that
holds; a case of a switch; an exception."""
EXCEPTIONS_EACH = 16
"""Exception edges kept at most for each instruction of a method, beyond `EXCEPTIONS_FREE`."""
EXCEPTIONS_FREE = 1024
ANY_EXCEPTION, UNKNOWN_EXCEPTION = -1, -2
"""Values of exception edges of a handler that takes every exception, and of one whose type cannot be known."""

_MANY, _FALLS = range(2)
SORTS = (
    ("a method has so many exception edges that following them all would take too long", "the rest was left out",
     "where exceptions lead is not known"),
    ("code runs into data or past its end", "the path ends there", "where it leads is not known"),
)  # fmt: skip


class Edges(msgspec.Struct, frozen=True, eq=False):
    """The edges of some blocks, by the block they leave: first onward and taken, then cases, then exceptions.

    `starts` i8, shape (blocks + 1,): edges starts[b] to starts[b + 1] leave block b. One row an edge: `source`,
    `target` i4: blocks; `kind` u1; `value` i4: the key of a case; the type index of an exception, `ANY_EXCEPTION` or
    `UNKNOWN_EXCEPTION`; else 0. `entering` i8: all edges, ordered by the block they enter;
    `entering_starts` i8, shape (blocks + 1,): those that enter block b. `breaks` u1: 1 for blocks whose last
    instruction runs into data or past the end; padding that nothing enters is among them.
    """

    starts: I8
    source: I4
    target: I4
    kind: U1
    value: I4
    entering_starts: I8
    entering: I8
    breaks: U1


class _Sink(NamedTuple):
    """Where the kernel writes: one array a column."""

    source: I4
    target: I4
    kind: U1
    value: I4


def connect(code: Code, switches: Switches, tries: Tries, blocks: Blocks) -> tuple[Edges, faults.Tally]:
    """Return the edges between all blocks of some code."""
    met, starts = faults.tally(len(SORTS)), np.zeros(len(blocks.range) + 1, np.int64)
    cases = (switches.row, switches.starts, switches.key, blocks.case_target)
    types = settled(tries.type.view(np.int32))
    handlers = (tries.handler_starts, types, blocks.handler)
    own = (blocks.starts, blocks.first, blocks.range, blocks.of, blocks.target)
    plan = (WAYS, settled(UNITS), THROWS)
    breaks = np.zeros(len(blocks.range), np.uint8)
    size = 0
    sink = _room(0)
    for _ in range(2):
        sink = _room(size)
        met[:] = 0
        size = _connect(code.pc, code.opcode, code.bodies.first, own, cases, handlers, plan, sink, starts, breaks, met)
    source, target, kind, value = _settled(sink)
    entering_starts, entering = np.zeros(len(starts), np.int64), np.empty(size, np.int64)
    _enter(target, entering_starts, entering)
    _note_breaks(code, blocks, breaks, entering_starts, met)
    entered = settled(entering_starts), settled(entering)
    return Edges(settled(starts), source, target, kind, value, *entered, settled(breaks)), met


def _note_breaks(code: Code, blocks: Blocks, breaks: U1, entering_starts: I8, met: faults.Tally) -> None:
    """Count the blocks that break off and that something enters: an edge, or the method."""
    entered = np.diff(entering_starts) > 0
    entered[blocks.starts[:-1][np.diff(blocks.starts) > 0]] = True
    found = np.flatnonzero((breaks > 0) & entered)
    if len(found):
        row = int(blocks.first[found[0] + 1]) - 1
        method = int(np.searchsorted(code.starts, row, "right")) - 1
        met[_FALLS] = len(found), 2 * (int(code.bodies.first[method]) + int(code.pc[row]))


def _settled(sink: _Sink) -> _Sink:
    return _Sink(settled(sink.source), settled(sink.target), settled(sink.kind), settled(sink.value))


def _room(size: int) -> _Sink:
    source, target, value = (np.zeros(size, np.int32) for _ in range(3))
    return _Sink(source, target, np.zeros(size, np.uint8), value)


@kernel
def _connect(  # noqa: C901, PLR0912 - one function, as the rules of kernels ask
    pc: U4, opcode: U1, firsts: I8, blocks: tuple[I8, I8, I4, I4, I4], cases: tuple[I8, I8, I4, I4],
    tries: tuple[I8, I4, I4], plan: tuple[U1, U1, U1], sink: _Sink, starts: I8, breaks: U1,
    met: faults.Tally,
) -> int:  # fmt: skip
    """Write the edges of all blocks as far as there is room; return their number."""
    block_starts, block_first, ranges, of, targets = blocks
    switch_rows, case_starts, keys, case_targets = cases
    handler_starts, types, handlers = tries
    ways, widths, throws = plan
    source, target, kind, value = sink
    edges = switch = 0
    for method in range(block_starts.size - 1):
        low, high = block_starts[method], block_starts[method + 1]
        left = EXCEPTIONS_FREE + EXCEPTIONS_EACH * (block_first[high] - block_first[low])
        for block in range(low, high):
            starts[block] = edges
            first, row = block_first[block], block_first[block + 1] - 1
            way = ways[opcode[row]]
            if way not in (GOTO, END):
                if block + 1 < high and int64(pc[row]) + int64(widths[opcode[row]]) == int64(pc[row + 1]):
                    if edges < source.size:
                        source[edges], target[edges], kind[edges] = block, block + 1, ONWARD
                    edges += 1
                else:
                    breaks[block] = 1
            if targets[row] >= 0:
                if edges < source.size:
                    source[edges], target[edges], kind[edges] = block, of[targets[row]], TAKEN
                edges += 1
            if way == SWITCH:
                while switch_rows[switch] < row:
                    switch += 1
                for case in range(case_starts[switch], case_starts[switch + 1]):
                    if case_targets[case] < 0:
                        continue
                    if edges < source.size:
                        source[edges], target[edges], kind[edges] = block, of[case_targets[case]], CASE
                        value[edges] = keys[case]
                    edges += 1
            covering = int64(ranges[block])
            if covering < 0:
                continue
            while first <= row and not throws[opcode[first]]:
                first += 1
            if first > row:
                continue
            for handler in range(handler_starts[covering], handler_starts[covering + 1]):
                if handlers[handler] < 0:
                    continue
                if left == 0:
                    _note(met, _MANY, 2 * firsts[method])
                    break
                left -= 1
                if edges < source.size:
                    source[edges], target[edges], kind[edges] = block, of[handlers[handler]], EXCEPTION
                    value[edges] = types[handler]
                edges += 1
    starts[block_starts[-1]] = edges
    return edges


@kernel
def _enter(targets: I4, starts: I8, entering: I8) -> None:
    """Write all edges by the block they enter, in their own order."""
    for edge in range(targets.size):
        starts[targets[edge] + 1] += 1
    for block in range(1, starts.size):
        starts[block] += starts[block - 1]
    place = starts.copy()
    for edge in range(targets.size):
        entering[place[targets[edge]]] = edge
        place[targets[edge]] += 1


@kernel
def _note(met: faults.Tally, sort: int, offset: int) -> None:
    if met[sort, 0] == 0:
        met[sort, 1] = offset
    met[sort, 0] += 1
