"""Segments and sections, and where in the file an address lies once the loader has mapped it.

Source: System V Application Binary Interface (gABI), chapters 4 (Sections) and 5 (Program Header).
"""

from bisect import bisect_right
from functools import cached_property
from itertools import pairwise

import msgspec
import numpy as np
import numpy.typing as npt

from assay.artefacts.elf_header import Header
from assay.artefacts.problem_log import ProblemLog
from assay.model.locator import ByteRange

I8 = npt.NDArray[np.int64]
U8 = npt.NDArray[np.uint64]
Table = npt.NDArray[np.void]

MAX_SEGMENTS = 4096
"""Most program headers that are read; linkers write about ten."""
MAX_SECTIONS = 65_536
"""Most section headers that are read; libraries have some dozens."""

PT_LOAD, PT_DYNAMIC, PT_NOTE = 1, 2, 4
_EXECUTE, _WRITE = 1, 2
_ALLOCATED, _SECTION_WRITE, _SECTION_EXECUTE = 2, 1, 4
SHT_PROGBITS, SHT_SYMTAB, SHT_DYNAMIC, SHT_NOTE, SHT_NOBITS, SHT_DYNSYM = 1, 2, 6, 7, 8, 11


class Segment(msgspec.Struct, frozen=True, kw_only=True):
    """A program header; `size` is that of the bytes in the file, `memory` of those in memory, as stated."""

    type: int
    flags: int
    offset: int
    size: int
    address: int
    memory: int

    @property
    def executable(self) -> bool:
        """The bytes may be run."""
        return bool(self.flags & _EXECUTE)

    @property
    def writable(self) -> bool:
        """The bytes may be changed."""
        return bool(self.flags & _WRITE)


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """A section header as stated; `name` is empty where it cannot be read."""

    name: bytes
    type: int
    flags: int
    address: int
    offset: int
    size: int
    link: int
    entry_size: int

    @property
    def loaded(self) -> bool:
        """The section has bytes in the file that the loader maps."""
        return bool(self.flags & _ALLOCATED) and self.type != SHT_NOBITS

    @property
    def constant(self) -> bool:
        """The section holds data that is neither changed nor run."""
        return self.type == SHT_PROGBITS and self.flags & 7 == _ALLOCATED


class Memory(msgspec.Struct, frozen=True, eq=False, dict=True):
    """The file's bytes by address. `loads`: PT_LOAD segments cut to the file, by rising address."""

    view: memoryview
    loads: tuple[Segment, ...]

    @cached_property
    def _starts(self) -> list[int]:
        return [load.address for load in self.loads]

    @cached_property
    def _columns(self) -> tuple[U8, U8, I8]:
        return (
            np.array([load.address for load in self.loads], np.uint64),
            np.array([load.size for load in self.loads], np.uint64),
            np.array([load.offset for load in self.loads], np.int64),
        )

    def offsets(self, addresses: U8) -> I8:
        """Return the offset in bytes of each address, -1 for those that no byte of the file is mapped to."""
        starts, sizes, offsets = self._columns
        if not len(starts):
            return np.full(len(addresses), -1, np.int64)
        row = np.searchsorted(starts, addresses, "right").astype(np.int64) - 1
        safe = np.maximum(row, 0)
        into = addresses - starts[safe]
        inside = (row >= 0) & (into < sizes[safe])
        return np.where(inside, offsets[safe] + np.where(inside, into, np.uint64(0)).astype(np.int64), -1)

    def offset(self, address: int) -> int | None:
        """Return the offset in bytes of an address, None where no byte of the file is mapped to it."""
        load = self.load(address)
        return None if load is None else load.offset + address - load.address

    def load(self, address: int) -> Segment | None:
        """Return the segment that maps an address from the file, None where there is none."""
        row = bisect_right(self._starts, address) - 1
        load = self.loads[row] if row >= 0 else None
        return load if load is not None and address < load.address + load.size else None

    def span(self, address: int, size: int) -> tuple[int, int]:
        """Return (offset, length) of up to `size` bytes at an address, not beyond its segment; (0, 0) for none."""
        load = self.load(address)
        if load is None or size <= 0:
            return 0, 0
        into = address - load.address
        return load.offset + into, min(size, load.size - into)

    def table(self, address: int, size: int, record: np.dtype) -> tuple[Table, int]:
        """Return the whole records at an address, and their offset in bytes."""
        offset, length = self.span(address, size)
        return np.frombuffer(self.view, record, length // record.itemsize, offset), offset


def read_segments(header: Header, view: memoryview, log: ProblemLog) -> tuple[Segment, ...]:
    """Return the program headers in the order of the file."""
    record = header.layout.segment
    if header.segments_count and header.segments_size != record.itemsize:
        place = ByteRange(header.segments_offset, 0)
        what = f"program headers of {header.segments_size} bytes, not {record.itemsize}"
        log.add(place, what, "not read", "what the loader maps is not known")
        return ()
    rows = _rows(view, header.segments_offset, header.segments_count, record, (MAX_SEGMENTS, "program headers"), log)
    names = "type flags offset filesz vaddr memsz".split()
    return tuple(
        Segment(type=kind, flags=flags, offset=offset, size=size, address=address, memory=memory)
        for kind, flags, offset, size, address, memory in zip(*(rows[name].tolist() for name in names), strict=True)
    )


def _rows(
    view: memoryview, offset: int, count: int, record: np.dtype, limit: tuple[int, str], log: ProblemLog
) -> Table:
    most, what = limit
    if count > most:
        log.add(
            ByteRange(offset, 0), f"{count} {what}, more than {most}", "the first were read", "later ones are not known"
        )
    fit = min(count, most, max(0, len(view) - offset) // record.itemsize)
    if fit < min(count, most):
        cost = f"{what} may be missing"
        log.add(ByteRange(offset, 0), f"only {fit} of {count} {what} lie in the file", "those were read", cost)
    return np.frombuffer(view, record, fit, offset if fit else 0)


def memory_of(segments: tuple[Segment, ...], view: memoryview, log: ProblemLog) -> Memory:
    """Return the bytes by address; segments are cut where the file ends."""
    loads = [_cut(segment, len(view), log) for segment in segments if segment.type == PT_LOAD]
    kept = sorted((load for load in loads if load.size), key=lambda load: (load.address, load.offset))
    for one, two in pairwise(kept):
        if one.address + one.size > two.address:
            log.add(
                ByteRange(two.offset, two.size), "two segments are mapped over each other",
                "the later one counts from where it begins", "what the loader would see may differ",
            )  # fmt: skip
    return Memory(view, tuple(kept))


def _cut(load: Segment, end: int, log: ProblemLog) -> Segment:
    size = max(0, min(load.size, end - load.offset, (1 << 64) - load.address))
    if size < load.size:
        what = f"a segment declares {load.size} bytes and {size} lie in the file"
        log.add(ByteRange(load.offset, load.size), what, "read to the end of the file", "the library may be cut off")
    return msgspec.structs.replace(load, size=size, offset=load.offset if size else 0)


def read_sections(header: Header, view: memoryview, log: ProblemLog) -> tuple[Section, ...]:
    """Return the section headers in the order of the file; the loader needs none of them, so that any may lie."""
    record = header.layout.section
    if header.sections_count and header.sections_size != record.itemsize:
        place = ByteRange(header.sections_offset, 0)
        what = f"section headers of {header.sections_size} bytes, not {record.itemsize}"
        log.add(place, what, "not read", "sections have no names")
        return ()
    rows = _rows(view, header.sections_offset, header.sections_count, record, (MAX_SECTIONS, "section headers"), log)
    names = _names(rows, header.names_section, view)
    return tuple(_section(row, names) for row in rows)


def _section(row: np.void, names: memoryview) -> Section:
    return Section(
        name=name_at(names, int(row["name"])),
        type=int(row["type"]),
        flags=int(row["flags"]),
        address=int(row["addr"]),
        offset=int(row["offset"]),
        size=int(row["size"]),
        link=int(row["link"]),
        entry_size=int(row["entsize"]),
    )


def _names(rows: Table, index: int, view: memoryview) -> memoryview:
    if index >= len(rows):
        return view[:0]
    return view[int(rows[index]["offset"]) :][: int(rows[index]["size"])]


MAX_SECTION_NAME = 255
"""Longest name of a section in bytes; the rest of a longer one is cut off."""


def name_at(names: memoryview, at: int) -> bytes:
    """Return a name in a table of names, at most `MAX_SECTION_NAME` bytes of it."""
    return bytes(names[at : at + MAX_SECTION_NAME]).partition(b"\0")[0]
