"""What lies where in a ZIP archive, and what of it a plain build does not produce.

Source: PKWARE APPNOTE 6.3.10, section 4.3.6 (overall file format).
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from assay.artefacts.zip_content import NAMED
from assay.artefacts.zip_directory import End, Entry
from assay.artefacts.zip_local import HEADER, SIGNATURE, LocalHeader, descriptor_length, local_header, local_name
from assay.model import text

SIGNING_MAGIC = b"APK Sig Block 42"
"""What ends the block that Android's signature schemes put before the directory."""
_SHOWN = 200
_UNIX, _LINK, _DEVICES = 3, 0o12, frozenset((0o1, 0o2, 0o6, 0o14))


class Oddity(msgspec.Struct, frozen=True, order=True):
    """Something a plain build does not produce: a stable word, where it is in bytes, and what was seen."""

    word: str
    offset: int
    length: int
    detail: str


class Span(msgspec.Struct, frozen=True, order=True):
    """A run of bytes of the archive, `start` up to and without `stop`, and the entry that it belongs to."""

    start: int
    stop: int
    ordinal: int


def spans(view: memoryview, entries: Sequence[Entry], local: Mapping[int, LocalHeader]) -> list[Span]:
    """Return the run of each entry that has a local header, from header to data descriptor, in file order."""
    return sorted(_span(view, entry, local[entry.ordinal]) for entry in entries if entry.ordinal in local)


def _span(view: memoryview, entry: Entry, header: LocalHeader) -> Span:
    stop = header.data + entry.packed
    return Span(entry.header, stop + (descriptor_length(view, stop, entry) if header.streamed else 0), entry.ordinal)


def overlaps(runs: Sequence[Span]) -> Iterator[tuple[Span, Span]]:
    """Yield each run that begins before an earlier one ends, with the one of those that reaches furthest."""
    furthest: Span | None = None
    for run in runs:
        if furthest is not None and run.start < furthest.stop:
            yield run, furthest
        if furthest is None or run.stop > furthest.stop:
            furthest = run


def gaps(runs: Sequence[Span], stop: int) -> Iterator[tuple[int, int]]:
    """Yield (start, stop) of what no entry covers, from the first byte to `stop`."""
    at = 0
    for run in runs:
        if run.start > at:
            yield at, min(run.start, stop)
        at = max(at, run.stop)
    if at < stop:
        yield at, stop


def oddities(
    view: memoryview, end: End | None, entries: Sequence[Entry], local: Mapping[int, LocalHeader]
) -> Iterator[Oddity]:
    """Yield what is odd: about names, about local headers, about the places between and around entries."""
    for entry in entries:
        yield from _of_entry(entry)
        if entry.ordinal in local:
            yield from _disagreement(entry, local[entry.ordinal])
    yield from _duplicates(entries)
    runs = spans(view, entries, local)
    names = {entry.ordinal: entry.name for entry in entries}
    for run, other in overlaps(runs):
        seen = f"{show(names[run.ordinal])} begins inside {show(names[other.ordinal])}"
        yield Oddity("overlapping-entries", run.start, min(run.stop, other.stop) - run.start, seen)
    if end is not None:
        yield from _around(view, end, runs)


def show(name: bytes) -> str:
    """Return a raw name in printable form, cut off where it is longer than a person would read."""
    cut = "…" if len(name) > _SHOWN else ""
    return text.show(text.from_bytes(name[:_SHOWN])) + cut


def _of_entry(entry: Entry) -> Iterator[Oddity]:
    for word in (*_name_words(entry.name), *_kind_words(entry)):
        detail = f"{show(entry.name)}: method {entry.method}, flags 0x{entry.flags:04x}, {entry.size} bytes"
        yield Oddity(word, max(entry.record, entry.header, 0), 0, detail)


def _name_words(name: bytes) -> Iterator[str]:
    if not name:
        yield "empty-name"
    if name.startswith((b"/", b"\\")) or re.match(rb"[A-Za-z]:[/\\]", name):
        yield "absolute-name"
    if b".." in re.split(rb"[/\\]", name):
        yield "parent-name"
    if b"\\" in name:
        yield "backslash-name"
    if re.search(rb"[\x00-\x1f\x7f]", name):
        yield "control-character-name"
    if text.is_bytes(text.from_bytes(name)):
        yield "name-not-utf8"


def _kind_words(entry: Entry) -> Iterator[str]:
    if entry.method not in NAMED:
        yield "unknown-method"
    if entry.encrypted:
        yield "encryption-flag"
    if entry.name.endswith(b"/") and entry.size:
        yield "directory-with-content"
    kind = entry.attributes >> 28 if entry.made_by >> 8 == _UNIX else 0
    if kind == _LINK:
        yield "symbolic-link"
    if kind in _DEVICES:
        yield "device-node"


def _disagreement(entry: Entry, local: LocalHeader) -> Iterator[Oddity]:
    pairs: list[tuple[str, object, object]] = [
        ("local-name-differs", show(entry.name), show(local.name)),
        ("local-method-differs", entry.method, local.method),
        ("local-encryption-flag-differs", entry.flags & 1, local.flags & 1),
    ]
    if not local.streamed:
        pairs.append(("local-checksum-differs", f"{entry.crc32:08x}", f"{local.crc32:08x}"))
        pairs.append(("local-sizes-differ", f"{entry.packed}/{entry.size}", f"{local.packed}/{local.size}"))
    for word, stated, seen in pairs:
        if stated != seen:
            detail = f"{show(entry.name)}: directory {stated}, local header {seen}"
            yield Oddity(word, entry.header, local.data - entry.header, detail)


def _duplicates(entries: Sequence[Entry]) -> Iterator[Oddity]:
    counts = Counter(entry.name for entry in entries)
    seen: Counter[bytes] = Counter()
    for entry in entries:
        seen[entry.name] += 1
        if seen[entry.name] == 2:
            detail = f"{show(entry.name)}: {counts[entry.name]} entries of this name"
            yield Oddity("duplicate-name", max(entry.record, entry.header, 0), 0, detail)


def _around(view: memoryview, end: End, runs: Sequence[Span]) -> Iterator[Oddity]:
    for start, stop in gaps(runs, end.start):
        yield from _gap(view, start, stop, end)
    yield from _of_end(view, end)


def _gap(view: memoryview, start: int, stop: int, end: End) -> Iterator[Oddity]:
    before_directory = stop == end.start
    if before_directory:
        stop = _without_signing_block(view, start, stop)
    if _is_padding(view, start, stop):
        return
    hidden = _headers(view, start, stop)
    for at, name in hidden:
        yield Oddity("entry-outside-directory", at, 0, f"{show(name)}: local header that the directory does not name")
    word = "data-before-directory" if before_directory else "data-between-entries"
    if start == 0:
        word = "data-before-first-entry"
    if not hidden or start == 0:
        yield Oddity(word, start, stop - start, f"{stop - start} bytes that belong to no entry")


def _without_signing_block(view: memoryview, start: int, stop: int) -> int:
    """Return where the signing block begins that ends a gap, the end of the gap where there is none."""
    if bytes(view[stop - len(SIGNING_MAGIC) : stop]) != SIGNING_MAGIC:
        return stop
    length = int.from_bytes(view[stop - 24 : stop - 16], "little")
    block = stop - 8 - length
    whole = start <= block and bytes(view[block : block + 8]) == bytes(view[stop - 24 : stop - 16])
    return block if whole else stop


def _headers(view: memoryview, start: int, stop: int) -> list[tuple[int, bytes]]:
    """Return (offset, name) of local headers in a gap; those without a name are how build tools fill gaps."""
    found = []
    while (match := SIGNATURE.search(view, start, stop)) is not None:
        name = local_name(view, match.start())
        start = match.start() + HEADER.size + len(name) if name else match.start() + 4
        if name:
            found.append((match.start(), name))
    return found


def _is_padding(view: memoryview, start: int, stop: int) -> bool:
    """Say whether a gap is zeros, or a local header without name over zeros, as build tools leave it."""
    header = local_header(view, start)
    if header is not None and not header.name and header.data <= stop:
        start = start + 30
    return not bytes(view[start:stop]).strip(b"\0")


def _of_end(view: memoryview, end: End) -> Iterator[Oddity]:
    if end.comment:
        detail = f"{len(end.comment)} bytes: {show(end.comment[:80])}"
        yield Oddity("archive-comment", end.offset + 22, len(end.comment), detail)
    if end.stop < len(view):
        length = len(view) - end.stop
        yield Oddity("data-after-end", end.stop, length, f"{length} bytes after the end record")
    if end.disks:
        yield Oddity("several-disks", end.offset, 22, f"the end record is of disk {end.disks}")
