"""Names by content: every id of the bench is a sha256 or begins with one."""

import hashlib
import re

Buffer = bytes | bytearray | memoryview
"""What the bench reads bytes from."""

SHORT = 16
"""Hex digits of a short id: 64 bits, checked for collision where ids are collected."""

_HEX64 = re.compile(r"[0-9a-f]{64}")


def sha256_hex(data: Buffer) -> str:
    """Return the sha256 of `data` as 64 lower-case hex digits (FIPS 180-4)."""
    return hashlib.sha256(data).hexdigest()


def is_sha256(text: str) -> bool:
    """Say whether `text` is a full sha256 in lower-case hex."""
    return _HEX64.fullmatch(text) is not None


def short(prefix: str, digest: str) -> str:
    """Return ``<prefix>-<first 16 hex digits>``, e.g. ``f-4be0…`` for facts, ``L-…`` for lists."""
    return f"{prefix}-{digest[:SHORT]}"
