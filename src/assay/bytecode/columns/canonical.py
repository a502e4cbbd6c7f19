"""The canonical bytes of a method body: the same for the same body in any DEX file, whatever the order of its ids.

What they hold, and what they leave out, is said in `assay.bytecode.columns.bodies`; here names stand as bytes instead
of hashes, so that equality is decided. One record a line of the list below; every name and list is led by its length.
Source: Android Open Source Project, "Dalvik executable format" and "Dalvik bytecode".
"""

import struct
from bisect import bisect_left
from collections.abc import Iterator

from assay.bytecode.columns.bodies import JUMBO
from assay.bytecode.columns.name_bytes import NameBytes, packed
from assay.bytecode.dex import DexFile
from assay.bytecode.opcodes import FORMATS, REFERENCES, TARGET_OPERAND, UNITS, Format, Reference
from assay.bytecode.tries import CATCH_ALL, UNKNOWN_TYPE, Handler, tries_of
from assay.model.ids import sha256_hex

_HEADER_UNITS = 8
_WITH_PROTO = (Format.F45CC, Format.F4RCC)


def body_sha256(dex: DexFile, definition: int) -> str:
    """Return the sha256 of the canonical bytes of a definition's body. Raises: IndexError."""
    return sha256_hex(body_bytes(dex, definition))


def same_body(dex_a: DexFile, a: int, dex_b: DexFile, b: int) -> bool:
    """Say whether two definitions have the same body, by bytes; two without code have. Raises: IndexError."""
    return body_bytes(dex_a, a) == body_bytes(dex_b, b)


def body_bytes(dex: DexFile, definition: int) -> bytes:
    """Return the canonical bytes of a definition's body, none where it has no code. Raises: IndexError, Unreadable."""
    if not 0 <= definition < len(dex.methods.method):
        raise IndexError(definition)
    first = int(dex.bodies.first[definition])
    return b"".join(_Body(dex, definition).records()) if first >= _HEADER_UNITS else b""


class _Body:
    """One body on its way to canonical bytes; places are in 16-bit units from its first instruction."""

    def __init__(self, dex: DexFile, definition: int) -> None:
        self._dex = dex
        self._definition = definition
        self._first = int(dex.bodies.first[definition])
        self._end = int(dex.swept.ends[definition]) - self._first
        self._size = int(dex.bodies.size[definition])
        self._units = dex.units[self._first : self._first + self._size]
        self._names = NameBytes(dex)
        rows = slice(*dex.references.starts[definition : definition + 2].tolist())
        jumbo = dex.references.opcode[rows] == JUMBO
        self._jumbos: list[int] = dex.references.pc[rows][jumbo].tolist()

    def records(self) -> Iterator[bytes]:
        """Yield the record of the frame, of each instruction and payload, of the rest, and of each try range."""
        yield self._dex.units[self._first - _HEADER_UNITS : self._first - _HEADER_UNITS + 3].tobytes()
        place = 0
        while place < self._end:
            length = self._payload_units(place)
            if length:
                yield b"P" + packed(self._raw(place, length))
            else:
                length = int(UNITS[self._units[place] & 0xFF])
                yield b"I" + self._instruction(place, length)
            place += length
        yield b"R" + packed(self._raw(place, self._size - place))
        yield from self._tries()

    def _payload_units(self, place: int) -> int:
        """Return the length of the payload at a place, 0 where an instruction stands there."""
        sort, count, *more = (*self._units[place : place + 4].tolist(), 0, 0, 0)[:4]
        units: dict[int, int] = {
            0x0100: 4 + 2 * count,
            0x0200: 2 + 4 * count,
            0x0300: 4 + (count * (more[0] | more[1] << 16) + 1) // 2,
        }
        return units.get(int(sort), 0)

    def _raw(self, place: int, units: int) -> bytes:
        return self._units[place : place + units].tobytes()

    def _instruction(self, place: int, length: int) -> bytes:
        opcode = int(self._units[place]) & 0xFF
        kind = Reference(int(REFERENCES[opcode]))
        if kind is not Reference.NONE:
            return self._naming(place, length, opcode, kind)
        if TARGET_OPERAND[opcode] or FORMATS[opcode] == Format.F31T:
            return self._branching(place, length, Format(int(FORMATS[opcode])))
        return self._raw(place, length)

    def _naming(self, place: int, length: int, opcode: int, kind: Reference) -> bytes:
        units = self._units[place : place + length].tolist()
        if opcode == JUMBO:
            return struct.pack("<H", units[0] - 1) + self._names.name(kind, units[1] | units[2] << 16)
        raw = struct.pack("<H", units[0]) + struct.pack(f"<{len(units[2:3])}H", *units[2:3])
        second = self._names.name(Reference.PROTO, units[3]) if FORMATS[opcode] in _WITH_PROTO else b""
        return raw + self._names.name(kind, units[1]) + second

    def _branching(self, place: int, length: int, format_: Format) -> bytes:
        """Return the instruction without its distance, then the distance in units as if no jumbo were longer."""
        raw = self._raw(place, length)
        if format_ is Format.F10T:
            head, away = raw[:1], int.from_bytes(raw[1:2], "little", signed=True)
        else:
            head, away = raw[:2], int.from_bytes(raw[2:], "little", signed=True)
        return head + struct.pack("<q", self._short(place + away) - self._short(place))

    def _short(self, place: int) -> int:
        """Return a place as if const-string/jumbo were as long as const-string."""
        return place - bisect_left(self._jumbos, place)

    def _tries(self) -> Iterator[bytes]:
        types = len(self._dex.tables.types)
        ranges, _ = tries_of(self._dex.data, self._dex.units, self._dex.bodies, self._definition, types)
        for one in ranges:
            first, end = self._short(one.first), self._short(one.first + one.units)
            yield b"T" + struct.pack("<III", first, end, len(one.handlers)) + b"".join(map(self._handler, one.handlers))

    def _handler(self, handler: Handler) -> bytes:
        caught = {CATCH_ALL: b"*", UNKNOWN_TYPE: b"?"}.get(handler.type)
        place = struct.pack("<I", self._short(handler.address))
        return place + (caught or self._names.name(Reference.TYPE, handler.type))
