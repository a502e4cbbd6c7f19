"""The scan of a program: numbers of its own definitions, classes that the loader never finds left out."""

from pathlib import Path

import numpy as np

from assay.bytecode import columns
from assay.bytecode.dex import DexFile
from assay.bytecode.program.part import Part
from assay.bytecode.program.program import Program
from assay.bytecode.sites.program import program_sites
from assay.bytecode.sites.scan import sites
from assay.model.source import BufferSource
from tests.bytecode import dex_writer as w
from tests.bytecode.samples import CONTAINS, method

MOTIFS = (Path(__file__).parent / "motifs" / "motifs.dex").read_bytes()


def part(raw: bytes, name: str) -> Part:
    dex = DexFile(BufferSource(raw))
    built = columns.build(dex)
    return Part(sha256=built.dex_sha256, name=name, columns=built, dex=lambda: dex)


def other() -> bytes:
    return w.write([w.Class("LA;", direct=[method([*w.invoke(0x6E, CONTAINS, 0, 0), 0x0E])])])


def test_definitions_are_numbers_of_the_program() -> None:
    program = Program([part(other(), "one"), part(MOTIFS, "two")])
    found = program_sites(program)
    first, *rest = found
    assert program.method_name(first.definition) == "LA;->m()V"
    alone = sites(DexFile(BufferSource(MOTIFS)))
    assert [(site.pc, site.operator) for site in rest] == [(site.pc, site.operator) for site in alone]
    assert program.method_name(rest[0].definition).startswith("Lorg/example/motifs/Motifs;->")
    assert np.all(np.diff(found.definition) >= 0)


def test_classes_that_another_part_defines_before_are_left_out() -> None:
    program = Program([part(MOTIFS, "one"), part(MOTIFS, "two")])
    assert list(program_sites(program)) == list(sites(DexFile(BufferSource(MOTIFS))))


def test_the_platform_is_not_asked() -> None:
    program = Program([part(other(), "one")], [part(MOTIFS, "framework")])
    assert len(program_sites(program)) == 1
