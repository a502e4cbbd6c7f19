"""A method's code as text, one line an instruction, in the notation of smali.

Code offsets and branch targets are in 16-bit code units from the method's first instruction, in hex; registers, counts
and literals are decimal; strings are JSON strings. Payloads of switches and array data are not listed.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from assay.bytecode.dex import DexFile
from assay.bytecode.opcodes import OPCODES, Format, Reference
from assay.model.text import show

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


class _Operands(Mapping[str, object]):
    """Values of a template's fields, worked out when the template asks for them."""

    def __init__(self, dex: DexFile, row: int) -> None:
        """Take one row of the decoded instructions."""
        code = dex.instructions
        self._dex = dex
        self._pc = int(code.pc[row])
        self._opcode = OPCODES[int(code.opcode[row])]
        self._values = {"a": int(code.a[row]), "b": int(code.b[row]), "c": int(code.c[row])}

    def __getitem__(self, field: str) -> object:
        """Return a, b or c as it stands, or what a method of this class makes of the operands."""
        if field in self._values:
            return self._values[field]
        sort, _, operand = field.partition("_")
        method = getattr(self, f"_{sort}")
        return method(self._values[operand]) if operand else method(**self._values)

    def __iter__(self) -> Iterator[str]:
        """Yield the names of the plain operands."""
        return iter(self._values)

    def __len__(self) -> int:
        """Return how many plain operands there are."""
        return len(self._values)

    def _target(self, step: int) -> str:
        target = self._pc + step
        return f":{target:04x}" if target >= 0 else f":-{-target:x}"

    def _name(self, index: int) -> str:
        return name_of(self._dex, self._opcode.reference, index & 0xFFFFFFFF)

    def _proto(self, a: int, **_: int) -> str:
        return show(self._dex.names.proto(a >> 8))

    def _high(self, b: int, **_: int) -> int:
        return b << (48 if "wide" in self._opcode.name else 16)

    def _wide(self, b: int, c: int, **_: int) -> int:
        return c << 32 | b & 0xFFFFFFFF

    def _registers(self, a: int, c: int, **_: int) -> str:
        return ", ".join(f"v{c >> 4 * i & 0xF}" for i in range(min(a & 0xFF, 5)))

    def _run(self, a: int, c: int, **_: int) -> str:
        count = a & 0xFF
        return f"v{c} .. v{c + count - 1}" if count else ""


def listing(dex: DexFile, definition: int) -> Iterator[Line]:
    """Yield the instructions of a method definition (`DexFile.definition`) in the order of code."""
    code = dex.instructions
    for row in range(int(code.starts[definition]), int(code.starts[definition + 1])):
        yield _line(dex, row)


def _line(dex: DexFile, row: int) -> Line:
    opcode = OPCODES[int(dex.instructions.opcode[row])]
    operands = _TEMPLATES[opcode.format].format_map(_Operands(dex, row))
    return Line(int(dex.instructions.pc[row]), f"{opcode.name} {operands}".rstrip())


def name_of(dex: DexFile, kind: Reference, index: int) -> str:
    """Return what an index of a kind names, printable; a string as a JSON string, all else in smali's notation."""
    if kind is Reference.STRING:
        return _quoted(dex, index)
    names: dict[Reference, Callable[[int], str]] = {
        Reference.TYPE: dex.names.type,
        Reference.FIELD: dex.names.field,
        Reference.METHOD: dex.names.method,
        Reference.METHOD_HANDLE: dex.names.method_handle,
        Reference.PROTO: dex.names.proto,
    }
    return show(names[kind](index)) if kind in names else f"{kind.name.lower()}@{index}"


def _quoted(dex: DexFile, index: int) -> str:
    if index >= dex.string_count:
        return f"string@{index}"
    return show(json.dumps(dex.string_text(index), ensure_ascii=False))
