"""How deep each instruction lies between backward branches and their targets.

A linear stand-in for loops of the control flow graph: switches that jump back are not seen.
"""

import numpy as np
import numpy.typing as npt

from assay.bytecode.instructions import Instructions
from assay.bytecode.kernel import int64, kernel, settled
from assay.bytecode.opcodes import TARGET_OPERAND
from assay.bytecode.tables import U4

U1 = npt.NDArray[np.uint8]
I4 = npt.NDArray[np.int32]
I8 = npt.NDArray[np.int64]


def loop_depth(code: Instructions) -> I4:
    """Return, for each instruction, how many runs from a branch target to a branch back to it hold it."""
    change = np.zeros(len(code.pc) + 1, np.int32)
    _mark(code.pc, code.opcode, (code.a, code.b, code.c), code.starts, settled(TARGET_OPERAND), change)
    return np.cumsum(change[:-1], dtype=np.int32)


@kernel
def _mark(pc: U4, opcode: U1, operands: tuple[I4, I4, I4], starts: I8, which: U1, change: I4) -> None:
    """Add 1 where a run begins and take 1 where it has ended."""
    a, b, c = operands
    for body in range(starts.size - 1):
        for row in range(starts[body], starts[body + 1]):
            operand = which[opcode[row]]
            if operand == 0:
                continue
            step = int64(a[row] if operand == 1 else (b[row] if operand == 2 else c[row]))
            target = int64(pc[row]) + step
            if step >= 0 or target < 0:
                continue
            low = starts[body] + np.searchsorted(pc[starts[body] : row], np.uint32(target))
            if pc[low] == target:
                change[low] += 1
                change[row + 1] -= 1
