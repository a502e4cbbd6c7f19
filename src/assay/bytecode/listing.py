"""A method's code as text, one line an instruction, in the notation of smali.

Code offsets and branch targets are in 16-bit code units from the method's first instruction, in hex; registers, counts
and literals are decimal; strings are JSON strings,
those that are not text have a word before them. A call site is shown by the bootstrap method that links it, the name it
is given, and, for a lambda, the method that it runs. What payloads hold is no line of its own: `assay.bytecode.flow`
lists it.
"""

import json
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from assay.bytecode.call_sites import MethodHandle, implementation
from assay.bytecode.dex import DexFile
from assay.bytecode.opcodes import OPCODES, Format, Opcode, Reference
from assay.model.text import is_bytes, show

_TEMPLATES = {
    Format.UNUSED: "",
    Format.F10X: "",
    Format.F12X: "v{a}, v{b}",
    Format.F11N: "v{a}, {b}",
    Format.F11X: "v{a}",
    Format.F10T: "{target_a}",
    Format.F20T: "{target_a}",
    Format.F22X: "v{a}, v{b}",
    Format.F21T: "v{a}, {target_b}",
    Format.F21S: "v{a}, {b}",
    Format.F21H: "v{a}, {high}",
    Format.F21C: "v{a}, {name_b}",
    Format.F23X: "v{a}, v{b}, v{c}",
    Format.F22B: "v{a}, v{b}, {c}",
    Format.F22T: "v{a}, v{b}, {target_c}",
    Format.F22S: "v{a}, v{b}, {c}",
    Format.F22C: "v{a}, v{b}, {name_c}",
    Format.F32X: "v{a}, v{b}",
    Format.F30T: "{target_a}",
    Format.F31T: "v{a}, {target_b}",
    Format.F31I: "v{a}, {b}",
    Format.F31C: "v{a}, {name_b}",
    Format.F35C: "{{{registers}}}, {name_b}",
    Format.F3RC: "{{{run}}}, {name_b}",
    Format.F45CC: "{{{registers}}}, {name_b}, {proto}",
    Format.F4RCC: "{{{run}}}, {name_b}, {proto}",
    Format.F51L: "v{a}, {wide}",
}


class Line(NamedTuple):
    """One instruction: its code offset in 16-bit code units, and its text."""

    pc: int
    text: str

    def __str__(self) -> str:
        """Print as ``0013: invoke-virtual {v0, v1}, Ljava/lang/String;->equals(Ljava/lang/Object;)Z``."""
        return f"{self.pc:04x}: {self.text}"


class _Row(NamedTuple):
    """One row of the decoded instructions, and the file whose indices it holds."""

    dex: DexFile
    pc: int
    opcode: Opcode
    a: int
    b: int
    c: int

    def __getitem__(self, field: object) -> object:  # type: ignore[override]
        """Return what stands for a field of a template."""
        return _FIELDS[str(field)](self)


_FIELDS: dict[str, Callable[[_Row], object]] = {
    "a": lambda row: row.a,
    "b": lambda row: row.b,
    "c": lambda row: row.c,
    "target_a": lambda row: _target(row.pc + row.a),
    "target_b": lambda row: _target(row.pc + row.b),
    "target_c": lambda row: _target(row.pc + row.c),
    "name_b": lambda row: _name(row.dex, row.opcode.reference, row.b & 0xFFFFFFFF),
    "name_c": lambda row: _name(row.dex, row.opcode.reference, row.c & 0xFFFFFFFF),
    "proto": lambda row: show(row.dex.names.proto(row.a >> 8)),
    "high": lambda row: row.b << (48 if "wide" in row.opcode.name else 16),
    "wide": lambda row: row.c << 32 | row.b & 0xFFFFFFFF,
    "registers": lambda row: ", ".join(f"v{row.c >> 4 * i & 0xF}" for i in range(min(row.a & 0xFF, 5))),
    "run": lambda row: f"v{row.c} .. v{row.c + (row.a & 0xFF) - 1}" if row.a & 0xFF else "",
}


def _target(place: int) -> str:
    return f":{place:04x}" if place >= 0 else f":-{-place:x}"


def listing(dex: DexFile, definition: int) -> Iterator[Line]:
    """Yield the instructions of a method definition (`DexFile.definition`) in the order of code."""
    code = dex.instructions
    for row in range(int(code.starts[definition]), int(code.starts[definition + 1])):
        yield line_at(dex, row)


def line_at(dex: DexFile, row: int) -> Line:
    """Return the instruction at a row of `DexFile.instructions`. Raises: IndexError."""
    code = dex.instructions
    opcode = OPCODES[int(code.opcode[row])]
    operands = (int(column[row]) for column in (code.a, code.b, code.c))
    read = _Row(dex, int(code.pc[row]), opcode, *operands)
    return Line(read.pc, f"{opcode.name} {_TEMPLATES[opcode.format].format_map(read)}".rstrip())


def _name(dex: DexFile, kind: Reference, index: int) -> str:
    """Return what an index of a kind names, printable; a string as a JSON string, all else in smali's notation."""
    if kind is Reference.STRING:
        return _quoted(dex, index)
    names: dict[Reference, Callable[[int], str]] = {
        Reference.TYPE: dex.names.type,
        Reference.FIELD: dex.names.field,
        Reference.METHOD: dex.names.method,
        Reference.METHOD_HANDLE: dex.names.method_handle,
        Reference.PROTO: dex.names.proto,
        Reference.CALL_SITE: partial(_call_site, dex),
    }
    return show(names[kind](index)) if kind in names else f"{kind.name.lower()}@{index}"


def _call_site(dex: DexFile, index: int) -> str:
    """Return a call site like ``run via invoke-static:…->metafactory(…)…, which runs invoke-static:…->lambda$0()V``."""
    if not 0 <= index < len(dex.tables.call_sites):
        return f"call_site@{index}"
    site = dex.call_site(index)
    if site.bootstrap is None or site.name is None:
        return f"call_site@{index}"
    told = f"{dex.names.name(site.name)} via {dex.names.method_handle(site.bootstrap)}"
    handle = implementation(site, dex.tables, dex.names)
    return told if handle is None else f"{told}, which runs {_member(dex, handle)}"


def _member(dex: DexFile, handle: MethodHandle) -> str:
    return dex.names.method(handle.member) if handle.calls else dex.names.field(handle.member)


def _quoted(dex: DexFile, index: int) -> str:
    if index >= dex.string_count:
        return f"string@{index}"
    text = dex.string_text(index)
    return f'bytes "{show(text)}"' if is_bytes(text) else show(json.dumps(text, ensure_ascii=False))
