"""Distinguished encoding (DER) of ASN.1, as far as signed messages need it.

Source: ITU-T X.690, sections 8.1 and 10.
"""

from collections.abc import Iterator

import msgspec

SET = 0x31
MAX_ELEMENTS = 10_000


class Element(msgspec.Struct, frozen=True):
    """One element: its tag, all its bytes, and its content."""

    tag: int
    whole: bytes
    content: bytes


def element(data: bytes, at: int = 0) -> Element:
    """Return the element at an offset. Raises: ValueError where none fits."""
    if at + 2 > len(data) or data[at] & 0x1F == 0x1F:
        msg = "no element where one is expected"
        raise ValueError(msg)
    length, body = _length(data, at + 1)
    if body + length > len(data):
        msg = f"an element of {length} bytes where {len(data) - body} are left"
        raise ValueError(msg)
    return Element(data[at], data[at : body + length], data[body : body + length])


def _length(data: bytes, at: int) -> tuple[int, int]:
    first = data[at]
    if first < 0x80:
        return first, at + 1
    width = first & 0x7F
    if not 1 <= width <= 4 or at + 1 + width > len(data):
        msg = "a length that is not of the distinguished form"
        raise ValueError(msg)
    return int.from_bytes(data[at + 1 : at + 1 + width], "big"), at + 1 + width


def elements(content: bytes) -> Iterator[Element]:
    """Yield the elements of a content one after the other. Raises: ValueError where one does not fit."""
    at = 0
    for _ in range(MAX_ELEMENTS):
        if at >= len(content):
            return
        found = element(content, at)
        yield found
        at += len(found.whole)
    msg = f"more than {MAX_ELEMENTS} elements"
    raise ValueError(msg)


def identifier(content: bytes) -> str:
    """Return an object identifier in dotted form."""
    arcs, value = [], 0
    for byte in content:
        value = value << 7 | byte & 0x7F
        if not byte & 0x80:
            arcs.append(value)
            value = 0
    first = min(arcs[0] // 40, 2) if arcs else 0
    return ".".join(map(str, [first, arcs[0] - 40 * first, *arcs[1:]])) if arcs else ""
