"""gzip streams. Source: RFC 1952."""

from functools import partial

from assay.artefacts.streams.compressed import Compressed, DeflateFrame, frames
from assay.model.source import ByteSource
from assay.registry import reader

MAGIC = b"\x1f\x8b\x08"
_RESERVED = 0xE0
_UNPACK = frames(partial(DeflateFrame, 31), MAGIC)


def is_gzip(source: ByteSource) -> bool:
    """Say whether the bytes begin with a gzip header of the one method there is, without reserved flags."""
    head = source.read(0, 10)
    return len(head) == 10 and head.startswith(MAGIC) and not head[3] & _RESERVED


@reader(
    kind="gzip",
    gives=Compressed,
    recognise=is_gzip,
    rank=50,
    blind_to=("the file name and the time that the header may hold", "bytes that stand behind the last stream"),
    source="RFC 1952, section 2",
)
def open_gzip(source: ByteSource) -> Compressed:
    """Open a gzip stream."""
    return Compressed(source, _UNPACK)
