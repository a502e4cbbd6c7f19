"""The data of one ZIP entry, unpacked within limits.

Source: PKWARE APPNOTE 6.3.10, sections 4.4.4 (flags), 4.4.5 (methods), 5.8 (LZMA); RFC 1951 (deflate).
"""

import bz2
import contextlib
import lzma
import struct
from collections.abc import Callable
from typing import Protocol, cast

import msgspec
from isal import isal_zlib

from assay.artefacts.zip_directory import Entry
from assay.model.errors import Unreadable
from assay.model.ids import Buffer
from assay.model.limits import MAX_ARTEFACT_BYTES, MAX_EXPANSION_RATIO, MIB

STORED, DEFLATED, BZIP2, LZMA = 0, 8, 12, 14
READ = frozenset((STORED, DEFLATED, BZIP2, LZMA))
NAMED = READ | frozenset(range(1, 20)) | frozenset(range(92, 100))
"""Methods that the specification knows, whether read here or not."""
_LZMA_MEMORY = 256 * MIB


DAMAGED = (cast("type[Exception]", isal_zlib.error), OSError, ValueError, EOFError, lzma.LZMAError)
"""What the decompressors raise on damaged streams."""


class Content(msgspec.Struct, frozen=True):
    """Unpacked bytes, and what was wrong with them (empty where they are what the directory states)."""

    data: Buffer
    wrong: tuple[str, ...] = ()


class Inflater(Protocol):
    """What the decompressors have in common."""

    @property
    def eof(self) -> bool:
        """Whether the end of the stream was reached."""

    def decompress(self, data: Buffer, max_length: int, /) -> bytes:
        """Return at most `max_length` bytes."""


def unpack(packed: memoryview, entry: Entry, most: int = MAX_ARTEFACT_BYTES) -> Content:
    """Return the content of an entry: as many bytes as it declares, or `most` where no length is known.

    Raises: Unreadable.
    """
    if entry.size > min(most, MAX_ARTEFACT_BYTES):
        raise Unreadable(f"declares {entry.size} bytes, more than the {min(most, MAX_ARTEFACT_BYTES)} still allowed")
    if entry.method == STORED:
        return _stored(packed, entry)
    if entry.method not in READ:
        raise Unreadable(f"compression method {entry.method} is not read")
    if entry.size > MAX_EXPANSION_RATIO * len(packed):
        raise Unreadable(f"declares {entry.size} bytes from {len(packed)}, more than {MAX_EXPANSION_RATIO} times")
    return _unpacked(packed, entry) if entry.size >= 0 else _unmeasured(packed, entry, most)


def matches(content: Content, entry: Entry) -> bool:
    """Say whether content has the declared length and checksum."""
    return len(content.data) == entry.size and isal_zlib.crc32(content.data) == entry.crc32


def _stored(packed: memoryview, entry: Entry) -> Content:
    if entry.size < 0:
        return Content(packed, (_LOST,))
    wrong = [] if entry.packed == entry.size else [f"stored in {entry.packed} bytes, but declares {entry.size}"]
    return Content(packed, (*wrong, *_checksum(packed, entry)))


def _checksum(data: Buffer, entry: Entry) -> tuple[str, ...]:
    seen = isal_zlib.crc32(data)
    return () if seen == entry.crc32 else (f"checksum is {seen:08x}, declared {entry.crc32:08x}",)


def _unpacked(packed: memoryview, entry: Entry) -> Content:
    try:
        inflater, start = _OPEN[entry.method](packed)
        data = inflater.decompress(packed[start:], entry.size + 1)
    except DAMAGED as error:
        data = _before_damage(packed, entry.method, entry.size, str(error))
        return Content(data, (f"damaged after {len(data)} of {entry.size} bytes: {error}",))
    if len(data) > entry.size:
        return Content(data[: entry.size], (f"unpacks to more than the {entry.size} bytes it declares",))
    if len(data) < entry.size:
        return Content(data, (f"ends after {len(data)} of {entry.size} bytes",))
    return Content(data, _checksum(data, entry))


def _unmeasured(packed: memoryview, entry: Entry, most: int) -> Content:
    return Content(_before_damage(packed, entry.method, max(most, 1), "nothing of it is left"), (_LOST,))


_LOST = "its length and checksum are lost; read as far as it goes"
_STEP = 1 << 16


def _before_damage(packed: memoryview, method: int, most: int, error: str) -> bytes:
    """Return what unpacks before the damage, found by feeding the stream in small steps. Raises: Unreadable."""
    data = bytearray()
    with contextlib.suppress(*DAMAGED):
        inflater, start = _OPEN[method](packed)
        for at in range(start, len(packed), _STEP):
            if inflater.eof or len(data) >= most:
                break
            data += inflater.decompress(packed[at : at + _STEP], most - len(data))
    if not data:
        raise Unreadable(f"does not unpack: {error}")
    return bytes(data)


def _open_deflate(_packed: memoryview) -> tuple[Inflater, int]:
    return isal_zlib.decompressobj(-15), 0


def _open_bzip2(_packed: memoryview) -> tuple[Inflater, int]:
    return bz2.BZ2Decompressor(), 0


def _open_lzma(packed: memoryview) -> tuple[Inflater, int]:
    """Begin the stream with the header of the stand-alone form: properties, then an unknown length."""
    if len(packed) < 9 or struct.unpack_from("<H", packed, 2)[0] != 5:
        raise ValueError("no LZMA properties")
    inflater = lzma.LZMADecompressor(lzma.FORMAT_ALONE, memlimit=_LZMA_MEMORY)
    inflater.decompress(bytes(packed[4:9]) + b"\xff" * 8, 0)
    return inflater, 9


_OPEN: dict[int, Callable[[memoryview], tuple[Inflater, int]]] = {
    DEFLATED: _open_deflate,
    BZIP2: _open_bzip2,
    LZMA: _open_lzma,
}
