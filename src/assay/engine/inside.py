"""What stands at a place inside an artefact, as a few lines for a person."""

import re
import tomllib

import numpy as np

from assay.artefacts.apk import MANIFEST, Apk
from assay.artefacts.json import JsonDocument
from assay.bytecode.dex import DexFile
from assay.bytecode.flow.control_flow import Flows
from assay.bytecode.flow.method_listing import method_listing
from assay.bytecode.opcodes import UNITS
from assay.model.locator import ByteRange, InnerPlace, Place, parse_place
from assay.model.source import ByteSource
from assay.model.text import from_bytes, show
from assay.registry import Document

_IN_CODE = re.compile(r"(.*)\+0x([0-9a-f]+)", re.DOTALL)

ROW = 16
MOST_BYTES = 256
MOST_TEXT = 300
MOST_LINES = 6
MOST_AROUND = 24
"""Lines of a block shown before and after the instruction at a code offset."""


def inside(source: ByteSource, document: Document | None, place: Place | None) -> list[str]:
    """Return what stands at `place`: a hex dump, lines, a value, instructions or entries of a resource."""
    if place is None:
        return []
    if isinstance(place, ByteRange):
        return _dump(source, place)
    found = _by_scheme(source, document, place)
    return found or [f"at {place.scheme} {show(place.value)}"]


def _by_scheme(source: ByteSource, document: Document | None, place: InnerPlace) -> list[str]:
    if place.scheme in ("line", "lines"):
        return _lines(source, place.value)
    if place.scheme == "toml":
        return _toml(source, place.value)
    if place.scheme == "method" and isinstance(document, DexFile):
        return _method(document, place.value)
    if place.scheme == "json" and isinstance(document, JsonDocument):
        return _pointer(document.value, place.value)
    return _in_package(document, place) if isinstance(document, Apk) else []


def bytes_of(document: Document | None, place: Place | None) -> ByteRange | None:
    """Return where the instruction at a place in code lies in its DEX file, None for another place."""
    if not isinstance(document, DexFile) or not isinstance(place, InnerPlace) or place.scheme != "method":
        return None
    name, pc = method_and_offset(place.value)
    definitions = document.find_definitions(name)
    if not definitions or pc is None:
        return None
    body, code = definitions[0], document.instructions
    rows = slice(int(code.starts[body]), int(code.starts[body + 1]))
    row = rows.start + int(np.searchsorted(code.pc[rows], pc))
    if row >= rows.stop or int(code.pc[row]) != pc:
        return None
    first = int(document.bodies.first[body]) + int(code.pc[row])
    return ByteRange(2 * first, 2 * int(UNITS[code.opcode[row]]))


def method_and_offset(value: str) -> tuple[str, int | None]:
    """Return the method that a place in code names and its code offset in 16-bit units, None where it has none."""
    found = _IN_CODE.fullmatch(value)
    return (found[1], int(found[2], 16)) if found else (value, None)


def _dump(source: ByteSource, place: ByteRange) -> list[str]:
    data = source.read(place.offset, min(place.length, MOST_BYTES))
    lines = [_row(place.offset + at, data[at : at + ROW]) for at in range(0, len(data), ROW)]
    return lines if place.length <= MOST_BYTES else [*lines, f"… {place.length - MOST_BYTES} bytes more"]


def _row(offset: int, data: bytes) -> str:
    plain = "".join(chr(byte) if 0x20 <= byte < 0x7F else "." for byte in data)
    return f"{offset:08x}  {data.hex(' '):<{ROW * 3}} {plain}"


def _lines(source: ByteSource, value: str) -> list[str]:
    first, _, last = value.partition("-")
    if not first.isdigit() or not (last or first).isdigit():
        return []
    begin, end = int(first), int(last or first)
    lines = bytes(source.view()).splitlines()[max(begin - 1, 0) : min(end, begin + MOST_LINES - 1)]
    shown = [f"line {number}: {_short(show(from_bytes(line)))}" for number, line in enumerate(lines, start=begin)]
    left = end - begin + 1 - len(lines)
    return [*shown, f"… {left} lines more"] if left > 0 and lines else shown


def _toml(source: ByteSource, pointer: str) -> list[str]:
    try:
        return _pointer(tomllib.loads(bytes(source.view()).decode("utf-8-sig")), pointer)
    except ValueError:  # of TOML or UTF-8
        return []


def _in_package(apk: Apk, place: InnerPlace) -> list[str]:
    if place.scheme == "resource":
        wanted = place.value.split("/")[:2]
        for array in apk.string_arrays():
            if [f"0x{array.resource_id:08x}", array.configuration] == wanted:
                return [f"{show(array.name)}: {_short(' · '.join(map(show, array.entries)))}"]
    if place.scheme == "manifest":
        manifest, at = apk.read(MANIFEST), parse_place(place.value)
        if manifest is not None and isinstance(at, ByteRange):
            return [f"in AndroidManifest.xml at {at}", *_dump(manifest, at)]
    return []


def _method(dex: DexFile, value: str) -> list[str]:
    """Return the block that holds a code offset, or that the method begins with."""
    name, offset = method_and_offset(value)
    definitions = dex.find_definitions(name)
    if not definitions:
        return []
    flow, pc = Flows(dex).of(definitions[0]), offset or 0
    block = flow.block_at(pc)
    if block is None:
        return [show(name)]
    lines = list(method_listing(dex, flow, range(block, block + 1)))
    at = max((row for row, line in enumerate(lines) if line.pc is not None and line.pc <= pc), default=0)
    low, high = max(0, at - MOST_AROUND), at + MOST_AROUND + 1
    shown = [("> " if row == at and offset is not None else "  ") + line.text for row, line in enumerate(lines)]
    left = len(shown) - len(shown[low:high])
    head = [] if low == 0 else [shown[0]]
    more = [f"  … {left} lines more of this block"] if left else []
    others = len(flow.blocks.range) - 1
    return [show(name), *head, *shown[low:high], *more, *([f"  … {others} blocks more"] if others else [])]


def _pointer(value: object, pointer: str) -> list[str]:
    for part in pointer.split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        if isinstance(value, dict) and key in value:
            value = value[key]
        elif isinstance(value, list) and key.isdigit() and int(key) < len(value):
            value = value[int(key)]
        else:
            return []
    return [f"{show(pointer) or '(the document)'}: {_short(show(repr(value)))}"]


def _short(text: str) -> str:
    return text if len(text) <= MOST_TEXT else text[:MOST_TEXT] + "…"
