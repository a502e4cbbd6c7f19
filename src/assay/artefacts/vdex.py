"""VDEX files: DEX files that Android has verified, with what it found out about them.

Source: AOSP art/runtime/vdex_file.h and vdex_file.cc of Android 8.0 (version 006), 8.1 (010), 9 (019), 10 and 11 (021),
12 to 14 (027). All offsets are bytes from the first byte of the file.
"""

import struct
from collections.abc import Iterator
from itertools import islice

import msgspec

from assay.artefacts.compiled_code import ARCHIVE, HERE, MAX_DEX_FILES, CompiledCode, DexOrigin, Part
from assay.artefacts.dex_span import DexSpan, carried, dex_at
from assay.model.errors import Unreadable
from assay.model.locator import ByteRange
from assay.model.source import ByteSource
from assay.registry import reader

MAGIC = b"vdex"
VERSIONS = ("006", "010", "019", "021", "027")
MAX_SECTIONS = 64
"""Most sections read of version 027; four are known."""
QUICKENED = "its code may be quickened: some instructions then name no field or method"
_COST = "DEX files may be missing"
_SECTIONS = ("checksums", "DEX files", "verifier dependencies", "type lookup tables")


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """Where the parts lie; pairs are offset and length in bytes as stated."""

    count: int
    checksums: int
    dex: tuple[int, int]
    shared: int
    parts: tuple[Part, ...]


class Vdex(CompiledCode):
    """A VDEX file."""

    kind = "vdex"

    def __init__(self, source: ByteSource) -> None:
        """Read header and sections. Raises: Unreadable for a version that is not read, or a header cut off."""
        super().__init__(source)
        self.version = _version(bytes(self._view[:8]))
        try:
            layout = _of_sections(self._view) if self.version == "027" else _of_sizes(self._view, self.version)
        except struct.error as error:
            raise Unreadable(f"the VDEX header of {len(self._view)} bytes is cut off") from error
        self.stated_dex_files = layout.count
        self.dex_files = tuple(self._origins(layout))
        self.parts = tuple(self._inside(part) for part in layout.parts if part.length)
        self._compare(layout)

    @property
    def quickened(self) -> bool:
        """Whether the file holds quickening information, so that its DEX files are not as they were compiled."""
        return any(part.what == "quickening information" and part.length for part in self.parts)

    def _origins(self, layout: Layout) -> Iterator[DexOrigin]:
        checksums = self._checksums(layout)
        spans = list(islice(self._walk(layout), MAX_DEX_FILES)) or list(islice(self._elsewhere(), MAX_DEX_FILES))
        for number in range(max(len(checksums), len(spans))):
            span = spans[number] if number < len(spans) else None
            yield DexOrigin(
                location=b"",
                checksum=checksums[number] if number < len(checksums) else None,
                lies=ARCHIVE if span is None else HERE,
                span=span,
                offset=layout.checksums + 4 * number if number < len(checksums) else spans[number].offset,
                length=4 if number < len(checksums) else spans[number].length,
            )

    def _checksums(self, layout: Layout) -> tuple[int, ...]:
        fit = max(0, len(self._view) - layout.checksums) // 4
        count = min(layout.count, fit, MAX_DEX_FILES)
        if count < layout.count:
            what = f"the file states {layout.count} DEX files, the checksums of {count} are there or read"
            self._log.add(ByteRange(min(layout.checksums, len(self._view)), 0), what, "those were read", _COST)
            count = min(count, fit)
        return struct.unpack_from(f"<{count}I", self._view, layout.checksums) if count else ()

    def _walk(self, layout: Layout) -> Iterator[DexSpan]:
        """Yield the DEX files one behind the other; before each may stand the offset of its quickening table."""
        start, length = layout.dex
        stop = min(start + length, len(self._view))
        if start + length > len(self._view):
            what = f"the DEX section states {length} bytes at 0x{start:x}, the file has {len(self._view)}"
            self._log.add(ByteRange(start, length), what, "read to the end of the file", _COST)
        at = start
        while at < stop:
            span = dex_at(self._view, at, stop) or dex_at(self._view, at + 4, stop)
            if span is None:
                yield from self._unknown(at, stop)
                return
            at = (span.offset + span.stated + 3) & ~3
            yield self._whole(span, stop + layout.shared)

    def _unknown(self, at: int, stop: int) -> Iterator[DexSpan]:
        if any(self._view[at:stop]):
            what = f"no DEX header at 0x{at:x}, where one should be"
            self._log.add(ByteRange(at, stop - at), what, "DEX files behind it were found by their headers", _COST)
            yield from carried(self._view, at)

    def _elsewhere(self) -> Iterator[DexSpan]:
        """Yield DEX files that lie where the header states none."""
        for span in carried(self._view, 8):
            what = f"a DEX file at 0x{span.offset:x}, where the header states none"
            self._log.add(
                ByteRange(span.offset, span.length), what, "it was read", "the header does not tell the truth"
            )
            yield span

    def _whole(self, span: DexSpan, stop: int) -> DexSpan:
        if span.length < span.stated:
            what = f"the DEX file at 0x{span.offset:x} states {span.stated} bytes, {span.length} are there"
            place = ByteRange(span.offset, span.length)
            self._log.add(place, what, "what is there was read", "part of its code is missing")
        if span.compact:
            return msgspec.structs.replace(span, length=min(stop, len(self._view)) - span.offset)
        return span

    def _inside(self, part: Part) -> Part:
        start = min(part.offset, len(self._view))
        return Part(what=part.what, offset=start, length=min(part.length, len(self._view) - start))

    def _compare(self, layout: Layout) -> None:
        found = len(self.spans)
        if found and found != layout.count:
            what = f"the file states {layout.count} DEX files and holds {found}"
            self._log.add(None, what, "those it holds were read", _COST)
        if found and self.quickened:
            cost = "fields and methods that only quickened instructions use are not in the index"
            self._log.add(None, QUICKENED, "read as they are", cost)


def _version(head: bytes) -> str:
    version = head[4:7].decode("latin-1")
    if len(head) < 8 or head[:4] != MAGIC:
        raise Unreadable("the VDEX magic number is missing")
    if version not in VERSIONS or head[7]:
        raise Unreadable(f"VDEX version {version!r} is not among those read: {', '.join(VERSIONS)}")
    return version


def _of_sizes(view: memoryview, version: str) -> Layout:
    """Return the layout of the versions that state sizes, whose parts lie one behind the other."""
    if version in {"006", "010"}:
        count, dex, deps, quickening = struct.unpack_from("<4I", view, 8)
        start = 24 + 4 * count
        return _layout(count, 24, (start, dex, 0), [("verifier dependencies", deps), (_QUICK, quickening)])
    count, deps, *others = struct.unpack_from("<4I" if version == "021" else "<2I", view, 12)
    checksums = 28 if version == "021" else 20
    start, sizes = checksums + 4 * count, (0, 0, 0)
    if bytes(view[8:12]) == b"002\0":
        sizes = struct.unpack_from("<3I", view, start)
        start += 12
    rest = zip(("boot class path checksums", "class loader context"), others, strict=False)
    parts = [("verifier dependencies", deps), *rest, (_QUICK, sizes[2])]
    return _layout(count, checksums, (start, sizes[0], sizes[1]), parts)


_QUICK = "quickening information"


def _layout(count: int, checksums: int, dex: tuple[int, int, int], sizes: list[tuple[str, int]]) -> Layout:
    start, length, shared = dex
    at, parts = start + length + shared, []
    for what, size in sizes:
        parts.append(Part(what=what, offset=at, length=size))
        at += size
    return Layout(count=count, checksums=checksums, dex=(start, length), shared=shared, parts=tuple(parts))


def _of_sections(view: memoryview) -> Layout:
    """Return the layout of version 027, which has a table of sections."""
    (stated,) = struct.unpack_from("<I", view, 8)
    if stated > MAX_SECTIONS:
        raise Unreadable(f"a VDEX file of {stated} sections; {MAX_SECTIONS} are read and {len(_SECTIONS)} are known")
    rows = [struct.unpack_from("<3I", view, 12 + 12 * number) for number in range(stated)]
    known = {kind: (offset, size) for kind, offset, size in reversed(rows)}
    checksums = known.get(0, (0, 0))
    parts = tuple(Part(what=_section(kind), offset=at, length=size) for kind, at, size in rows if kind > 1)
    return Layout(count=checksums[1] // 4, checksums=checksums[0], dex=known.get(1, (0, 0)), shared=0, parts=parts)


def _section(kind: int) -> str:
    return _SECTIONS[kind] if kind < len(_SECTIONS) else f"section {kind}"


@reader(
    kind="vdex",
    gives=Vdex,
    recognise=lambda source: source.read(0, 4) == MAGIC,
    rank=60,
    blind_to=(
        "verifier dependencies, type lookup tables and quickening information: they are named and not examined",
        "fields and methods that quickened instructions no longer name",
        "the DEX files that a VDEX file stands for and does not hold",
        "layouts of vendors: the reader was held against files built from the published layout, not against real ones",
    ),
    source="AOSP art/runtime/vdex_file.h, Android 8.0 to 14; unverified for versions 010 and 021",
)
def open_vdex(source: ByteSource) -> Vdex:
    """Open a VDEX file. Raises: Unreadable."""
    return Vdex(source)
