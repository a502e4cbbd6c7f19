"""A compressed stream as a container of one member, unpacked within limits.

A stream that unpacks to more than its limit gives nothing; one that is damaged or cut off gives what comes before.
"""

import bz2
import contextlib
import lzma
import zlib
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

import zstandard

from assay.artefacts.problem_log import ProblemLog
from assay.model.errors import Unreadable
from assay.model.ids import Buffer
from assay.model.limits import FREE_EXPANSION_BYTES, MAX_ARTEFACT_BYTES, MAX_CONTAINER_RATIO
from assay.model.problem import Problem
from assay.model.source import BufferSource, ByteSource
from assay.registry import Member

CONTENT = b"content"
"""The name of the one member."""
MAX_FRAMES = 10_000
"""Most streams, one behind the other, that are read as one."""
STEP = 1 << 16
DAMAGED = (zlib.error, lzma.LZMAError, zstandard.ZstdError, OSError, ValueError, EOFError)
"""What the decompressors raise on damaged streams."""
_MEMORY = 256 << 20
_INSTEAD = "what could be unpacked was examined"
_COST = "its content may be missing or altered"


class Frame(Protocol):
    """What the decompressors of the standard library have in common."""

    @property
    def eof(self) -> bool:
        """Whether the end of the stream was reached."""

    @property
    def unused_data(self) -> bytes:
        """What was given and lies behind the end."""

    def decompress(self, data: Buffer, max_length: int, /) -> bytes:
        """Return at most `max_length` bytes."""


Unpack = Callable[[memoryview, int, list[str]], Iterator[Buffer]]
"""Yields the content in pieces, each of at most the given length; what is wrong goes into the list.

Raises one of DAMAGED where the stream cannot be read on.
"""


class Compressed:
    """A compressed stream; `problems` grows when its member is opened."""

    def __init__(self, source: ByteSource, unpack: Unpack) -> None:
        """Take the stream and the way to unpack it."""
        self._view = source.view()
        self._unpack = unpack
        self._log = ProblemLog()

    @property
    def problems(self) -> Sequence[Problem]:
        """Problems met so far."""
        return self._log()

    def members(self) -> Iterator[Member]:
        """Yield the one member; its size is not stated, so it is given as 0."""
        yield Member(name=CONTENT, size=0, open=self._open)

    def _open(self) -> ByteSource:
        wrong: list[str] = []
        content = gathered(self._unpack, self._view, allowance(len(self._view)), wrong)
        if not content and wrong:
            raise Unreadable(f"does not unpack: {wrong[0]}")
        for what in wrong:
            self._log.add(None, what, _INSTEAD, _COST)
        return BufferSource(content)


def allowance(size: int) -> int:
    """Return how many bytes a stream of `size` bytes may unpack to."""
    return min(MAX_ARTEFACT_BYTES, max(FREE_EXPANSION_BYTES, MAX_CONTAINER_RATIO * size))


def gathered(unpack: Unpack, view: memoryview, most: int, wrong: list[str]) -> bytearray:
    """Return what a stream unpacks to, up to its damage. Raises: Unreadable where it is more than `most` bytes."""
    content = bytearray()
    try:
        for piece in unpack(view, most, wrong):
            content += piece
            if len(content) > most:
                raise Unreadable(f"unpacks to more than the {most} bytes allowed")
    except DAMAGED as error:
        wrong.append(f"damaged after {len(content)} bytes of content: {error}")
    return content


def frames(new: Callable[[], Frame], magic: bytes, step: int = STEP) -> Unpack:
    """Return the way to unpack streams that stand one behind the other, each beginning with `magic`.

    `step` is how many bytes a decompressor is given at a time.
    """

    def unpack(view: memoryview, most: int, wrong: list[str]) -> Iterator[bytes]:
        at, ended = 0, False
        for _ in range(MAX_FRAMES):
            frame, ended = new(), False
            while at < len(view) and not ended:
                piece = view[at : at + step]
                yield frame.decompress(piece, most + 1)
                ended = frame.eof
                at += len(piece) - (len(frame.unused_data) if ended else 0)
            if not ended or view[at : at + len(magic)] != magic:
                break
        wrong.extend(_ending(view, at, ended=ended))

    return unpack


def _ending(view: memoryview, at: int, *, ended: bool) -> Iterator[str]:
    if not ended:
        yield "the stream ends early"
    elif at < len(view):
        yield f"{len(view) - at} bytes from 0x{at:x} on lie behind the stream and were not unpacked"


class DeflateFrame:
    """A gzip or zlib stream that gives what comes before its damage; `eof` then raises zlib.error."""

    def __init__(self, window_bits: int) -> None:
        """Take the window bits as in zlib (RFC 1950: 15, RFC 1952: 31)."""
        self._stream = zlib.decompressobj(window_bits)
        self._damage: zlib.error | None = None

    @property
    def eof(self) -> bool:
        """Whether the end of the stream was reached. Raises: zlib.error for a damaged one."""
        if self._damage is not None:
            raise self._damage
        return self._stream.eof

    @property
    def unused_data(self) -> bytes:
        """What was given and lies behind the end."""
        return self._stream.unused_data

    def decompress(self, data: Buffer, max_length: int, /) -> bytes:
        """Return at most `max_length` bytes, only those before the damage where there is one."""
        before = self._stream.copy()
        try:
            return self._stream.decompress(data, max_length)
        except zlib.error as error:
            self._damage = error
        content = bytearray()
        with contextlib.suppress(zlib.error):
            for at in range(len(data)):
                content += before.decompress(data[at : at + 1], max_length)
        return bytes(content)


def xz_frame() -> Frame:
    """Return a decompressor of XZ that takes no more memory than a stream may ask for."""
    return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_MEMORY)


def bzip2_frame() -> Frame:
    """Return a decompressor of bzip2."""
    return bz2.BZ2Decompressor()
