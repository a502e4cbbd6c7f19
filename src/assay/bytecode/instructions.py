"""Every instruction decoded into columns, on demand.

Source: Android Open Source Project, "Dalvik executable instruction formats".
"""

from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from assay.bytecode.bodies import Bodies
from assay.bytecode.class_data import Methods
from assay.bytecode.kernel import int64, kernel, settled
from assay.bytecode.opcodes import FORMATS, OPCODES, UNITS, Format
from assay.bytecode.sweep import Sweep
from assay.bytecode.tables import U4

U1 = npt.NDArray[np.uint8]
U2 = npt.NDArray[np.uint16]
I4 = npt.NDArray[np.int32]
I8 = npt.NDArray[np.int64]


class Field(NamedTuple):
    """A run of bits of an instruction: the first, counted from the lowest bit of the first unit, their number, sign."""

    first: int
    bits: int
    signed: bool = False


_ABSENT = Field(0, 0)
_BYTE, _LOW, _HIGH = Field(8, 8), Field(8, 4), Field(12, 4)
_UNIT1, _UNIT2, _WORD = Field(16, 16), Field(32, 16), Field(16, 32)

FIELDS: dict[Format, tuple[Field, ...]] = {
    Format.UNUSED: (),
    Format.F10X: (),
    Format.F12X: (_LOW, _HIGH),
    Format.F11N: (_LOW, Field(12, 4, signed=True)),
    Format.F11X: (_BYTE,),
    Format.F10T: (Field(8, 8, signed=True),),
    Format.F20T: (Field(16, 16, signed=True),),
    Format.F22X: (_BYTE, _UNIT1),
    Format.F21T: (_BYTE, Field(16, 16, signed=True)),
    Format.F21S: (_BYTE, Field(16, 16, signed=True)),
    Format.F21H: (_BYTE, Field(16, 16, signed=True)),
    Format.F21C: (_BYTE, _UNIT1),
    Format.F23X: (_BYTE, Field(16, 8), Field(24, 8)),
    Format.F22B: (_BYTE, Field(16, 8), Field(24, 8, signed=True)),
    Format.F22T: (_LOW, _HIGH, Field(16, 16, signed=True)),
    Format.F22S: (_LOW, _HIGH, Field(16, 16, signed=True)),
    Format.F22C: (_LOW, _HIGH, _UNIT1),
    Format.F32X: (_UNIT1, _UNIT2),
    Format.F30T: (Field(16, 32, signed=True),),
    Format.F31T: (_BYTE, Field(16, 32, signed=True)),
    Format.F31I: (_BYTE, Field(16, 32, signed=True)),
    Format.F31C: (_BYTE, _WORD),
    Format.F35C: (_HIGH, _UNIT1, Field(32, 16)),
    Format.F3RC: (_BYTE, _UNIT1, _UNIT2),
    Format.F45CC: (_HIGH, _UNIT1, Field(32, 16)),
    Format.F4RCC: (_BYTE, _UNIT1, _UNIT2),
    Format.F51L: (_BYTE, _WORD, Field(48, 16)),
}
"""Where a, b and c stand in each format; what lies in two pieces, or does not fit, is added apart by the kernel."""


class Instructions(msgspec.Struct, frozen=True, eq=False):
    """All instructions in the order of method definitions, then of code; payloads are no rows.

    `method` u4 index of the method id; `pc` u4 offset from the method's first instruction in 16-bit code units;
    `opcode` u1; `a`, `b`, `c` i4: the operands in the order in which the specification's syntax of the format writes
    them (registers, then literal, branch offset in code units, or index), 0 where it has fewer, but:

    - 35c, 45cc: a = number of arguments, b = index, c = registers C, D, E, F, G, four bits each from the lowest;
    - 3rc, 4rcc: a = number of arguments, b = index, c = first register;
    - 45cc, 4rcc: the index of the prototype is added to a, from bit 8;
    - 21h: b = the sixteen bits as they stand, signed; the value is b << 16, for const-wide/high16 b << 48;
    - 51l: b = lower, c = upper 32 bits of the literal.

    `starts` i8, shape (definitions + 1,): rows starts[d] to starts[d + 1] belong to definition d.
    """

    method: U4
    pc: U4
    opcode: U1
    a: I4
    b: I4
    c: I4
    starts: I8


class _Sink(NamedTuple):
    """Where the kernel writes: one array a column."""

    method: U4
    pc: U4
    opcode: U1
    a: I4
    b: I4
    c: I4


class _Plan(NamedTuple):
    """How each opcode is taken apart. `first`, `mask`, `sign`: shape (256, 3), for a, b, c; `extra`: shape (256,)."""

    units: U1
    first: U1
    mask: I8
    sign: I8
    extra: U1


_REGISTERS, _PROTO, _LITERAL = 1, 2, 4


def _plan() -> _Plan:
    fields = [(*FIELDS[row.format], _ABSENT, _ABSENT, _ABSENT)[:3] for row in OPCODES]
    first = np.array([[field.first for field in row] for row in fields], np.uint8)
    mask = np.array([[(1 << field.bits) - 1 for field in row] for row in fields], np.int64)
    sign = np.array([[field.signed << max(field.bits - 1, 0) for field in row] for row in fields], np.int64)
    extra = np.zeros(256, np.uint8)
    extra[np.isin(FORMATS, (Format.F35C, Format.F45CC))] |= _REGISTERS
    extra[np.isin(FORMATS, (Format.F45CC, Format.F4RCC))] |= _PROTO
    extra[FORMATS == Format.F51L] |= _LITERAL
    return _Plan(settled(UNITS), settled(first), settled(mask), settled(sign), settled(extra))


_PLAN = _plan()


def decode(methods: Methods, bodies: Bodies, swept: Sweep, units: U2) -> Instructions:
    """Return all instructions that the sweep counted. `units` is the whole file as 16-bit units."""
    rows = swept.instructions
    method, pc = (np.empty(rows, np.uint32) for _ in range(2))
    a, b, c = (np.empty(rows, np.int32) for _ in range(3))
    sink = _Sink(method, pc, np.empty(rows, np.uint8), a, b, c)
    starts = np.zeros(len(methods.method) + 1, np.int64)
    payloads = swept.payloads, swept.payload_units
    _decode(units, bodies.first, swept.ends, methods.method, payloads, _PLAN, sink, starts)
    a, b, c = map(settled, (a, b, c))
    return Instructions(settled(method), settled(pc), settled(sink.opcode), a, b, c, settled(starts))


@kernel
def _decode(
    units: U2, firsts: I8, ends: I8, methods: U4, payloads: tuple[U4, U4], plan: _Plan, sink: _Sink, starts: I8
) -> None:
    """Write all rows in order; the payloads come in the same order and are stepped over."""
    places, lengths = payloads
    widths, shift, mask, sign, extra = plan
    method, pc, opcode, a, b, c = sink
    row = skipped = 0
    for body in range(firsts.size):
        starts[body] = row
        first, end = firsts[body], ends[body]
        place = first
        while place < end:
            if skipped < places.size and places[skipped] == place:
                place += lengths[skipped]
                skipped += 1
                continue
            unit = int64(units[place])
            code = unit & 0xFF
            width = int64(widths[code])
            word = unit
            for i in range(1, min(width, 4)):
                word |= int64(units[place + i]) << (16 * i)
            method[row], pc[row], opcode[row] = methods[body], place - first, code
            a[row] = (((word >> shift[code, 0]) & mask[code, 0]) ^ sign[code, 0]) - sign[code, 0]
            b[row] = (((word >> shift[code, 1]) & mask[code, 1]) ^ sign[code, 1]) - sign[code, 1]
            c[row] = (((word >> shift[code, 2]) & mask[code, 2]) ^ sign[code, 2]) - sign[code, 2]
            if extra[code] & _REGISTERS:
                c[row] |= (unit & 0x0F00) << 8
            if extra[code] & _PROTO:
                a[row] |= ((word >> 48) & 0xFFFF) << 8
            if extra[code] & _LITERAL:
                c[row] |= int64(units[place + 4]) << 16
            row += 1
            place += width
    starts[firsts.size] = row
