"""Writes small DEX files for tests, straight from the format's specification; knows nothing of the product.

Source: Android Open Source Project, "Dalvik executable format".
"""

import hashlib
import struct
import zlib

from tests.bytecode.dex_items import (
    Class,
    FieldId,
    Ids,
    Index,
    Item,
    Method,
    MethodId,
    Proto,
    Unit,
    mutf8,
    uleb128,
    utf16_units,
)

__all__ = [
    "RETURN_VOID",
    "Class",
    "FieldId",
    "Ids",
    "Index",
    "Item",
    "Method",
    "MethodId",
    "Proto",
    "Unit",
    "Writer",
    "const_string",
    "const_string_jumbo",
    "invoke",
    "mutf8",
    "one",
    "seal",
    "two",
    "uleb128",
    "utf16_units",
    "write",
]

NO_INDEX = 0xFFFFFFFF


class Writer:
    """Lays a file out: header, tables, then the data section in the order in which things are added."""

    def __init__(self, classes: list[Class], strings: list[str] | None = None, version: str = "035") -> None:
        self.classes = classes
        self.version = version
        self.ids = Ids(classes, strings or [])
        self.data = bytearray()
        self.code_offsets: dict[MethodId, int] = {}
        header = 0x78 if version == "041" else 0x70
        sizes = (
            (len(self.ids.strings), 4),
            (len(self.ids.types), 4),
            (len(self.ids.protos), 12),
            (len(self.ids.fields), 8),
            (len(self.ids.methods), 8),
            (len(classes), 32),
        )
        self.sections: list[tuple[int, int]] = []
        at = header
        for count, width in sizes:
            self.sections.append((count, at if count else 0))
            at += count * width
        self.data_start = at

    def add(self, raw: bytes, alignment: int = 1) -> int:
        """Append to the data section; return the offset in the file."""
        self.data += bytes(-(self.data_start + len(self.data)) % alignment)
        offset = self.data_start + len(self.data)
        self.data += raw
        return offset

    def write(self) -> bytes:
        self.data.clear()
        self.placed: dict[int, list[int]] = {type_: [] for type_ in (0x2002, 0x1001, 0x2001, 0x2005, 0x2000)}
        string_ids = [self._place(0x2002, uleb128(len(utf16_units(s))) + mutf8(s) + b"\0") for s in self.ids.strings]
        tables = struct.pack(f"<{len(string_ids)}I", *string_ids)
        index = self.ids.index
        tables += b"".join(struct.pack("<I", index("string", name)) for name in self.ids.types)
        tables += b"".join(self._proto(proto) for proto in self.ids.protos)
        for fid in self.ids.fields:
            tables += struct.pack("<HHI", index("type", fid.owner), index("type", fid.type), index("string", fid.name))
        for mid in self.ids.methods:
            tables += struct.pack(
                "<HHI", index("type", mid.owner), index("proto", mid.proto), index("string", mid.name)
            )
        for class_ in self.classes:
            for method in (*class_.direct, *class_.virtual):
                self._code(method)
        self._values = {c.name: self._place(0x2005, c.static_values) for c in self.classes if c.static_values}
        tables += b"".join(self._class(class_) for class_ in self.classes)
        return self._file(tables)

    def _place(self, type_: int, raw: bytes, alignment: int = 1) -> int:
        """Append an item of a type of the map list."""
        self.placed[type_].append(self.add(raw, alignment))
        return self.placed[type_][-1]

    def _map(self) -> int:
        """Append the map list: every section that there is, by rising offset."""
        rows = [(0, 1, 0)]
        rows += [(type_, count, offset) for type_, (count, offset) in enumerate(self.sections, 1) if count]
        rows += [(type_, len(places), places[0]) for type_, places in self.placed.items() if places]
        self.add(b"", 4)
        rows.append((0x1000, 1, self.data_start + len(self.data)))
        raw = b"".join(struct.pack("<HHII", type_, 0, count, offset) for type_, count, offset in rows)
        return self.add(struct.pack("<I", len(rows)) + raw)

    def _proto(self, proto: Proto) -> bytes:
        parameters = 0
        if proto.parameters:
            types = [self.ids.index("type", name) for name in proto.parameters]
            parameters = self._place(0x1001, struct.pack(f"<I{len(types)}H", len(types), *types), 4)
        indices = self.ids.index("string", proto.shorty), self.ids.index("type", proto.returns)
        return struct.pack("<III", *indices, parameters)

    def _class(self, class_: Class) -> bytes:
        lists = (class_.static_fields, class_.instance_fields)
        raw = b"".join(uleb128(len(x)) for x in (*lists, class_.direct, class_.virtual))
        for fields in lists:
            raw += self._members([(self.ids.index("field", member), (0x9,)) for member in fields])
        for methods in (class_.direct, class_.virtual):
            raw += self._members(
                [(self.ids.index("method", m.id), (m.access, self.code_offsets.get(m.id, 0))) for m in methods]
            )
        own, parent = self.ids.index("type", class_.name), self.ids.index("type", "Ljava/lang/Object;")
        values = self._values.get(class_.name, 0)
        return struct.pack("<8I", own, 1, parent, 0, NO_INDEX, 0, self._place(0x2000, raw), values)

    def _members(self, rows: list[tuple[int, tuple[int, ...]]]) -> bytes:
        raw, before = b"", 0
        for index, values in sorted(rows):
            raw += uleb128(index - before) + b"".join(map(uleb128, values))
            before = index
        return raw

    def _code(self, method: Method) -> None:
        if method.code is None:
            return
        units = [self._unit(unit) for unit in method.code]
        raw = struct.pack("<HHHHII", method.registers, 0, 5, 0, 0, len(units)) + struct.pack(f"<{len(units)}H", *units)
        self.code_offsets[method.id] = self._place(0x2001, raw, 4)

    def _unit(self, unit: Unit) -> int:
        if isinstance(unit, int):
            return unit
        index = self.ids.index(unit.kind, unit.item)
        return index >> 16 if unit.high else index & 0xFFFF

    def _file(self, tables: bytes) -> bytes:
        map_off = self._map()
        size = self.data_start + len(self.data)
        numbers = [size, 0x78 if self.version == "041" else 0x70, 0x12345678, 0, 0, map_off]
        numbers += [value for section in self.sections for value in section]
        numbers += [len(self.data), self.data_start]
        body = struct.pack("<20I", *numbers)
        if self.version == "041":
            body += struct.pack("<II", size, 0)
        return seal(b"dex\n" + self.version.encode() + b"\0" + bytes(24) + body + tables + self.data)


def seal(raw: bytes | bytearray) -> bytes:
    """Return the file with signature and checksum set to what its bytes are."""
    out = bytearray(raw)
    out[12:32] = hashlib.sha1(out[32:]).digest()
    out[8:12] = struct.pack("<I", zlib.adler32(out[12:]))
    return bytes(out)


def write(classes: list[Class], strings: list[str] | None = None, version: str = "035") -> bytes:
    return Writer(classes, strings, version).write()


# --- code, unit by unit -----------------------------------------------------------------------------------------------


def const_string(register: int, text: str) -> list[Unit]:
    return [0x1A | register << 8, Index("string", text)]


def const_string_jumbo(register: int, text: str) -> list[Unit]:
    return [0x1B | register << 8, Index("string", text), Index("string", text, high=True)]


def invoke(opcode: int, method: MethodId, *registers: int) -> list[Unit]:
    c, d, e, f, g = (*registers, 0, 0, 0, 0, 0)[:5]
    return [opcode | g << 8 | len(registers) << 12, Index("method", method), c | d << 4 | e << 8 | f << 12]


def one(opcode: int, high: int = 0) -> list[Unit]:
    """An instruction of one unit."""
    return [opcode | (high & 0xFF) << 8]


def two(opcode: int, high: int, second: Unit) -> list[Unit]:
    """An instruction of two units."""
    return [opcode | (high & 0xFF) << 8, second & 0xFFFF if isinstance(second, int) else second]


RETURN_VOID: list[Unit] = [0x0E]
