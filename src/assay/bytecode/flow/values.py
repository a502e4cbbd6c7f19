"""Where the values that instructions read come from: reaching definitions of one method, as chains.

Every read has exactly one value behind it: what a register holds at the beginning of the method, what an instruction
wrote, or a junction, where different values meet at the beginning of a block. Junctions name the values that meet in
them, so that chains of definitions and uses stay linear where lists of pairs would grow with their product.
Source: R. Cytron et al., "Efficiently computing static single assignment form" (1991), here by a forward data flow.
"""

from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from assay.bytecode.bodies import HEADER_UNITS
from assay.bytecode.dex import DexFile
from assay.bytecode.flow.blocks import THROWS
from assay.bytecode.flow.edges import EXCEPTION
from assay.bytecode.flow.graph import Graph
from assay.bytecode.flow.junctions import fold, kept
from assay.bytecode.flow.operands import ARGUMENTS, DEFINES, LISTED, READS
from assay.bytecode.kernel import int64, kernel, settled
from assay.model.errors import Unreadable

U1 = npt.NDArray[np.uint8]
I4 = npt.NDArray[np.int32]
I8 = npt.NDArray[np.int64]

MAX_CELLS = 1 << 22
"""Most blocks times registers of a method whose values are followed."""
MAX_STEPS = 1 << 25
"""Most registers and instructions that are gone through for one method."""
MAX_MEETINGS = 1 << 21
"""Most pairs of a junction and a value that meets in it."""


class Values(msgspec.Struct, frozen=True, eq=False):
    """The values of one method.

    A value is a number: below `registers`, what that register holds at the beginning;
    from there on `registers` + row, what the instruction at a row of the graph's code writes (both halves of a pair);
    from `first_junction` on, a junction.

    Reads, in the order of code and of operands: `read_starts` i8, shape (rows + 1,): those of an instruction;
    `read_register` i4, the lower one of a pair; `read_value` i4, -1 where no path leads or no such register is.
    A move-result reads nothing here: it writes the result of the instruction before it.
    Junctions: `junction_block`, `junction_register` i4; `meeting_starts` i8, shape (junctions + 1,); `meeting` i4: the
    values that meet, ascending.
    """

    registers: int
    first_junction: int
    read_starts: I8
    read_register: I4
    read_value: I4
    junction_block: I4
    junction_register: I4
    meeting_starts: I8
    meeting: I4

    def read(self, row: int) -> list[tuple[int, int]]:
        """Return (register, value) of each operand that an instruction reads. Raises: IndexError."""
        if not 0 <= row < len(self.read_starts) - 1:
            raise IndexError(row)
        own = slice(int(self.read_starts[row]), int(self.read_starts[row + 1]))
        return list(zip(self.read_register[own].tolist(), self.read_value[own].tolist(), strict=True))

    def sources(self, value: int) -> list[int]:
        """Return the values behind a value that are no junctions, ascending: the definitions that reach its reads."""
        found, seen, todo = set(), {value}, [value]
        while todo:
            each = todo.pop()
            if each < self.first_junction:
                found.add(each)
                continue
            row = each - self.first_junction
            more = set(self.meeting[self.meeting_starts[row] : self.meeting_starts[row + 1]].tolist()) - seen
            seen |= more
            todo += more
        return sorted(found)

    def readers(self, value: int) -> list[int]:
        """Return the rows that read a value itself, ascending; those behind a junction read that."""
        reads = np.flatnonzero(self.read_value == value)
        return sorted(set((np.searchsorted(self.read_starts, reads, "right") - 1).tolist()))


class _Plan(NamedTuple):
    """What opcodes do, shape (256, ...): see `operands` and `blocks`."""

    reads: U1
    defines: U1
    arguments: U1
    throws: U1


class _Code(NamedTuple):
    """The instructions of one method and the blocks and edges between them."""

    opcode: U1
    a: I4
    b: I4
    c: I4
    first: I8
    starts: I8
    targets: I4
    kinds: U1


_PLAN = _Plan(READS, DEFINES, ARGUMENTS, THROWS)


def values_of(dex: DexFile, graph: Graph) -> Values:
    """Return the values of the one method of a graph, none for a graph without any. Raises: Unreadable over limits."""
    begin = graph.code.bodies.first[:1].sum()
    registers, rows = int(dex.units[begin - HEADER_UNITS]) if begin else 0, len(graph.code.pc)
    blocks, base = len(graph.blocks.range), registers + rows
    if blocks * registers > MAX_CELLS:
        raise Unreadable(f"{blocks} blocks with {registers} registers are more than {MAX_CELLS} to follow values in")
    code = _Code(graph.code.opcode, graph.code.a, graph.code.b, graph.code.c, graph.blocks.first, graph.edges.starts,
                 graph.edges.target, graph.edges.kind)  # fmt: skip
    entry, reached = np.full((blocks, registers), -1, np.int32), np.zeros(blocks, np.uint8)
    if blocks:
        entry[0], reached[0] = np.arange(registers), 1
    if not _spread(code, _PLAN, base, entry, reached):
        raise Unreadable(f"values of registers still change after {MAX_STEPS} steps")
    junctions, meeting = _meetings(code, base, entry, reached)
    read_starts, read_register, read_value = _reads(code, entry, reached, rows)
    forward = fold(base, base + blocks * registers, junctions, meeting)
    read_value = np.where(read_value >= 0, _padded(forward)[read_value], -1).astype(np.int32)
    wanted, starts, met, numbers = kept(base, read_value, junctions, meeting, forward)
    new = _padded(numbers)[np.maximum(read_value - base, 0)]
    renumbered = np.where(read_value >= base, new, read_value).astype(np.int32)
    return Values(
        registers, base, settled(read_starts), settled(read_register),
        settled(renumbered),
        settled((wanted // max(registers, 1)).astype(np.int32)), settled((wanted % max(registers, 1)).astype(np.int32)),
        settled(starts), settled(met),
    )  # fmt: skip


def _padded(numbers: I4) -> I4:
    """Return an array that has a row at 0 and at -1 in any case."""
    return np.append(numbers, np.int32(-1))


def _meetings(code: _Code, base: int, entry: I4, reached: U1) -> tuple[I8, I8]:
    """Return (junction, value) of each value that comes to a junction; junctions as cells from 0."""
    none = np.zeros(0, np.int64)
    count = _meet(code, _PLAN, base, entry, reached, none, none)
    if count > MAX_MEETINGS:
        raise Unreadable(f"more than {MAX_MEETINGS} values meet where paths do")
    junctions, values = np.empty(count, np.int64), np.empty(count, np.int64)
    _meet(code, _PLAN, base, entry, reached, junctions, values)
    return junctions, values


def _reads(code: _Code, entry: I4, reached: U1, rows: int) -> tuple[I8, I4, I4]:
    starts, none = np.zeros(rows + 1, np.int64), np.zeros(0, np.int32)
    count = _read(code, _PLAN, entry, reached, starts, none, none)
    registers, values = np.empty(count, np.int32), np.empty(count, np.int32)
    _read(code, _PLAN, entry, reached, starts, registers, values)
    return starts, registers, values


@kernel
def _spread(  # noqa: C901, PLR0912 - one function, as the rules of kernels ask
    code: _Code, plan: _Plan, base: int, entry: I4, reached: U1
) -> bool:
    """Hand values on along edges; where another one came before, a junction of that block and register stands.

    Returns whether it came to an end. Each cell changes twice at most.
    """
    blocks, registers = entry.shape
    changed, state = reached.copy(), np.empty(registers, np.int32)
    steps, again = 0, True
    while again:
        again = False
        for block in range(blocks):
            steps += 1
            if not changed[block]:
                continue
            changed[block] = 0
            first, last = code.starts[block], code.starts[block + 1]
            handled = False
            for edge in range(first, last):
                handled = handled or code.kinds[edge] == EXCEPTION
            state[:] = entry[block]
            for row in range(code.first[block], code.first[block + 1] + 1):
                end = row == code.first[block + 1]
                if end or (handled and plan.throws[code.opcode[row]]):
                    for edge in range(first, last):
                        if (code.kinds[edge] == EXCEPTION) == end:
                            continue
                        target = code.targets[edge]
                        steps += registers
                        for register in range(registers):
                            old, new = entry[target, register], state[register]
                            if old == new:
                                continue
                            cell = base + target * registers + register
                            if old >= 0 and old != cell:
                                new = cell
                            if old != cell:
                                entry[target, register] = new
                                changed[target], again = 1, True
                        if not reached[target]:
                            reached[target], changed[target], again = 1, 1, True
                if end:
                    break
                steps += 1
                for register in range(code.a[row], code.a[row] + int64(plan.defines[code.opcode[row]])):
                    if 0 <= register < registers:
                        state[register] = entry.shape[1] + row
            if steps > MAX_STEPS:
                return False
    return True


@kernel
def _meet(  # noqa: C901, PLR0912 - one function, as the rules of kernels ask
    code: _Code, plan: _Plan, base: int, entry: I4, reached: U1, junctions: I8, values: I8
) -> int:
    """Write what comes to each junction as far as there is room; return how many pairs there are, at most one over."""
    blocks, registers = entry.shape
    state, written = np.empty(registers, np.int32), 0
    for register in range(registers if blocks else 0):
        if entry[0, register] >= base:
            if written < junctions.size:
                junctions[written], values[written] = register, register
            written += 1
    for block in range(blocks):
        if not reached[block]:
            continue
        first, last = code.starts[block], code.starts[block + 1]
        handled = False
        for edge in range(first, last):
            handled = handled or code.kinds[edge] == EXCEPTION
        state[:] = entry[block]
        for row in range(code.first[block], code.first[block + 1] + 1):
            end = row == code.first[block + 1]
            if end or (handled and plan.throws[code.opcode[row]]):
                for edge in range(first, last):
                    if (code.kinds[edge] == EXCEPTION) == end:
                        continue
                    target = code.targets[edge]
                    for register in range(registers):
                        cell = target * registers + register
                        if entry[target, register] == base + cell and state[register] != base + cell:
                            if written < junctions.size:
                                junctions[written], values[written] = cell, state[register]
                            written += 1
                    if written > MAX_MEETINGS:
                        return written
            if end:
                break
            for register in range(code.a[row], code.a[row] + int64(plan.defines[code.opcode[row]])):
                if 0 <= register < registers:
                    state[register] = registers + row
    return written


@kernel
def _read(  # noqa: C901 - one function, as the rules of kernels ask
    code: _Code, plan: _Plan, entry: I4, reached: U1, starts: I8, read: I4, value: I4
) -> int:
    """Write what each instruction reads as far as there is room; return how many reads there are."""
    blocks, registers = entry.shape
    state, written = np.empty(registers, np.int32), 0
    for block in range(blocks):
        state[:] = entry[block]
        for row in range(code.first[block], code.first[block + 1]):
            starts[row] = written
            opcode = code.opcode[row]
            a, b, c = int64(code.a[row]), int64(code.b[row]), int64(code.c[row])
            count = a & 0xFF if plan.arguments[opcode] else 3
            if plan.arguments[opcode] == LISTED:
                count = min(count, 5)
            for at in range(count):
                if plan.arguments[opcode]:
                    register = (c >> 4 * at) & 0xF if plan.arguments[opcode] == LISTED else c + at
                elif plan.reads[opcode, at]:
                    register = a if at == 0 else (b if at == 1 else c)
                else:
                    continue
                if written < read.size:
                    read[written] = register
                    value[written] = state[register] if reached[block] and 0 <= register < registers else -1
                written += 1
            for register in range(a, a + int64(plan.defines[opcode])):
                if 0 <= register < registers:
                    state[register] = registers + row
    starts[starts.size - 1] = written
    return written
