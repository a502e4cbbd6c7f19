"""ZIP archives: the central directory is the truth, local headers are held against it, nothing becomes a path.

Source: PKWARE APPNOTE 6.3.10. Where Android reads damaged or disguised entries in a way of its own, so does this
reader, and says so. All offsets are bytes from the first byte of the archive.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import ClassVar

from assay.artefacts import zip_content, zip_layout
from assay.artefacts.problem_log import ProblemLog
from assay.artefacts.zip_content import Content
from assay.artefacts.zip_directory import END_SIGNATURE, End, Entry, find_end, records
from assay.artefacts.zip_layout import Oddity, show
from assay.artefacts.zip_local import LocalHeader, local_header, recovered
from assay.model.errors import Unreadable
from assay.model.limits import FREE_EXPANSION_BYTES, MAX_CONTAINER_RATIO, MAX_MEMBERS
from assay.model.locator import ByteRange
from assay.model.problem import Problem
from assay.model.source import BufferSource, ByteSource
from assay.registry import Member, reader

UNREAD = "this entry was not examined"
MOST_ODDITIES = 100
"""Most oddities of one word that are kept for one archive; the rest is counted."""
DEFLATE_MOST = 1032
"""Most bytes that one byte of deflate can become."""


class ZipArchive:
    """A ZIP archive. `problems` grows as entries are opened; opening an entry again adds nothing."""

    unknown_methods_are_stored: ClassVar[bool] = False
    """Whether an entry of a method that is neither stored nor deflated is read as stored, as Android does."""

    def __init__(self, source: ByteSource) -> None:
        """Read the directory, or the local headers where it is missing. Raises: Unreadable."""
        self.source = source
        self._view = source.view()
        self._log = ProblemLog()
        self._local: dict[int, LocalHeader] = {}
        self._end, self._other_ends = find_end(self._view)
        self._entries = self._from_directory(self._end) if self._end is not None else self._from_headers()
        self._most = _allowances(self._entries, source.size, overlapping=self._overlapping)
        self._refuse_excess()

    @property
    def problems(self) -> Sequence[Problem]:
        """Problems met so far, in the order they were met."""
        return self._log()

    @property
    def end(self) -> End | None:
        """The end record, None where the archive is cut off."""
        return self._end

    def entries(self) -> tuple[Entry, ...]:
        """Return every entry in the order of the directory, directories and duplicates included."""
        return self._entries

    def entry(self, name: bytes) -> Entry | None:
        """Return the first entry of a name, as Android's native readers take it."""
        return self._by_name.get(name)

    def uncovered(self) -> Iterator[tuple[int, int]]:
        """Yield (start, stop) of the bytes that belong to no entry, the directory's among them."""
        yield from zip_layout.gaps(zip_layout.spans(self._view, self._entries, self._local), self.source.size)

    def members(self) -> Iterator[Member]:
        """Yield every entry but plain directories, in the order of the directory."""
        for entry in self._entries:
            if not (entry.name.endswith(b"/") and entry.size == 0):
                yield Member(name=entry.name, size=max(entry.size, 0), open=partial(self.open, entry))

    def open(self, entry: Entry) -> ByteSource:
        """Return an entry's content, without a copy where it is stored. Raises: Unreadable."""
        header = self._local.get(entry.ordinal)
        if header is None:
            raise Unreadable(f"{show(entry.name)}: no local header at 0x{entry.header:x}", UNREAD)
        packed = self._view[header.data : header.data + entry.packed]
        try:
            content = self._content(packed, entry, header)
        except Unreadable as error:
            raise Unreadable(f"{show(entry.name)}: {error.what}", UNREAD) from error
        for wrong in content.wrong:
            self._add(entry, wrong, "what could be read was examined", "its content may be missing or altered")
        return BufferSource(content.data)

    def read(self, name: bytes) -> ByteSource | None:
        """Return the content of the first entry of a name, None where there is none. Raises: Unreadable."""
        entry = self.entry(name)
        return None if entry is None else self.open(entry)

    @property
    def oddities(self) -> tuple[Oddity, ...]:
        """What a plain build does not produce, sorted by word and offset; of each word the first MOST_ODDITIES."""
        return self._odd[0]

    @property
    def oddity_counts(self) -> Mapping[str, int]:
        """How many oddities there are of each word, those that are not kept included."""
        return self._odd[1]

    @cached_property
    def _odd(self) -> tuple[tuple[Oddity, ...], Counter[str]]:
        counts: Counter[str] = Counter()
        kept = []
        for oddity in self._all_oddities():
            counts[oddity.word] += 1
            if counts[oddity.word] <= MOST_ODDITIES:
                kept.append(oddity)
        return tuple(sorted(kept)), counts

    def _all_oddities(self) -> Iterator[Oddity]:
        yield from zip_layout.oddities(self._view, self._end, self._entries, self._local)
        another = "another end record whose directory fits"
        yield from (Oddity("several-end-records", at, 22, another) for at in self._other_ends)
        if self._end is None:
            yield Oddity("directory-missing", self.source.size, 0, "no end record leads to a central directory")
        elif self._end.count & 0xFFFF != len(self._entries) & 0xFFFF:
            detail = f"the end record counts {self._end.count} entries, the directory holds {len(self._entries)}"
            yield Oddity("directory-count-differs", self._end.offset, 22, detail)

    # --- opening ----------------------------------------------------------------------------------

    @cached_property
    def _by_name(self) -> dict[bytes, Entry]:
        return {entry.name: entry for entry in reversed(self._entries)}

    @cached_property
    def _overlapping(self) -> bool:
        runs = zip_layout.spans(self._view, self._entries, self._local)
        return next(zip_layout.overlaps(runs), None) is not None

    def _from_directory(self, end: End) -> tuple[Entry, ...]:
        entries = self._limited(records(self._view, end))
        for entry in entries:
            header = local_header(self._view, entry.header)
            if header is None:
                self._add(entry, f"no local header at 0x{entry.header:x}", "nothing", UNREAD)
            else:
                self._local[entry.ordinal] = header
        if len(entries) < end.count <= MAX_MEMBERS:
            what = f"the directory ends after {len(entries)} of {end.count} entries"
            self._log.add(ByteRange(end.start, 0), what, "the entries before were read", "entries may be missing")
        return entries

    def _from_headers(self) -> tuple[Entry, ...]:
        pairs = list(recovered(self._view))
        if not pairs:
            raise Unreadable("neither a central directory nor a local header of a ZIP archive can be read")
        entries = self._limited(entry for entry, _ in pairs)
        self._local = {entry.ordinal: header for entry, header in pairs[: len(entries)]}
        what = "the central directory is missing: the archive is cut off or damaged"
        self._log.add(None, what, "entries were read from their local headers", "entries may be missing")
        return entries

    def _limited(self, found: Iterator[Entry]) -> tuple[Entry, ...]:
        entries = tuple(found)
        if len(entries) > MAX_MEMBERS:
            what = f"more than {MAX_MEMBERS} entries"
            self._log.add(None, what, f"the first {MAX_MEMBERS} were read", "later entries were not examined")
        return entries[:MAX_MEMBERS]

    def _refuse_excess(self) -> None:
        refused = [entry for entry in self._entries if self._most[entry.ordinal] < max(entry.size, 0)]
        if refused:
            declared = sum(max(entry.size, 0) for entry in self._entries)
            overlapping = " with overlapping entries" if self._overlapping else ""
            what = f"{declared} bytes declared in an archive of {self.source.size}{overlapping}"
            cost = "those entries were not examined"
            self._log.add(None, what, f"{len(refused)} entries beyond the limit were refused", cost)

    # --- content ----------------------------------------------------------------------------------

    def _content(self, packed: memoryview, entry: Entry, header: LocalHeader) -> Content:
        most = self._most[entry.ordinal]
        if self.unknown_methods_are_stored and entry.method not in {zip_content.STORED, zip_content.DEFLATED}:
            return self._disguised(entry, header, most)
        content = zip_content.unpack(packed, entry, most)
        if not entry.encrypted:
            return content
        if not zip_content.matches(content, entry):
            raise Unreadable("encrypted")
        return Content(content.data, ("marked as encrypted, but it is not",))

    def _disguised(self, entry: Entry, header: LocalHeader, most: int) -> Content:
        """Return the content of an entry of an unknown method: what its checksum confirms, else stored."""
        what = f"compression method {entry.method} does not exist"
        packed = self._view[header.data : header.data + entry.packed]
        stored = Content(self._view[header.data : header.data + max(entry.size, 0)])
        if not zip_content.matches(stored, entry):
            inflated = _inflated(packed, entry, most)
            if inflated is not None and zip_content.matches(inflated, entry):
                return Content(inflated.data, (f"{what}; read as deflated, which its checksum confirms",))
        return Content(stored.data, (f"{what}; read as stored, as Android reads it",))

    def _add(self, entry: Entry, what: str, instead: str, cost: str) -> None:
        header = self._local.get(entry.ordinal)
        length = header.data - entry.header + entry.packed if header is not None else 0
        self._log.add(ByteRange(max(entry.header, 0), length), f"{show(entry.name)}: {what}", instead, cost)


def _inflated(packed: memoryview, entry: Entry, most: int) -> Content | None:
    plain = Entry(**{name: getattr(entry, name) for name in entry.__struct_fields__} | {"method": zip_content.DEFLATED})
    try:
        return zip_content.unpack(packed, plain, most)
    except Unreadable:
        return None


def _allowances(entries: Sequence[Entry], size: int, *, overlapping: bool) -> list[int]:
    """Return for each entry how many bytes it may unpack to, so that the archive as a whole stays within limits.

    An archive whose entries overlap gets no free expansion: each byte of it may stand for many entries.
    """
    left = MAX_CONTAINER_RATIO * size if overlapping else max(FREE_EXPANSION_BYTES, MAX_CONTAINER_RATIO * size)
    allowed = []
    for entry in entries:
        wanted = entry.size if entry.size >= 0 else min(left, DEFLATE_MOST * entry.packed)
        allowed.append(wanted if wanted <= left else 0)
        left -= allowed[-1]
    return allowed


def is_zip(source: ByteSource) -> bool:
    """Say whether the bytes begin with a local header, or end with an end record that leads to a directory."""
    head = source.read(0, 4)
    if head == b"PK\x03\x04":
        return True
    tail = source.read(max(0, source.size - 65557), 65557)
    return END_SIGNATURE.search(tail) is not None and find_end(source.view())[0] is not None


@reader(
    kind="zip",
    gives=ZipArchive,
    recognise=is_zip,
    rank=50,
    blind_to=(
        "entries encrypted with a password",
        "entries packed by a method other than stored, deflate, bzip2 and LZMA",
        "bytes that belong to no entry of the directory",
        "an archive inside a file that begins as another recognised format",
    ),
    source="PKWARE APPNOTE 6.3.10",
)
def open_zip(source: ByteSource) -> ZipArchive:
    """Open a ZIP archive. Raises: Unreadable."""
    return ZipArchive(source)
