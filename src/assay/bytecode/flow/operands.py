"""Which registers each opcode reads and writes, and how wide.

Source: Android Open Source Project, "Dalvik bytecode", summary of the instruction set.
"""

import re

import numpy as np
import numpy.typing as npt

from assay.bytecode.kernel import settled
from assay.bytecode.opcodes import FORMATS, OPCODES, WRITES, Format

U1 = npt.NDArray[np.uint8]

_WIDE_RESULT = re.compile(
    r"move-wide|move-result-wide|const-wide|[ais]get-wide|(neg|not)-(long|double)|\w+-to-(long|double)"
    r"|(add|sub|mul|div|rem|and|or|xor|shl|shr|ushr)-(long|double)"
)
_READS: tuple[tuple[str, tuple[int, int, int]], ...] = (
    (r"move-wide", (0, 2, 0)),
    (r"move(-object)?(/|$)", (0, 1, 0)),
    (r"return-wide", (2, 0, 0)),
    (r"(return|return-object|throw|fill-array-data)$|monitor-|check-cast|(packed|sparse)-switch|if-\w\wz", (1, 0, 0)),
    (r"instance-of|array-length|new-array|iget", (0, 1, 0)),
    (r"cmp.*(long|double)", (0, 2, 2)),
    (r"cmp|aget", (0, 1, 1)),
    (r"if-", (1, 1, 0)),
    (r"aput-wide", (2, 1, 1)),
    (r"aput", (1, 1, 1)),
    (r"iput-wide", (2, 1, 0)),
    (r"iput", (1, 1, 0)),
    (r"sput-wide", (2, 0, 0)),
    (r"sput", (1, 0, 0)),
    (r"(neg|not)-(int|float)|(int|float)-to", (0, 1, 0)),
    (r"(neg|not)-(long|double)|(long|double)-to", (0, 2, 0)),
    (r"u?sh[lr]-long/2addr", (2, 1, 0)),
    (r"\w+-(long|double)/2addr", (2, 2, 0)),
    (r"\w+-(int|float)/2addr", (1, 1, 0)),
    (r"u?sh[lr]-long", (0, 2, 1)),
    (r"\w+-(long|double)$", (0, 2, 2)),
    (r"\w+-int/lit|rsub-int", (0, 1, 0)),
    (r"\w+-(int|float)$", (0, 1, 1)),
)


def _reads(name: str) -> tuple[int, int, int]:
    return next((widths for pattern, widths in _READS if re.match(pattern, name)), (0, 0, 0))


def _defines(opcode: int) -> int:
    if not WRITES[opcode]:
        return 0
    return 2 if _WIDE_RESULT.match(OPCODES[opcode].name) else 1


READS: U1 = settled(np.array([_reads(row.name) for row in OPCODES], np.uint8))
"""Registers that are read from operand a, b and c on: 0, 1 or 2. Shape (256, 3). Arguments of calls stand apart."""

DEFINES: U1 = settled(np.array([_defines(value) for value in range(256)], np.uint8))
"""Registers that are written from operand a on: 0, 1 or 2. Shape (256,)."""

NO_ARGUMENTS, LISTED, RANGED = range(3)
ARGUMENTS: U1 = settled(
    np.where(np.isin(FORMATS, (Format.F35C, Format.F45CC)), LISTED,
             np.where(np.isin(FORMATS, (Format.F3RC, Format.F4RCC)), RANGED, NO_ARGUMENTS)).astype(np.uint8)
)  # fmt: skip
"""How the registers of arguments stand in c: in four bits each, or as the first of a run; the lowest byte of a counts
them. Shape (256,)."""
