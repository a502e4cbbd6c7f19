"""Writes small DEX files for tests, straight from the format's specification; knows nothing of the product.

Source: Android Open Source Project, "Dalvik executable format".
"""

import hashlib
import struct
import zlib

from tests.bytecode import dex_parts
from tests.bytecode.dex_code import RETURN_VOID, const_string, const_string_jumbo, invoke, one, two
from tests.bytecode.dex_items import (
    Class,
    FieldId,
    Ids,
    Index,
    Item,
    Method,
    MethodId,
    Proto,
    Try,
    Unit,
    mutf8,
    sleb128,
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
    "Try",
    "Unit",
    "Writer",
    "const_string",
    "const_string_jumbo",
    "container",
    "invoke",
    "mutf8",
    "one",
    "seal",
    "sleb128",
    "two",
    "uleb128",
    "utf16_units",
    "write",
]

NO_INDEX = 0xFFFFFFFF
CALL_SITES, HANDLES, MAP, TYPE_LIST, ANNOTATION_SETS, ANNOTATION_SET = 0x7, 0x8, 0x1000, 0x1001, 0x1002, 0x1003
CLASS_DATA, CODE, STRING_DATA, DEBUG, ANNOTATION, ARRAY, ANNOTATIONS, HIDDEN = (*range(0x2000, 0x2007), 0xF000)


class Writer:
    """Lays a file out: header, tables, then the data section in the order in which things are added."""

    def __init__(
        self,
        classes: list[Class],
        strings: list[str] | None = None,
        version: str = "035",
        call_sites: list[list[dex_parts.Value]] | None = None,
        handles: list[tuple[int, MethodId | FieldId]] | None = None,
        base: int = 0,
    ) -> None:
        """`base` is the offset of the header in a container, from whose first byte all offsets count."""
        self.classes = classes
        self.version = version
        self.base = base
        self.call_sites, self.handles = call_sites or [], handles or []
        named = [item for site in self.call_sites for value in site for item in value.items()]
        named += [(_kind(member), member) for _, member in self.handles]
        self.ids = Ids(classes, strings or [], named)
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
            (len(self.call_sites), 4),
            (len(self.handles), 8),
        )
        self.sections: list[tuple[int, int]] = []
        at = base + header
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
        self.placed: dict[int, list[int]] = {}
        string_ids = [
            self._place(STRING_DATA, uleb128(len(utf16_units(s))) + mutf8(s) + b"\0") for s in self.ids.strings
        ]
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
        methods = [method for class_ in self.classes for method in (*class_.direct, *class_.virtual)]
        self._debug = {m.id: self._place(DEBUG, m.debug.encode(self.ids)) for m in methods if m.debug}
        for method in methods:
            self._code(method)
        self._values = {c.name: self._place(ARRAY, self._array(c)) for c in self.classes if self._array(c)}
        sites = [self._place(ARRAY, dex_parts.encoded_array(site, self.ids)) for site in self.call_sites]
        self._annotations = self._annotated()
        tables += b"".join(self._class(class_) for class_ in self.classes)
        tables += struct.pack(f"<{len(sites)}I", *sites)
        for kind, member in self.handles:
            tables += struct.pack("<HHHH", kind, 0, index(_kind(member), member), 0)
        self._hidden()
        return self._file(tables)

    def _array(self, class_: Class) -> bytes:
        return dex_parts.encoded_array(class_.values, self.ids) if class_.values else class_.static_values

    def _place(self, type_: int, raw: bytes, alignment: int = 1) -> int:
        """Append an item of a type of the map list."""
        self.placed.setdefault(type_, []).append(self.add(raw, alignment))
        return self.placed[type_][-1]

    def _map(self) -> int:
        """Append the map list: every section that there is, by rising offset."""
        rows = [(0, 1, 0)]
        rows += [(type_, count, offset) for type_, (count, offset) in enumerate(self.sections, 1) if count]
        rows += [(type_, len(places), places[0]) for type_, places in self.placed.items()]
        self.add(b"", 4)
        rows.append((MAP, 1, self.data_start + len(self.data)))
        raw = b"".join(struct.pack("<HHII", type_, 0, count, offset) for type_, count, offset in rows)
        return self.add(struct.pack("<I", len(rows)) + raw)

    def _proto(self, proto: Proto) -> bytes:
        parameters = 0
        if proto.parameters:
            types = [self.ids.index("type", name) for name in proto.parameters]
            parameters = self._place(TYPE_LIST, struct.pack(f"<I{len(types)}H", len(types), *types), 4)
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
        source = NO_INDEX if class_.source_file is None else self.ids.index("string", class_.source_file)
        notes = self._annotations.get(class_.name, 0)
        return struct.pack("<8I", own, 1, parent, 0, source, notes, self._place(CLASS_DATA, raw), values)

    def _annotated(self) -> dict[str, int]:
        """Place all annotations, sort by sort; return the offset of the directory of each class that has any."""
        groups = [group for class_ in self.classes for group in class_.groups()]
        items = {id(note): self._place(ANNOTATION, note.encode(self.ids)) for group in groups for note in group}
        self._sets = {id(group): self._list(ANNOTATION_SET, [items[id(note)] for note in group]) for group in groups}
        methods = [m for c in self.classes for m in (*c.direct, *c.virtual) if m.parameter_annotations]
        self._lists = {
            m.id: self._list(
                ANNOTATION_SETS, [self._sets[id(notes)] if notes else 0 for notes in m.parameter_annotations]
            )
            for m in methods
        }
        return {
            c.name: self._directory(c)
            for c in self.classes
            if c.groups() or any(m.parameter_annotations for m in (*c.direct, *c.virtual))
        }

    def _list(self, type_: int, places: list[int]) -> int:
        return self._place(type_, struct.pack(f"<I{len(places)}I", len(places), *places), 4)

    def _directory(self, class_: Class) -> int:
        index, methods = self.ids.index, [*class_.direct, *class_.virtual]
        own = self._sets[id(class_.annotations)] if class_.annotations else 0
        fields = sorted((index("field", f), self._sets[id(notes)]) for f, notes in class_.field_annotations.items())
        rows = sorted((index("method", m.id), self._sets[id(m.annotations)]) for m in methods if m.annotations)
        lists = sorted((index("method", m.id), self._lists[m.id]) for m in methods if m.parameter_annotations)
        raw = struct.pack("<4I", own, len(fields), len(rows), len(lists))
        return self._place(ANNOTATIONS, raw + b"".join(struct.pack("<II", *row) for row in (*fields, *rows, *lists)), 4)

    def _hidden(self) -> None:
        """Place the flags of hidden members, where a class has any."""
        flags = [b"".join(map(uleb128, self._flags(class_))) for class_ in self.classes]
        if not any(any(each) for each in flags):
            return
        offsets, at = [], 4 + 4 * len(flags)
        for each in flags:
            offsets.append(at if any(each) else 0)
            at += len(each) if any(each) else 0
        raw = struct.pack(f"<I{len(offsets)}I", at, *offsets) + b"".join(each for each in flags if any(each))
        self._place(HIDDEN, raw, 4)

    def _flags(self, class_: Class) -> list[int]:
        """Flags in the order of class data: static and instance fields, direct and virtual methods."""
        found = []
        for fields in (class_.static_fields, class_.instance_fields):
            found += [class_.hidden.get(each, 0) for each in sorted(fields, key=lambda f: self.ids.index("field", f))]
        for methods in (class_.direct, class_.virtual):
            found += [each.hidden for each in sorted(methods, key=lambda m: self.ids.index("method", m.id))]
        return found

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
        debug = self._debug.get(method.id, 0)
        tries, lists = dex_parts.handlers(method.tries, self.ids) if method.tries else (b"", b"")
        raw = struct.pack("<HHHHII", method.registers, 0, 5, len(method.tries), debug, len(units))
        raw += struct.pack(f"<{len(units)}H", *units) + (b"\0\0" if tries and len(units) % 2 else b"") + tries + lists
        self.code_offsets[method.id] = self._place(CODE, raw, 4)

    def _unit(self, unit: Unit) -> int:
        if isinstance(unit, int):
            return unit
        index = self.ids.index(unit.kind, unit.item)
        return index >> 16 if unit.high else index & 0xFFFF

    def _file(self, tables: bytes) -> bytes:
        map_off = self._map()
        size = self.data_start + len(self.data) - self.base
        numbers = [size, 0x78 if self.version == "041" else 0x70, 0x12345678, 0, 0, map_off]
        numbers += [value for section in self.sections[:6] for value in section]
        numbers += [len(self.data), self.data_start]
        body = struct.pack("<20I", *numbers)
        if self.version == "041":
            body += struct.pack("<II", self.base + size, self.base)
        return seal(b"dex\n" + self.version.encode() + b"\0" + bytes(24) + body + tables + self.data)


def _kind(member: MethodId | FieldId) -> str:
    return "method" if isinstance(member, MethodId) else "field"


def seal(raw: bytes | bytearray) -> bytes:
    """Return the file with signature and checksum set to what its bytes are."""
    out = bytearray(raw)
    out[12:32] = hashlib.sha1(out[32:]).digest()
    out[8:12] = struct.pack("<I", zlib.adler32(out[12:]))
    return bytes(out)


def container(parts: list[list[Class]]) -> bytes:
    """Several logical files of version 041 behind one another, each with tables and data of its own."""
    logical: list[bytes] = []
    for classes in parts:
        at = sum(map(len, logical))
        raw = Writer(classes, version="041", base=at).write()
        logical.append(raw + bytes(-len(raw) % 4))
    size = sum(map(len, logical))
    whole = []
    for raw in logical:
        out = bytearray(raw)
        out[32:36], out[0x70:0x74] = struct.pack("<I", len(raw)), struct.pack("<I", size)
        whole.append(seal(out))
    return b"".join(whole)


def write(classes: list[Class], strings: list[str] | None = None, version: str = "035") -> bytes:
    return Writer(classes, strings, version).write()
