"""Annotations of classes and members, and initial values of static fields, with all they hold, by dexdump."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from assay.bytecode.annotations import Item
from assay.bytecode.dex import DexFile
from assay.bytecode.encoded_values import INDICES, Annotation, Element, Sort, Value
from assay.model.source import BufferSource
from tests.differential import dexdump_code
from tests.differential.differences import Table, hold
from tests.differential.material import MOST_BYTES, archives, code

pytestmark = [pytest.mark.differential, dexdump_code.needed]
ANNOTATIONS: Table = {}
VALUES: Table = {}
SEEN = ("BUILD", "RUNTIME", "SYSTEM")

Row = tuple[int, str, str]
"""Row of the class, what is annotated, the annotation."""


class Printer:
    """Prints values of one file as dexdump does (platform/art, dexdump/dexdump.cc, dumpEncodedValue)."""

    def __init__(self, dex: DexFile) -> None:
        self._dex = dex

    def text(self, index: int) -> str:
        return self._dex.string_bytes(index).decode("latin-1")

    def item(self, item: Item) -> str:
        return f"VISIBILITY_{SEEN[item.visibility]} {self.annotation(item.type, item.elements)}"

    def annotation(self, type_: int, elements: tuple[Element, ...]) -> str:
        parts = (f" {self.text(each.name)}={self.value(each.value)}" for each in elements)
        return self.type(type_) + "".join(parts)

    def type(self, index: int) -> str:
        return self.text(int(self._dex.tables.types["descriptor"][index]))

    def value(self, value: Value) -> str:
        content = value.content
        if isinstance(content, Annotation):
            return self.annotation(content.type, content.elements)
        if isinstance(content, tuple):
            return f"{{ {''.join(f'{self.value(each)} ' for each in content)}}}"
        if isinstance(content, int) and value.sort in INDICES:
            return self.named(value.sort, content)
        return self.plain(value)

    def named(self, sort: int, index: int) -> str:
        tables = self._dex.tables
        if sort == Sort.STRING:
            return f'"{escaped(self.text(index))}"'
        if sort == Sort.TYPE:
            return self.type(index)
        members = tables.methods if sort == Sort.METHOD else tables.fields
        return self.text(int(members["name"][index]))

    def plain(self, value: Value) -> str:
        if value.sort in {Sort.FLOAT, Sort.DOUBLE}:
            return f"{value.content:g}"
        if value.sort == Sort.BOOLEAN:
            return "true" if value.content else "false"
        return "null" if value.sort == Sort.NULL else str(value.content)


def escaped(text: str) -> str:
    for raw, shown in (("\\", "\\\\"), ('"', '\\"'), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r")):
        text = text.replace(raw, shown)
    return text


def annotations(dex: DexFile) -> Iterator[Row]:
    printer = Printer(dex)
    for row in range(len(dex.tables.classes)):
        found = dex.annotations(row)
        yield from ((row, "class", printer.item(each)) for each in found.own)
        for field, items in found.fields.items():
            yield from ((row, f"field #{field}", printer.item(each)) for each in items)
        for method, items in found.methods.items():
            yield from ((row, f"method #{method}", printer.item(each)) for each in items)
        for method, parameters in found.parameters.items():
            for number, items in enumerate(parameters):
                yield from ((row, f"method #{method} parameter #{number}", printer.item(each)) for each in items)


def printed_annotations(raw: bytes) -> Iterator[Row]:
    row, where, parameter = -1, "", ""
    for line in dexdump_code.printed(raw):
        if match := re.match(r"Class #(\d+) annotations:", line):
            row = int(match[1])
        elif match := re.match(r"Annotations on (class|field #\d+|method #\d+)(.* parameters)?", line):
            where, parameter = match[1], ""
        elif match := re.match(r"#(\d+)$", line):
            parameter = f" parameter #{match[1]}"
        elif match := re.match(r"  +(VISIBILITY_.*)$", line):
            yield row, where + parameter, match[1]


def values(dex: DexFile) -> Iterator[tuple[str, str]]:
    """Yield (field, initial value) of each static field that the file gives one."""
    printer, fields = Printer(dex), dex.fields
    fields_of: dict[int, list[int]] = {}
    for field, access, owner in zip(fields.field.tolist(), fields.access.tolist(), fields.owner.tolist(), strict=True):
        if access & 0x0008:
            fields_of.setdefault(owner, []).append(field)
    for owner, named in fields_of.items():
        for field, value in zip(named, dex.static_values(owner).values, strict=False):
            yield dex.names.field(field).encode().decode("latin-1"), printer.value(value)


@archives
def test_annotations_are_those_of_dexdump(archive: Path) -> None:
    for name, raw in code(archive, MOST_BYTES):
        hold(name, annotations(DexFile(BufferSource(raw))), printed_annotations(raw), ANNOTATIONS)


@archives
def test_initial_values_are_those_of_dexdump(archive: Path) -> None:
    for name, raw in code(archive, MOST_BYTES):
        printed = ((each.owner, each.said) for each in dexdump_code.members(raw) if each.section == "value")
        hold(name, values(DexFile(BufferSource(raw))), printed, VALUES)
