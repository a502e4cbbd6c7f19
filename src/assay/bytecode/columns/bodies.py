"""A digest of each method body that does not depend on the order of the file's tables of ids.

What is digested, in order: registers, ins and outs; each instruction without the index it holds, then the hash of what
that index names; payloads of switches and array data as they stand; try ranges, their handlers, and the hash of what
these catch. Debug information is no part of it. const-string/jumbo counts as const-string, and distances across it as
if it were as short; the two still differ where that changes the form of a branch or the place of a payload.
The digest has 128 bits and is no cryptographic one: a hint, like every hash here. `assay.bytecode.columns.canonical`
decides.
"""

from typing import NamedTuple

import numpy as np

from assay.bytecode.columns.hashes import MISSING
from assay.bytecode.columns.record import I8, U4, U8
from assay.bytecode.dex import DexFile
from assay.bytecode.kernel import int64, kernel, settled
from assay.bytecode.opcodes import FORMATS, REFERENCES, UNITS, Format
from assay.bytecode.sweep import U2
from assay.bytecode.tries import Tries

JUMBO = 0x1B
_KINDS = 8
_NEAR, _MIDDLE, _FAR, _SECOND_PROTO = 1, 2, 3, 4
_SPECIAL = {
    Format.F10T: _NEAR, Format.F20T: _MIDDLE, Format.F21T: _MIDDLE, Format.F22T: _MIDDLE, Format.F30T: _FAR,
    Format.F31T: _FAR, Format.F45CC: _SECOND_PROTO, Format.F4RCC: _SECOND_PROTO,
}  # fmt: skip


def _plan() -> U2:
    """Return, for each opcode, its units, from bit 4 its kind of reference, from bit 8 what else is replaced."""
    special = np.array([_SPECIAL.get(Format(value), 0) for value in FORMATS], np.uint16)
    return settled((special << 8 | REFERENCES.astype(np.uint16) << 4 | UNITS).astype(np.uint16))


_PLAN = _plan()


class Named(NamedTuple):
    """The hashes of all that instructions name, one table behind the other; those of kind k begin at starts[k]."""

    hashes: U8
    starts: I8


class _Code(NamedTuple):
    """Where each body begins and how far it can be read, and its payloads, in units from the file's first byte."""

    first: I8
    size: I8
    end: I8
    payload: U4
    payload_units: U4


class _Jumbos(NamedTuple):
    """Places of the jumbo instructions of body i, in units from its first: from starts[i] to starts[i + 1]."""

    starts: I8
    pcs: U4


def named(tables: dict[int, U8]) -> Named:
    """Put hashes by kind of reference one behind the other."""
    parts = [tables.get(kind, np.empty(0, np.uint64)) for kind in range(_KINDS)]
    starts = np.zeros(_KINDS + 1, np.int64)
    np.cumsum([len(part) for part in parts], out=starts[1:])
    return Named(settled(np.concatenate(parts).astype(np.uint64)), settled(starts))


def body_digests(dex: DexFile, names: Named, tries: Tries) -> U8:
    """Return the digest of each definition's body; (0, 0) where it has none. Shape (definitions, 2)."""
    out = np.zeros((len(dex.methods.method), 2), np.uint64)
    swept = dex.swept
    code = _Code(dex.bodies.first, dex.bodies.size, swept.ends, swept.payloads, swept.payload_units)
    _digest(dex.units, code, _PLAN, names, _jumbos(dex), _as_tuple(tries), MISSING, out)
    return settled(out)


def _as_tuple(tries: Tries) -> tuple[I8, U4, U4, I8, U4, U4]:
    """Return the columns as a kernel takes them."""
    return tries.starts, tries.first, tries.units, tries.handler_starts, tries.type, tries.address


def _jumbos(dex: DexFile) -> _Jumbos:
    rows = np.flatnonzero(dex.references.opcode == JUMBO)
    starts = np.searchsorted(rows, dex.references.starts).astype(np.int64)
    return _Jumbos(settled(starts), settled(dex.references.pc[rows]))


@kernel
def _digest(  # noqa: C901, PLR0912, PLR0915 - one function, as the rules of kernels ask
    units: U2,
    code: _Code,
    plan: U2,
    names: Named,
    jumbos: _Jumbos,
    tries: tuple[I8, U4, U4, I8, U4, U4],
    missing: int,
    out: U8,
) -> None:
    """Write the digests in the order of the bodies."""
    firsts, sizes, ends, payloads, lengths = code
    hashes, tables = names
    jumbo_starts, jumbo_pcs = jumbos
    try_starts, try_first, try_units, handler_starts, handler_types, handlers = tries
    types, types_end = tables[2], tables[3]
    skipped = 0
    for body in range(firsts.size):
        first, end = firsts[body], ends[body]
        if first < 8:
            continue
        word = np.uint64(units[first - 8]) | np.uint64(units[first - 7]) << np.uint64(16)
        a, b = _mix(np.uint64(1), np.uint64(2), word | np.uint64(units[first - 6]) << np.uint64(32))
        low, high = jumbo_starts[body], jumbo_starts[body + 1]
        place = first
        while place < end:
            if skipped < payloads.size and int64(payloads[skipped]) == place:
                length = int64(lengths[skipped])
                a, b = _mix(a, b, np.uint64(length))
                for i in range(place, min(place + length, units.size)):
                    a, b = _mix(a, b, np.uint64(units[i]))
                place += length
                skipped += 1
                continue
            unit = int64(units[place])
            step = int64(plan[unit & 0xFF])
            width, kind, special = step & 0xF, step >> 4 & 0xF, step >> 8
            word = np.uint64(unit)
            if kind == 0 and special == 0:
                for i in range(1, min(width, 4)):
                    word |= np.uint64(units[place + i]) << np.uint64(16 * i)
                a, b = _mix(a, b, word)
                if width == 5:
                    a, b = _mix(a, b, np.uint64(units[place + 4]))
            elif kind != 0:
                index = int64(units[place + 1])
                if unit & 0xFF == 0x1B:
                    index |= int64(units[place + 2]) << 16
                    word -= np.uint64(1)
                elif width > 2:
                    word |= np.uint64(units[place + 2]) << np.uint64(16)
                a, b = _mix(a, b, word)
                inside = index < tables[kind + 1] - tables[kind]
                word = hashes[tables[kind] + index] if inside else np.uint64(missing + index)
                a, b = _mix(a, b, word)
                if special == 4:
                    index = int64(units[place + 3])
                    inside = index < tables[8] - tables[7]
                    word = hashes[tables[7] + index] if inside else np.uint64(missing + index)
                    a, b = _mix(a, b, word)
            else:
                if special == 1:
                    away, word = ((unit >> 8) ^ 0x80) - 0x80, np.uint64(unit & 0xFF)
                elif special == 2:
                    away = (int64(units[place + 1]) ^ 0x8000) - 0x8000
                else:
                    away = int64(units[place + 1]) | int64(units[place + 2]) << 16
                    away = (away ^ 0x80000000) - 0x80000000
                if low < high:
                    pc = place - first
                    away -= _before(jumbo_pcs, low, high, pc + away) - _before(jumbo_pcs, low, high, pc)
                a, b = _mix(a, b, word | np.uint64(away & 0xFFFFFFFFFF) << np.uint64(16))
            place += width
        for i in range(place, first + sizes[body]):
            a, b = _mix(a, b, np.uint64(units[i]))
        for i in range(try_starts[body], try_starts[body + 1]):
            begin = int64(try_first[i])
            stop = begin + int64(try_units[i])
            if low < high:
                begin -= _before(jumbo_pcs, low, high, begin)
                stop -= _before(jumbo_pcs, low, high, stop)
            a, b = _mix(a, b, np.uint64(begin) | np.uint64(stop) << np.uint64(32))
            for handler in range(handler_starts[i], handler_starts[i + 1]):
                type_, place = int64(handler_types[handler]), int64(handlers[handler])
                if low < high:
                    place -= _before(jumbo_pcs, low, high, place)
                a, b = _mix(a, b, np.uint64(place))
                inside = type_ < types_end - types
                a, b = _mix(a, b, hashes[types + type_] if inside else np.uint64(type_))
        out[body, 0], out[body, 1] = a | np.uint64(1), b


@kernel
def _mix(a: np.uint64, b: np.uint64, word: np.uint64) -> tuple[np.uint64, np.uint64]:
    a = (a ^ word) * np.uint64(0xFF51AFD7ED558CCD)
    b = (b + word) * np.uint64(0xC4CEB9FE1A85EC53)
    return a ^ (a >> np.uint64(32)), b ^ (b >> np.uint64(29))


@kernel
def _before(pcs: U4, low: int, high: int, pc: int) -> int:
    """Return how many of the rising places from `low` to `high` lie before `pc`."""
    first = low
    while low < high:
        middle = (low + high) >> 1
        if int64(pcs[middle]) < pc:
            low = middle + 1
        else:
            high = middle
    return low - first
