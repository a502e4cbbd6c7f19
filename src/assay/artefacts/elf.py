"""ELF files: native libraries and programs, with or without section headers.

What the loader needs is found as the loader finds it, through the program headers and the dynamic section; section
headers add names, and are never needed. Offsets are bytes from the file's first byte, addresses those of the linker.

Source: System V Application Binary Interface (gABI), chapters 4 and 5.
"""

from collections.abc import Sequence
from functools import cached_property

from assay.artefacts.elf_dynamic import NEEDED, SONAME, Dynamic, read_dynamic
from assay.artefacts.elf_header import ARM, Header, is_elf, read_header
from assay.artefacts.elf_jni import Registration, registrations
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
from assay.artefacts.elf_regions import constant_regions
from assay.artefacts.elf_relocations import Pointers, read_pointers
from assay.artefacts.elf_symbols import Symbols, read_symbols
from assay.artefacts.printed_strings import MAX_STRINGS, PrintedStrings, printed_strings
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

    @cached_property
    def pointers(self) -> Pointers:
        """Words that hold addresses of this file once it is loaded."""
        return read_pointers(self.header, self.memory, self.dynamic, self.symbols, self._log)

    @cached_property
    def registrations(self) -> tuple[Registration, ...]:
        """Rows of tables that bind Java methods to functions (RegisterNatives), by rising address."""
        return tuple(registrations(self.memory, self.pointers, self.header.layout.word, self._log))

    def strings(self) -> PrintedStrings:
        """Return the strings of constant data, by rising offset."""
        return self._strings

    @cached_property
    def _strings(self) -> PrintedStrings:
        regions = constant_regions(self.sections, self.memory)
        found = printed_strings(self.memory.view, regions)
        if found.lost:
            what = f"more than {MAX_STRINGS} strings in constant data"
            self._log.add(None, what, "the first were kept", f"{found.lost} strings were not examined")
        return found

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

    def code_offset(self, offset: int | None) -> int | None:
        """Return where a function begins: the last bit of a 32-bit ARM address tells Thumb code, and is no place."""
        return offset & ~1 if offset is not None and self.header.machine_number == ARM else offset

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
        "text in data that changes while the library runs, in code, and put together at run time",
        "UTF-16 text at odd offsets, big-endian or in several scripts; numbers that look like UTF-16 text are read so",
        "where Go and Rust end one string and begin the next: they write no end mark",
        "tables of JNI functions that code fills in when it runs, and those without relocations",
        "symbols of the static linker and debug information, also where they are compressed (.gnu_debugdata)",
    ),
    source="System V Application Binary Interface (gABI), chapters 4 and 5; AOSP bionic, linker",
)
def open_elf(source: ByteSource) -> ElfFile:
    """Open an ELF file. Raises: Unreadable."""
    return ElfFile(source)
