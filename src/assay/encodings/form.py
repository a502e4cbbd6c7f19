"""Form encoding: percent-encoding with ``+`` for a space."""

from assay.encodings import percent
from assay.registry import decoder


def encode(raw: bytes) -> bytes:
    """Return `raw` as a browser writes it into a form or a query."""
    return percent.encode(raw).replace(b"%20", b"+")


@decoder(
    name="form",
    encode=encode,
    one_liner=r"""perl -0777 -pe 'tr/+/ /; s/%([0-9A-Fa-f]{2})/chr hex $1/ge'""",
    blind_to=("forms in a character set other than the one the value is searched in",),
    source="WHATWG URL Standard, section 5.1 (application/x-www-form-urlencoded parsing)",
)
def decode(wrapped: bytes) -> bytes | None:
    """Return the bytes with ``+`` as a space and escapes undone, None where there is no ``+`` or no text."""
    if b"+" not in wrapped or percent.is_binary(wrapped):
        return None
    spaced = wrapped.replace(b"+", b" ")
    unescaped = percent.decode(spaced)
    return spaced if unescaped is None else unescaped
