"""Line numbers, variables and exception handlers of every method, as dexdump prints them."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from assay.bytecode.dex import DexFile
from assay.bytecode.tries import CATCH_ALL
from assay.model.source import BufferSource
from tests.differential import dexdump_code
from tests.differential.dexdump_code import Printed
from tests.differential.differences import Table, hold
from tests.differential.material import MOST_BYTES, archives, code

pytestmark = [pytest.mark.differential, dexdump_code.needed]
STATIC = 0x0008
LINES: Table = {}
VARIABLES: Table = {}
HANDLERS: Table = {}


def named(dex: DexFile) -> Iterator[tuple[int, str]]:
    for row, method in enumerate(dex.methods.method.tolist()):
        yield row, dex.method_name(method).encode().decode("latin-1")


def lines(dex: DexFile) -> Iterator[tuple[str, str]]:
    for row, name in named(dex):
        yield from ((name, f"0x{each.pc:04x} line={each.line}") for each in dex.debug_info(row).lines)


def variables(dex: DexFile) -> Iterator[tuple[str, str]]:
    for row, name in named(dex):
        this = None if dex.methods.access[row] & STATIC else next((one.register for one in dex.entries(row)), None)
        for each in dex.debug_info(row).variables:
            said = (
                "this" if each.name is None and each.register == this else text(dex, each.name),
                "" if each.type is None else dex.names.type(each.type).encode().decode("latin-1"),
                "" if each.signature is None else text(dex, each.signature),
            )
            yield name, f"0x{each.first:04x} - 0x{each.end:04x} reg={each.register} {' '.join(said)}"


def text(dex: DexFile, index: int | None) -> str:
    return "(null)" if index is None else dex.string_bytes(index).decode("latin-1")


def handlers(dex: DexFile) -> Iterator[tuple[str, str]]:
    for row, name in named(dex):
        for each in dex.tries_of(row)[0]:
            span = f"0x{each.first:04x} - 0x{each.first + each.units:04x}"
            yield from ((name, f"{span} {caught(dex, one.type)} -> 0x{one.address:04x}") for one in each.handlers)


def caught(dex: DexFile, type_: int) -> str:
    return "<any>" if type_ == CATCH_ALL else dex.names.type(type_).encode().decode("latin-1")


def printed_handlers(rows: Iterator[Printed]) -> Iterator[tuple[str, str]]:
    span = ""
    for each in rows:
        if each.section == "catches":
            span = each.said if re.match(r"0x", each.said) else span
            if " -> " in each.said:
                yield each.owner, f"{span} {each.said.strip()}"


def section(raw: bytes, name: str) -> Iterator[tuple[str, str]]:
    return ((each.owner, each.said) for each in dexdump_code.members(raw) if each.section == name)


@archives
def test_lines_are_those_of_dexdump(archive: Path) -> None:
    for name, raw in code(archive, MOST_BYTES):
        hold(name, lines(DexFile(BufferSource(raw))), section(raw, "positions"), LINES)


def printed_variables(raw: bytes) -> Iterator[tuple[str, str]]:
    """Yield what dexdump prints of variables but runs of no code unit at all: they are nowhere in a register."""
    for owner, said in section(raw, "locals"):
        if not re.match(r"(\S+) - \1 ", said):
            yield owner, said


@archives
def test_variables_are_those_of_dexdump(archive: Path) -> None:
    for name, raw in code(archive, MOST_BYTES):
        hold(name, variables(DexFile(BufferSource(raw))), printed_variables(raw), VARIABLES)


@archives
def test_handlers_are_those_of_dexdump(archive: Path) -> None:
    for name, raw in code(archive, MOST_BYTES):
        hold(name, handlers(DexFile(BufferSource(raw))), printed_handlers(dexdump_code.members(raw)), HANDLERS)
