"""Seeded changes of libraries: each ends in facts, with or without problems, or in Unreadable, and in nothing else."""

import pytest

from assay.artefacts.elf import open_elf
from assay.facts.native_libraries import native_libraries
from assay.model.errors import Unreadable
from assay.model.locator import parse_place
from assay.model.source import BufferSource
from assay.vocabulary.native import NativeEntry
from tests.artefacts import elf_writer as w
from tests.artefacts import hostile
from tests.artefacts.elf_writer import Export, Library


def bases() -> list[bytes]:
    """Every form of relocations and hash tables, both widths, with and without section headers."""
    rows = {"exports": [Export(b"Java_org_example_A_m"), Export(b"two")], "constants": [b"name", b"(I)V", b"text 1"]}
    shapes = [
        ("rela", w.AARCH64, 64, True), ("packed", w.AARCH64, 64, False), ("packed-each", w.X86_64, 64, True),
        ("rel", w.ARM, 32, False), ("relr", w.AARCH64, 64, False), ("relr", w.X86, 32, True),
    ]  # fmt: skip
    return [
        Library(
            machine, bits, [b"libc.so"], b"libx.so", [b"puts"], **rows,  # type: ignore[arg-type]
            tables=[[0, 1, -1] * 3], relocations=form, sections=sections, hashes=("gnu",) if sections else ("sysv",),
        ).write()
        for form, machine, bits, sections in shapes
    ]  # fmt: skip


def use(raw: bytes) -> str:
    """Read all that a library holds; return what became of it."""
    try:
        elf = open_elf(BufferSource(raw))
    except Unreadable:
        return "unreadable"
    facts = list(native_libraries(elf))
    assert all(parse_place(fact.place) for fact in facts if isinstance(fact, NativeEntry) and fact.place)
    assert all(string.text for string in elf.strings())
    return "problems" if elf.problems else "facts"


@pytest.mark.mutation
def test_changed_libraries_end_in_facts_problems_or_unreadable(mutations: int) -> None:
    assert set(hostile.became("tests.artefacts.test_elf_mutations", max(600, mutations))) == {
        "facts",
        "problems",
        "unreadable",
    }


if __name__ == "__main__":
    hostile.main(bases, use)
