"""Where code loads constants of 32 bits, and which method a loaded value is handed to next.

Source: Android Open Source Project, "Dalvik bytecode": const (31i), const/high16 (21h).
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from assay.bytecode.dex import DexFile
from assay.bytecode.instructions import Instructions
from assay.bytecode.opcodes import INVOKES, OPCODES, WRITES, Format, opcode

U4 = npt.NDArray[np.uint32]
I8 = npt.NDArray[np.int64]

WINDOW = 24
"""Instructions looked at behind the one that loads."""

_CONST, _HIGH = opcode("const"), opcode("const/high16")
_INVOKES = frozenset(INVOKES)
_RANGES = frozenset(value for value in INVOKES if OPCODES[value].format in {Format.F3RC, Format.F4RCC})
_LEAVING = frozenset(
    value for value, row in enumerate(OPCODES) if row.name.startswith(("goto", "return", "throw", "packed", "sparse"))
)


class Constants(NamedTuple):
    """Loads of constants in the order of code: row of the instructions, and the 32 bits. Shape (n,) each."""

    rows: I8
    values: U4


def constants(dex: DexFile) -> Constants:
    """Return every load of a constant that needs more than sixteen bits."""
    code = dex.instructions
    rows = np.flatnonzero((code.opcode == _CONST) | (code.opcode == _HIGH))
    values = code.b[rows].view(np.uint32).copy()
    values[code.opcode[rows] == _HIGH] <<= np.uint32(16)
    return Constants(rows, values)


def definition_of(code: Instructions, row: int) -> int:
    """Return the method definition that a row of the instructions belongs to."""
    return int(np.searchsorted(code.starts, row, "right")) - 1


def row_at(code: Instructions, definition: int, pc: int) -> int | None:
    """Return the row of the instruction at a code offset of a method definition, None where none begins there."""
    first, end = int(code.starts[definition]), int(code.starts[definition + 1])
    row = first + int(np.searchsorted(code.pc[first:end], pc))
    return row if row < end and int(code.pc[row]) == pc else None


def handed_to(dex: DexFile, row: int) -> int | None:
    """Return the method id that the value loaded by an instruction is handed to next, None where none is seen.

    Looks straight on from the load, past copies into other registers and tests, until the register is written anew.
    """
    code = dex.instructions
    register = int(code.a[row])
    end = min(int(code.starts[definition_of(code, row) + 1]), row + 1 + WINDOW)
    for at in range(row + 1, end):
        value = int(code.opcode[at])
        if value in _INVOKES and register in arguments(code, at):
            return int(code.b[at])
        if value in _LEAVING or (WRITES[value] and int(code.a[at]) == register):
            return None
    return None


def arguments(code: Instructions, row: int) -> tuple[int, ...]:
    """Return the registers that a call passes, in order; of a wide value both."""
    count, packed = int(code.a[row]) & 0xFF, int(code.c[row])
    if int(code.opcode[row]) in _RANGES:
        return tuple(range(packed, packed + count))
    return tuple(packed >> 4 * place & 0xF for place in range(min(count, 5)))
