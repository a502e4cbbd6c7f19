"""OAT files: machine code that Android made of DEX files, in an ELF file. They say which DEX files they stand for.

Source: AOSP art/runtime/oat.h and oat_file.cc, art/dex2oat/linker/oat_writer.cc (OatDexFile). The fixed part of the
header and of each DEX file's record changed with almost every version. Neither is taken from a table of versions: the
key-value store, and the next record, are at the first place where the bytes can wholly be read as one.
"""

import re
import struct
from collections.abc import Iterator

import msgspec

from assay.artefacts.compiled_code import BESIDE, HERE, MAX_DEX_FILES, CompiledCode, DexOrigin, Part
from assay.artefacts.dex_span import DexSpan, dex_at
from assay.artefacts.elf_header import is_elf, read_header
from assay.artefacts.elf_memory import PT_LOAD, SHT_PROGBITS, read_sections, read_segments
from assay.artefacts.problem_log import ProblemLog
from assay.model import text
from assay.model.errors import Unreadable
from assay.model.locator import ByteRange
from assay.model.source import ByteSource
from assay.registry import reader

MAGIC = re.compile(rb"oat\n[0-9]{3}\0")
MAX_STORE = 1 << 20
"""Longest key-value store that is read, in bytes; real ones have a few thousand."""
MAX_LOCATION = 4096
"""Longest path of a DEX file, in bytes."""
MACHINES = {3: "x86", 8: "MIPS", 40: "ARM", 62: "x86-64", 183: "AArch64", 243: "RISC-V"}
_FIXED = range(0x18, 0x80, 4)
"""Where the length of the key-value store can stand: the last field of a header that grew from 0x44 bytes on."""
_PAIR = re.compile(rb"([a-z][a-z0-9-]{2,63})\0([^\0]*)\0+")
_MOST_WORDS = 32
_DEX_MAGIC = re.compile(rb"(?:dex\n|cdex)[0-9]{3}\0")
_WIDE = struct.Struct("<8sI20sI")
_COST = "which DEX files it stands for is not known"


class Store(msgspec.Struct, frozen=True):
    """The key-value store: offset and length in bytes from the OAT header, and what it holds."""

    offset: int
    length: int
    values: dict[str, str]


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """What an OAT file states of one DEX file; offsets in bytes from the OAT header."""

    start: int
    location: bytes
    checksum: int
    dex_offset: int
    stop: int


class Oat(CompiledCode):
    """An OAT file."""

    kind = "oat"

    def __init__(self, source: ByteSource) -> None:
        """Read header, key-value store and records. Raises: Unreadable where no OAT header can be found."""
        super().__init__(source)
        start = oat_start(self._view)
        if start is None:
            raise Unreadable("no part of the ELF file begins as an OAT file does")
        self._start = start
        self._oat = self._view[self._start :]
        self.version = bytes(self._oat[4:7]).decode("ascii")
        machine = read_header(self._view).machine_number
        self.instruction_set = MACHINES.get(machine, f"machine {machine}")
        if len(self._oat) < _FIXED.start + 4:
            raise Unreadable("the OAT header is cut off")
        self.stated_dex_files = _u4(self._oat, 0x14)
        self._read()

    def _read(self) -> None:
        store = store_of(self._oat)
        if store is None:
            self._note(0, "no key-value store can be read in the OAT header")
            return
        self.properties = store.values
        records = list(self._records(store))
        self.dex_files = tuple(map(self._origin, records))
        stop = max([store.offset + store.length, *(record.stop for record in records)])
        self.parts = (Part(what="code and tables", offset=self._start + stop, length=len(self._oat) - stop),)

    def _records(self, store: Store) -> Iterator[Record]:
        count = min(self.stated_dex_files, MAX_DEX_FILES)
        starts = (store.offset + store.length, _u4(self._oat, 0x18))
        for start in starts:
            found = records_at(self._oat, start, count)
            if found or not count:
                yield from found
                break
        else:
            self._note(0x14, f"{self.stated_dex_files} DEX files are stated, and the first cannot be found")
            return
        if len(found) < self.stated_dex_files:
            self._note(0x14, f"{self.stated_dex_files} DEX files are stated, {len(found)} can be told apart")

    def _note(self, offset: int, what: str) -> None:
        self._log.add(ByteRange(self._start + offset, 4), what, "read without", _COST)

    def _origin(self, record: Record) -> DexOrigin:
        span = self._span(record)
        return DexOrigin(
            location=record.location,
            checksum=record.checksum,
            lies=BESIDE if span is None else HERE,
            span=span,
            offset=self._start + record.start,
            length=record.stop - record.start,
        )

    def _span(self, record: Record) -> DexSpan | None:
        """Return where the DEX file lies; from Android 8 on the offset counts in the VDEX file beside this one."""
        if not record.dex_offset:
            return None
        return dex_at(self._view, self._start + record.dex_offset, len(self._view))


def oat_start(view: memoryview) -> int | None:
    """Return the offset in bytes of the OAT header: where a section or a segment of the ELF file begins as one."""
    header, log = read_header(view), ProblemLog()
    parts = [(part.offset, part.type == SHT_PROGBITS) for part in read_sections(header, view, log)]
    parts += [(part.offset, part.type == PT_LOAD) for part in read_segments(header, view, log)]
    return next((at for at, fits in parts if fits and MAGIC.match(view[at : at + 8])), None)


def store_of(oat: memoryview) -> Store | None:
    """Return the key-value store: the first place whose length fits pairs of strings, None where there is none."""
    for at in _FIXED:
        length = _u4(oat, at)
        if 0 < length <= min(MAX_STORE, len(oat) - at - 4):
            values = _pairs(bytes(oat[at + 4 : at + 4 + length]))
            if values:
                return Store(at + 4, length, values)
    return None


def _pairs(raw: bytes) -> dict[str, str]:
    """Return keys and values; values may be padded with zeros. Empty where the bytes are not wholly such pairs."""
    values: dict[str, str] = {}
    at = 0
    while at < len(raw):
        pair = _PAIR.match(raw, at)
        if pair is None:
            return {}
        values[pair[1].decode("ascii")] = text.from_bytes(pair[2])
        at = pair.end()
    return values


def records_at(oat: memoryview, start: int, count: int) -> list[Record]:
    """Return the records of `count` DEX files from an offset on, as far as they can be told apart."""
    first = _record(oat, start)
    if first is None or count < 2:
        return [first] if first is not None and count else []
    for words in range(_MOST_WORDS):
        found = list(_chain(oat, first, count, words))
        if len(found) == count:
            return found
    return list(_by_class_offsets(oat, first, count))


def _chain(oat: memoryview, first: Record, count: int, words: int) -> Iterator[Record]:
    record: Record | None = first
    for _ in range(count):
        if record is None:
            return
        yield record
        record = _record(oat, record.stop + 4 * words)


def _by_class_offsets(oat: memoryview, first: Record, count: int) -> Iterator[Record]:
    """Yield records as Android 5 and 6 write them: an offset for each class of the DEX file follows."""
    record: Record | None = first
    for _ in range(count):
        if record is None:
            return
        yield record
        classes = _u4(oat, record.dex_offset + 0x60) if dex_at(oat, record.dex_offset, len(oat)) else 0
        record = _record(oat, record.stop + 4 * classes)


def _record(oat: memoryview, start: int) -> Record | None:
    """Return the record at an offset: length and bytes of a path, checksum, offset; None where none can be read."""
    if not 0 < start <= len(oat) - 4:
        return None
    length, at = _u4(oat, start), start + 4
    if not 0 < length <= min(MAX_LOCATION, len(oat) - at - 8):
        return None
    location = bytes(oat[at : at + length])
    if not is_location(location):
        return None
    return _stated(oat, start, location, at + length)


def _stated(oat: memoryview, start: int, location: bytes, at: int) -> Record | None:
    """Return the record whose numbers lie at an offset; from Android 15 on magic number and SHA-1 stand among them."""
    if _DEX_MAGIC.match(oat[at : at + 8]) is None:
        checksum, offset = struct.unpack_from("<2I", oat, at)
        return Record(start=start, location=location, checksum=checksum, dex_offset=offset, stop=at + 8)
    if at + _WIDE.size > len(oat):
        return None
    _, checksum, _, offset = _WIDE.unpack_from(oat, at)
    return Record(start=start, location=location, checksum=checksum, dex_offset=offset, stop=at + _WIDE.size)


def is_location(raw: bytes) -> bool:
    """Say whether bytes can be the path of a DEX file: text without control characters that names a file."""
    return min(raw) >= 0x20 and 0x7F not in raw and (b"/" in raw or b"." in raw)


def _u4(view: memoryview, at: int) -> int:
    return int.from_bytes(view[at : at + 4], "little")


def is_oat(source: ByteSource) -> bool:
    """Say whether the bytes are an ELF file, one part of which begins as an OAT file does."""
    try:
        return is_elf(source) and oat_start(source.view()) is not None
    except Unreadable:
        return False


@reader(
    kind="oat",
    gives=Oat,
    recognise=is_oat,
    rank=90,
    blind_to=(
        "the machine code, and everything else that the compiler noted of the DEX files",
        "the DEX files themselves, where they lie in a VDEX file or a package",
        "instructions that the compiler changed in DEX files that lie in this file",
        "layouts of vendors: the reader was held against files built from the published layout, not against real ones",
    ),
    source="AOSP art/runtime/oat.h, art/dex2oat/linker/oat_writer.cc; unverified for single versions",
)
def open_oat(source: ByteSource) -> Oat:
    """Open an OAT file. Raises: Unreadable."""
    return Oat(source)
