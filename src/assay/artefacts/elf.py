"""ELF files: native libraries and programs, with or without section headers.

What the loader needs is found as the loader finds it, through the program headers and the dynamic section; section
headers add names, and are never needed. Offsets are bytes from the file's first byte, addresses those of the linker.

Source: System V Application Binary Interface (gABI), chapters 4 and 5.
"""

from collections.abc import Sequence

from assay.artefacts.elf_dynamic import NEEDED, SONAME, Dynamic, read_dynamic
from assay.artefacts.elf_header import Header, is_elf, read_header
from assay.artefacts.elf_memory import (
    SHT_SYMTAB,
    Memory,
    Section,
    Segment,
    memory_of,
    read_sections,
    read_segments,
)
from assay.artefacts.elf_notes import build_id
from assay.artefacts.elf_symbols import Symbols, read_symbols
from assay.artefacts.problem_log import ProblemLog
from assay.model.problem import Problem
from assay.model.source import ByteSource
from assay.registry import reader


class ElfFile:
    """One ELF file.

    `header`, `segments` and `sections` as stated, in the order of the file (no sections where the headers were
    stripped); `memory` gives offsets of addresses; `symbols` are the dynamic ones.
    """

    def __init__(self, source: ByteSource) -> None:
        """Read the tables. Raises: Unreadable for a header that cannot be read, and for big-endian files."""
        view = source.view()
        self._log = ProblemLog()
        self.header: Header = read_header(view)
        self.segments: tuple[Segment, ...] = read_segments(self.header, view, self._log)
        self.sections: tuple[Section, ...] = read_sections(self.header, view, self._log)
        self.memory: Memory = memory_of(self.segments, view, self._log)
        self.dynamic: Dynamic = read_dynamic(self.header, self.memory, self.segments, self.sections, self._log)
        self.symbols: Symbols = read_symbols(self.header, self.memory, self.dynamic, self.sections, self._log)
        self.build_id: str = build_id(view, self.segments, self.sections)

    @property
    def problems(self) -> Sequence[Problem]:
        """Problems met so far, in the order they were met; reading relocations and strings may add to them."""
        return self._log()

    @property
    def soname(self) -> bytes:
        """The name the library gives itself (DT_SONAME), empty where it gives none."""
        return self.dynamic.text(self.dynamic.get(SONAME) or 0)

    @property
    def needed(self) -> tuple[bytes, ...]:
        """Names of the libraries it links to (DT_NEEDED), in order."""
        return self.dynamic.texts(NEEDED)

    @property
    def stripped(self) -> str:
        """What is missing: ``section headers``, ``symbol table`` (that of the static linker), or nothing (empty)."""
        if not self.sections:
            return "section headers"
        return "" if any(section.type == SHT_SYMTAB for section in self.sections) else "symbol table"

    def section(self, name: bytes) -> Section | None:
        """Return the first section of a name, None where there is none."""
        return next((section for section in self.sections if section.name == name), None)


@reader(
    kind="elf",
    gives=ElfFile,
    recognise=is_elf,
    blind_to=(
        "big-endian files",
        "what the machine code does: instructions are not decoded",
        "libraries that are packed or encrypted and unpack themselves when they run",
        "symbols of the static linker and debug information, also where they are compressed (.gnu_debugdata)",
    ),
    source="System V Application Binary Interface (gABI), chapters 4 and 5; AOSP bionic, linker",
)
def open_elf(source: ByteSource) -> ElfFile:
    """Open an ELF file. Raises: Unreadable."""
    return ElfFile(source)
