"""Hexadecimal digits, two a byte, with or without separators between the bytes."""

import re

from assay.registry import decoder

_WRAPPED = re.compile(
    rb"\s*(?:0[xX])?[0-9A-Fa-f]{2}(?:(?P<between>[ :-]?)[0-9A-Fa-f]{2}(?:(?P=between)[0-9A-Fa-f]{2})*)?\s*"
)
_BETWEEN = b" :-\t\r\n\v\f"


def encode(raw: bytes) -> bytes:
    """Return two lower-case digits a byte, without separators."""
    return raw.hex().encode("ascii")


@decoder(
    name="hex",
    encode=encode,
    one_liner=r"""perl -0777 -ne 's/^\s*0x//i; s/([0-9A-Fa-f]{2})/print chr hex $1/ge'""",
    blind_to=("an odd number of digits", "bytes in the order of a little-endian number"),
    source="RFC 4648, section 8",
)
def decode(wrapped: bytes) -> bytes | None:
    """Return the bytes, None where anything else than pairs of digits and one kind of separator stands there."""
    if _WRAPPED.fullmatch(wrapped) is None:
        return None
    digits = wrapped.translate(None, _BETWEEN)
    start = 2 if digits[:2] in {b"0x", b"0X"} else 0
    return bytes.fromhex(digits[start:].decode("ascii"))
