"""Writes small DEX files for tests, straight from the format's specification; knows nothing of the product.

Source: Android Open Source Project, "Dalvik executable format".
"""

import hashlib
import struct
import zlib
from dataclasses import dataclass, field
from typing import NamedTuple

NO_INDEX = 0xFFFFFFFF


class Proto(NamedTuple):
    returns: str
    parameters: tuple[str, ...] = ()

    @property
    def shorty(self) -> str:
        return "".join("L" if t[0] in "L[" else t[0] for t in (self.returns, *self.parameters))

    def __str__(self) -> str:
        return f"({''.join(self.parameters)}){self.returns}"


class MethodId(NamedTuple):
    owner: str
    name: str
    proto: Proto

    def __str__(self) -> str:
        return f"{self.owner}->{self.name}{self.proto}"


class FieldId(NamedTuple):
    owner: str
    name: str
    type: str

    def __str__(self) -> str:
        return f"{self.owner}->{self.name}:{self.type}"


Item = str | Proto | MethodId | FieldId


class Index(NamedTuple):
    """A code unit that becomes the index of an item: of kind string, type, proto, field or method."""

    kind: str
    item: Item
    high: bool = False


Unit = int | Index


@dataclass
class Method:
    """A definition; `code` None for native and abstract methods."""

    id: MethodId
    code: list[Unit] | None = None
    access: int = 0x9  # public static
    registers: int = 16


@dataclass
class Class:
    name: str
    direct: list[Method] = field(default_factory=list)
    virtual: list[Method] = field(default_factory=list)
    static_fields: list[FieldId] = field(default_factory=list)
    instance_fields: list[FieldId] = field(default_factory=list)


def uleb128(value: int) -> bytes:
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def utf16_units(text: str) -> tuple[int, ...]:
    raw = text.encode("utf-16-le", "surrogatepass")
    return struct.unpack(f"<{len(raw) // 2}H", raw)


def mutf8(text: str) -> bytes:
    """Each UTF-16 unit in one to three bytes; NUL in two."""
    out = bytearray()
    for unit in utf16_units(text):
        if 0 < unit < 0x80:
            out.append(unit)
        elif unit < 0x800:
            out += bytes([0xC0 | unit >> 6, 0x80 | unit & 0x3F])
        else:
            out += bytes([0xE0 | unit >> 12, 0x80 | unit >> 6 & 0x3F, 0x80 | unit & 0x3F])
    return bytes(out)


class Ids:
    """The sorted tables of a file, as the specification orders them."""

    def __init__(self, classes: list[Class], extra_strings: list[str]) -> None:
        protos: set[Proto] = set()
        fields: set[FieldId] = set()
        methods: set[MethodId] = set()
        types: set[str] = {"Ljava/lang/Object;"}
        strings = set(extra_strings)
        for item in _items(classes):
            kind, value = item
            if isinstance(value, MethodId):
                methods.add(value)
            elif isinstance(value, FieldId):
                fields.add(value)
            elif isinstance(value, Proto):
                protos.add(value)
            else:
                (types if kind == "type" else strings).add(value)
        protos |= {method.proto for method in methods}
        types |= {name for proto in protos for name in (proto.returns, *proto.parameters)}
        types |= {method.owner for method in methods} | {
            name for member in fields for name in (member.owner, member.type)
        }
        strings |= types | {proto.shorty for proto in protos}
        strings |= {method.name for method in methods} | {member.name for member in fields}
        self.strings = sorted(strings, key=utf16_units)
        self.types = sorted(types, key=utf16_units)
        type_of = {name: index for index, name in enumerate(self.types)}
        string_of = {text: index for index, text in enumerate(self.strings)}
        self.protos = sorted(protos, key=lambda p: (type_of[p.returns], [type_of[t] for t in p.parameters]))
        proto_of = {proto: index for index, proto in enumerate(self.protos)}
        self.fields = sorted(fields, key=lambda f: (type_of[f.owner], string_of[f.name], type_of[f.type]))
        self.methods = sorted(methods, key=lambda m: (type_of[m.owner], string_of[m.name], proto_of[m.proto]))
        self._of = {
            "string": string_of,
            "type": type_of,
            "proto": proto_of,
            "field": {member: index for index, member in enumerate(self.fields)},
            "method": {member: index for index, member in enumerate(self.methods)},
        }

    def index(self, kind: str, item: Item) -> int:
        table: dict[Item, int] = self._of[kind]  # type: ignore[assignment]
        return table[item]


def _items(classes: list[Class]) -> list[tuple[str, Item]]:
    found: list[tuple[str, Item]] = [("type", class_.name) for class_ in classes]
    for class_ in classes:
        found += [("field", member) for member in (*class_.static_fields, *class_.instance_fields)]
        for method in (*class_.direct, *class_.virtual):
            found.append(("method", method.id))
            found += [(unit.kind, unit.item) for unit in method.code or () if isinstance(unit, Index)]
    return found


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
        self.placed: dict[int, list[int]] = {type_: [] for type_ in (0x2002, 0x1001, 0x2001, 0x2000)}
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
        return struct.pack("<8I", own, 1, parent, 0, NO_INDEX, 0, self._place(0x2000, raw), 0)

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
