"""XZ streams. Source: The .xz File Format, version 1.2.1."""

from assay.artefacts.streams.compressed import Compressed, frames, xz_frame
from assay.model.source import ByteSource
from assay.registry import reader

MAGIC = b"\xfd7zXZ\0"
_UNPACK = frames(xz_frame, MAGIC)


@reader(
    kind="xz",
    gives=Compressed,
    recognise=lambda source: source.read(0, 6) == MAGIC,
    rank=50,
    blind_to=("streams whose dictionary needs more than 256 MiB", "LZMA streams without the XZ container"),
    source="The .xz File Format, version 1.2.1, section 2",
)
def open_xz(source: ByteSource) -> Compressed:
    """Open an XZ stream."""
    return Compressed(source, _UNPACK)
