"""What an index names, as bytes that say it without any index, each part led by its length.

Source: Android Open Source Project, "Dalvik executable format": method_handle_item, call_site_item, encoded_value.
"""

import struct
from collections.abc import Callable

from assay.bytecode.dex import DexFile
from assay.bytecode.opcodes import Reference
from assay.bytecode.tables import Rows
from assay.model.errors import Unreadable

FIRST_INVOCATION = 4
"""Method handles of this kind and above name a method, those below a field."""
MAX_PARAMETERS = 65_535
MAX_DEPTH = 8
"""Deepest nesting of arrays read in a call site."""
MAX_BYTES = 64 << 20
"""Most bytes of names that one reader of names gives, and a byte for each value read: names may share without end."""

_KINDS = {
    0x15: Reference.PROTO, 0x16: Reference.METHOD_HANDLE, 0x17: Reference.STRING, 0x18: Reference.TYPE,
    0x19: Reference.FIELD, 0x1A: Reference.METHOD, 0x1B: Reference.FIELD,
}  # fmt: skip
_ARRAY, _NULL, _BOOLEAN = 0x1C, 0x1E, 0x1F


def packed(*parts: bytes) -> bytes:
    """Return the parts, each behind its length in bytes."""
    return b"".join(struct.pack("<I", len(part)) + part for part in parts)


class NameBytes:
    """Names of one DEX file, as bytes; what is not in its table is a question mark and the index as it stands."""

    def __init__(self, dex: DexFile) -> None:
        """Take the file; nothing is read before it is asked for."""
        self._left = MAX_BYTES
        self._dex = dex
        self._tables = dex.tables
        self._of: dict[Reference, tuple[int, Callable[[int], bytes]]] = {
            Reference.STRING: (dex.string_count, self._string),
            Reference.TYPE: (len(dex.tables.types), self._type),
            Reference.FIELD: (len(dex.tables.fields), self._field),
            Reference.METHOD: (len(dex.tables.methods), self._method),
            Reference.CALL_SITE: (len(dex.tables.call_sites), self._call_site),
            Reference.METHOD_HANDLE: (len(dex.tables.method_handles), self._handle),
            Reference.PROTO: (len(dex.tables.protos), self._proto),
        }

    def name(self, kind: Reference, index: int) -> bytes:
        """Return what an index of a kind names. Raises: Unreadable when names became longer than any are."""
        rows, of = self._of[kind]
        return b"=" + of(index) if 0 <= index < rows else b"?" + struct.pack("<Q", index)

    def _part(self, kind: Reference, rows: Rows, index: int, column: str) -> bytes:
        return self.name(kind, int(rows[column][index]))

    def _string(self, index: int) -> bytes:
        self._spend(int(self._dex.strings.lengths[index]))
        return packed(self._dex.string_bytes(index))

    def _spend(self, count: int) -> None:
        self._left -= count + 1
        if self._left < 0:
            raise Unreadable(f"names of more than {MAX_BYTES} bytes stand behind its indices")

    def _type(self, index: int) -> bytes:
        return self._part(Reference.STRING, self._tables.types, index, "descriptor")

    def _proto(self, index: int) -> bytes:
        parameters = b"".join(self.name(Reference.TYPE, one) for one in self._type_list(index))
        return self._part(Reference.TYPE, self._tables.protos, index, "returns") + packed(parameters)

    def _type_list(self, proto: int) -> tuple[int, ...]:
        offset, data = int(self._tables.protos["parameters"][proto]), self._dex.data.data
        if offset == 0 or offset & 3 or offset + 4 > len(data):
            return ()
        (stated,) = struct.unpack_from("<I", data, offset)
        return struct.unpack_from(f"<{min(stated, (len(data) - offset - 4) // 2, MAX_PARAMETERS)}H", data, offset + 4)

    def _field(self, index: int) -> bytes:
        return self._member(self._tables.fields, index, Reference.TYPE, "type")

    def _method(self, index: int) -> bytes:
        return self._member(self._tables.methods, index, Reference.PROTO, "proto")

    def _member(self, rows: Rows, index: int, sort: Reference, column: str) -> bytes:
        owner = self._part(Reference.TYPE, rows, index, "class")
        return owner + self._part(Reference.STRING, rows, index, "name") + self._part(sort, rows, index, column)

    def _handle(self, index: int) -> bytes:
        kind, member = (int(self._tables.method_handles[column][index]) for column in ("kind", "member"))
        sort = Reference.FIELD if kind < FIRST_INVOCATION else Reference.METHOD
        return struct.pack("<H", kind) + self.name(sort, member)

    def _call_site(self, index: int) -> bytes:
        try:
            return packed(self._array(int(self._tables.call_sites["data"][index]), 0)[0])
        except IndexError:
            return b"?"

    def _array(self, place: int, depth: int) -> tuple[bytes, int]:
        """Return the values of an encoded_array and the place behind it. Raises: IndexError."""
        if depth > MAX_DEPTH:
            raise IndexError(depth)
        count, place = self._uleb128(place)
        values: list[bytes] = []
        while len(values) < count:
            value, place = self._value(place, depth)
            values.append(value)
        return b"".join(values), place

    def _value(self, place: int, depth: int) -> tuple[bytes, int]:
        self._spend(0)
        data = self._dex.data.data
        sort, size = data[place] & 0x1F, (data[place] >> 5) + 1
        if sort == _ARRAY:
            values, behind = self._array(place + 1, depth + 1)
            return b"[" + packed(values), behind
        size = 0 if sort in (_NULL, _BOOLEAN) else size
        raw = bytes(data[place + 1 : place + 1 + size])
        if len(raw) < size:
            raise IndexError(place)
        if sort in _KINDS:
            return bytes([sort]) + self.name(_KINDS[sort], int.from_bytes(raw, "little")), place + 1 + size
        return bytes([data[place] if sort == _BOOLEAN else sort]) + packed(raw), place + 1 + size

    def _uleb128(self, place: int) -> tuple[int, int]:
        value, data = 0, self._dex.data.data
        for shift in range(0, 35, 7):
            value |= (data[place] & 0x7F) << shift
            place += 1
            if data[place - 1] < 0x80:
                break
        return value & 0xFFFFFFFF, place
