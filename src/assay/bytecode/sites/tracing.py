"""Walks back from the operands of many instructions at once to what made them."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from assay.bytecode.kernel import int64, kernel, settled
from assay.bytecode.opcodes import OPCODES
from assay.bytecode.sites.catalogue import CHANGED, CHARACTER, ELEMENT, HASH, JOINED, MATCHER, THROUGH

U1 = npt.NDArray[np.uint8]
U4 = npt.NDArray[np.uint32]
I4 = npt.NDArray[np.int32]
I8 = npt.NDArray[np.int64]

MAX_STATES = 96
"""Most pairs of a place and a register that are followed for one question."""
MAX_ROWS = 4096
"""Most instructions that are gone through for one question."""

TEXT, SEVERAL, NUMBER, PARAMETER, FIELD, CALL, MADE, MEMBER, CHAR, HASHED, REPLACED, IS_TEXT, NOT_TEXT, CUT, SELF = (
    1 << bit for bit in range(15)
)  # fmt: skip
"""Bits of `Origins.kinds`: a constant string; several different ones; a number or null; a parameter; a field; the
result of another call; an object made here; a member of a list, or something held by one; a character of a text; a
number made from a text; a text with parts replaced; typed as text; typed as something else; not followed to the
end; the value that the question says it feeds."""

PLAIN, HELD = range(2)
"""How a question follows: the value itself; also what arithmetic, arrays and holders of the value are made from."""

(_NONE, _COPY, _STRING, _NUMBER, _RESULT, _ELEMENT, _CHAR, _CELL, _FIELD, _STATIC, _MADE, _BINARY, _UNARY, _TO_CHAR,
 _INTO) = range(15)  # fmt: skip
_ROLES: tuple[tuple[str, int], ...] = (
    ("move-result", _RESULT), ("move-exception", _MADE), ("move", _COPY), ("const-string", _STRING),
    ("const-class", _MADE), ("const-method", _MADE), ("const", _NUMBER), ("new-", _MADE), ("aget-object", _ELEMENT),
    ("aget-char", _CHAR), ("aget", _CELL), ("iget", _FIELD), ("sget", _STATIC), ("int-to-char", _TO_CHAR),
    ("instance-of", _NUMBER), ("array-length", _NUMBER), ("cmp", _NUMBER),
)  # fmt: skip


def _role(name: str) -> int:
    found = next((role for stem, role in _ROLES if name.startswith(stem)), _NONE)
    if found or "-" not in name or name.startswith(("if-", "goto", "invoke", "return", "aput", "iput", "sput", "fill",
                                                    "check", "monitor", "packed", "sparse", "unused")):  # fmt: skip
        return found
    if name.endswith("/2addr"):
        return _INTO
    return _UNARY if "-to-" in name or name.startswith(("neg", "not")) or "/lit" in name or "rsub" in name else _BINARY


PLAN: U1 = settled(np.array([_role(row.name) for row in OPCODES], np.uint8))
"""What each opcode does to the register it writes. Shape (256,)."""


class Questions(NamedTuple):
    """What is asked, one row a question.

    `rows` i8 of the graph's code; `registers` i8, -1 for none; `ways` u1 (`PLAIN`, `HELD`); `own` i8:
    the row whose result is told apart as `SELF`, -1 for none.
    """

    rows: I8
    registers: I8
    ways: U1
    own: I8


class CodeColumns(NamedTuple):
    """Instructions, blocks and edges of a graph, and the registers of each method."""

    opcode: U1
    a: I4
    b: I4
    c: I4
    first: I8
    of: I4
    entering_starts: I8
    entering: I8
    source: I4
    entry: U1
    parameters: I4


class Tables(NamedTuple):
    """What ids of the file mean."""

    plan: U1
    defines: U1
    roles: U1
    typed: U1
    types: U1
    fields: U1


@kernel
def trace(  # noqa: C901, PLR0912, PLR0915 - one function, as the rules of kernels ask
    code: CodeColumns, tables: Tables, asked: Questions, out: tuple[U4, I4, I8, I4]
) -> None:
    """Walk back from each question with a list of (row, block, register, way), each once.

    A row may be the one ahead of its block: the walk goes on with what comes before the block.

    Ways: 0 the value itself, 1 what holds it (only whether that is a member counts), 2 and 3 the same where arithmetic
    is gone through too.
    """
    kinds, firsts, strings, parameters = out
    rows, registers, ways, homes = (np.empty(MAX_STATES, np.int64), np.empty(MAX_STATES, np.int64),
                                    np.empty(MAX_STATES, np.int64), np.empty(MAX_STATES, np.int64))  # fmt: skip
    for question in range(asked.rows.size):
        if asked.registers[question] < 0:
            continue
        start = asked.rows[question]
        rows[0], registers[0], ways[0] = start - 1, asked.registers[question], 2 * int64(asked.ways[question])
        homes[0] = code.of[start]
        known, done, steps = 1, 0, 0
        bits, first, string, parameter = int64(0), int64(-1), int64(-1), int64(-1)
        own = asked.own[question]
        while done < known:
            row, register, way, block = rows[done], registers[done], ways[done], homes[done]
            done += 1
            plain = way & 1 == 0
            held = way | 1
            found, opcode, a, b, c = False, int64(0), int64(0), int64(0), int64(0)
            while row >= code.first[block]:
                steps += 1
                if steps > MAX_ROWS:
                    break
                opcode = int64(code.opcode[row])
                a, b, c = int64(code.a[row]), int64(code.b[row]), int64(code.c[row])
                if opcode == 0x1F and a == register and plain:
                    index = b & 0xFFFFFFFF
                    typed = int64(tables.types[index]) if index < tables.types.size else int64(0)
                    bits |= IS_TEXT if typed == 1 else (NOT_TEXT if typed == 2 else 0)
                if a <= register < a + int64(tables.defines[opcode]):
                    found = True
                    break
                row -= 1
            if steps > MAX_ROWS:
                bits |= CUT
                break
            one, other, one_way, other_way = int64(-1), int64(-1), way, way
            if not found:
                if code.entry[block]:
                    word = register - code.parameters[block]
                    if plain and word >= 0:
                        bits |= PARAMETER
                        parameter = word
                for edge in range(code.entering_starts[block], code.entering_starts[block + 1]):
                    home = int64(code.source[code.entering[edge]])
                    row = code.first[home + 1] - 1
                    fresh = True
                    for each in range(known):
                        if (
                            homes[each] == home
                            and rows[each] == row
                            and registers[each] == register
                            and ways[each] == way
                        ):
                            fresh = False
                    if fresh and known < MAX_STATES:
                        rows[known], registers[known], ways[known], homes[known] = row, register, way, home
                        known += 1
                    elif fresh:
                        bits |= CUT
                continue
            if own >= 0 and row == own:
                bits |= SELF
                continue
            role = tables.plan[opcode]
            ends = False
            if role == _COPY:
                one = b
            elif role == _STRING:
                ends = plain
                if plain:
                    index = b & 0xFFFFFFFF
                    if string >= 0 and string != index:
                        bits |= SEVERAL
                    if string < 0:
                        string = index
                    bits |= TEXT | IS_TEXT
            elif role == _NUMBER:
                if plain:
                    bits |= NUMBER
            elif role == _MADE:
                ends = plain
                if plain:
                    bits |= MADE
            elif role == _ELEMENT:
                bits |= MEMBER
                ends = plain
                if way >= 2:
                    one, one_way, other, other_way = b, held, c, held
            elif role == _CHAR:
                bits |= CHAR
                ends = plain
            elif role == _CELL:
                ends = plain
                if way >= 2:
                    one, one_way, other, other_way = b, held, c, held
                elif plain:
                    bits |= NUMBER
            elif role in (_FIELD, _STATIC):
                ends = plain
                index = (c if role == _FIELD else b) & 0xFFFFFFFF
                if plain:
                    typed = int64(tables.fields[index]) if index < tables.fields.size else int64(0)
                    bits |= FIELD | (IS_TEXT if typed == 1 else (NOT_TEXT if typed == 2 else 0))
                if role == _FIELD:
                    one, one_way = b, held
            elif role in (_BINARY, _UNARY, _TO_CHAR, _INTO):
                if way >= 2 or role == _TO_CHAR:
                    one = a if role == _INTO else b
                    if role == _INTO:
                        other = b
                    elif role == _BINARY:
                        other = c
                elif plain:
                    bits |= NUMBER
            elif role == _RESULT:
                ends = plain
                begins = row == 0 or (code.entry[block] and row == code.first[block])
                before = int64(0) if begins else int64(code.opcode[row - 1])
                call = 0x6E <= before <= 0x78
                method = int64(code.b[row - 1]) & 0xFFFFFFFF if call else int64(-1)
                count = int64(code.a[row - 1]) & 0xFF if call else int64(0)
                packed = int64(code.c[row - 1]) if call else int64(0)
                argument = (packed if before >= 0x74 else packed & 0xF) if count else int64(-1)
                second = (packed + 1 if before >= 0x74 else (packed >> 4) & 0xF) if count > 1 else int64(-1)
                job = int64(tables.roles[method]) if 0 <= method < tables.roles.size else int64(0)
                if plain and 0 <= method < tables.typed.size:
                    typed = int64(tables.typed[method])
                    bits |= IS_TEXT if typed == 1 else (NOT_TEXT if typed == 2 and job != THROUGH else 0)
                if job in (THROUGH, CHANGED):
                    one = argument
                    ends = plain and job == CHANGED
                    if plain and job == CHANGED:
                        bits |= REPLACED
                elif job == JOINED:
                    one, other, other_way = argument, second, held
                elif job == ELEMENT:
                    bits |= MEMBER
                    if way >= 2:
                        one, one_way, other, other_way = argument, held, second, held
                elif job == CHARACTER:
                    bits |= CHAR
                elif job == HASH:
                    bits |= HASHED
                    if way >= 2:
                        one, one_way = argument, held
                else:
                    if plain:
                        bits |= MADE if before in (0x24, 0x25) else CALL
                    if call:
                        one, one_way = argument, held
                    if job == MATCHER and plain:
                        bits |= IS_TEXT
            if ends and (first < 0 or row < first):
                first = row
            for turn in range(2):
                register, way = (one, one_way) if turn == 0 else (other, other_way)
                if register < 0:
                    continue
                fresh = True
                for each in range(known):
                    if (
                        homes[each] == block
                        and rows[each] == row - 1
                        and registers[each] == register
                        and ways[each] == way
                    ):
                        fresh = False
                if fresh and known < MAX_STATES:
                    rows[known], registers[known], ways[known], homes[known] = row - 1, register, way, block
                    known += 1
                elif fresh:
                    bits |= CUT
        kinds[question], firsts[question], strings[question], parameters[question] = bits, first, string, parameter
