"""Dynamic symbols: what a library asks of others and what it offers, counted without section headers where need be.

Source: System V Application Binary Interface (gABI), chapters 4 (Symbol Table) and 5 (Hash Table); GNU hash sections
as AOSP bionic reads them (linker/linker_soinfo.cpp).
"""

from collections.abc import Iterator
from functools import cached_property

import msgspec
import numpy as np
import numpy.typing as npt

from assay.artefacts.elf_dynamic import GNU_HASH, HASH, SYMTAB, Dynamic
from assay.artefacts.elf_header import Header
from assay.artefacts.elf_memory import SHT_DYNSYM, Memory, Section, Table
from assay.artefacts.problem_log import ProblemLog
from assay.model.locator import ByteRange

MAX_SYMBOLS = 4_000_000
"""Most dynamic symbols that are read; the largest libraries have some hundred thousand."""
MAX_SHARING = 8
"""Bytes of names read at most, as a multiple of the string table: names of a sound file hardly overlap."""

_GLOBAL_OR_WEAK = (1, 2, 10)
_HIDDEN = (1, 2)
_FUNCTION, _INDIRECT_FUNCTION = 2, 10
_SECTION, _FILE = 3, 4
_NO_TABLE = np.zeros(0, "<u4")


class Symbol(msgspec.Struct, frozen=True, kw_only=True):
    """One symbol. `address` is virtual, `offset` where its first byte lies in the file (None where nowhere)."""

    index: int
    name: bytes
    address: int
    offset: int | None
    size: int
    function: bool
    defined: bool


class Symbols(msgspec.Struct, frozen=True, eq=False, dict=True):
    """A symbol table as columns, one row a symbol, the null symbol at 0.

    `rows`: the records as found; `offset`: of the first one in bytes. `lengths` i8: bytes of each name, 0 for names
    outside the string table and for all where they overlap too often.
    """

    rows: Table
    offset: int
    names: memoryview
    lengths: npt.NDArray[np.int64]
    memory: Memory

    def __len__(self) -> int:
        """Count the symbols, the null symbol included."""
        return len(self.rows)

    @cached_property
    def defined(self) -> npt.NDArray[np.bool_]:
        """Which symbols lie in this file."""
        return np.asarray(self.rows["shndx"] != 0)

    @cached_property
    def exported(self) -> npt.NDArray[np.int64]:
        """Rows that other libraries can link to: defined, global, weak or unique, neither hidden nor internal."""
        binding, visibility, kind = self.rows["info"] >> 4, self.rows["other"] & 3, self.rows["info"] & 15
        open_ = np.isin(binding, _GLOBAL_OR_WEAK) & ~np.isin(visibility, _HIDDEN) & ~np.isin(kind, (_SECTION, _FILE))
        return np.flatnonzero(self.defined & open_ & (self.lengths > 0))

    @cached_property
    def imported(self) -> npt.NDArray[np.int64]:
        """Rows that other libraries have to define."""
        return np.flatnonzero(~self.defined & (self.lengths > 0))

    def name(self, index: int) -> bytes:
        """Return the name of a row. Raises: IndexError."""
        at = int(self.rows["name"][index])
        return bytes(self.names[at : at + int(self.lengths[index])])

    def symbol(self, index: int) -> Symbol:
        """Return a row as a record. Raises: IndexError."""
        row = self.rows[index]
        address, defined = int(row["value"]), bool(self.defined[index])
        return Symbol(
            index=index,
            name=self.name(index),
            address=address,
            offset=self.memory.offset(address) if defined else None,
            size=int(row["size"]),
            function=int(row["info"]) & 15 in {_FUNCTION, _INDIRECT_FUNCTION},
            defined=defined,
        )

    def exports(self) -> Iterator[Symbol]:
        """Yield what the library offers, in the order of the table."""
        return (self.symbol(index) for index in self.exported.tolist())

    def imports(self) -> Iterator[Symbol]:
        """Yield what the library asks of others, in the order of the table."""
        return (self.symbol(index) for index in self.imported.tolist())

    def find(self, name: bytes) -> Symbol | None:
        """Return the first exported symbol of a name, None where there is none."""
        same = self.exported[self.lengths[self.exported] == len(name)].tolist()
        return next((self.symbol(index) for index in same if self.name(index) == name), None)


def read_symbols(
    header: Header, memory: Memory, dynamic: Dynamic, sections: tuple[Section, ...], log: ProblemLog
) -> Symbols:
    """Return the dynamic symbols; their number is the greatest that a hash table or a section header states."""
    address, record = dynamic.get(SYMTAB), header.layout.symbol
    if address is None:
        return Symbols(np.zeros(0, record), 0, dynamic.names, np.zeros(0, np.int64), memory)
    stated = _count(header, memory, dynamic, sections, address)
    count = min(stated, MAX_SYMBOLS)
    rows, offset = memory.table(address, count * record.itemsize, record)
    if len(rows) < stated:
        what = f"{len(rows)} of {stated} dynamic symbols can be read"
        log.add(ByteRange(offset, 0), what, "those were read", "imports and exports may be missing")
    return Symbols(rows, offset, dynamic.names, name_lengths(rows["name"], dynamic.names, log), memory)


def _count(header: Header, memory: Memory, dynamic: Dynamic, sections: tuple[Section, ...], address: int) -> int:
    """Return how many symbols there are; the space before the string table counts where nothing states it."""
    size = header.layout.symbol.itemsize
    stated = [section.size // size for section in sections if section.type == SHT_DYNSYM and section.address == address]
    stated += [_hashed(memory, dynamic.get(HASH)), _gnu_hashed(header, memory, dynamic.get(GNU_HASH))]
    offset = memory.offset(address) or 0
    return max(stated) or max(0, dynamic.names_offset - offset) // size


def _hashed(memory: Memory, address: int | None) -> int:
    if address is None:
        return 0
    words, _ = memory.table(address, 8, np.dtype("<u4"))
    return int(words[1]) if len(words) == 2 else 0


def _gnu_hashed(header: Header, memory: Memory, address: int | None) -> int:
    """Return one more than the last symbol that the table reaches: the end of the chain of the highest bucket."""
    words = _NO_TABLE if address is None else _words(memory, address, 4)
    if len(words) < 4:
        return 0
    buckets, first, bloom = (int(word) for word in words[:3])
    at = (address or 0) + 16 + bloom * header.layout.word
    highest = int(np.max(_words(memory, at, buckets), initial=0))
    if highest < first or not highest:
        return first
    chain = _words(memory, at + 4 * (buckets + highest - first), MAX_SYMBOLS)
    ends = np.flatnonzero(chain & 1)
    return highest + 1 + (int(ends[0]) if len(ends) else 0)


def _words(memory: Memory, address: int, count: int) -> npt.NDArray[np.uint32]:
    return np.asarray(memory.table(address, 4 * count, np.dtype("<u4"))[0], np.uint32)


def name_lengths(starts: npt.NDArray[np.uint32], names: memoryview, log: ProblemLog) -> npt.NDArray[np.int64]:
    """Return the bytes of each name before its NUL; 0 outside, and for all where names share bytes too often."""
    ends = np.append(np.flatnonzero(np.frombuffer(names, np.uint8) == 0) if names else [], len(names)).astype(np.int64)
    at = np.minimum(starts.astype(np.int64), len(names))
    lengths = ends[np.searchsorted(ends, at)] - at
    if int(lengths.sum()) > MAX_SHARING * len(names) + 65536:
        what = f"names of {len(starts)} symbols overlap so often that reading them all would take too long"
        log.add(None, what, "read as empty", "imports and exports are not known")
        return np.zeros(len(starts), np.int64)
    return lengths
