"""Bytes of an artefact, read at offsets. Readers see only this, never a path."""

from typing import Protocol

from assay.model.ids import Buffer


class ByteSource(Protocol):
    """A bounded run of bytes; sources stack (an entry of a ZIP in an image in a ZIP)."""

    @property
    def size(self) -> int:
        """Length in bytes."""

    def read(self, offset: int, length: int) -> bytes:
        """Return at most `length` bytes from `offset`; fewer only at the end."""

    def view(self) -> memoryview:
        """Return all bytes, without a copy where the source lies in memory or in a mapped file."""


class BufferSource:
    """A source over bytes in memory or in a mapped file. Keeps a reference, makes no copy."""

    def __init__(self, data: Buffer) -> None:
        """Take the buffer as it is."""
        self._view = memoryview(data).cast("B")

    @property
    def size(self) -> int:
        """Length in bytes."""
        return len(self._view)

    def read(self, offset: int, length: int) -> bytes:
        """Return at most `length` bytes from `offset`; negative arguments give nothing."""
        if offset < 0 or length <= 0:
            return b""
        return bytes(self._view[offset : offset + length])

    def view(self) -> memoryview:
        """Return all bytes without a copy."""
        return self._view
