"""Other applications made of real ones: the same code with other names and other numbers in nearly every method body.

For each variant a seed changes, in place and without moving anything:

- strings: letters behind the place at which a string differs from its neighbours in the sorted table, so that the table
  stays sorted; not those of platform types and their members, of callbacks (``on…``), of prototypes' short forms, nor
  special names: what the code asks of the platform stays what it was;
- the sixteen bits behind the first const, const/16, const-wide/… of each method body.

Checksum and signature are those of the changed bytes. All tables and offsets stay valid; what the code would compute is
of no interest. How many bodies differ is counted here, by a second, simple implementation that knows nothing of the
bench: a hash over instructions in which each index is replaced by a hash of the name behind it.
Source: Android Open Source Project, "Dalvik executable format" and "Dalvik bytecode".
"""

import hashlib
import re
import struct
import zlib
from typing import NamedTuple

import numba
import numpy as np
import numpy.typing as npt

U1 = npt.NDArray[np.uint8]
U4 = npt.NDArray[np.uint32]
U8 = npt.NDArray[np.uint64]

PLATFORM = (b"Ljava", b"Landroid/", b"Ldalvik", b"Lorg/json/", b"Lorg/xml/", b"Lorg/w3c/", b"[", b"<", b"(")
CALLBACK = re.compile(rb"on[A-Z]")
_STRING, _TYPE, _FIELD, _METHOD = 1, 2, 3, 4


def _opcodes() -> tuple[U1, U1]:
    """Return, for each opcode, its length in sixteen-bit units, and what the unit behind it names."""
    units, kinds = np.ones(256, np.uint8), np.zeros(256, np.uint8)
    for run, length in (
        ((0x02, 0x05, 0x08, 0x13, 0x15, 0x16, 0x19, 0x1A, 0x1C, 0x1F, 0x20, 0x22, 0x23, 0x29, 0xFE, 0xFF), 2),
        ((*range(0x2D, 0x3E), *range(0x44, 0x6E), *range(0x90, 0xB0), *range(0xD0, 0xE3)), 2),
        ((0x03, 0x06, 0x09, 0x14, 0x17, 0x1B, 0x24, 0x25, 0x26, 0x2A, 0x2B, 0x2C), 3),
        ((*range(0x6E, 0x73), *range(0x74, 0x79), 0xFC, 0xFD), 3),
        ((0xFA, 0xFB), 4),
        ((0x18,), 5),
    ):
        units[list(run)] = length
    kinds[[0x1A, 0x1B]] = _STRING
    kinds[[0x1C, 0x1F, 0x20, 0x22, 0x23, 0x24, 0x25]] = _TYPE
    kinds[0x52:0x6E] = _FIELD
    kinds[[*range(0x6E, 0x73), *range(0x74, 0x79), 0xFA, 0xFB]] = _METHOD
    return units, kinds


_UNITS, _KINDS = _opcodes()


class Source(NamedTuple):
    """A DEX file as it is, and what of it may change, as offsets in bytes."""

    data: bytes
    codes: U4
    letters: U4
    numbers: U4


def source(data: bytes) -> Source:
    """Return what may change in a DEX file."""
    raw = np.frombuffer(data, np.uint8)
    codes = _codes(raw, table(data, 0x60, 32)[:, 6])
    numbers = np.zeros(len(codes), np.uint32)
    _first_numbers(raw, codes, _UNITS, numbers)
    return Source(data, codes, _letters(data), numbers[numbers > 0])


def variant(of: Source, seed: int) -> bytes:
    """Return the DEX file as the seed changes it."""
    choice = np.random.default_rng(seed)
    raw = np.frombuffer(of.data, np.uint8).copy()
    raw[of.letters] = choice.integers(ord("a"), ord("z") + 1, len(of.letters), np.uint8)
    for half in (0, 1):
        raw[of.numbers + half] = choice.integers(0, 256, len(of.numbers), np.uint8)
    out = bytearray(raw.tobytes())
    out[12:32] = hashlib.sha1(memoryview(out)[32:], usedforsecurity=False).digest()
    out[8:12] = struct.pack("<I", zlib.adler32(memoryview(out)[12:]))
    return bytes(out)


def bodies(data: bytes, codes: U4) -> U8:
    """Return a hash of each method body that does not depend on the order of tables."""
    raw = np.frombuffer(data, np.uint8)
    strings = np.zeros(_count(data, 0x38), np.uint64)
    _hash_strings(raw, table(data, 0x38, 4)[:, 0], strings)
    types = strings[table(data, 0x40, 4)[:, 0]]
    fields, methods = (table(data, at, 8, "<u2").astype(np.int64) for at in (0x50, 0x58))
    protos = types[table(data, 0x48, 12)[:, 1]] + strings[table(data, 0x48, 12)[:, 0]]
    names = [strings[rows[:, 2] | rows[:, 3] << 16] for rows in (fields, methods)]
    members = [
        _mixed(types[rows[:, 0]], name, sort[rows[:, 1]])
        for rows, name, sort in ((fields, names[0], types), (methods, names[1], protos))
    ]
    out = np.zeros(len(codes), np.uint64)
    _hash_bodies(raw, codes, _UNITS, _KINDS, (strings, types, *members), out)
    return out


def _mixed(*parts: U8) -> U8:
    value = np.zeros(len(parts[0]), np.uint64)
    for part in parts:
        value = (value ^ part) * np.uint64(0x9E3779B97F4A7C15)
        value ^= value >> np.uint64(31)
    return value


def _count(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 4], "little")


def table(data: bytes, at: int, width: int, dtype: str = "<u4") -> np.ndarray:
    """Return a table of ids, whose count and offset stand at `at` in the header. Shape (rows, numbers)."""
    count, offset = struct.unpack_from("<II", data, at)
    numbers = width // np.dtype(dtype).itemsize
    return np.frombuffer(data, dtype, count * numbers, offset).reshape(-1, numbers)


def _letters(data: bytes) -> U4:
    """Return the offsets of all letters that may change without another order of strings."""
    offsets = table(data, 0x38, 4)[:, 0].tolist()
    texts = [string_at(data, offset) for offset in offsets]
    fixed_names = {*table(data, 0x48, 12)[:, 0].tolist(), *_platform_members(data, [text for _, text in texts])}
    found: list[int] = []
    for row, (start, text) in enumerate(texts):
        before, behind = (texts[near][1] if 0 <= near < len(texts) else b"" for near in (row - 1, row + 1))
        fixed = 1 + max(_common(before, text), _common(text, behind))
        if row not in fixed_names and len(text) > fixed and not _special(text):
            found += [start + at for at in range(fixed, len(text)) if chr(text[at]) in "abcdefghijklmnopqrstuvwxyz"]
    return np.array(found, np.uint32)


def _special(name: bytes) -> bool:
    return name.startswith(PLATFORM) or CALLBACK.match(name) is not None


def _platform_members(data: bytes, texts: list[bytes]) -> set[int]:
    """Return the strings that name fields and methods of platform types; those of their arrays too."""
    types = [texts[row] for row in table(data, 0x40, 4)[:, 0].tolist()]
    rows = [row for at in (0x50, 0x58) for row in table(data, at, 8, "<u2").astype(np.int64).tolist()]
    return {low | high << 16 for owner, _, low, high in rows if types[owner].startswith(PLATFORM)}


def string_at(data: bytes, offset: int) -> tuple[int, bytes]:
    """Return where the bytes of a string begin, and the bytes."""
    while data[offset] >= 0x80:
        offset += 1
    return offset + 1, data[offset + 1 : data.index(0, offset + 1)]


def _common(a: bytes, b: bytes) -> int:
    """Return how many first bytes are the same."""
    for at, (one, other) in enumerate(zip(a, b, strict=False)):
        if one != other:
            return at
    return min(len(a), len(b))


def _codes(raw: U1, class_data: np.ndarray) -> U4:
    """Return the offset of each code item once, ascending."""
    found = np.zeros(len(raw) // 16 + 1, np.uint32)
    count = _walk_classes(raw, class_data.astype(np.int64), found)
    return np.unique(found[:count])


@numba.njit(cache=True)
def _walk_classes(raw, offsets, found):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    count = 0
    for place in offsets:
        if place == 0:
            continue
        sizes = np.zeros(4, np.int64)
        for i in range(4):
            sizes[i], place = _number(raw, place)  # noqa: PLW2901 - the place moves on
        for _ in range(2 * (sizes[0] + sizes[1])):
            _, place = _number(raw, place)  # noqa: PLW2901
        for _ in range(sizes[2] + sizes[3]):
            for _ in range(2):
                _, place = _number(raw, place)  # noqa: PLW2901
            code, place = _number(raw, place)  # noqa: PLW2901
            if code:
                found[count] = code
                count += 1
    return count


@numba.njit(cache=True)
def _number(raw, place):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    value, shift = np.int64(0), 0
    while True:
        byte = np.int64(raw[place])
        value |= (byte & 0x7F) << shift
        place, shift = place + 1, shift + 7
        if byte < 0x80:
            return value, place


@numba.njit(cache=True)
def _unit(raw, place):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    return np.int64(raw[place]) | np.int64(raw[place + 1]) << 8


@numba.njit(cache=True)
def _payload(raw, place):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """Return the length of a payload in units, 0 where there is none."""
    unit, count = _unit(raw, place), _unit(raw, place + 2)
    if unit == 0x100:
        return 4 + 2 * count
    if unit == 0x200:
        return 2 + 4 * count
    if unit == 0x300:
        return 4 + (count * (_unit(raw, place + 4) | _unit(raw, place + 6) << 16) + 1) // 2
    return 0


@numba.njit(cache=True)
def _first_numbers(raw, codes, units, out):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """Write, for each code item, the offset of the first sixteen bits that are a number, 0 without."""
    for row in range(codes.size):
        place = np.int64(codes[row]) + 16
        end = place + 2 * (_unit(raw, place - 4) | _unit(raw, place - 2) << 16)
        while place < end:
            opcode, skipped = raw[place], 0
            if opcode == 0 and raw[place + 1]:
                skipped = _payload(raw, place)
            if 0x13 <= opcode <= 0x19 and out[row] == 0:
                out[row] = place + 2
            place += 2 * (skipped or units[opcode])


@numba.njit(cache=True)
def _hash_strings(raw, offsets, out):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    for row in range(offsets.size):
        place = np.int64(offsets[row])
        while raw[place] >= 0x80:
            place += 1
        value = np.uint64(0xCBF29CE484222325)
        place += 1
        while raw[place]:
            value = (value ^ np.uint64(raw[place])) * np.uint64(0x100000001B3)
            place += 1
        out[row] = value ^ (value >> np.uint64(29))


@numba.njit(cache=True)
def _hash_bodies(raw, codes, units, kinds, names, out):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202, C901
    strings, types, fields, methods = names
    for row in range(codes.size):
        place = np.int64(codes[row]) + 16
        end = place + 2 * (_unit(raw, place - 4) | _unit(raw, place - 2) << 16)
        value = np.uint64(_unit(raw, place - 16))
        while place < end:
            opcode, skipped = raw[place], 0
            if opcode == 0 and raw[place + 1]:
                skipped = _payload(raw, place)
            length = 2 * (skipped or np.int64(units[opcode]))
            kind = kinds[opcode] if not skipped else 0
            if kind:
                index = _unit(raw, place + 2)
                if opcode == 0x1B:
                    index |= _unit(raw, place + 4) << 16
                if kind == 1:
                    name = strings[index]
                elif kind == 2:
                    name = types[index]
                elif kind == 3:
                    name = fields[index]
                else:
                    name = methods[index]
                value = (value ^ name) * np.uint64(0x9E3779B97F4A7C15)
            for at in range(place, place + length):
                if kind == 0 or at < place + 2 or (at >= place + 4 and opcode != 0x1B):
                    value = (value ^ np.uint64(raw[at])) * np.uint64(0x100000001B3)
            value ^= value >> np.uint64(31)
            place += length
        out[row] = value
