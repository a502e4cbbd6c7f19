"""Local headers of a ZIP archive: checked against the directory, and read in its place where it is missing.

Source: PKWARE APPNOTE 6.3.10, sections 4.3.7 (local file header), 4.3.9 (data descriptor).
"""

import re
import struct
from collections.abc import Iterator

import msgspec

from assay.artefacts.zip_directory import Entry, widen
from assay.model.limits import MAX_MEMBERS

HEADER = struct.Struct("<4s5H3I2H")
SIGNATURE = re.compile(rb"PK\x03\x04")
_NEXT = re.compile(rb"PK(?:\x03\x04|\x01\x02|\x05\x06|\x07\x08)")
_DESCRIPTORS = (struct.Struct("<4sI2Q"), struct.Struct("<4s3I"), struct.Struct("<I2Q"), struct.Struct("<3I"))
STREAMED = 0x0008


class LocalHeader(msgspec.Struct, frozen=True, kw_only=True):
    """A local header; `data` is the offset of the entry's first packed byte."""

    name: bytes
    flags: int
    method: int
    crc32: int
    packed: int
    size: int
    data: int

    @property
    def streamed(self) -> bool:
        """Whether checksum and lengths follow the data instead of standing here."""
        return bool(self.flags & STREAMED)


def local_header(view: memoryview, at: int) -> LocalHeader | None:
    """Return the local header at an offset, None where there is none or where it does not fit."""
    if at < 0 or at + HEADER.size > len(view) or bytes(view[at : at + 4]) != b"PK\x03\x04":
        return None
    _, _, flags, method, _, _, crc32, packed, size, name, extra = HEADER.unpack_from(view, at)
    name_at = at + HEADER.size
    data = name_at + name + extra
    if data > len(view):
        return None
    size, packed = widen(bytes(view[name_at + name : data]), size, packed)
    return LocalHeader(
        name=bytes(view[name_at : name_at + name]), flags=flags, method=method, crc32=crc32, packed=packed, size=size,
        data=data,
    )  # fmt: skip


def local_name(view: memoryview, at: int) -> bytes:
    """Return the name in the local header at an offset, empty where there is none or where it does not fit."""
    if at + HEADER.size > len(view):
        return b""
    *_, name, extra = HEADER.unpack_from(view, at)
    name_at = at + HEADER.size
    return bytes(view[name_at : name_at + name]) if name_at + name + extra <= len(view) else b""


def descriptor_length(view: memoryview, at: int, entry: Entry) -> int:
    """Return the length in bytes of the data descriptor at an offset that agrees with `entry`, 0 where none does."""
    for form in _DESCRIPTORS:
        if at + form.size <= len(view) and form.unpack_from(view, at)[-3:] == (entry.crc32, entry.packed, entry.size):
            return form.size
    return 0


def recovered(view: memoryview) -> Iterator[tuple[Entry, LocalHeader]]:
    """Yield entries from local headers alone, in the order of the file; at most MAX_MEMBERS + 1.

    An entry whose lengths follow its data ends where a descriptor states its packed length; where none does it
    ends at the next signature, and its size is -1.
    """
    at = ordinal = 0
    while ordinal <= MAX_MEMBERS and (match := SIGNATURE.search(view, at)) is not None:
        header = local_header(view, match.start())
        if header is None:
            at = match.start() + 4
            continue
        entry = _entry(view, match.start(), header, ordinal)
        yield entry, header
        ordinal += 1
        at = min(header.data + entry.packed, len(view))


def _entry(view: memoryview, at: int, header: LocalHeader, ordinal: int) -> Entry:
    crc32, packed, size = header.crc32, header.packed, header.size
    if header.streamed and not packed:
        crc32, packed, size = _streamed(view, header.data)
    return Entry(
        ordinal=ordinal, name=header.name, made_by=0, flags=header.flags, method=header.method, crc32=crc32,
        packed=packed, size=size, header=at, record=-1, attributes=0, extra=b"", comment=b"",
    )  # fmt: skip


def _streamed(view: memoryview, start: int) -> tuple[int, int, int]:
    """Return (checksum, packed, size) of data that begins at `start`, from the descriptor that closes it."""
    stop = len(view)
    for match in _NEXT.finditer(view, start):
        at = match.start()
        if view[at + 2] == 7:
            if fields := _descriptor(view, at, at - start):
                return fields
        elif view[at + 2] == 1 or local_header(view, at) is not None:
            stop = at
            break
    return 0, stop - start, -1


def _descriptor(view: memoryview, at: int, packed: int) -> tuple[int, int, int] | None:
    """Return (checksum, packed, size) of the descriptor at an offset; of its two forms the one before a signature."""
    found: tuple[int, int, int] | None = None
    for form in (_DESCRIPTORS[1], _DESCRIPTORS[0]):
        if at + form.size <= len(view):
            crc32, stated, size = form.unpack_from(view, at)[-3:]
            ends_well = b"PK".startswith(bytes(view[at + form.size : at + form.size + 2]))
            if stated == packed and (found is None or ends_well):
                found = int(crc32), int(stated), int(size)
            if stated == packed and ends_well:
                break
    return found
