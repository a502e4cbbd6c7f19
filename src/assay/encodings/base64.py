"""Base64 in both alphabets, with or without padding and line breaks."""

import base64
import re

from assay.registry import decoder

_WRAPPED = re.compile(rb"(?:[A-Za-z0-9+/\s]++|[A-Za-z0-9_\-\s]++)(?:=\s*){0,2}")
_SPACE = b" \t\r\n\v\f"
_TO_STANDARD = bytes.maketrans(b"-_", b"+/")


@decoder(
    name="base64",
    encode=base64.b64encode,
    one_liner="tr -d '= \\t\\r\\n' | tr -- '-_' '+/' | base64 -d 2>/dev/null",
    blind_to=("alphabets in another order", "several encodings run together with padding between them"),
    source="RFC 4648, sections 4 and 5",
)
def decode(wrapped: bytes) -> bytes | None:
    """Return the bytes, None where a character is of neither alphabet, of both, or the length cannot be."""
    if _WRAPPED.fullmatch(wrapped) is None:
        return None
    digits = wrapped.translate(_TO_STANDARD, _SPACE + b"=")
    if not digits or len(digits) % 4 == 1:
        return None
    return base64.b64decode(digits + b"=" * (-len(digits) % 4))
