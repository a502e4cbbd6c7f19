"""Names as bytes in the notation of smali, as `assay.bytecode.names` shows them."""

from assay.bytecode.columns.record import UNNAMED
from assay.bytecode.names import MAX_NAME_BYTES
from assay.bytecode.strings import text_of
from assay.model import text


def shown(raw: bytes) -> str:
    """Return a name as text; one that is missing or too long as its length."""
    if raw == UNNAMED:
        return "?"
    if len(raw) > MAX_NAME_BYTES:
        return f"name of {len(raw)} bytes"
    found = text_of(raw)
    return text.show(found) if text.is_bytes(found) else found


def method(owner: bytes, name: bytes, prototype: bytes) -> str:
    """Return a method like ``Lorg/x/A;->m(I)V``."""
    return f"{shown(owner)}->{shown(name)}{shown(prototype)}"
