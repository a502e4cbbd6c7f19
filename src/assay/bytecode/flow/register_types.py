"""What each register holds before each instruction, as a verifier of code would see it.

A forward data flow over the blocks: where paths meet, types are joined. References are told apart by type index;
where two different ones meet only `OBJECT` is left, because the class hierarchy is not looked at. Tests of types
(instance-of) teach nothing. Source: Android Open Source Project, "Dalvik bytecode", "Constraints".
"""

import msgspec
import numpy as np
import numpy.typing as npt

from assay.bytecode.dex import DexFile
from assay.bytecode.flow.edges import EXCEPTION
from assay.bytecode.flow.graph import Graph
from assay.bytecode.flow.known_types import THROWABLE, KnownTypes
from assay.bytecode.flow.parameters import entry_types
from assay.bytecode.flow.type_effects import (
    CALL,
    CAST,
    CAUGHT,
    ELEMENT,
    FIELD,
    LITERAL,
    MOVE,
    NAMED,
    NEW,
    NEW_ARRAY,
    NOTHING,
    RESULT,
    SET,
    SET_WIDE,
    CodeColumns,
    Rules,
    caught_types,
    columns_of,
    rules_of,
)  # fmt: skip
from assay.bytecode.flow.type_values import (
    CONFLICT,
    CONSTANT,
    DOUBLE,
    DOUBLE_HIGH,
    FIRST_TYPE,
    FLOAT,
    INTEGER,
    LONG,
    LONG_HIGH,
    OBJECT,
    UNINITIALISED_THIS,
    WIDE,
    WIDE_HIGH,
    ZERO,
)  # fmt: skip
from assay.bytecode.kernel import int64, kernel, settled
from assay.model.errors import Unreadable

U1 = npt.NDArray[np.uint8]
I4 = npt.NDArray[np.int32]
I8 = npt.NDArray[np.int64]

MAX_CELLS = 1 << 24
"""Most blocks times registers of a method whose types are followed."""
MAX_STEPS = 1 << 25
"""Most registers that are joined and instructions that are gone through for one method."""


class RegisterTypes(msgspec.Struct, frozen=True, eq=False):
    """Types of one method: `entry` i4, shape (blocks, registers): what holds when a block is entered; `reached` u1.

    `caught` i4, by block: the type of exceptions that enter it, -1 for any or several, -2 where none does.
    """

    entry: I4
    reached: U1
    graph: Graph
    rules: Rules
    caught: I4

    def before(self, row: int) -> I4:
        """Return the type of each register before an instruction; `UNSET` for all where no path reaches it.

        Raises: IndexError.
        """
        if not 0 <= row < len(self.graph.code.pc):
            raise IndexError(row)
        block = int(self.graph.blocks.of[row])
        state: I4 = self.entry[block].copy()
        if self.reached[block]:
            self.run(int(self.graph.blocks.first[block]), row, int(self.caught[block]), state)
        return state

    def run(self, first: int, last: int, caught: int, state: I4) -> None:
        """Change the types in `state` as the instructions from row `first` to before `last` do, all of one block."""
        _replay(columns_of(self.graph), self.rules, first, last, caught, state)


def register_types(dex: DexFile, graph: Graph, known: KnownTypes) -> RegisterTypes:
    """Return the types of the one method of a graph. Raises: Unreadable beyond `MAX_CELLS` or `MAX_STEPS`."""
    first = entry_types(dex, graph.code, known)
    blocks = len(graph.blocks.range)
    if blocks * len(first) > MAX_CELLS:
        raise Unreadable(f"{blocks} blocks with {len(first)} registers are more than {MAX_CELLS} to follow types in")
    rules = rules_of(dex, graph, known)
    entry, reached = np.zeros((blocks, len(first)), np.int32), np.zeros(blocks, np.uint8)
    if blocks:
        entry[0], reached[0] = first, 1
    edges = (graph.edges.starts, graph.edges.target, graph.edges.kind)
    caught = caught_types(graph)
    done = _infer(columns_of(graph), rules, graph.blocks.first, edges, caught, entry, reached)
    if not done:
        raise Unreadable(f"types of registers still change after {MAX_STEPS} steps")
    return RegisterTypes(settled(entry), settled(reached), graph, rules, caught)


@kernel
def _infer(  # noqa: C901 - one function, as the rules of kernels ask
    code: CodeColumns, rules: Rules, first: I8, edges: tuple[I8, I4, U1], caught: I4, entry: I4, reached: U1
) -> bool:
    """Go over the blocks in their order until nothing changes; return whether that came about."""
    starts, targets, kinds = edges
    blocks, registers = entry.shape
    changed = reached.copy()
    state, thrown = np.empty(registers, np.int32), np.empty(registers, np.int32)
    steps, again = 0, True
    while again:
        again = False
        for block in range(blocks):
            steps += 1
            if not changed[block]:
                continue
            changed[block] = 0
            handled = False
            for edge in range(starts[block], starts[block + 1]):
                handled = handled or kinds[edge] == EXCEPTION
            throws = False
            state[:] = entry[block]
            for row in range(first[block], first[block + 1]):
                if handled and rules.throws[code.opcode[row]]:
                    for register in range(registers):
                        old = state[register]
                        thrown[register] = _join(thrown[register], old) if throws else old
                    throws = True
                    steps += registers
                _step(code, rules, row, int64(caught[block]), state)
                steps += 1
            for edge in range(starts[block], starts[block + 1]):
                target = targets[edge]
                source = thrown if kinds[edge] == EXCEPTION else state
                steps += registers
                for register in range(registers):
                    old = entry[target, register]
                    new = _join(old, source[register]) if reached[target] else int64(source[register])
                    if new != old:
                        entry[target, register] = new
                        changed[target] = 1
                        again = True
                if not reached[target]:
                    reached[target], changed[target], again = 1, 1, True
            if steps > MAX_STEPS:
                return False
    return True


@kernel
def _replay(code: CodeColumns, rules: Rules, first: int, row: int, caught: int, state: I4) -> None:
    """Go through a block from its first instruction to before a row."""
    for each in range(first, row):
        _step(code, rules, each, caught, state)


@kernel
def _step(  # noqa: C901, PLR0912, PLR0915 - one function, as the rules of kernels ask
    code: CodeColumns, rules: Rules, row: int, caught: int, state: I4
) -> None:
    """Change the types of registers as an instruction does."""
    opcode = code.opcode[row]
    effect, detail = rules.plan[opcode, 0], int64(rules.plan[opcode, 1])
    a, b, c = int64(code.a[row]), int64(code.b[row]), int64(code.c[row])
    registers = state.size
    if effect == NOTHING:
        return
    if effect == CALL:
        index = b & 0xFFFFFFFF
        if a & 0xFF and index < rules.starts_object.size and rules.starts_object[index]:
            register = c & 0xF if opcode == 0x70 else c
            if 0 <= register < registers:
                object_ = int64(state[register])
                if object_ < 0 or object_ == UNINITIALISED_THIS:
                    made = OBJECT
                    if object_ < 0:
                        made = FIRST_TYPE + (int64(code.b[-object_ - 1]) & 0xFFFFFFFF)
                    elif rules.owner[0] >= 0:
                        made = FIRST_TYPE + int64(rules.owner[0])
                    for each in range(registers):
                        if state[each] == object_:
                            state[each] = made
        return
    value, high = int64(CONFLICT), int64(-1)
    if effect == MOVE:
        if 0 <= b < registers:
            value = int64(state[b])
        if rules.wide[opcode]:
            if b + 1 < registers and value in (LONG, DOUBLE, WIDE) and state[b + 1] == value + 1:
                high = value + 1
            else:
                value, high = int64(CONFLICT), int64(CONFLICT)
    elif effect == LITERAL:
        value = int64(CONSTANT if b else ZERO)
    elif effect == SET:
        value = detail
    elif effect == SET_WIDE:
        value, high = detail, detail + 1
    elif effect == NEW:
        value = -int64(row) - 1
    else:
        type_ = int64(-1)
        if effect == NAMED:
            type_ = int64(rules.named[detail])
        elif effect == CAST:
            type_ = b & 0xFFFFFFFF
        elif effect == NEW_ARRAY:
            type_ = c & 0xFFFFFFFF
        elif effect == CAUGHT:
            type_ = caught if caught >= 0 else int64(rules.named[THROWABLE])
        elif effect == FIELD:
            index = (c if opcode < 0x60 else b) & 0xFFFFFFFF
            type_ = int64(rules.fields[index]) if index < rules.fields.size else int64(-1)
        elif effect == ELEMENT:
            array = int64(state[b]) - FIRST_TYPE if 0 <= b < registers else int64(-1)
            type_ = int64(rules.elements[array]) if 0 <= array < rules.elements.size else int64(-1)
        elif effect == RESULT and row > 0:
            before = code.opcode[row - 1]
            index = int64(code.b[row - 1]) & 0xFFFFFFFF
            if before in (0x24, 0x25):
                type_ = index
            elif before in (0xFA, 0xFB):
                index = (int64(code.a[row - 1]) >> 8) & 0xFFFF
                type_ = int64(rules.proto_results[index]) if index < rules.proto_results.size else int64(-1)
            elif before in (0xFC, 0xFD):
                type_ = int64(rules.linked[row - 1])
            elif 0x6E <= before <= 0x78:
                type_ = int64(rules.results[index]) if index < rules.results.size else int64(-1)
        sort = int64(rules.sorts[type_]) if 0 <= type_ < rules.sorts.size else int64(0)
        if rules.wide[opcode]:
            value = int64(LONG if sort == 0x4A else (DOUBLE if sort == 0x44 else WIDE))
            high = value + 1
        elif rules.object[opcode] or effect in (NAMED, CAST, NEW_ARRAY, CAUGHT):
            value = FIRST_TYPE + type_ if sort in (0x4C, 0x5B) else int64(OBJECT)
        elif rules.word[opcode] and sort in (0x46, 0, 0x4C, 0x5B):
            value = int64(FLOAT if sort == 0x46 else CONSTANT)
        else:
            value = int64(INTEGER)
        if effect == CAST and 0 <= a < registers and state[a] == ZERO:
            value = int64(ZERO)
    if not 0 <= a < registers:
        return
    last = a if high < 0 else a + 1
    if a > 0 and (state[a] == LONG_HIGH or state[a] == DOUBLE_HIGH or state[a] == WIDE_HIGH):
        state[a - 1] = CONFLICT
    if last + 1 < registers and (
        state[last + 1] == LONG_HIGH or state[last + 1] == DOUBLE_HIGH or state[last + 1] == WIDE_HIGH
    ):
        state[last + 1] = CONFLICT
    state[a] = value
    if high >= 0:
        if last < registers:
            state[last] = high
        else:
            state[a] = CONFLICT


@kernel
def _join(one: int, other: int) -> int:
    """Return the least type that both are."""
    low, high = min(one, other), max(one, other)
    if low == high:
        return low
    if low <= CONFLICT:
        return int64(CONFLICT)
    if low == ZERO:
        return high if high in (CONSTANT, INTEGER, FLOAT, OBJECT) or high >= FIRST_TYPE else int64(CONFLICT)
    if low == CONSTANT:
        return high if high in (INTEGER, FLOAT) else int64(CONFLICT)
    if low in (WIDE, WIDE_HIGH):
        return high if high in (low + 2, low + 4) else int64(CONFLICT)
    return int64(OBJECT) if low >= OBJECT else int64(CONFLICT)
