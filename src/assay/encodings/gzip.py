"""gzip streams."""

import gzip
from functools import partial

from assay.encodings.inflate import inflate
from assay.registry import decoder

MAGIC = b"\x1f\x8b\x08"


@decoder(
    name="gzip",
    encode=partial(gzip.compress, mtime=0),
    one_liner="gzip -dc",
    blind_to=("members after the first", "streams without the ten bytes of their header"),
    source="RFC 1952, section 2.3",
)
def decode(wrapped: bytes) -> bytes | None:
    """Return what the first member holds, None without its magic number. Raises: Unreadable for a broken stream."""
    return inflate(wrapped, 31) if wrapped.startswith(MAGIC) else None
