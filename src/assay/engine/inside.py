"""What stands at a place inside an artefact, as a few lines for a person."""

from assay.artefacts.json import JsonDocument
from assay.bytecode.dex import DexFile
from assay.bytecode.listing import listing
from assay.model.locator import ByteRange, InnerPlace, Place
from assay.model.source import ByteSource
from assay.model.text import from_bytes, show
from assay.registry import Document

ROW = 16
MOST_BYTES = 256
MOST_TEXT = 300
AROUND = 6
"""Instructions shown before and after the one at a code offset."""


def inside(source: ByteSource, document: Document | None, place: Place | None) -> list[str]:
    """Return what stands at `place`: a hex dump, a line, a value, or instructions."""
    if place is None:
        return []
    if isinstance(place, ByteRange):
        return _dump(source, place)
    if place.scheme == "line":
        return _line(source, place)
    if place.scheme == "method" and isinstance(document, DexFile):
        return _method(document, place)
    if place.scheme == "json" and isinstance(document, JsonDocument):
        return _pointer(document.value, place.value)
    return [f"at {place.scheme} {show(place.value)}"]


def _dump(source: ByteSource, place: ByteRange) -> list[str]:
    data = source.read(place.offset, min(place.length, MOST_BYTES))
    lines = [_row(place.offset + at, data[at : at + ROW]) for at in range(0, len(data), ROW)]
    return lines if place.length <= MOST_BYTES else [*lines, f"… {place.length - MOST_BYTES} bytes more"]


def _row(offset: int, data: bytes) -> str:
    plain = "".join(chr(byte) if 0x20 <= byte < 0x7F else "." for byte in data)
    return f"{offset:08x}  {data.hex(' '):<{ROW * 3}} {plain}"


def _line(source: ByteSource, place: InnerPlace) -> list[str]:
    first = place.value.split("-", 1)[0]
    lines = bytes(source.view()).splitlines()
    if not first.isdigit() or not 0 < int(first) <= len(lines):
        return [f"at line {show(place.value)}"]
    return [f"line {first}: {_short(show(from_bytes(lines[int(first) - 1])))}"]


def _method(dex: DexFile, place: InnerPlace) -> list[str]:
    name, _, offset = place.value.partition("+0x")
    definitions = dex.find_definitions(name)
    if not definitions:
        return [f"at {show(place.value)}"]
    lines = list(listing(dex, definitions[0]))
    at = next((row for row, line in enumerate(lines) if offset and line.pc >= int(offset, 16)), 0)
    first, last = max(0, at - AROUND), at + AROUND + 1
    shown = [("> " if row == at and offset else "  ") + str(line) for row, line in enumerate(lines)]
    left = len(lines) - len(shown[first:last])
    return [show(name), *shown[first:last], *([f"  … {left} instructions more"] if left else [])]


def _pointer(value: object, pointer: str) -> list[str]:
    for part in pointer.split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        if isinstance(value, dict) and key in value:
            value = value[key]
        elif isinstance(value, list) and key.isdigit() and int(key) < len(value):
            value = value[int(key)]
        else:
            return [f"at {show(pointer)}"]
    return [f"{show(pointer) or '(the document)'}: {_short(show(repr(value)))}"]


def _short(text: str) -> str:
    return text if len(text) <= MOST_TEXT else text[:MOST_TEXT] + "…"
