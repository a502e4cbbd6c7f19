"""Whether the result of a call decides something: a conditional branch, a switch, or what the method returns.

The register is followed along every path of the control flow graph, through copies and through logical operations with
other values, until it is overwritten.
"""

import numpy as np
import numpy.typing as npt

from assay.bytecode.flow.graph import Graph
from assay.bytecode.flow.operands import DEFINES
from assay.bytecode.kernel import int64, kernel, settled
from assay.bytecode.opcodes import OPCODES

U1 = npt.NDArray[np.uint8]
I4 = npt.NDArray[np.int32]
I8 = npt.NDArray[np.int64]

MAX_STATES = 512
"""Most pairs of a place and a register that are followed for one call."""

_OTHER, _MOVE_RESULT, _TEST_ONE, _TEST_TWO, _COPY, _FOLD, _JOIN = range(7)
_ROLES = (
    (_MOVE_RESULT, ("move-result",)),
    (_TEST_ONE, ("if-eqz", "if-nez", "if-ltz", "if-gez", "if-gtz", "if-lez", "packed-switch", "sparse-switch",
                 "return", "return-wide", "return-object")),
    (_TEST_TWO, ("if-eq", "if-ne", "if-lt", "if-ge", "if-gt", "if-le")),
    (_COPY, ("move", "move-wide", "move-object", "not-int", "and-int/lit8", "or-int/lit8", "xor-int/lit8",
             "and-int/lit16", "or-int/lit16", "xor-int/lit16")),
    (_FOLD, ("and-int/2addr", "or-int/2addr", "xor-int/2addr")),
    (_JOIN, ("and-int", "or-int", "xor-int")),
)  # fmt: skip
"""What an opcode does with a value: a is the register written, except of tests; copies and folds read b, joins b, c."""


def _role(name: str) -> int:
    stems = (name, name.partition("/")[0]) if name.startswith("move") else (name,)
    exact = [role for role, names in _ROLES for stem in stems if stem in names]
    return exact[0] if exact else _MOVE_RESULT if name.startswith("move-result") else _OTHER


_ROLE: U1 = settled(np.array([_role(row.name) for row in OPCODES], np.uint8))


def feeds_decision(graph: Graph, sites: I8) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Return, for each call, whether its result decides something, and whether following it broke off at `MAX_STATES`.

    `sites` i8: rows of calls in `graph.code`.
    """
    found, broken = np.zeros(len(sites), np.bool_), np.zeros(len(sites), np.bool_)
    code, blocks, edges = graph.code, graph.blocks, graph.edges
    ends = settled(code.starts[np.searchsorted(code.starts, sites, "right")])
    _look(
        code.opcode, (code.a, code.b, code.c), settled(sites), ends, (blocks.first, blocks.of),
        (edges.starts, edges.target), (_ROLE, DEFINES), found, broken,
    )  # fmt: skip
    return found, broken & ~found


@kernel
def _look(  # noqa: C901, PLR0912 - one function: to hand arrays on per site would cost more than all the rest
    opcode: U1, operands: tuple[I4, I4, I4], sites: I8, ends: I8, blocks: tuple[I8, I4], edges: tuple[I8, I4],
    plan: tuple[U1, U1], found: npt.NDArray[np.bool_], broken: npt.NDArray[np.bool_],
) -> None:  # fmt: skip
    """Walk from each call with a list of (row, block, register) to follow, each once.

    A row may be the one behind its block: the walk goes on with the block's successors. A register that the value is
    copied to is put on the list, and the walk goes on with the one it was copied from.
    """
    a, b, c = operands
    first, of = blocks
    starts, targets = edges
    roles, defines = plan
    rows, homes, registers = (np.empty(MAX_STATES, np.int64), np.empty(MAX_STATES, np.int64),
                              np.empty(MAX_STATES, np.int64))  # fmt: skip
    for site in range(sites.size):
        row = sites[site] + 1
        if row >= ends[site] or roles[opcode[row]] != _MOVE_RESULT:
            continue
        rows[0], homes[0], registers[0] = row + 1, of[row], a[row]
        known, done = 1, 0
        while done < known and not found[site]:
            row, block, register = rows[done], homes[done], registers[done]
            done += 1
            alive = True
            while alive and row < first[block + 1]:
                role = roles[opcode[row]]
                if (role in (_TEST_ONE, _TEST_TWO)) and (
                    a[row] == register or (role == _TEST_TWO and b[row] == register)
                ):
                    found[site] = True
                    break
                kept = a[row] == register and role == _FOLD
                if (role in (_COPY, _FOLD, _JOIN)) and (b[row] == register or (role == _JOIN and c[row] == register)):
                    kept = a[row] == register
                    fresh = not kept
                    for each in range(known):
                        if rows[each] == row + 1 and registers[each] == a[row]:
                            fresh = False
                    if fresh and known < MAX_STATES:
                        rows[known], homes[known], registers[known] = row + 1, block, a[row]
                        known += 1
                    elif fresh:
                        broken[site] = True
                alive = kept or not a[row] <= register < a[row] + int64(defines[opcode[row]])
                row += 1
            if not alive or found[site]:
                continue
            for edge in range(starts[block], starts[block + 1]):
                row = first[targets[edge]]
                fresh = True
                for each in range(known):
                    if rows[each] == row and homes[each] == targets[edge] and registers[each] == register:
                        fresh = False
                if fresh and known < MAX_STATES:
                    rows[known], homes[known], registers[known] = row, targets[edge], register
                    known += 1
                elif fresh:
                    broken[site] = True
