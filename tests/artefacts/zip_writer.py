"""Writes ZIP archives field by field, so that every field can lie. Knows nothing of the product."""

import struct
import zlib
from dataclasses import dataclass, field, replace

LOCAL = "<4s5H3I2H"
RECORD = "<4s6H3I5H2I"
END = "<4s4H2IH"


def deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


@dataclass(frozen=True)
class Item:
    """One entry: what the directory says, and what the local header says where that differs."""

    name: bytes
    data: bytes = b""
    method: int = 0
    packed: bytes | None = None
    size: int | None = None
    crc32: int | None = None
    flags: int = 0
    attributes: int = 0
    made_by: int = 0x0314
    extra: bytes = b""
    gap: bytes = b""
    header: int | None = None
    local: dict[str, object] = field(default_factory=dict)

    @property
    def body(self) -> bytes:
        if self.packed is not None:
            return self.packed
        return deflate(self.data) if self.method == 8 else self.data

    @property
    def numbers(self) -> tuple[int, int, int]:
        crc32 = zlib.crc32(self.data) if self.crc32 is None else self.crc32
        return crc32, len(self.body), len(self.data) if self.size is None else self.size

    def with_local(self) -> "Item":
        return replace(self, **self.local)  # type: ignore[arg-type]


def local(item: Item) -> bytes:
    said = item.with_local()
    crc32, packed, size = said.numbers
    head = struct.pack(
        LOCAL, b"PK\x03\x04", 20, said.flags, said.method, 0, 0x21, crc32, packed, size, len(said.name), len(said.extra)
    )
    return item.gap + head + said.name + said.extra + item.body


def record(item: Item, offset: int) -> bytes:
    crc32, packed, size = item.numbers
    lengths = (len(item.name), len(item.extra), 0, 0, 0)
    head = struct.pack(
        RECORD, b"PK\x01\x02", item.made_by, 20, item.flags, item.method, 0, 0x21, crc32, packed, size, *lengths,
        item.attributes, offset,
    )  # fmt: skip
    return head + item.name + item.extra


def end(count: int, length: int, start: int, comment: bytes = b"", disk: int = 0) -> bytes:
    return struct.pack(END, b"PK\x05\x06", disk, 0, count, count, length, start, len(comment)) + comment


def archive(*items: Item, prefix: bytes = b"", before_directory: bytes = b"", comment: bytes = b"") -> bytes:
    """Return an archive whose offsets count from its own first byte, `prefix` included."""
    out, records = bytearray(prefix), bytearray()
    for item in items:
        offset = len(out) + len(item.gap) if item.header is None else item.header
        out += local(item) if item.header is None else b""
        records += record(item, offset)
    out += before_directory
    start = len(out)
    return bytes(out + records + end(len(items), len(records), start, comment))
