"""bzip2 streams. Source: the format as the bzip2 program 1.0 writes it; it has no other specification."""

import re

from assay.artefacts.streams.compressed import Compressed, bzip2_frame, frames
from assay.model.source import ByteSource
from assay.registry import reader

MAGIC = b"BZh"
_BEGINS = re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)")
_UNPACK = frames(bzip2_frame, MAGIC)


@reader(
    kind="bzip2",
    gives=Compressed,
    recognise=lambda source: _BEGINS.match(source.read(0, 10)) is not None,
    rank=50,
    blind_to=("bytes that stand behind the last stream", "blocks behind a damaged one"),
    source="bzip2 1.0, the program itself",
)
def open_bzip2(source: ByteSource) -> Compressed:
    """Open a bzip2 stream."""
    return Compressed(source, _UNPACK)
