"""Whether the result of a call decides something soon: a conditional branch, a switch or a return.

A linear look at the next instructions, which follows copies and forward jumps and nothing else.
"""

import numpy as np
import numpy.typing as npt

from assay.bytecode.instructions import Instructions
from assay.bytecode.kernel import int64, kernel, settled
from assay.bytecode.opcodes import OPCODES, WRITES
from assay.bytecode.tables import U4

U1 = npt.NDArray[np.uint8]
I4 = npt.NDArray[np.int32]
I8 = npt.NDArray[np.int64]

WINDOW = 12
"""Instructions looked at behind the call."""

_OTHER, _MOVE_RESULT, _TEST_ONE, _TEST_TWO, _JUMP, _LEAVE, _COPY = range(7)
_ROLES = (
    (_MOVE_RESULT, ("move-result",)),
    (_TEST_ONE, ("if-eqz", "if-nez", "if-ltz", "if-gez", "if-gtz", "if-lez", "return", "packed-switch",
                 "sparse-switch")),
    (_TEST_TWO, ("if-eq", "if-ne", "if-lt", "if-ge", "if-gt", "if-le")),
    (_JUMP, ("goto",)),
    (_LEAVE, ("return-void", "throw")),
    (_COPY, ("move", "move-wide", "move-object", "xor-int", "and-int", "or-int", "not-int")),
)  # fmt: skip


def _role(name: str) -> int:
    """Return what an opcode does with the value; `if-eqz` is looked up before `if-eq`."""
    stem = name.partition("/")[0]
    exact = [role for role, names in _ROLES if name in names or stem in names]
    if exact:
        return exact[0]
    return _TEST_ONE if name.startswith("return-") else _MOVE_RESULT if name.startswith("move-result") else _OTHER


_ROLE: U1 = settled(np.array([_role(row.name) for row in OPCODES], np.uint8))


def feeds_decision(code: Instructions, sites: I8, bodies: I8) -> npt.NDArray[np.bool_]:
    """Return, for each call, whether its result is tested or returned within `WINDOW` instructions.

    `sites` i8: rows of calls in `code`; `bodies` i8: the method definition of each.
    """
    found = np.zeros(len(sites), np.bool_)
    ends = settled(code.starts[bodies + 1])
    columns = (code.a, code.b, code.c)
    _look(code.pc, code.opcode, columns, settled(sites), ends, _ROLE, settled(WRITES), found)
    return found


@kernel
def _look(  # noqa: C901 - one function: to hand arrays on per site would cost more than all the rest
    pc: U4, opcode: U1, operands: tuple[I4, I4, I4], sites: I8, ends: I8, roles: U1, writes: npt.NDArray[np.bool_],
    found: npt.NDArray[np.bool_],
) -> None:  # fmt: skip
    a, b, _ = operands
    for site in range(sites.size):
        row, end = sites[site] + 1, ends[site]
        if row >= end or roles[opcode[row]] != _MOVE_RESULT:
            continue
        register = a[row]
        for _ in range(WINDOW):
            row += 1
            if row >= end:
                break
            role = roles[opcode[row]]
            if role == _TEST_ONE and a[row] == register:
                found[site] = True
                break
            if role == _TEST_TWO and (a[row] == register or b[row] == register):
                found[site] = True
                break
            if role == _LEAVE or (role == _TEST_ONE and opcode[row] < 0x12):
                break
            if role == _JUMP:
                if a[row] <= 0:
                    break
                target = int64(pc[row]) + a[row]
                row += np.searchsorted(pc[row:end], np.uint32(target)) - 1
                continue
            if role == _COPY and b[row] == register:
                register = a[row]
            elif writes[opcode[row]] and a[row] == register:
                break
