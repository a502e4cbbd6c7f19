"""zlib streams. Source: RFC 1950.

Two bytes of header are no magic number, so a stream is recognised by unpacking its beginning.
"""

import zlib
from functools import partial

from assay.artefacts.streams.compressed import Compressed, DeflateFrame, frames
from assay.model.source import ByteSource
from assay.registry import reader

BEGINNING = 1 << 16
"""Bytes that are unpacked to recognise a stream."""
_HEADERS = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")
_UNPACK = frames(partial(DeflateFrame, 15), b"\0no stream follows another")


def is_zlib(source: ByteSource) -> bool:
    """Say whether the bytes unpack: to their end, or for as long as `BEGINNING`."""
    if not source.read(0, 2).startswith(_HEADERS):
        return False
    stream = zlib.decompressobj()
    try:
        content = stream.decompress(source.read(0, 2 * BEGINNING), BEGINNING)
    except zlib.error:
        return False
    return len(content) == BEGINNING or (stream.eof and content != b"")


@reader(
    kind="zlib",
    gives=Compressed,
    recognise=is_zlib,
    rank=30,
    blind_to=(
        "streams with a preset dictionary or a window of less than 32 KiB, raw deflate",
        f"streams that break off or are damaged before {BEGINNING} bytes of content",
    ),
    source="RFC 1950, section 2.2",
)
def open_zlib(source: ByteSource) -> Compressed:
    """Open a zlib stream."""
    return Compressed(source, _UNPACK)
