"""Relocations of data: which words the loader fills with addresses, in every form that Android and GNU linkers write.

Source: System V Application Binary Interface (gABI), chapter 5, Relocation, and its RELR proposal (DT_RELR); Android's
packed form APS2: AOSP bionic, linker/linker_reloc_iterators.h; relocation types: the processor supplements.
"""

import msgspec
import numpy as np
import numpy.typing as npt

from assay.artefacts import elf_dynamic as tags
from assay.artefacts.elf_dynamic import Dynamic
from assay.artefacts.elf_header import Header
from assay.artefacts.elf_memory import U8, Memory
from assay.artefacts.elf_packed import PACKED, unpack
from assay.artefacts.elf_symbols import Symbols
from assay.artefacts.problem_log import ProblemLog
from assay.model.locator import ByteRange

MAX_RELOCATIONS = 8_000_000
"""Most relocations of one form that are read; the largest libraries have some hundred thousand."""

_RELATIVE = {3: (8,), 40: (23,), 62: (8,), 183: (1027,), 243: (3,)}
_ABSOLUTE = {3: (1, 6), 40: (2, 21), 62: (1, 6), 183: (257, 1025), 243: (1, 2)}
"""Types that write an address (relative to the base, of a symbol), by machine: R_*_RELATIVE; R_*_ABS*, R_*_GLOB_DAT."""

_FORMS = (
    (tags.RELA, tags.RELASZ, True),
    (tags.REL, tags.RELSZ, False),
    (tags.ANDROID_RELA, tags.ANDROID_RELASZ, True),
    (tags.ANDROID_REL, tags.ANDROID_RELSZ, False),
)


class Relocations(msgspec.Struct, frozen=True, eq=False):
    """Relocations of one form, one row each: address of the word, type, symbol's row, addend where `stated`."""

    addresses: U8
    types: npt.NDArray[np.uint64]
    symbols: npt.NDArray[np.uint64]
    addends: U8
    stated: bool


class Pointers(msgspec.Struct, frozen=True, eq=False):
    """Words that hold an address of this file once it is loaded, by rising `slots` (their addresses), each once."""

    slots: U8
    targets: U8

    def at(self, address: int) -> int | None:
        """Return the address that the word at an address holds, None where no relocation says so."""
        row = int(np.searchsorted(self.slots, np.uint64(address)))
        return int(self.targets[row]) if row < len(self.slots) and int(self.slots[row]) == address else None


def read_pointers(header: Header, memory: Memory, dynamic: Dynamic, symbols: Symbols, log: ProblemLog) -> Pointers:
    """Return the pointers of a library as they are after relocation; those to other libraries are left out."""
    if header.machine_number not in _RELATIVE:
        if any(dynamic.get(form[0]) is not None for form in _FORMS):
            what = f"relocations of {header.machine} are not known here"
            log.add(None, what, "no relocation was applied", "tables of pointers were not examined")
        return Pointers(np.zeros(0, np.uint64), np.zeros(0, np.uint64))
    parts = [_targets(header, memory, symbols, part) for part in _stated(header, memory, dynamic, log)]
    compact = _compact(header, memory, dynamic, log)
    parts.append((compact, _in_place(header, memory, compact)))
    slots, targets = (np.concatenate([part[column] for part in parts]) for column in (0, 1))
    _, last = np.unique(slots[::-1], return_index=True)
    keep = len(slots) - 1 - last
    return Pointers(slots[keep], targets[keep])


def _stated(header: Header, memory: Memory, dynamic: Dynamic, log: ProblemLog) -> list[Relocations]:
    found = []
    for tag, size_tag, addends in _FORMS:
        address, size = dynamic.get(tag), dynamic.get(size_tag) or 0
        if address is not None and size:
            offset, length = memory.span(address, size)
            if length < size:
                _cut(offset, f"relocations of {size} bytes, of which {length} lie in the file", log)
            found.append(_form(header, memory.view[offset : offset + length], offset, addends, log))
    return found


def _cut(offset: int, what: str, log: ProblemLog) -> None:
    log.add(ByteRange(offset, 0), what, "those were read", "tables of pointers may be incomplete")


def _form(header: Header, raw: memoryview, offset: int, addends: bool, log: ProblemLog) -> Relocations:  # noqa: FBT001
    if raw[:4] == PACKED:
        addresses, infos, values = unpack(raw[4:], addends=addends, limit=MAX_RELOCATIONS, at=offset, log=log)
    else:
        record = header.layout.rela if addends else header.layout.rel
        if len(raw) > MAX_RELOCATIONS * record.itemsize:
            _cut(offset, f"more than {MAX_RELOCATIONS} relocations", log)
        rows = np.frombuffer(raw, record, min(len(raw) // record.itemsize, MAX_RELOCATIONS))
        addresses, infos = rows["offset"].astype(np.uint64), rows["info"].astype(np.uint64)
        values = rows["addend"].astype(np.int64).view(np.uint64) if addends else np.zeros(len(rows), np.uint64)
    shift = np.uint64(header.layout.symbol_shift)
    return Relocations(addresses, infos & ((np.uint64(1) << shift) - np.uint64(1)), infos >> shift, values, addends)


def _targets(header: Header, memory: Memory, symbols: Symbols, part: Relocations) -> tuple[U8, U8]:
    machine = header.machine_number
    own = np.isin(part.types, _RELATIVE[machine])
    named = np.isin(part.types, _ABSOLUTE[machine]) & (part.symbols < len(symbols))
    named[named] = symbols.defined[part.symbols[named].astype(np.int64)]
    values = part.addends if part.stated else _in_place(header, memory, part.addresses)
    bases = np.zeros(len(values), np.uint64)
    bases[named] = symbols.rows["value"][part.symbols[named].astype(np.int64)]
    keep = own | named
    mask = np.uint64((1 << header.bits) - 1)
    return part.addresses[keep] & mask, (values + bases)[keep] & mask


def _in_place(header: Header, memory: Memory, addresses: U8) -> U8:
    """Return the words as they stand in the file, 0 for those that do not lie in it."""
    offsets, word = memory.offsets(addresses), header.layout.word
    inside = (offsets >= 0) & (offsets <= len(memory.view) - word)
    data, values = np.frombuffer(memory.view, np.uint8), np.zeros(len(addresses), np.uint64)
    for byte in range(word):
        values[inside] |= data[offsets[inside] + byte].astype(np.uint64) << np.uint64(8 * byte)
    return values


def _compact(header: Header, memory: Memory, dynamic: Dynamic, log: ProblemLog) -> U8:
    """Return the addresses of words relocated by RELR: an address, or 31 or 63 flags for the words that follow it."""
    found = []
    for tag, size_tag in ((tags.RELR, tags.RELRSZ), (tags.ANDROID_RELR, tags.ANDROID_RELRSZ)):
        words, _ = memory.table(dynamic.get(tag) or 0, dynamic.get(size_tag) or 0, header.layout.address)
        addresses = compact_addresses(words.astype(np.uint64), header.layout.word)
        if len(addresses) > MAX_RELOCATIONS:
            _cut(0, f"more than {MAX_RELOCATIONS} relocations", log)
        found.append(addresses[:MAX_RELOCATIONS])
    return np.concatenate(found)


def compact_addresses(words: U8, word: int) -> U8:
    """Return the addresses that RELR entries stand for, in order; flags before the first address are left out."""
    words = words[: MAX_RELOCATIONS // 8]
    rows = np.arange(len(words))
    even = words & np.uint64(1) == 0
    last = np.maximum.accumulate(np.where(even, rows, -1)) if len(words) else rows
    flags = np.flatnonzero(~even & (last >= 0))
    stride = np.uint64((word * 8 - 1) * word)
    bases = words[last[flags]] + np.uint64(word) + (flags - last[flags] - 1).astype(np.uint64) * stride
    bits = np.unpackbits(words[flags].view(np.uint8).reshape(-1, 8), axis=1, bitorder="little")[:, 1 : word * 8]
    row, bit = np.nonzero(bits)
    spread = bases[row] + bit.astype(np.uint64) * np.uint64(word)
    order = np.argsort(np.concatenate([rows[even], flags[row]]), kind="stable")
    return np.concatenate([words[even], spread])[order]
