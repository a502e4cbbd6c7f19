"""Text as found: lossless between bytes of evidence and columns that must hold valid Unicode.

Valid UTF-8 stands for itself. Anything else is kept as base64 behind a noncharacter (U+FDD0), which cannot be
confused with text: a text that begins with the marker itself is kept as base64 too.
"""

import base64
import binascii

from assay.model.characters import is_printable

MARKER = "\ufdd0base64:"


def from_bytes(raw: bytes) -> str:
    """Return the text of `raw` as found; `to_bytes` gives back the same bytes."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return MARKER + base64.b64encode(raw).decode("ascii")
    if text.startswith("\ufdd0"):
        return MARKER + base64.b64encode(raw).decode("ascii")
    return text


def from_str(text: str) -> str:
    """Return `text` in a form that encodes as UTF-8: lone surrogates go behind the marker."""
    return from_bytes(text.encode("utf-8", "surrogatepass"))


def to_bytes(text: str) -> bytes:
    """Return the bytes as found. Raises: ValueError where the text behind the marker is not base64."""
    if not text.startswith(MARKER):
        return text.encode("utf-8")
    try:
        return base64.b64decode(text[len(MARKER) :], validate=True)
    except binascii.Error as error:
        msg = "text behind the marker is not base64"
        raise ValueError(msg) from error


def is_bytes(text: str) -> bool:
    """Say whether the column holds bytes that are not text; a marker that somebody typed before other text is text."""
    if not text.startswith(MARKER):
        return False
    try:
        base64.b64decode(text[len(MARKER) :], validate=True)
    except ValueError:  # of base64, or of characters outside ASCII
        return False
    return True


def show(text: str) -> str:
    r"""Return a printable form: bytes as \xNN, control and bidirectional characters as \uNNNN, the rest as is."""
    if is_bytes(text):
        return "".join(chr(b) if 0x20 <= b < 0x7F else f"\\x{b:02x}" for b in to_bytes(text))
    if text.isascii() and text.isprintable():
        return text
    return "".join(char if is_printable(char) else _escape(char) for char in text)


def _escape(char: str) -> str:
    code = ord(char)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
