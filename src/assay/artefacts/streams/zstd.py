"""Zstandard frames. Source: RFC 8878."""

from typing import Any

import zstandard

from assay.artefacts.streams.compressed import Compressed, frames
from assay.model.ids import Buffer
from assay.model.source import ByteSource
from assay.registry import reader

MAGIC = b"\x28\xb5\x2f\xfd"
MAX_WINDOW = 1 << 27
"""Largest window of a frame, in bytes; what the program itself takes by default."""
_STEP = 1 << 10
"""Bytes given at a time: the library has no limit for its answer, and four bytes can become 128 KiB."""


class _ZstdFrame:
    """One frame; the library's own object cannot be told how much to answer."""

    def __init__(self) -> None:
        self._frame: Any = zstandard.ZstdDecompressor(max_window_size=MAX_WINDOW).decompressobj()

    @property
    def eof(self) -> bool:
        return bool(self._frame.eof)

    @property
    def unused_data(self) -> bytes:
        return bytes(self._frame.unused_data)

    def decompress(self, data: Buffer, _max_length: int, /) -> bytes:
        content: bytes = self._frame.decompress(data)
        return content


@reader(
    kind="zstd",
    gives=Compressed,
    recognise=lambda source: source.read(0, 4) == MAGIC,
    rank=50,
    blind_to=(
        "frames packed with a dictionary",
        f"frames whose window is larger than {MAX_WINDOW} bytes",
        "files that begin with a skippable frame",
    ),
    source="RFC 8878, section 3.1",
)
def open_zstd(source: ByteSource) -> Compressed:
    """Open Zstandard frames."""
    return Compressed(source, frames(_ZstdFrame, MAGIC, _STEP))
