"""The end record and the central directory of a ZIP archive, read as the truth about its entries.

Source: PKWARE APPNOTE 6.3.10, sections 4.3.12 (central directory), 4.3.14–4.3.16 (end records), 4.5.3 (ZIP64).
All offsets are bytes from the first byte of the archive.
"""

import re
import struct
from collections.abc import Iterator

import msgspec

from assay.model.limits import MAX_MEMBERS

END = struct.Struct("<4s4H2IH")
END64 = struct.Struct("<4sQ2H2I4Q")
END64_LOCATOR = struct.Struct("<4sIQI")
RECORD = struct.Struct("<4s6H3I5H2I")
END_SIGNATURE = re.compile(rb"PK\x05\x06")
RECORD_SIGNATURE = b"PK\x01\x02"
ZIP64_EXTRA = 0x0001

_TAIL = END.size + 0xFFFF
_BLOCK = 1 << 20


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry as the central directory states it (or, where that is missing, its local header).

    `packed` and `size` are lengths in bytes, `header` the offset of the local header, `record` that of the record
    in the central directory (-1 where the entry was recovered without one).
    """

    ordinal: int
    name: bytes
    made_by: int
    flags: int
    method: int
    crc32: int
    packed: int
    size: int
    header: int
    record: int
    attributes: int
    extra: bytes
    comment: bytes

    @property
    def encrypted(self) -> bool:
        """Whether bit 0 of the flags says that the data is encrypted."""
        return bool(self.flags & 1)


class End(msgspec.Struct, frozen=True, kw_only=True):
    """Where the archive ends and where it says that its directory lies.

    `shift` is what must be added to every stated offset because other bytes stand before the archive. `stop` is the
    offset just after the end record's comment.
    """

    offset: int
    stop: int
    comment: bytes
    disks: int
    count: int
    start: int
    length: int
    shift: int


def find_end(view: memoryview) -> tuple[End | None, tuple[int, ...]]:
    """Return the last end record whose directory can be there, and the offsets of all others beside it.

    The usual tail is searched first, and what stands before it only where the tail has none.
    """
    for start, stop in _blocks(len(view)):
        fitting = [end for at in reversed(_signatures(view, start, stop)) if (end := _end_at(view, at)) is not None]
        if fitting:
            return fitting[0], tuple(end.offset for end in fitting[1:])
    return None, ()


def _blocks(size: int) -> Iterator[tuple[int, int]]:
    start = max(0, size - _TAIL)
    yield start, size
    while start > 0:
        stop, start = start + 3, max(0, start - _BLOCK)
        yield start, stop


def _signatures(view: memoryview, start: int, stop: int) -> list[int]:
    return [start + match.start() for match in END_SIGNATURE.finditer(view[start:stop])]


def _end_at(view: memoryview, at: int) -> End | None:
    if at + END.size > len(view):
        return None
    _, disk, _, _, count, length, start, comment = END.unpack_from(view, at)
    stop = at + END.size + comment
    directory_stop = at
    wide = _wide_end(view, at) if 0xFFFF in (count, disk) or 0xFFFFFFFF in (length, start) else None
    if wide is not None:
        directory_stop, disk, count, length, start = wide
    shift = _shift(view, start, length, directory_stop, count)
    if shift is None or stop > len(view) or ((shift or not count) and stop != len(view)):
        return None
    text = bytes(view[at + END.size : stop])
    return End(
        offset=at, stop=stop, comment=text, disks=disk, count=count, start=start + shift, length=length, shift=shift
    )


def _wide_end(view: memoryview, at: int) -> tuple[int, int, int, int, int] | None:
    """Return (offset of the ZIP64 end record, disk, count, length, start), None where there is no such record."""
    locator = at - END64_LOCATOR.size
    if locator < 0 or bytes(view[locator : locator + 4]) != b"PK\x06\x07":
        return None
    stated = END64_LOCATOR.unpack_from(view, locator)[2]
    for offset in (stated, locator - END64.size):
        if 0 <= offset <= len(view) - END64.size and bytes(view[offset : offset + 4]) == b"PK\x06\x06":
            _, _, _, _, disk, _, _, count, length, start = END64.unpack_from(view, offset)
            return offset, disk, count, length, start
    return None


def _shift(view: memoryview, start: int, length: int, stop: int, count: int) -> int | None:
    """Return what to add to the stated start so that it meets a directory record; None where nothing does."""
    if count == 0 and length == 0:
        return 0 if start in {0, stop} else None
    if _is_record(view, start):
        return 0
    return stop - length - start if stop - length >= 0 and _is_record(view, stop - length) else None


def _is_record(view: memoryview, at: int) -> bool:
    return at + RECORD.size <= len(view) and bytes(view[at : at + 4]) == RECORD_SIGNATURE


def records(view: memoryview, end: End) -> Iterator[Entry]:
    """Yield entries in the order of the directory, as far as its records go on; at most MAX_MEMBERS + 1."""
    at = end.start
    stop = max(end.offset, at)
    for ordinal in range(MAX_MEMBERS + 1):
        if at + RECORD.size > stop or bytes(view[at : at + 4]) != RECORD_SIGNATURE:
            return
        entry, at = _record(view, at, ordinal, end.shift)
        yield entry


def _record(view: memoryview, at: int, ordinal: int, shift: int) -> tuple[Entry, int]:
    fields = RECORD.unpack_from(view, at)
    _, made_by, _, flags, method, _, _, crc32, packed, size, *lengths, _, _, attributes, header = fields
    name_at = at + RECORD.size
    extra_at = name_at + lengths[0]
    comment_at = extra_at + lengths[1]
    after = comment_at + lengths[2]
    extra = bytes(view[extra_at:comment_at])
    size, packed, header = widen(extra, size, packed, header)
    entry = Entry(
        ordinal=ordinal, name=bytes(view[name_at:extra_at]), made_by=made_by, flags=flags, method=method, crc32=crc32,
        packed=packed, size=size, header=header + shift, record=at, attributes=attributes, extra=extra,
        comment=bytes(view[comment_at:after]),
    )  # fmt: skip
    return entry, after


def widen(extra: bytes, *fields: int) -> tuple[int, ...]:
    """Return `fields` with each saturated one replaced by the next number of the ZIP64 extra field, if there is one."""
    if 0xFFFFFFFF not in fields:
        return fields
    wide = next((data for kind, data in extra_fields(extra) if kind == ZIP64_EXTRA), b"")
    numbers = iter(struct.unpack_from(f"<{len(wide) // 8}Q", wide))
    return tuple(next(numbers, field) if field == 0xFFFFFFFF else field for field in fields)


def extra_fields(extra: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield (id, data) of each extra field that lies wholly inside."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        if at + 4 + length > len(extra):
            return
        yield kind, extra[at + 4 : at + 4 + length]
        at += 4 + length
