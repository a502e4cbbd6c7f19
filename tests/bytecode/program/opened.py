"""Programs of test classes, and their definitions by name."""

from collections.abc import Sequence

from assay.bytecode import columns
from assay.bytecode.dex import DexFile
from assay.bytecode.program.part import Part
from assay.bytecode.program.program import Program
from assay.model.source import BufferSource
from tests.bytecode.program.kin import Kin, write


def part(raw: bytes, name: str = "classes.dex") -> Part:
    dex = DexFile(BufferSource(raw))
    built = columns.build(dex)
    return Part(sha256=built.dex_sha256, name=name, columns=built, dex=lambda: dex)


def program(*parts: Sequence[Kin], platform: Sequence[Sequence[Kin]] = ()) -> Program:
    return Program([part(write(list(each))) for each in parts], [part(write(list(each))) for each in platform])


def named(opened: Program, definition: int) -> tuple[int, str] | None:
    """Part and name of a definition, None for -1."""
    return None if definition < 0 else (int(opened.definition_part[definition]), opened.method_name(definition))


def only(opened: Program, name: str) -> int:
    """The one definition of a name."""
    found = [row for row in range(len(opened.definition_part)) if opened.method_name(row) == name]
    assert len(found) == 1, (name, found)
    return found[0]
