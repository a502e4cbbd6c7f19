"""What stands in a DEX file of a test: names, definitions, and the sorted tables of ids made of them.

Source: Android Open Source Project, "Dalvik executable format".
"""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol


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


Item = str | int | Proto | MethodId | FieldId
"""What an index names; rows of the tables of call sites and method handles are numbers."""
Named = tuple[str, Item]
"""A kind of table, and an item in it."""


class Coded(Protocol):
    """A part of a file that names items, and becomes bytes once their indices are known."""

    def items(self) -> list[Named]: ...

    def encode(self, ids: "Ids") -> bytes: ...


class Index(NamedTuple):
    """A code unit that becomes the index of an item: string, type, proto, field, method, call_site, method_handle."""

    kind: str
    item: Item
    high: bool = False


Unit = int | Index


class Try(NamedTuple):
    """A run of code units, and (type or None for all, code unit) of each handler."""

    first: int
    units: int
    handlers: tuple[tuple[str | None, int], ...]


@dataclass
class Method:
    """A definition; `code` None for native and abstract methods."""

    id: MethodId
    code: list[Unit] | None = None
    access: int = 0x9  # public static
    registers: int = 16
    tries: list["Try"] = field(default_factory=list)
    debug: Coded | None = None
    hidden: int = 0
    annotations: Sequence[Coded] = field(default_factory=list)
    parameter_annotations: Sequence[Sequence[Coded]] = field(default_factory=list)


@dataclass
class Class:
    name: str
    direct: list[Method] = field(default_factory=list)
    virtual: list[Method] = field(default_factory=list)
    static_fields: list[FieldId] = field(default_factory=list)
    instance_fields: list[FieldId] = field(default_factory=list)
    static_values: bytes = b""
    """An encoded_array as it goes into the file; empty for none."""
    values: Sequence[Coded] = field(default_factory=list)
    """The same as values; empty for none."""
    source_file: str | None = None
    annotations: Sequence[Coded] = field(default_factory=list)
    field_annotations: Mapping[FieldId, Sequence[Coded]] = field(default_factory=dict)
    hidden: dict[FieldId, int] = field(default_factory=dict)

    def groups(self) -> list[Sequence[Coded]]:
        """The annotations of the class, and of each member and parameter that has any."""
        methods = (*self.direct, *self.virtual)
        found = [self.annotations, *self.field_annotations.values(), *(method.annotations for method in methods)]
        found += [notes for method in methods for notes in method.parameter_annotations]
        return [group for group in found if group]

    def coded(self) -> list[Coded]:
        """Everything of the class and its members that names items."""
        found = [*self.values, *(note for group in self.groups() for note in group)]
        found += [method.debug for method in (*self.direct, *self.virtual) if method.debug]
        return found


def uleb128(value: int) -> bytes:
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def sleb128(value: int) -> bytes:
    out = bytearray()
    while not -0x40 <= value < 0x40:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value & 0x7F])


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

    def __init__(self, classes: list[Class], extra_strings: list[str], named: list[Named] | None = None) -> None:
        protos: set[Proto] = set()
        fields: set[FieldId] = set()
        methods: set[MethodId] = set()
        types: set[str] = {"Ljava/lang/Object;"}
        strings = set(extra_strings)
        for kind, value in (*_items(classes), *(named or ())):
            if isinstance(value, int):
                continue
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
        if isinstance(item, int):
            return item
        table: dict[Item, int] = self._of[kind]  # type: ignore[assignment]
        return table[item]


def _items(classes: list[Class]) -> list[Named]:
    found: list[Named] = [("type", class_.name) for class_ in classes]
    for class_ in classes:
        found += [("string", class_.source_file)] if class_.source_file is not None else []
        found += [item for part in class_.coded() for item in part.items()]
        found += [("field", member) for member in (*class_.static_fields, *class_.instance_fields)]
        for method in (*class_.direct, *class_.virtual):
            found.append(("method", method.id))
            found += [(unit.kind, unit.item) for unit in method.code or () if isinstance(unit, Index)]
            found += [("type", name) for each in method.tries for name, _ in each.handlers if name is not None]
    return found
