"""zlib streams."""

import zlib

from assay.encodings.inflate import inflate
from assay.registry import decoder

HEADERS = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")
"""Deflate with a window of 32 KiB and no preset dictionary, at each of the four levels."""


@decoder(
    name="zlib",
    encode=zlib.compress,
    one_liner=r"""(printf '\037\213\010\0\0\0\0\0\0\0'; tail -c +3) | gzip -dc 2>/dev/null""",
    blind_to=("streams with a preset dictionary", "windows of less than 32 KiB, raw deflate"),
    source="RFC 1950, section 2.2",
)
def decode(wrapped: bytes) -> bytes | None:
    """Return what the stream holds, None without its header. Raises: Unreadable for a broken stream."""
    return inflate(wrapped, 15) if wrapped.startswith(HEADERS) else None
