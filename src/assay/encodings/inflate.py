"""Undoing deflate within a limit, for the wrappings that contain it."""

import zlib

from assay.model.errors import Unreadable
from assay.model.limits import MIB

MAX_UNPACKED = 16 * MIB
"""Most bytes one wrapping in traffic may unpack to."""


def inflate(wrapped: bytes, window_bits: int) -> bytes:
    """Return what the stream holds; `window_bits` as in zlib (RFC 1950: 15, RFC 1952: 31). Bytes behind it are left.

    Raises: Unreadable for a stream that is broken, ends early or unpacks to more than `MAX_UNPACKED` bytes.
    """
    stream = zlib.decompressobj(window_bits)
    try:
        unpacked = stream.decompress(wrapped, MAX_UNPACKED + 1)
    except zlib.error as error:
        raise Unreadable("compressed bytes are broken") from error
    if len(unpacked) > MAX_UNPACKED:
        raise Unreadable(f"compressed bytes unpack to more than {MAX_UNPACKED} bytes")
    if not stream.eof:
        raise Unreadable("compressed bytes end early")
    return unpacked
