"""The header of a DEX file and the map list, held against the size of the file.

Source: Android Open Source Project, "Dalvik executable format": header_item, map_list; container fields of version 041.
"""

import struct

import msgspec
import numpy as np

from assay.model.errors import Unreadable
from assay.model.locator import ByteRange
from assay.model.problem import Problem

MAGIC = b"dex\n"
VERSIONS = ("035", "036", "037", "038", "039", "040", "041")
CONTAINER_VERSION = "041"
"""The version whose files may hold several logical DEX files; offsets count from the first byte of the whole."""
LITTLE_ENDIAN = 0x12345678
BIG_ENDIAN = 0x78563412
HEADER_BYTES = 0x70
CONTAINER_HEADER_BYTES = 0x78
MAP_ITEM_BYTES = 12
MAX_MAP_ITEMS = 64
"""Most rows read of the map list; the specification knows 21 types, each at most once."""

_FIELDS = struct.Struct("<8sI20s20I")
_CONTAINER = struct.Struct("<II")
_MAP_ITEM = np.dtype([("type", "<u2"), ("unused", "<u2"), ("count", "<u4"), ("offset", "<u4")])
_MAPPED = {"call sites": 0x0007, "method handles": 0x0008, "flags of hidden members": 0xF000}


class Section(msgspec.Struct, frozen=True):
    """A table as the file states it: rows, and offset of the first in bytes from the file's first byte.

    `stated_at` is the offset of the statement itself.
    """

    name: str
    count: int
    offset: int
    stated_at: int


class MapSections(msgspec.Struct, frozen=True):
    """The sections that only the map list names; of none rows where it does not name them."""

    call_sites: Section = Section("call sites", 0, 0, 0)
    method_handles: Section = Section("method handles", 0, 0, 0)
    hidden_api: Section = Section("flags of hidden members", 0, 0, 0)


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """What the header states, unchecked but for magic, version and byte order.

    `container_size` and `header_offset` are those of version 041, `file_size` and 0 in any other.
    """

    version: str
    checksum: int
    signature: bytes
    file_size: int
    header_size: int
    map_off: int
    strings: Section
    types: Section
    protos: Section
    fields: Section
    methods: Section
    classes: Section
    container_size: int
    header_offset: int


def is_dex(start: bytes) -> bool:
    """Say whether the first eight bytes are a DEX magic number of any version."""
    return len(start) >= 8 and start[:4] == MAGIC and start[4:7].isdigit() and start[7] == 0


def is_logical(start: memoryview) -> bool:
    """Say whether a whole header of a version that can stand in a container begins here."""
    magic = MAGIC + CONTAINER_VERSION.encode("ascii") + b"\0"
    return len(start) >= CONTAINER_HEADER_BYTES and bytes(start[:8]) == magic


def read_header(data: memoryview) -> Header:
    """Return the header. Raises: Unreadable where it is cut off, of another version or big-endian."""
    if len(data) < HEADER_BYTES:
        raise Unreadable(f"{len(data)} bytes are too few for a DEX header of {HEADER_BYTES}")
    magic, checksum, signature, *numbers = _FIELDS.unpack_from(data)
    version = _version(magic)
    if numbers[2] == BIG_ENDIAN:
        raise Unreadable("the DEX file is big-endian, which no Android release runs")
    return _header(version, checksum, signature, (*numbers, *_container(version, data, numbers[0])))


def _version(magic: bytes) -> str:
    if not is_dex(magic):
        raise Unreadable("the DEX magic number is missing")
    version = magic[4:7].decode("ascii")
    if version not in VERSIONS:
        raise Unreadable(f"DEX version {version} is not among those read, {VERSIONS[0]} to {VERSIONS[-1]}")
    return version


def _container(version: str, data: memoryview, file_size: int) -> tuple[int, int]:
    """Return the size of the container and the offset of the header in it."""
    if version != CONTAINER_VERSION or len(data) < CONTAINER_HEADER_BYTES:
        return file_size, 0
    container_size, header_offset = _CONTAINER.unpack_from(data, HEADER_BYTES)
    return container_size, header_offset


def _header(version: str, checksum: int, signature: bytes, numbers: tuple[int, ...]) -> Header:
    names = ("strings", "types", "protos", "fields", "methods", "classes")
    sections = {
        name: Section(name, numbers[6 + 2 * i], numbers[7 + 2 * i], 0x38 + 8 * i) for i, name in enumerate(names)
    }
    return Header(
        version=version,
        checksum=checksum,
        signature=signature,
        file_size=numbers[0],
        header_size=numbers[1],
        map_off=numbers[5],
        container_size=numbers[20],
        header_offset=numbers[21],
        **sections,
    )


def header_problems(header: Header, data: memoryview) -> list[Problem]:
    """Return what the header states otherwise than the bytes show."""
    found = [*_size_problems(header, len(data)), *_container_problems(header, data)]
    if int.from_bytes(data[40:44], "little") != LITTLE_ENDIAN:
        found.append(_problem(40, 4, "the byte order mark is not one of the two that exist", "read as little-endian"))
    return found


def _size_problems(header: Header, size: int) -> list[Problem]:
    found = []
    expected = CONTAINER_HEADER_BYTES if header.version == CONTAINER_VERSION else HEADER_BYTES
    if header.header_size != expected:
        found.append(_problem(36, 4, f"the header states {header.header_size} bytes for itself", f"read {expected}"))
    if header.file_size > size:
        what = f"the header states a file of {header.file_size} bytes, there are {size}: the file is cut off"
        found.append(_problem(32, 4, what, "what lies within the file was read"))
    if header.file_size < size and header.version != CONTAINER_VERSION:
        what = f"the header states a file of {header.file_size} bytes, there are {size}"
        found.append(_problem(32, 4, what, "offsets were followed up to the end of the bytes"))
    return found


def _container_problems(header: Header, data: memoryview) -> list[Problem]:
    if header.version != CONTAINER_VERSION or len(data) < CONTAINER_HEADER_BYTES:
        return []
    found, at = [], header.header_offset
    if header.container_size != len(data):
        what = f"the header states a container of {header.container_size} bytes, there are {len(data)}"
        found.append(_problem(HEADER_BYTES, 4, what, "offsets were followed up to the end of the bytes"))
    if at and not is_logical(data[at : at + CONTAINER_HEADER_BYTES]):
        found.append(_problem(0x74, 4, f"the header states that it lies at {at}, where no header is", "read here"))
    if at and at + header.file_size > len(data):
        what = f"the header states a file of {header.file_size} bytes at {at}, there are {len(data)}"
        found.append(_problem(32, 4, what, "what lies within the file was read"))
    return found


def map_sections(header: Header, data: memoryview) -> tuple[MapSections, list[Problem]]:
    """Return the sections that only the map list names, and what is wrong with the list."""
    if header.map_off == 0:
        return MapSections(), []
    if header.map_off + 4 > len(data):
        what = f"the map list lies at {header.map_off}, outside the file"
        return MapSections(), [_problem(52, 4, what, "read without it")]
    stated = int.from_bytes(data[header.map_off : header.map_off + 4], "little")
    fitting = min(stated, (len(data) - header.map_off - 4) // MAP_ITEM_BYTES, MAX_MAP_ITEMS)
    rows = np.frombuffer(data, _MAP_ITEM, fitting, header.map_off + 4)
    found = [] if stated == fitting else [_map_problem(header.map_off, stated, fitting)]
    sections = {name: _mapped(rows, type_, name, header) for name, type_ in _MAPPED.items()}
    return MapSections(*sections.values()), found


def _mapped(rows: np.ndarray, type_: int, name: str, header: Header) -> Section:
    for i in np.flatnonzero(rows["type"] == type_):
        at = header.map_off + 4 + MAP_ITEM_BYTES * int(i)
        return Section(name, int(rows["count"][i]), int(rows["offset"][i]), at)
    return Section(name, 0, 0, 0)


def _map_problem(offset: int, stated: int, fitting: int) -> Problem:
    return _problem(offset, 4, f"the map list states {stated} rows, {fitting} fit", f"{fitting} were read")


def _problem(offset: int, length: int, what: str, instead: str) -> Problem:
    cost = "parts of the code may be missing from the index"
    return Problem(place=str(ByteRange(offset, length)), what=what, instead=instead, cost=cost)
