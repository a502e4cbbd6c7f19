"""The dynamic section: what the loader goes by, section headers or none.

Source: System V Application Binary Interface (gABI), chapter 5, Dynamic Section; Android's tags: AOSP bionic,
libc/include/elf.h and linker/linker.cpp.
"""

import msgspec
import numpy as np

from assay.artefacts.elf_header import Header
from assay.artefacts.elf_memory import PT_DYNAMIC, SHT_DYNAMIC, Memory, Section, Segment, Table
from assay.artefacts.problem_log import ProblemLog
from assay.model.locator import ByteRange

NEEDED, HASH, STRTAB, SYMTAB, RELA, RELASZ, STRSZ, SONAME, REL, RELSZ = 1, 4, 5, 6, 7, 8, 10, 14, 17, 18
RELRSZ, RELR, GNU_HASH = 35, 36, 0x6FFFFEF5
ANDROID_REL, ANDROID_RELSZ, ANDROID_RELA, ANDROID_RELASZ = 0x6000000F, 0x60000010, 0x60000011, 0x60000012
ANDROID_RELR, ANDROID_RELRSZ = 0x6FFFE000, 0x6FFFE001

MAX_ENTRIES = 65_536
"""Most entries of a dynamic section that are read; libraries have some dozens."""
MAX_NAME = 4096
"""Longest name of a library in bytes; the rest of a longer one is cut off."""


class Dynamic(msgspec.Struct, frozen=True, eq=False):
    """Entries up to the one that ends them; `offset` in bytes from the file's first byte, `names` the string table."""

    entries: tuple[tuple[int, int], ...]
    offset: int
    names: memoryview
    names_offset: int

    def get(self, tag: int) -> int | None:
        """Return the value of a tag, None where it is missing; of several the last one counts, as for the loader."""
        return next((value for entry, value in reversed(self.entries) if entry == tag), None)

    def text(self, at: int) -> bytes:
        """Return a name of the string table, at most `MAX_NAME` bytes of it; empty outside."""
        return bytes(self.names[at : at + MAX_NAME]).partition(b"\0")[0]

    def texts(self, tag: int) -> tuple[bytes, ...]:
        """Return the names of all entries of a tag, in order."""
        return tuple(self.text(value) for entry, value in self.entries if entry == tag)


def read_dynamic(
    header: Header, memory: Memory, segments: tuple[Segment, ...], sections: tuple[Section, ...], log: ProblemLog
) -> Dynamic:
    """Return the dynamic section; one without entries where the file has none, as static programs have not."""
    rows, offset = _table(header, memory, segments, sections, log)
    ends = np.flatnonzero(rows["tag"][:MAX_ENTRIES] == 0)
    if len(rows) and not len(ends):
        log.add(ByteRange(offset, rows.nbytes), "the dynamic section has no end", "read as far as it goes", "none")
    kept = rows[: int(ends[0]) if len(ends) else MAX_ENTRIES]
    entries = tuple(zip(kept["tag"].tolist(), kept["value"].tolist(), strict=True))
    bare = Dynamic(entries, offset, memory.view[:0], 0)
    names_offset, length = memory.span(bare.get(STRTAB) or 0, bare.get(STRSZ) or 0)
    if entries and not length:
        log.add(
            ByteRange(offset, rows.nbytes), "the dynamic section names no string table that lies in the file",
            "names were read as empty", "which libraries and symbols are meant is not known",
        )  # fmt: skip
    return Dynamic(entries, offset, memory.view[names_offset : names_offset + length], names_offset)


def _table(
    header: Header, memory: Memory, segments: tuple[Segment, ...], sections: tuple[Section, ...], log: ProblemLog
) -> tuple[Table, int]:
    record = header.layout.dynamic
    for segment in segments:
        if segment.type == PT_DYNAMIC:
            rows, offset = memory.table(segment.address, segment.size, record)
            return (rows, offset) if len(rows) else _raw(memory, segment.offset, segment.size, record)
    for section in sections:
        if section.type == SHT_DYNAMIC:
            place = ByteRange(section.offset, section.size)
            log.add(place, "no program header names the dynamic section", "found by its section header", "none")
            return _raw(memory, section.offset, section.size, record)
    return np.zeros(0, record), 0


def _raw(memory: Memory, offset: int, size: int, record: np.dtype) -> tuple[Table, int]:
    fit = max(0, min(size, len(memory.view) - offset)) // record.itemsize
    return np.frombuffer(memory.view, record, fit, offset if fit else 0), offset
