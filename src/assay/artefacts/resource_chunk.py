"""Chunks of Android's compiled resources, and the string pool that the formats share.

Source: AOSP frameworks/base, libs/androidfw/include/androidfw/ResourceTypes.h (ResChunk_header,
ResStringPool_header). All numbers are little-endian, all offsets bytes from the first byte of the artefact.
"""

import struct
from collections.abc import Iterator

import msgspec
import numpy as np
from numpy.typing import NDArray

from assay.model import text
from assay.model.limits import MIB

STRING_POOL, TABLE, XML = 0x0001, 0x0002, 0x0003
_HEADER = struct.Struct("<2HI")
_POOL = struct.Struct("<2HI5I")
_UTF8 = 0x100
_MOST_SHARED = 4
_STEP = 1 << 20


class Chunk(msgspec.Struct, frozen=True):
    """A chunk: its type, where it begins, where its body begins, and where it ends.

    `clipped` says that it declares more bytes than there are.
    """

    type: int
    start: int
    body: int
    stop: int
    clipped: bool = False


def chunk_at(view: memoryview, at: int, stop: int) -> Chunk | None:
    """Return the chunk at an offset, clipped to `stop`; None where no chunk can be."""
    if at < 0 or at + 8 > stop:
        return None
    kind, header, size = _HEADER.unpack_from(view, at)
    if size < 8 or header < 8 or header > size or at + header > stop:
        return None
    return Chunk(kind, at, at + header, min(at + size, stop), clipped=at + size > stop)


def chunks(view: memoryview, at: int, stop: int) -> Iterator[Chunk]:
    """Yield chunks one after the other, as far as each says where the next begins."""
    while (chunk := chunk_at(view, at, stop)) is not None:
        yield chunk
        at = chunk.stop


def gather(view: memoryview, at: NDArray[np.int64], width: int) -> NDArray[np.int64]:
    """Return the numbers of `width` bytes (1, 2 or 4) at each offset; zero where one does not lie wholly inside."""
    inside = (at >= 0) & (at <= len(view) - width)
    safe = np.where(inside, at, 0)
    octets = np.frombuffer(view, np.uint8) if len(view) >= width else np.zeros(width, np.uint8)
    number = np.zeros(len(at), np.int64)
    for byte in range(width):
        number |= octets[safe + byte].astype(np.int64) << (8 * byte)
    return np.where(inside, number, 0)


class StringPool:
    """A string pool. Strings are decoded when asked for; an index that leads nowhere gives None.

    Strings may share bytes. `bytes` is what all of them take together; a pool of which that is many times more than
    its own length is `refused` as a whole, and all its strings are None.
    """

    def __init__(self, view: memoryview, chunk: Chunk) -> None:
        """Read the header of a pool; what does not fit is left out."""
        self._view = view
        self._stop = chunk.stop
        self._known: dict[int, str | None] = {}
        count, flags, start = 0, 0, 0
        if chunk.start + _POOL.size <= chunk.stop:
            _, _, _, count, _, flags, start, _ = _POOL.unpack_from(view, chunk.start)
        self._read = self._utf8 if flags & _UTF8 else self._utf16
        self.declared = count
        self._start = chunk.start + start
        fitting = max(0, min(count, (chunk.stop - chunk.body) // 4))
        self._offsets: NDArray[np.uint32] = np.frombuffer(view[chunk.body : chunk.body + 4 * fitting], "<u4")
        self._view = view[: chunk.stop]
        self.bytes = sum(self._length(at, wide=not flags & _UTF8) for at in range(0, fitting, _STEP))
        self.refused = self.bytes > _MOST_SHARED * (chunk.stop - chunk.start) + MIB

    def __len__(self) -> int:
        return len(self._offsets)

    def text(self, index: int) -> str | None:
        """Return a string as found (`assay.model.text`), None where there is none."""
        if index not in self._known:
            self._known[index] = self._text(index)
        return self._known[index]

    def _text(self, index: int) -> str | None:
        if self.refused or not 0 <= index < len(self._offsets):
            return None
        return self._read(self._start + int(self._offsets[index]))

    def _length(self, first_index: int, *, wide: bool) -> int:
        """Return the length in bytes of _STEP strings together, as stated and as far as there are bytes."""
        at = self._start + self._offsets[first_index : first_index + _STEP].astype(np.int64)
        if wide:
            first = gather(self._view, at, 2)
            long = first & 0x8000 != 0
            length = np.where(long, (first & 0x7FFF) << 16 | gather(self._view, at + 2, 2), first) * 2
        else:
            at += 1 + (gather(self._view, at, 1) >> 7)
            first = gather(self._view, at, 1)
            length = np.where(first & 0x80 != 0, (first & 0x7F) << 8 | gather(self._view, at + 1, 1), first)
        return int(np.minimum(length, np.maximum(self._stop - at, 0)).sum())

    def _utf16(self, at: int) -> str | None:
        first = self._number(at, 2)
        if first is None:
            return None
        at += 2
        if first & 0x8000:
            second = self._number(at, 2)
            if second is None:
                return None
            first, at = (first & 0x7FFF) << 16 | second, at + 2
        length = min(first, (self._stop - at) // 2)
        raw = bytes(self._view[at : at + 2 * length])
        return text.from_str(raw.decode("utf-16-le", "surrogatepass"))

    def _utf8(self, at: int) -> str | None:
        _, at = self._length8(at)
        length, at = self._length8(at)
        return None if length is None else _from_utf8(bytes(self._view[at : min(at + length, self._stop)]))

    def _length8(self, at: int) -> tuple[int | None, int]:
        first = self._number(at, 1)
        if first is None or not first & 0x80:
            return first, at + 1
        second = self._number(at + 1, 1)
        return (None if second is None else (first & 0x7F) << 8 | second), at + 2

    def _number(self, at: int, width: int) -> int | None:
        return int.from_bytes(self._view[at : at + width], "little") if 0 <= at <= self._stop - width else None


def _from_utf8(raw: bytes) -> str:
    """Decode what build tools write as UTF-8: plain, or with surrogate pairs and zero in the modified form."""
    try:
        return text.from_str(raw.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    try:
        pairs = raw.replace(b"\xc0\x80", b"\0").decode("utf-8", "surrogatepass")
        return text.from_str(pairs.encode("utf-16-le", "surrogatepass").decode("utf-16-le"))
    except UnicodeDecodeError:
        return text.from_bytes(raw)
