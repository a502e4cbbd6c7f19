"""The instruction set, against what the specification counts and against another implementation."""

import pytest

from assay.bytecode.opcodes import (
    FORMATS,
    INVOKES,
    OPCODES,
    REFERENCES,
    TARGET_OPERAND,
    UNITS,
    WRITES,
    Format,
    Reference,
    opcode,
)

UNUSED = {*range(0x3E, 0x44), 0x73, 0x79, 0x7A, *range(0xE3, 0xFA)}


def test_unused_opcodes() -> None:
    assert {value for value, row in enumerate(OPCODES) if row.format is Format.UNUSED} == UNUSED


def test_lengths_of_unused_opcodes() -> None:
    """Those of quickened code: field access takes two units, a call three."""
    expected = dict.fromkeys(UNUSED, 1) | dict.fromkeys(range(0xE3, 0xF3), 2) | {0xE9: 3, 0xEA: 3}
    assert {value: int(UNITS[value]) for value in UNUSED} == expected


def test_names_are_unique() -> None:
    names = [row.name for row in OPCODES]
    assert len(set(names)) == 256
    assert [opcode(name) for name in names] == list(range(256))


@pytest.mark.parametrize(
    ("value", "name", "format_", "units", "reference"),
    [
        (0x18, "const-wide", Format.F51L, 5, Reference.NONE),
        (0x1B, "const-string/jumbo", Format.F31C, 3, Reference.STRING),
        (0x25, "filled-new-array/range", Format.F3RC, 3, Reference.TYPE),
        (0x31, "cmp-long", Format.F23X, 2, Reference.NONE),
        (0x3D, "if-lez", Format.F21T, 2, Reference.NONE),
        (0x51, "aput-short", Format.F23X, 2, Reference.NONE),
        (0x5F, "iput-short", Format.F22C, 2, Reference.FIELD),
        (0x6D, "sput-short", Format.F21C, 2, Reference.FIELD),
        (0x78, "invoke-interface/range", Format.F3RC, 3, Reference.METHOD),
        (0x8F, "int-to-short", Format.F12X, 1, Reference.NONE),
        (0x9B, "add-long", Format.F23X, 2, Reference.NONE),
        (0xA6, "add-float", Format.F23X, 2, Reference.NONE),
        (0xAF, "rem-double", Format.F23X, 2, Reference.NONE),
        (0xCF, "rem-double/2addr", Format.F12X, 1, Reference.NONE),
        (0xD1, "rsub-int", Format.F22S, 2, Reference.NONE),
        (0xD7, "xor-int/lit16", Format.F22S, 2, Reference.NONE),
        (0xD9, "rsub-int/lit8", Format.F22B, 2, Reference.NONE),
        (0xE2, "ushr-int/lit8", Format.F22B, 2, Reference.NONE),
        (0xFA, "invoke-polymorphic", Format.F45CC, 4, Reference.METHOD),
        (0xFD, "invoke-custom/range", Format.F3RC, 3, Reference.CALL_SITE),
        (0xFF, "const-method-type", Format.F21C, 2, Reference.PROTO),
    ],
)
def test_rows(value: int, name: str, format_: Format, units: int, reference: Reference) -> None:
    assert OPCODES[value] == (name, format_, reference)
    assert (FORMATS[value], UNITS[value], REFERENCES[value]) == (format_, units, reference)


def test_names_and_lengths_equal_another_implementation() -> None:
    dex = pytest.importorskip("androguard.core.dex", reason="androguard is a package of the tests")
    theirs = {value: (row[1][0], row[0].length // 2) for value, row in enumerate(dex.DALVIK_OPCODES_FORMAT.values())}
    ours = {value: (row.name, int(UNITS[value])) for value, row in enumerate(OPCODES)}
    assert {value: row for value, row in ours.items() if value not in UNUSED} == {
        value: row for value, row in theirs.items() if value not in UNUSED
    }


def test_calls() -> None:
    assert set(INVOKES) == {*range(0x6E, 0x73), *range(0x74, 0x79), *range(0xFA, 0xFE)}


def test_what_writes_its_first_register() -> None:
    silent = {0x00, 0x0E, 0x0F, 0x10, 0x11, 0x1D, 0x1E, 0x1F, *range(0x24, 0x2D), *range(0x32, 0x3E)}
    silent |= {*range(0x4B, 0x52), *range(0x59, 0x60), *range(0x67, 0x6E), *range(0x6E, 0x79), *range(0xFA, 0xFE)}
    assert {value for value in range(256) if not WRITES[value]} == silent | UNUSED


def test_branches() -> None:
    expected = {0x28: 1, 0x29: 1, 0x2A: 1, **dict.fromkeys(range(0x38, 0x3E), 2), **dict.fromkeys(range(0x32, 0x38), 3)}
    assert {value: int(TARGET_OPERAND[value]) for value in range(256) if TARGET_OPERAND[value]} == expected
