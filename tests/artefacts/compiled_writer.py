"""Writes VDEX, OAT and ODEX files from their published layouts, field by field. Knows nothing of the product."""

import struct
from dataclasses import dataclass

CRC = 0x1234ABCD


def u4(*numbers: int) -> bytes:
    return struct.pack(f"<{len(numbers)}I", *numbers)


def padded(raw: bytes, to: int = 4) -> bytes:
    return raw + bytes(-len(raw) % to)


def dex(size: int = 0x80, fill: int = 1, magic: bytes = b"dex\n035\0", stated: int | None = None) -> bytes:
    """Return bytes that begin as a DEX file of `size` bytes; behind the header stands nothing that can be read."""
    head = magic + u4(CRC) + bytes(20) + u4(size if stated is None else stated, 0x70, 0x12345678) + bytes(68)
    return head + bytes([fill]) * (size - len(head))


def vdex_006(*files: bytes, version: bytes = b"006", deps: bytes = b"D" * 8, quick: bytes = b"", **said: int) -> bytes:
    body = b"".join(map(padded, files))
    head = u4(said.get("count", len(files)), said.get("dex_size", len(body)), len(deps), len(quick))
    return b"vdex" + version + b"\0" + head + u4(*range(len(files))) + body + deps + quick


def vdex_019(
    *files: bytes, version: bytes = b"019", shared: bytes = b"", quick: bytes = b"", inside: bool = True, **said: int
) -> bytes:
    """Version 021 has two more sizes in its header."""
    body = b"".join(u4(0) + padded(one) for one in files) if inside else b""
    head = u4(said.get("count", len(files)), 8) + (u4(0, 4) if version == b"021" else b"")
    sums = u4(*range(len(files)))
    section = u4(said.get("dex_size", len(body)), len(shared), len(quick)) if inside else b""
    end = b"D" * 8 + (b"CTX\0" if version == b"021" else b"")
    mark = b"002\0" if inside else b"000\0"
    return b"vdex" + version + b"\0" + mark + head + sums + section + body + shared + end + quick


def vdex_027(*sections: tuple[int, bytes], **said: int) -> bytes:
    at, rows, body = 12 + 12 * len(sections), b"", b""
    for kind, raw in sections:
        rows += u4(kind, said.get("offset", at), said.get("size", len(raw)))
        at, body = at + len(raw), body + raw
    return b"vdex027\0" + u4(said.get("count", len(sections))) + rows + body


@dataclass(frozen=True)
class Compiled:
    """What an OAT file states of one DEX file, and what stands behind its record."""

    location: bytes
    checksum: int = CRC
    offset: int = 0
    behind: bytes = b""
    magic: bytes = b""
    """Of Android 15: then the SHA-1 of the DEX file follows the checksum."""

    @property
    def record(self) -> bytes:
        sha1 = b"S" * 20 if self.magic else b""
        numbers = self.magic + u4(self.checksum) + sha1 + u4(self.offset)
        return u4(len(self.location)) + self.location + numbers + self.behind


STORE = {b"bootclasspath": b"/system/framework/a.jar", b"compiler-filter": b"speed", b"dex2oat-cmdline": b"dex2oat -j1"}


def store(pairs: dict[bytes, bytes] = STORE, pad: int = 0) -> bytes:
    return b"".join(key + b"\0" + value + b"\0" + bytes(pad) for key, value in pairs.items())


def oat(
    *files: Compiled,
    version: bytes = b"170",
    words: int = 9,
    pairs: bytes | None = None,
    pointer: bool = True,
    count: int | None = None,
    behind: bytes = b"",
) -> bytes:
    """Return an OAT header; `words` stand between the count and the length of the store.

    With `pointer` the first of them says where the records lie, as from Android 8 on; without they follow the store.
    """
    pairs = store() if pairs is None else pairs
    said = len(files) if count is None else count
    start = 0x18 + 4 * words + 4 + len(pairs)
    fixed = [start + 4, *([0x2000] * (words - 1))] if pointer else [0x2000] * words
    gap = b"GAP!" if pointer else b""
    head = b"oat\n" + version + b"\0" + u4(0xAD1E, 2, 0, said, *fixed, len(pairs)) + pairs + gap
    return head + b"".join(one.record for one in files) + behind


def elf(content: bytes, machine: int = 183, *, sections: bool = True, segments: bool = True) -> bytes:
    """Return a 64-bit ELF file that holds the content in .rodata at 0x1000, and in its first PT_LOAD segment."""
    ident = b"\x7fELF\2\1\1" + bytes(9)
    names = b"\0.rodata\0.shstrtab\0"
    table = 0x1000 + len(content) + (-len(content) % 8)
    rows = struct.pack("<2I4Q2I2Q", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    rows += struct.pack("<2I4Q2I2Q", 1, 1, 2, 0x1000, 0x1000, len(content), 0, 0, 4096, 0)
    rows += struct.pack("<2I4Q2I2Q", 9, 3, 0, 0, table + 3 * 64, len(names), 0, 0, 1, 0)
    said = (table, 3, 2) if sections else (0, 0, 0)
    load = struct.pack("<2I6Q", 1, 4, 0x1000, 0x1000, 0x1000, len(content), len(content), 4096) if segments else b""
    head = ident + struct.pack(
        "<2HI3QI6H", 3, machine, 1, 0, 64, said[0], 0, 64, 56, 1 if segments else 0, 64, said[1], said[2]
    )
    body = (head + load).ljust(0x1000, b"\0") + content
    return body.ljust(table, b"\0") + (rows + names if sections else b"")


def odex(inner: bytes, *dependencies: bytes, count: int | None = None, **said: int) -> bytes:
    at = padded(b"x" * (40 + len(inner)), 8)
    rows = b"".join(u4(len(name) + 1) + name + b"\0" + bytes(20) for name in dependencies)
    deps = u4(0, 0, 27, len(dependencies) if count is None else count) + rows
    start = len(at) + len(deps)
    head = u4(said.get("offset", 40), said.get("length", len(inner)), len(at), len(deps), start, 8, 0, 0)
    return (b"dey\n036\0" + head + inner).ljust(len(at), b"\0") + deps + b"OPTTABLE"
