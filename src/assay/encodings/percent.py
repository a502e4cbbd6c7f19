"""Percent-encoding: any byte as ``%`` and two hex digits."""

import re

from assay.registry import decoder

_BINARY = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_ESCAPE = re.compile(rb"%([0-9A-Fa-f]{2})")


def is_binary(data: bytes) -> bool:
    """Say whether there are control characters that no text in a URL or a form holds unescaped."""
    return _BINARY.search(data) is not None


def encode(raw: bytes) -> bytes:
    """Return `raw` with every byte outside the unreserved set as ``%XX`` (RFC 3986, section 2.3)."""
    return b"".join(bytes([byte]) if byte in _UNRESERVED else b"%%%02X" % byte for byte in raw)


_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


@decoder(
    name="percent",
    encode=encode,
    one_liner=r"""perl -0777 -pe 's/%([0-9A-Fa-f]{2})/chr hex $1/ge'""",
    blind_to=(
        "escapes of the form %uXXXX, which no specification knows",
        "values escaped twice count as two wrappings",
    ),
    source="RFC 3986, section 2.1",
)
def decode(wrapped: bytes) -> bytes | None:
    """Return the bytes behind every escape, a stray ``%`` as it is; None where there is no escape or no text."""
    if is_binary(wrapped):
        return None
    raw, escapes = _ESCAPE.subn(lambda match: bytes([int(match[1], 16)]), wrapped)
    return raw if escapes else None
