"""Which code is covered by which exception handlers: for one method, or for all methods at once.

Source: Android Open Source Project, "Dalvik executable format": code_item, try_item, encoded_catch_handler_list,
encoded_catch_handler.
"""

from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from assay.bytecode import faults
from assay.bytecode.bodies import Bodies
from assay.bytecode.kernel import int64, kernel, settled
from assay.bytecode.tables import U4
from assay.model.problem import Problem

U1 = npt.NDArray[np.uint8]
U2 = npt.NDArray[np.uint16]
I8 = npt.NDArray[np.int64]

CATCH_ALL = 0xFFFFFFFF
"""Type of a handler that takes every exception."""
UNKNOWN_TYPE = 0xFFFFFFFE
"""Type of a handler whose type index is not in the table of types."""
BYTES_EACH = 8
"""Ranges, and handlers, read at most: one for so many bytes of the file. A range takes 8 bytes, and may share handlers;
a sound file has one of either in thousands of bytes."""

_CUT, _OUTSIDE, _ORDER, _NO_HANDLERS, _BROKEN, _NO_SUCH_TYPE, _ASTRAY, _SHARED = range(8)
_MISSING = "which code handles exceptions is not known there"
_SORTS = (
    ("lists of try ranges break off", "those before the break were read", _MISSING),
    ("try ranges reach beyond the code of their method", "cut to the code", _MISSING),
    ("try ranges overlap or do not rise", "kept in the order found", "a handset may refuse this file"),
    ("try ranges lead to handlers outside the file", "read as without handlers", _MISSING),
    ("lists of exception handlers break off", "those before the break were read", _MISSING),
    ("exception handlers name a type that is not in its table", "kept without a type",
     "which exceptions they take is not known"),
    ("exception handlers lead outside the code of their method", "left out", _MISSING),
    ("try ranges or exception handlers are shared so often that reading them all would take too long",
     "the rest was left out", _MISSING),
)  # fmt: skip


class Tries(msgspec.Struct, frozen=True, eq=False):
    """Try ranges and their handlers of a run of method definitions, as compressed rows.

    `starts` i8, shape (definitions + 1,): ranges starts[d] to starts[d + 1] belong to definition d of the run.
    One row a range, in the order of the file: `first` and `units` u4: first code unit covered and number of code units
    covered, always within the body; `handler_starts` i8, shape (ranges + 1,): handlers of a range.
    One row a handler, in the order in which they are tried: `type` u4: type index, `CATCH_ALL`, or `UNKNOWN_TYPE`;
    `address` u4: code unit of the handler, always within the body. Code units count from the method's first one.
    """

    starts: I8
    first: U4
    units: U4
    handler_starts: I8
    type: U4
    address: U4


class Handler(NamedTuple):
    """One exception handler: its type index (`CATCH_ALL`, `UNKNOWN_TYPE`), and its place in code units."""

    type: int
    address: int


class TryRange(NamedTuple):
    """A run of code units of a method and its handlers in the order in which they are tried."""

    first: int
    units: int
    handlers: tuple[Handler, ...]


class _Sink(NamedTuple):
    """Where the kernel writes: one array a column."""

    starts: I8
    first: U4
    units: U4
    handler_starts: I8
    type: U4
    address: U4


def read_tries(data: U1, units: U2, bodies: Bodies, types: int) -> tuple[Tries, list[Problem]]:
    """Return the try ranges of all definitions; `units` is the whole file, `types` the rows of the table of types."""
    return _read(data, units, bodies, 0, len(bodies.first), types)


def tries_of(
    data: U1, units: U2, bodies: Bodies, definition: int, types: int
) -> tuple[tuple[TryRange, ...], list[Problem]]:
    """Return the try ranges of one definition in the order of the file. Raises: IndexError."""
    if not 0 <= definition < len(bodies.first):
        raise IndexError(definition)
    found, problems = _read(data, units, bodies, definition, definition + 1, types)
    handlers = list(map(Handler, found.type.tolist(), found.address.tolist()))
    ends = found.handler_starts.tolist()
    rows = zip(found.first.tolist(), found.units.tolist(), ends, ends[1:], strict=False)
    return tuple(TryRange(first, size, tuple(handlers[low:high])) for first, size, low, high in rows), problems


def catch_types(tries: Tries) -> tuple[U4, U4]:
    """Return (definition, type index) of each pair of a method and an exception type that it names, once each.

    Sorted by definition, then type. Both arrays are u4; catch-all handlers and unknown types are no rows.
    """
    ranges = np.repeat(np.arange(len(tries.first)), np.diff(tries.handler_starts))
    owners = np.searchsorted(tries.starts, ranges, "right") - 1
    named = tries.type < UNKNOWN_TYPE
    pairs = np.unique(owners[named].astype(np.uint64) << np.uint64(32) | tries.type[named].astype(np.uint64))
    return (pairs >> np.uint64(32)).astype(np.uint32), (pairs & np.uint64(0xFFFFFFFF)).astype(np.uint32)


def _read(data: U1, units: U2, bodies: Bodies, low: int, high: int, types: int) -> tuple[Tries, list[Problem]]:
    met = faults.tally(len(_SORTS))
    ranges, handlers = _walk(data, units, (bodies.first, bodies.size), (low, high), types, _room(high - low, 0, 0), met)
    sink, met = _room(high - low, ranges, handlers), faults.tally(len(_SORTS))
    _walk(data, units, (bodies.first, bodies.size), (low, high), types, sink, met)
    starts, first, covered, handler_starts, kinds, addresses = sink
    found = Tries(
        settled(starts), settled(first), settled(covered), settled(handler_starts), settled(kinds), settled(addresses)
    )
    return found, faults.problems(met, _SORTS)


def _room(definitions: int, ranges: int, handlers: int) -> _Sink:
    starts, handler_starts = np.zeros(definitions + 1, np.int64), np.zeros(ranges + 1, np.int64)
    first, units = (np.zeros(ranges, np.uint32) for _ in range(2))
    type_, address = (np.zeros(handlers, np.uint32) for _ in range(2))
    return _Sink(starts, first, units, handler_starts, type_, address)


@kernel
def _walk(  # noqa: C901, PLR0912, PLR0915 - one function, as the rules of kernels ask
    data: U1, units: U2, bodies: tuple[I8, I8], run: tuple[int, int], types: int, sink: _Sink, met: faults.Tally
) -> tuple[int, int]:
    """Write the ranges and handlers of a run of definitions as far as there is room; return how many there are."""
    starts, first, covered, handler_starts, kinds, addresses = sink
    firsts, sizes = bodies
    ranges = handlers = spent = 0
    room = data.size // BYTES_EACH
    for definition in range(run[0], run[1]):
        starts[definition - run[0]] = ranges
        begin, size = int64(firsts[definition]), int64(sizes[definition])
        if begin < 5:
            continue
        stated = int64(units[begin - 5])
        table = begin + size + (size & 1)
        count = min(stated, max(0, units.size - table) // 4)
        if count < stated:
            _note(met, _CUT, 2 * begin - 10)
        if count > room - ranges:
            _note(met, _SHARED, 2 * begin - 10)
            count = room - ranges
        lists, before = 2 * (table + 4 * stated), int64(0)
        for row in range(count):
            at = table + 4 * row
            low = int64(units[at]) | int64(units[at + 1]) << 16
            high = low + int64(units[at + 2])
            if high > size:
                _note(met, _OUTSIDE, 2 * at)
                low, high = min(low, size), min(high, size)
            if low < before:
                _note(met, _ORDER, 2 * at)
            before = high
            if ranges < first.size:
                first[ranges], covered[ranges], handler_starts[ranges] = low, high - low, handlers
            ranges += 1
            place = lists + int64(units[at + 3])
            if place >= data.size:
                _note(met, _NO_HANDLERS, 2 * at)
                continue
            signed, place = _number(data, place, 1)
            left, last = abs(signed), signed <= 0
            while place >= 0 and (left > 0 or last):
                kind = int64(CATCH_ALL)
                if left > 0:
                    kind, place = _number(data, place, 0)
                else:
                    last = False
                left -= 1
                address, place = _number(data, place, 0)
                if place < 0:
                    break
                spent += 1
                if spent > room:
                    _note(met, _SHARED, 2 * at)
                    break
                if left >= 0 and kind >= types:
                    _note(met, _NO_SUCH_TYPE, 2 * at)
                    kind = int64(UNKNOWN_TYPE)
                if address >= size:
                    _note(met, _ASTRAY, 2 * at)
                    continue
                if handlers < kinds.size:
                    kinds[handlers], addresses[handlers] = kind, address
                handlers += 1
            if place < 0:
                _note(met, _BROKEN, 2 * at)
    starts[run[1] - run[0]] = ranges
    if ranges < handler_starts.size:
        handler_starts[ranges] = handlers
    return ranges, handlers


@kernel
def _number(data: U1, place: int, signed: int) -> tuple[int, int]:
    """Return a uleb128, or where `signed` is 1 an sleb128, and the place behind it; (0, -1) after a fault."""
    value = int64(0)
    for i in range(5):
        if place < 0 or place + i >= data.size:
            return 0, -1
        byte = int64(data[place + i])
        value |= (byte & 0x7F) << (7 * i)
        if byte < 0x80:
            value &= 0xFFFFFFFF
            top = int64(1) << (min(7 * i + 7, 32) - 1)
            return (value ^ top) - top if signed and value & top else value, place + i + 1
    return 0, -1


@kernel
def _note(met: faults.Tally, sort: int, offset: int) -> None:
    if met[sort, 0] == 0:
        met[sort, 1] = offset
    met[sort, 0] += 1
