"""The Dalvik instruction set: name, format and kind of reference of every opcode.

Source: Android Open Source Project, "Dalvik bytecode" (summary of the instruction set) and "Dalvik executable
instruction formats", as of DEX version 039; versions up to 041 add none.
"""

from enum import IntEnum
from typing import NamedTuple

import numpy as np
import numpy.typing as npt


class Reference(IntEnum):
    """What an instruction refers to by index; the value stands in the `kind` column of references."""

    NONE = 0
    STRING = 1
    TYPE = 2
    FIELD = 3
    METHOD = 4
    CALL_SITE = 5
    METHOD_HANDLE = 6
    PROTO = 7


class Format(IntEnum):
    """Instruction formats; members are the specification's names behind an F."""

    UNUSED = 0
    F10X = 1
    F12X = 2
    F11N = 3
    F11X = 4
    F10T = 5
    F20T = 6
    F22X = 7
    F21T = 8
    F21S = 9
    F21H = 10
    F21C = 11
    F23X = 12
    F22B = 13
    F22T = 14
    F22S = 15
    F22C = 16
    F32X = 17
    F30T = 18
    F31T = 19
    F31I = 20
    F31C = 21
    F35C = 22
    F3RC = 23
    F45CC = 24
    F4RCC = 25
    F51L = 26


class Opcode(NamedTuple):
    """One row of the instruction set."""

    name: str
    format: Format
    reference: Reference


_ARRAY = ("", "-wide", "-object", "-boolean", "-byte", "-char", "-short")
_TESTS = ("eq", "ne", "lt", "ge", "gt", "le")
_INVOKES = ("virtual", "super", "direct", "static", "interface")
_CONVERSIONS = (
    "neg-int not-int neg-long not-long neg-float neg-double int-to-long int-to-float int-to-double long-to-int "
    "long-to-float long-to-double float-to-int float-to-long float-to-double double-to-int double-to-long "
    "double-to-float int-to-byte int-to-char int-to-short"
).split()
_INTEGER = ("add", "sub", "mul", "div", "rem", "and", "or", "xor", "shl", "shr", "ushr")
_FLOAT = ("add", "sub", "mul", "div", "rem")
_BINARY = tuple(
    f"{operation}-{type_}"
    for type_, operations in (("int", _INTEGER), ("long", _INTEGER), ("float", _FLOAT), ("double", _FLOAT))
    for operation in operations
)
_LIT16 = ("add-int", "rsub-int", "mul-int", "div-int", "rem-int", "and-int", "or-int", "xor-int")
_LIT8 = ("add-int", "rsub-int", *_LIT16[2:], "shl-int", "shr-int", "ushr-int")

_ROWS: tuple[tuple[int, Format, Reference, tuple[str, ...]], ...] = (
    (0x00, Format.F10X, Reference.NONE, ("nop",)),
    (0x01, Format.F12X, Reference.NONE, ("move",)),
    (0x02, Format.F22X, Reference.NONE, ("move/from16",)),
    (0x03, Format.F32X, Reference.NONE, ("move/16",)),
    (0x04, Format.F12X, Reference.NONE, ("move-wide",)),
    (0x05, Format.F22X, Reference.NONE, ("move-wide/from16",)),
    (0x06, Format.F32X, Reference.NONE, ("move-wide/16",)),
    (0x07, Format.F12X, Reference.NONE, ("move-object",)),
    (0x08, Format.F22X, Reference.NONE, ("move-object/from16",)),
    (0x09, Format.F32X, Reference.NONE, ("move-object/16",)),
    (0x0A, Format.F11X, Reference.NONE,
     ("move-result", "move-result-wide", "move-result-object", "move-exception")),
    (0x0E, Format.F10X, Reference.NONE, ("return-void",)),
    (0x0F, Format.F11X, Reference.NONE, ("return", "return-wide", "return-object")),
    (0x12, Format.F11N, Reference.NONE, ("const/4",)),
    (0x13, Format.F21S, Reference.NONE, ("const/16",)),
    (0x14, Format.F31I, Reference.NONE, ("const",)),
    (0x15, Format.F21H, Reference.NONE, ("const/high16",)),
    (0x16, Format.F21S, Reference.NONE, ("const-wide/16",)),
    (0x17, Format.F31I, Reference.NONE, ("const-wide/32",)),
    (0x18, Format.F51L, Reference.NONE, ("const-wide",)),
    (0x19, Format.F21H, Reference.NONE, ("const-wide/high16",)),
    (0x1A, Format.F21C, Reference.STRING, ("const-string",)),
    (0x1B, Format.F31C, Reference.STRING, ("const-string/jumbo",)),
    (0x1C, Format.F21C, Reference.TYPE, ("const-class",)),
    (0x1D, Format.F11X, Reference.NONE, ("monitor-enter", "monitor-exit")),
    (0x1F, Format.F21C, Reference.TYPE, ("check-cast",)),
    (0x20, Format.F22C, Reference.TYPE, ("instance-of",)),
    (0x21, Format.F12X, Reference.NONE, ("array-length",)),
    (0x22, Format.F21C, Reference.TYPE, ("new-instance",)),
    (0x23, Format.F22C, Reference.TYPE, ("new-array",)),
    (0x24, Format.F35C, Reference.TYPE, ("filled-new-array",)),
    (0x25, Format.F3RC, Reference.TYPE, ("filled-new-array/range",)),
    (0x26, Format.F31T, Reference.NONE, ("fill-array-data",)),
    (0x27, Format.F11X, Reference.NONE, ("throw",)),
    (0x28, Format.F10T, Reference.NONE, ("goto",)),
    (0x29, Format.F20T, Reference.NONE, ("goto/16",)),
    (0x2A, Format.F30T, Reference.NONE, ("goto/32",)),
    (0x2B, Format.F31T, Reference.NONE, ("packed-switch", "sparse-switch")),
    (0x2D, Format.F23X, Reference.NONE, ("cmpl-float", "cmpg-float", "cmpl-double", "cmpg-double", "cmp-long")),
    (0x32, Format.F22T, Reference.NONE, tuple(f"if-{test}" for test in _TESTS)),
    (0x38, Format.F21T, Reference.NONE, tuple(f"if-{test}z" for test in _TESTS)),
    (0x44, Format.F23X, Reference.NONE, tuple(f"{way}{type_}" for way in ("aget", "aput") for type_ in _ARRAY)),
    (0x52, Format.F22C, Reference.FIELD, tuple(f"{way}{type_}" for way in ("iget", "iput") for type_ in _ARRAY)),
    (0x60, Format.F21C, Reference.FIELD, tuple(f"{way}{type_}" for way in ("sget", "sput") for type_ in _ARRAY)),
    (0x6E, Format.F35C, Reference.METHOD, tuple(f"invoke-{way}" for way in _INVOKES)),
    (0x74, Format.F3RC, Reference.METHOD, tuple(f"invoke-{way}/range" for way in _INVOKES)),
    (0x7B, Format.F12X, Reference.NONE, tuple(_CONVERSIONS)),
    (0x90, Format.F23X, Reference.NONE, _BINARY),
    (0xB0, Format.F12X, Reference.NONE, tuple(f"{name}/2addr" for name in _BINARY)),
    (0xD0, Format.F22S, Reference.NONE, tuple(n if n == "rsub-int" else f"{n}/lit16" for n in _LIT16)),
    (0xD8, Format.F22B, Reference.NONE, tuple(f"{name}/lit8" for name in _LIT8)),
    (0xFA, Format.F45CC, Reference.METHOD, ("invoke-polymorphic",)),
    (0xFB, Format.F4RCC, Reference.METHOD, ("invoke-polymorphic/range",)),
    (0xFC, Format.F35C, Reference.CALL_SITE, ("invoke-custom",)),
    (0xFD, Format.F3RC, Reference.CALL_SITE, ("invoke-custom/range",)),
    (0xFE, Format.F21C, Reference.METHOD_HANDLE, ("const-method-handle",)),
    (0xFF, Format.F21C, Reference.PROTO, ("const-method-type",)),
)  # fmt: skip


_QUICKENED = {**dict.fromkeys(range(0xE3, 0xF3), 2), 0xE9: 3, 0xEA: 3}
"""Unused opcodes that the runtime of Android 5 to 11 put into DEX files of its own, and the units they take there.

They name slots of a running system instead of indices; a DEX file that an application brings with them does not run.
Source: Android Open Source Project, art/libdexfile, dex_instruction_list.h (unverified).
"""


def _units(value: int, format_: Format) -> int:
    """Return the length of an instruction in 16-bit code units: the first digit of its format's name."""
    return _QUICKENED.get(value, 1) if format_ is Format.UNUSED else int(format_.name[1])


def _table() -> tuple[Opcode, ...]:
    table = [Opcode(f"unused-{value:02x}", Format.UNUSED, Reference.NONE) for value in range(256)]
    for first, format_, reference, names in _ROWS:
        for value, name in enumerate(names, first):
            table[value] = Opcode(name, format_, reference)
    return tuple(table)


OPCODES: tuple[Opcode, ...] = _table()
"""Every opcode by its value, 0 to 255."""

FORMATS: npt.NDArray[np.uint8] = np.array([row.format for row in OPCODES], dtype=np.uint8)
"""Format of each opcode. Shape (256,)."""

UNITS: npt.NDArray[np.uint8] = np.array(
    [_units(value, row.format) for value, row in enumerate(OPCODES)], dtype=np.uint8
)
"""Length of each opcode's instruction in 16-bit code units. Shape (256,).

Unused opcodes take 1, those that a runtime put in (quickened code of ODEX and VDEX files) what they take there, so that
what follows them is not misread.
"""

REFERENCES: npt.NDArray[np.uint8] = np.array([row.reference for row in OPCODES], dtype=np.uint8)
"""Kind of reference of each opcode (`Reference`). Shape (256,)."""


def opcode(name: str) -> int:
    """Return the value of an opcode. Raises: KeyError for a name that is not in the instruction set."""
    return _VALUES[name]


_VALUES = {row.name: value for value, row in enumerate(OPCODES)}


def _writing() -> npt.NDArray[np.bool_]:
    """Opcodes whose first operand is the register they write: all but those that test, store, return, throw or call."""
    writes = np.ones(256, np.bool_)
    silent = ("nop", "return", "monitor", "check-cast", "fill", "throw", "goto", "packed", "sparse", "if-", "aput",
              "iput", "sput", "invoke", "unused")  # fmt: skip
    writes[[row.name.startswith(silent) for row in OPCODES]] = False
    return writes


WRITES: npt.NDArray[np.bool_] = _writing()
"""Whether the instruction writes its first operand, a register. Shape (256,)."""

_TARGET_OPERAND = {Format.F10T: 1, Format.F20T: 1, Format.F30T: 1, Format.F21T: 2, Format.F22T: 3}

TARGET_OPERAND: npt.NDArray[np.uint8] = np.array([_TARGET_OPERAND.get(row.format, 0) for row in OPCODES], np.uint8)
"""Which operand is a branch offset: 1 = a, 2 = b, 3 = c, 0 = none. Shape (256,)."""

INVOKES = tuple(value for value, row in enumerate(OPCODES) if row.name.startswith("invoke-"))
"""All opcodes that call."""

POLYMORPHIC = (opcode("invoke-polymorphic"), opcode("invoke-polymorphic/range"))
"""Opcodes that call what a method handle holds."""
