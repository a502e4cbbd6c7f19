"""The header of an ELF file: width, machine, and where its tables of segments and sections lie.

Source: System V Application Binary Interface (gABI), chapter 4, ELF Header; machine numbers of the same chapter and
of the processor supplements.
"""

import msgspec
import numpy as np

from assay.artefacts.elf_layout import ELF32, ELF64, Layout
from assay.model.errors import Unreadable
from assay.model.source import ByteSource

MAGIC = b"\x7fELF"

ARM = 40
MACHINES = {3: "x86", 40: "ARM", 62: "x86-64", 183: "AArch64", 243: "RISC-V"}
"""Machines whose relocations are applied, by e_machine."""
_ABIS = {(3, 4): "x86", (40, 4): "armeabi", (62, 8): "x86_64", (183, 8): "arm64-v8a", (243, 8): "riscv64"}
_TYPES = {1: "relocatable", 2: "executable", 3: "shared object", 4: "core"}
_MORE_SEGMENTS = 0xFFFF


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """What the header states; offsets in bytes from the file's first byte, sizes in bytes, counts in entries."""

    layout: Layout
    type_number: int
    machine_number: int
    entry: int
    segments_offset: int
    segments_size: int
    segments_count: int
    sections_offset: int
    sections_size: int
    sections_count: int
    names_section: int

    @property
    def bits(self) -> int:
        """The width of an address in bits."""
        return self.layout.word * 8

    @property
    def machine(self) -> str:
        """The machine's name, its number where it is none of `MACHINES`."""
        return MACHINES.get(self.machine_number, f"machine {self.machine_number}")

    @property
    def abi(self) -> str:
        """Android's name of the machine, empty where it has none; 32-bit ARM of any version is ``armeabi``."""
        return _ABIS.get((self.machine_number, self.layout.word), "")

    @property
    def type(self) -> str:
        """The sort of file in words, its number where it is another."""
        return _TYPES.get(self.type_number, f"type {self.type_number}")


def is_elf(source: ByteSource) -> bool:
    """Say whether the bytes begin as an ELF file does."""
    return source.read(0, 4) == MAGIC


def read_header(view: memoryview) -> Header:
    """Return the header. Raises: Unreadable for a header that is cut off, big-endian, or of no known width."""
    layout = _layout(bytes(view[:16]))
    if len(view) < layout.header.itemsize:
        raise Unreadable(f"an ELF file of {len(view)} bytes is cut off inside its header")
    raw = np.frombuffer(view, layout.header, 1)[0]
    return _counted(_header(layout, raw), view)


def _layout(ident: bytes) -> Layout:
    if len(ident) < 16 or ident[:4] != MAGIC:
        raise Unreadable("does not begin with the identification of an ELF file")
    if ident[5] == 2:
        raise Unreadable("a big-endian ELF file, which is not read", "what this file links, exports and says")
    if ident[5] != 1 or ident[4] not in {1, 2}:
        raise Unreadable(f"an ELF file of unknown class {ident[4]} or byte order {ident[5]}")
    return ELF32 if ident[4] == 1 else ELF64


def _header(layout: Layout, raw: np.void) -> Header:
    return Header(
        layout=layout,
        type_number=int(raw["type"]),
        machine_number=int(raw["machine"]),
        entry=int(raw["entry"]),
        segments_offset=int(raw["phoff"]),
        segments_size=int(raw["phentsize"]),
        segments_count=int(raw["phnum"]),
        sections_offset=int(raw["shoff"]),
        sections_size=int(raw["shentsize"]),
        sections_count=int(raw["shnum"]),
        names_section=int(raw["shstrndx"]),
    )


def _counted(header: Header, view: memoryview) -> Header:
    """Return the header with the numbers that do not fit it, which the first section then carries."""
    size, start = header.layout.section.itemsize, header.sections_offset
    if not 0 < start <= len(view) - size:
        return msgspec.structs.replace(header, sections_count=0) if start == 0 else header
    first = np.frombuffer(view, header.layout.section, 1, start)[0]
    return msgspec.structs.replace(
        header,
        sections_count=header.sections_count or int(first["size"]),
        names_section=int(first["link"]) if header.names_section == 0xFFFF else header.names_section,
        segments_count=int(first["info"]) if header.segments_count == _MORE_SEGMENTS else header.segments_count,
    )
