"""The order of each body: its instructions without registers, literals and distances, with the words they refer to.

Forms of one instruction count as one, with two addresses or three, with a literal or a range of registers, tests and
their opposites. Moves, constants, jumps and checks of types are left out: shrinkers add and remove them.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from assay.bytecode.columns.record import I8, U4, U8, Columns
from assay.bytecode.dex import DexFile
from assay.bytecode.kernel import int64, kernel, settled
from assay.bytecode.opcodes import OPCODES, UNITS
from assay.bytecode.sweep import U2

_LEFT_OUT = ("nop", "move", "const", "goto", "check-cast", "unused")
_OPPOSITES = {"ne": "eq", "ge": "lt", "le": "gt"}


def _sort(name: str) -> str:
    """Return what an instruction counts as, empty where it is left out."""
    if name.startswith("const-") and name.partition("/")[0] in {"const-string", "const-class"}:
        return name.partition("/")[0]
    if name.startswith(_LEFT_OUT):
        return ""
    if name.startswith("if-"):
        test = name[3:5]
        return f"if-{_OPPOSITES.get(test, test)}"
    return name.partition("/")[0].replace("rsub-int", "sub-int")


def _plan() -> U2:
    """Return for each opcode its units, and from bit 4 the number of what it counts as, 0 where it is left out."""
    sorts = [_sort(row.name) for row in OPCODES]
    numbers = {name: number for number, name in enumerate(sorted(set(sorts) | {""}))}
    counted = np.array([numbers[name] for name in sorts], np.uint16)
    return settled((counted << 4 | UNITS).astype(np.uint16))


_PLAN = _plan()


class Orders(NamedTuple):
    """One row a definition: `digests` u8, 0 without code; `instructions` i8, payloads not counted."""

    digests: U8
    instructions: I8


class _Code(NamedTuple):
    first: I8
    end: I8
    payload: U4
    payload_units: U4


class _Rows(NamedTuple):
    starts: I8
    pcs: U4
    words: U8


def orders(dex: DexFile, columns: Columns, words: U8) -> Orders:
    """Return the order of each body; `words` are those of all references."""
    code = _Code(dex.bodies.first, dex.swept.ends, dex.swept.payloads, dex.swept.payload_units)
    rows = _Rows(columns.reference_starts, columns.reference_pcs, settled(words))
    digests, instructions = np.zeros(len(dex.bodies.first), np.uint64), np.zeros(len(dex.bodies.first), np.int64)
    _walk(dex.units, code, _PLAN, rows, digests, instructions)
    return Orders(settled(digests), settled(instructions))


@kernel
def _walk(units: U2, code: _Code, plan: U2, rows: _Rows, out: U8, instructions: npt.NDArray[np.int64]) -> None:
    """Write digest and number of instructions of each body, in order."""
    firsts, ends, payloads, lengths = code
    starts, pcs, words = rows
    skipped = 0
    for body in range(firsts.size):
        first, end = firsts[body], ends[body]
        if first < 8:
            continue
        value, count = np.uint64(1), 0
        row, last = starts[body], starts[body + 1]
        place = first
        while place < end:
            if skipped < payloads.size and int64(payloads[skipped]) == place:
                place += max(int64(lengths[skipped]), 1)
                skipped += 1
                continue
            step = int64(plan[units[place] & 0xFF])
            count += 1
            if step >> 4:
                value = _mix(value, np.uint64(step >> 4))
            while row < last and int64(pcs[row]) == place - first:
                if step >> 4:
                    value = _mix(value, words[row])
                row += 1
            place += step & 0xF
        out[body] = value | np.uint64(1)
        instructions[body] = count


@kernel
def _mix(value: np.uint64, word: np.uint64) -> np.uint64:
    value = (value ^ word) * np.uint64(0xFF51AFD7ED558CCD)
    return value ^ (value >> np.uint64(32))
