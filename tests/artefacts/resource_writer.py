"""Writes Android's compiled resources: string pools, binary XML, resource tables. Knows nothing of the product."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field

NO_ENTRY = 0xFFFFFFFF
STRING, REFERENCE, DECIMAL, BOOLEAN = 3, 1, 0x10, 0x12


def chunk(kind: int, header: bytes, body: bytes = b"", size: int | None = None) -> bytes:
    """Return a chunk; `size` lies about its length."""
    length = 8 + len(header) + len(body)
    return struct.pack("<2HI", kind, 8 + len(header), length if size is None else size) + header + body


def _utf16(text: str) -> bytes:
    raw = text.encode("utf-16-le", "surrogatepass")
    units = len(raw) // 2
    length = struct.pack("<H", units) if units < 0x8000 else struct.pack("<2H", 0x8000 | units >> 16, units & 0xFFFF)
    return length + raw + b"\0\0"


def _length8(number: int) -> bytes:
    return bytes([number]) if number < 0x80 else bytes([0x80 | number >> 8, number & 0xFF])


def modified_utf8(text: str) -> bytes:
    """Return what build tools write: surrogate pairs of three bytes each."""
    units = struct.iter_unpack("<H", text.encode("utf-16-le", "surrogatepass"))
    return "".join(chr(unit) for (unit,) in units).encode("utf-8", "surrogatepass")


def _utf8(text: str) -> bytes:
    raw = modified_utf8(text)
    return _length8(len(text.encode("utf-16-le", "surrogatepass")) // 2) + _length8(len(raw)) + raw + b"\0"


def pool(strings: list[str], *, utf8: bool = False, count: int | None = None, flags: int = 0) -> bytes:
    offsets, data = bytearray(), bytearray()
    for text in strings:
        offsets += struct.pack("<I", len(data))
        data += _utf8(text) if utf8 else _utf16(text)
    data += bytes(-len(data) % 4)
    stated = len(strings) if count is None else count
    header = struct.pack("<5I", stated, 0, flags | (0x100 if utf8 else 0), 28 + len(offsets), 0)
    return chunk(1, header, bytes(offsets + data))


# --- binary XML ------------------------------------------------------------------------------------


@dataclass
class Attribute:
    """An attribute: text is written as a string, a pair as (data type, data)."""

    name: str
    value: str | tuple[int, int]
    resource_id: int = 0
    namespace: str = ""


@dataclass
class Node:
    """An element."""

    name: str
    attributes: list[Attribute] = field(default_factory=list)
    children: list["Node"] = field(default_factory=list)
    text: str = ""
    namespace: str = ""
    attribute_size: int = 20
    count: int | None = None


class _Strings:
    """Strings in the order in which a document needs them; names with a resource id come first."""

    def __init__(self) -> None:
        self.all: list[str] = []
        self.ids: list[int] = []
        self._named: dict[tuple[str, int], int] = {}

    def named(self, name: str, resource_id: int) -> int:
        return self._named[name, resource_id]

    def add_named(self, name: str, resource_id: int) -> None:
        if resource_id and (name, resource_id) not in self._named:
            self._named[name, resource_id] = len(self.all)
            self.all.append(name)
            self.ids.append(resource_id)

    def index(self, text: str) -> int:
        self.all.append(text)
        return len(self.all) - 1

    def optional(self, text: str) -> int:
        return self.index(text) if text else NO_ENTRY


def _walk(node: Node) -> list[Node]:
    return [node, *(inner for child in node.children for inner in _walk(child))]


def xml(root: Node, *, utf8: bool = False, kind: int = 3, before: bytes = b"") -> bytes:
    """Return a document; `before` are chunks put before the first element."""
    strings = _Strings()
    for node in _walk(root):
        for attribute in node.attributes:
            strings.add_named(attribute.name, attribute.resource_id)
    body = _node(root, strings)
    ids = struct.pack(f"<{len(strings.ids)}I", *strings.ids)
    parts = pool(strings.all, utf8=utf8) + chunk(0x180, b"", ids) + before + body
    return chunk(kind, b"", parts)


def _node(node: Node, strings: _Strings) -> bytes:
    attributes = b"".join(_attribute(one, strings, node.attribute_size) for one in node.attributes)
    count = len(node.attributes) if node.count is None else node.count
    names = strings.optional(node.namespace), strings.index(node.name)
    extension = struct.pack("<2I6H", *names, 20, node.attribute_size, count, 0, 0, 0)
    line = struct.pack("<2I", 7, NO_ENTRY)
    out = chunk(0x102, line, extension + attributes)
    if node.text:
        out += chunk(0x104, line, struct.pack("<IHBBI", strings.index(node.text), 8, 0, STRING, 0))
    out += b"".join(_node(child, strings) for child in node.children)
    return out + chunk(0x103, line, struct.pack("<2I", *names))


def _attribute(attribute: Attribute, strings: _Strings, size: int) -> bytes:
    name = (
        strings.named(attribute.name, attribute.resource_id) if attribute.resource_id else strings.index(attribute.name)
    )
    namespace = strings.optional(attribute.namespace)
    if isinstance(attribute.value, str):
        raw = strings.index(attribute.value)
        kind, data = STRING, raw
    else:
        raw = NO_ENTRY
        kind, data = attribute.value
    return struct.pack("<3IHBBI", namespace, name, raw, 8, 0, kind, data).ljust(size, b"\xaa")


# --- resource tables -------------------------------------------------------------------------------


@dataclass
class Bag:
    """A value of several parts: (key, data type, data or text)."""

    items: list[tuple[int, int, int | str]]
    parent: int = 0


Plain = tuple[int, int | str]


@dataclass
class Type:
    """The values of one type in one configuration, by entry number."""

    name: str
    values: Mapping[int, tuple[str, Plain | Bag]]
    configuration: bytes = bytes(60)
    form: str = "plain"


@dataclass
class Package:
    """A package; types of one name share one id, in the order in which names appear."""

    types: list[Type]
    id: int = 0x7F
    name: str = "org.example.tables"


def array(*texts: str) -> Bag:
    return Bag([(0x01000001 + number, STRING, text) for number, text in enumerate(texts)])


def table(*packages: Package, utf8: bool = False) -> bytes:
    strings: list[str] = []
    body = b"".join(_package(package, strings, utf8=utf8) for package in packages)
    return chunk(2, struct.pack("<I", len(packages)), pool(strings, utf8=utf8) + body)


def _package(package: Package, strings: list[str], *, utf8: bool) -> bytes:
    type_names = list(dict.fromkeys(one.name for one in package.types))
    keys = list(dict.fromkeys(name for one in package.types for name, _ in one.values.values()))
    types, key_pool = pool(type_names, utf8=utf8), pool(keys, utf8=utf8)
    body = types + key_pool
    for one in package.types:
        body += _type(one, type_names.index(one.name) + 1, keys, strings)
    name = package.name.encode("utf-16-le").ljust(256, b"\0")
    header = struct.pack("<I", package.id) + name + struct.pack("<5I", 288, 0, 288 + len(types), 0, 0)
    return chunk(0x200, header, body)


def _type(one: Type, number: int, keys: list[str], strings: list[str]) -> bytes:
    offsets: dict[int, int] = {}
    data = bytearray()
    for entry, (name, value) in sorted(one.values.items()):
        offsets[entry] = len(data)
        data += _entry(keys.index(name), value, strings, compact=one.form == "compact")
        data += bytes(-len(data) % 4)
    index, count, flags = _index(offsets, one.form)
    configuration = struct.pack("<I", 4 + len(one.configuration)) + one.configuration
    start = 20 + len(configuration) + len(index)
    header = struct.pack("<2BH2I", number, flags, 0, count, start) + configuration
    return chunk(0x201, header, index + bytes(data))


def _index(offsets: dict[int, int], form: str) -> tuple[bytes, int, int]:
    count = max(offsets, default=-1) + 1
    if form == "sparse":
        pairs = [struct.pack("<2H", entry, offset // 4) for entry, offset in sorted(offsets.items())]
        return b"".join(pairs), len(pairs), 1
    if form == "offset16":
        words = [offsets[entry] // 4 if entry in offsets else 0xFFFF for entry in range(count)]
        raw = struct.pack(f"<{count}H", *words)
        return raw + bytes(-len(raw) % 4), count, 2
    return struct.pack(f"<{count}I", *(offsets.get(entry, NO_ENTRY) for entry in range(count))), count, 0


def _data(value: int | str, strings: list[str]) -> int:
    if isinstance(value, int):
        return value
    strings.append(value)
    return len(strings) - 1


def _entry(key: int, value: Plain | Bag, strings: list[str], *, compact: bool) -> bytes:
    if isinstance(value, Bag):
        items = b"".join(
            struct.pack("<IHBBI", item, 8, 0, kind, _data(data, strings)) for item, kind, data in value.items
        )
        return struct.pack("<2HI2I", 16, 1, key, value.parent, len(value.items)) + items
    kind, data = value
    if compact:
        return struct.pack("<2HI", key, kind << 8 | 8, _data(data, strings))
    return struct.pack("<2HIHBBI", 8, 0, key, 8, 0, kind, _data(data, strings))
