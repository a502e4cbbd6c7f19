"""The build id of an ELF file: a digest that the linker wrote when it made the file.

Source: System V Application Binary Interface (gABI), chapter 5, Note Section; GNU ld, --build-id (NT_GNU_BUILD_ID).
"""

import struct

from assay.artefacts.elf_memory import PT_NOTE, SHT_NOTE, Section, Segment

_NOTE = struct.Struct("<3I")
_BUILD_ID = 3
MAX_NOTES = 256
"""Most notes that are looked at in one run of notes."""
MAX_BUILD_ID = 64
"""Longest build id in bytes; the linkers write 8, 16, 20 or 32."""


def build_id(view: memoryview, segments: tuple[Segment, ...], sections: tuple[Section, ...]) -> str:
    """Return the build id in hexadecimal, empty where there is none."""
    runs = [(segment.offset, segment.size) for segment in segments if segment.type == PT_NOTE]
    runs += [(section.offset, section.size) for section in sections if section.type == SHT_NOTE]
    found = (_build_id(view[offset : offset + size]) for offset, size in runs[:MAX_NOTES])
    return next((digest for digest in found if digest), "")


def _build_id(notes: memoryview) -> str:
    at = 0
    for _ in range(MAX_NOTES):
        if at + _NOTE.size > len(notes):
            break
        name_size, size, kind = _NOTE.unpack_from(notes, at)
        name = at + _NOTE.size
        body = name + (name_size + 3 & ~3)
        if kind == _BUILD_ID and bytes(notes[name : name + 4]) == b"GNU\0" and 0 < size <= MAX_BUILD_ID:
            return bytes(notes[body : body + size]).hex()
        at = body + (size + 3 & ~3)
    return ""
