"""Where a DEX file lies inside other bytes: found by its header, cut to what is there.

Source: Android Open Source Project, "Dalvik executable format", header_item; art/libdexfile/dex/compact_dex_file.h.
"""

import re
import struct
from collections.abc import Iterator

import msgspec

HEADER = 0x70
COMPACT = b"cdex"
_MAGIC = re.compile(rb"(?:dex\n|cdex)[0-9]{3}\0")
_STANDARD = re.compile(rb"dex\n0[0-9]{2}\0")
_SIZE, _BYTE_ORDER = 0x20, 0x28
_BYTE_ORDERS = (0x12345678, 0x78563412)


class DexSpan(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """A DEX file inside other bytes: `offset` and `length` in bytes, as far as they lie there.

    `stated` is the length that its header states. `compact` tells compact DEX, whose `length` includes the data that
    it shares with others behind it, so that the offsets of its header hold.
    """

    offset: int
    length: int
    stated: int
    compact: bool = False

    @property
    def name(self) -> bytes:
        """The name as a member: where it lies, as byte ranges are printed."""
        return b"0x%x+%d" % (self.offset, self.length)


def dex_at(view: memoryview, offset: int, stop: int) -> DexSpan | None:
    """Return the DEX file whose header lies at an offset, cut at `stop`; None where there is no such header."""
    if offset < 0 or offset + HEADER > min(stop, len(view)) or _MAGIC.match(view[offset : offset + 8]) is None:
        return None
    stated = _stated(view, offset)
    if stated < HEADER or _u4(view, offset + _BYTE_ORDER) not in _BYTE_ORDERS:
        return None
    compact = bytes(view[offset : offset + 4]) == COMPACT
    return DexSpan(offset=offset, length=min(stated, stop - offset), stated=stated, compact=compact)


def carried(view: memoryview, start: int) -> Iterator[DexSpan]:
    """Yield whole standard DEX files that lie from an offset on, found by their headers, none inside another."""
    for match in _STANDARD.finditer(view, start):
        span = dex_at(view, match.start(), len(view)) if match.start() >= start else None
        if span is not None and span.length == span.stated:
            yield span
            start = span.offset + span.length


def _stated(view: memoryview, offset: int) -> int:
    """Return the length that a header states; of version 041 that of the whole container that it begins."""
    size = _u4(view, offset + _SIZE)
    if bytes(view[offset : offset + 7]) == b"dex\n041" and offset + HEADER + 8 <= len(view):
        container, into = struct.unpack_from("<2I", view, offset + HEADER)
        return max(size, container if into == 0 else 0)
    return size


def _u4(view: memoryview, at: int) -> int:
    return int.from_bytes(view[at : at + 4], "little")
