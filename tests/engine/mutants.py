"""Seeded changes of files that carry code: random bytes, truncations, splices, and numbers where structure is.

The n-th change of a seed is always the same, whatever came before it. Knows nothing of the product.
"""

import hashlib
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import NamedTuple

from tests.engine.code_bases import APK, ARSC, AXML, CONTAINER, DEX, ELF, OAT, Base, bases, kind_of, members

EXTREMES = (0, 1, 2, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF)
LONG = (b"\xff\xff\xff\xff\x0f", b"\xff\xff\xff\xff\x7f", b"\x80\x80\x80\x80\x80\x00", b"\xff" * 10)
"""Numbers in seven bits a byte: the largest, one with bits that do not fit, zero in six bytes, one without end."""
RAW_APK = "apk-raw"


class Mutant(NamedTuple):
    """A changed file: what it was, and its bytes now."""

    kind: str
    raw: bytes


def mutant(seed: int, number: int) -> Mutant:
    """Return the change of this number."""
    choice = random.Random(f"{seed}:{number}")
    kinds = sorted({base.kind for base in bases()})
    kind = choice.choice([*kinds, DEX, DEX, DEX, ELF, APK])
    base = choice.choice([base for base in bases() if base.kind == kind])
    if kind != APK:
        return Mutant(kind, changed(base, choice))
    if choice.random() < 0.4:
        return Mutant(RAW_APK, changed(base, choice))
    return Mutant(APK, with_changed_member(base.raw, choice))


def with_changed_member(apk: bytes, choice: random.Random) -> bytes:
    """Return an archive that is sound itself, around a changed member."""
    found = members(apk)
    name = choice.choice([name for name, raw in found.items() if kind_of(raw)])
    found[name] = changed(Base(kind_of(found[name]), found[name]), choice)
    out = BytesIO()
    with zipfile.ZipFile(out, "w", choice.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])) as archive:
        for each, raw in found.items():
            archive.writestr(zipfile.ZipInfo(each), raw)
    return out.getvalue()


def changed(base: Base, choice: random.Random) -> bytes:
    """Apply one to four changes; then, mostly, make checksums right again, so that deeper readers see the rest."""
    out = bytearray(base.raw)
    for _ in range(choice.choice((1, 1, 2, 3, 4))):
        if len(out) > 16:
            choice.choice(CHANGES)(out, base.kind, choice)
    if base.kind in {DEX, CONTAINER} and choice.random() < 0.9:
        repair_dex(out, choice)
    return bytes(out)


# --- changes ----------------------------------------------------------------------------------------


def one_byte(out: bytearray, _kind: str, choice: random.Random) -> None:
    out[choice.randrange(len(out))] = choice.randrange(256)


def any_number(out: bytearray, _kind: str, choice: random.Random) -> None:
    put(out, choice.randrange(len(out)) & ~3, number(choice, len(out)), 4)


def short_number(out: bytearray, _kind: str, choice: random.Random) -> None:
    put(out, choice.randrange(len(out)) & ~1, number(choice, len(out)), 2)


def long_number(out: bytearray, _kind: str, choice: random.Random) -> None:
    put(out, choice.randrange(len(out)) & ~7, (-1, 1 << 63, 1 << 62, (1 << 63) - 1)[choice.randrange(4)], 8)


def field(out: bytearray, kind: str, choice: random.Random) -> None:
    """Change a number that lays the file out: a header's, a table's, a chunk's."""
    places = [place for place in FIELDS.get(kind, top)(bytes(out)) if place + 4 <= len(out)]
    if places:
        put(out, choice.choice(places), number(choice, len(out)), choice.choice((2, 4, 4, 4)))


def length_in_sevens(out: bytearray, _kind: str, choice: random.Random) -> None:
    at, raw = choice.randrange(len(out)), choice.choice(LONG)
    out[at : at + len(raw)] = raw[: len(out) - at]


def run_of_one(out: bytearray, _kind: str, choice: random.Random) -> None:
    at, length = choice.randrange(len(out)), choice.choice((4, 8, 16, 64))
    out[at : at + length] = bytes([choice.choice((0, 0x7F, 0x80, 0xFF))]) * min(length, len(out) - at)


def truncation(out: bytearray, _kind: str, choice: random.Random) -> None:
    del out[choice.randrange(len(out)) :]


def insertion(out: bytearray, _kind: str, choice: random.Random) -> None:
    at = choice.randrange(len(out))
    out[at:at] = choice.randbytes(choice.choice((1, 2, 4, 7, 64)))


def removal(out: bytearray, _kind: str, choice: random.Random) -> None:
    at = choice.randrange(len(out))
    del out[at : at + choice.choice((1, 2, 4, 7, 64))]


def splice(out: bytearray, _kind: str, choice: random.Random) -> None:
    """Copy a piece of this file, or of any other, over this one."""
    other = choice.choice((bytes(out), choice.choice(bases()).raw))
    start, at = choice.randrange(len(other)), choice.randrange(len(out))
    piece = other[start : start + choice.choice((4, 16, 64, 512, 4096))][: len(out) - at]
    out[at : at + len(piece)] = piece


def swapped(out: bytearray, _kind: str, choice: random.Random) -> None:
    """Exchange two pieces of one length."""
    length = choice.choice((2, 4, 8, 32, 112, 1024))
    if len(out) >= 2 * length:
        one = choice.randrange(len(out) - 2 * length + 1) & ~1
        two = choice.randrange(one + length, len(out) - length + 1)
        out[one : one + length], out[two : two + length] = out[two : two + length], out[one : one + length]


CHANGES: tuple[Callable[[bytearray, str, random.Random], None], ...] = (
    one_byte, any_number, short_number, long_number, field, field, field, length_in_sevens, run_of_one, truncation,
    insertion, removal, splice, swapped,
)  # fmt: skip


def number(choice: random.Random, size: int) -> int:
    """Return an extreme, or a place: just inside or outside the file, anywhere in it, within its first header."""
    near = (size - 1, size, size + 1, choice.randrange(size), choice.randrange(0x70))
    return choice.choice((*EXTREMES, *near, choice.randrange(1 << 32)))


def put(out: bytearray, place: int, value: int, width: int) -> None:
    raw = (value & ((1 << 8 * width) - 1)).to_bytes(width, "little")
    out[place : place + width] = raw[: len(out) - place]


# --- where structure is -----------------------------------------------------------------------------


def top(raw: bytes) -> list[int]:
    return list(range(0, min(len(raw), 0x100), 4))


def oat_fields(raw: bytes) -> list[int]:
    return [*elf_fields(raw), *range(0x1000, 0x1200, 4)]


def dex_fields(raw: bytes) -> list[int]:
    """Return the header's numbers, the rows of the map, and the rows of classes and call sites it leads to."""
    header = list(range(0x20, 0x70, 4))
    at = int.from_bytes(raw[0x34:0x38], "little")
    rows = int.from_bytes(raw[at : at + 4], "little") if at < len(raw) else 0
    listed = list(range(at, min(at + 4 + 12 * rows, len(raw)), 2))
    classes = int.from_bytes(raw[0x64:0x68], "little")
    return [*header, *listed, *range(classes, min(classes + 64, len(raw)), 4)]


def chunk_fields(raw: bytes) -> list[int]:
    """Return the first 32 bytes of every chunk that the sizes lead to, those within packages too."""
    found: list[int] = []
    waiting = [0]
    while waiting and len(found) < 20_000:
        at = waiting.pop()
        if at + 8 > len(raw):
            continue
        kind, header, size = struct.unpack_from("<2HI", raw, at)
        found += range(at, at + 32, 2)
        waiting += [at + header] if kind in {2, 3, 0x200} and header >= 8 else []
        waiting += [at + size] if size >= 8 and at else []
    return found


def zip_fields(raw: bytes) -> list[int]:
    """Return the numbers of every local header, directory record and end record."""
    marks = ((b"PK\3\4", 30), (b"PK\1\2", 46), (b"PK\5\6", 22))
    return [at + step for mark, size in marks for at in places_of(raw, mark) for step in range(4, size, 2)]


def places_of(raw: bytes, mark: bytes) -> Iterator[int]:
    at = raw.find(mark)
    while at >= 0:
        yield at
        at = raw.find(mark, at + 1)


def elf_fields(raw: bytes) -> list[int]:
    """Return the header, the program headers and every pair of the dynamic section."""
    wide = raw[4:5] == b"\2"
    at = int.from_bytes(raw[0x20:0x28] if wide else raw[0x1C:0x20], "little")
    step, count = (56 if wide else 32), int.from_bytes(raw[0x38:0x3A] if wide else raw[0x2C:0x2E], "little")
    found = [*range(0x10, 0x40, 4), *range(at, at + step * min(count, 20), 4)]
    for each in range(at, at + step * min(count, 20), step):
        if raw[each : each + 4] == b"\2\0\0\0":
            start = int.from_bytes(raw[each + 8 : each + 16] if wide else raw[each + 4 : each + 8], "little")
            found += range(start, start + 512, 4)
    return found


FIELDS: dict[str, Callable[[bytes], list[int]]] = {
    DEX: dex_fields, AXML: chunk_fields, ARSC: chunk_fields, ELF: elf_fields, APK: zip_fields,
    CONTAINER: dex_fields, OAT: oat_fields,
}  # fmt: skip


def repair_dex(out: bytearray, choice: random.Random) -> None:
    """State the length as it is, mostly, and sign and sum up the file anew."""
    if len(out) < 0x70:
        return
    if choice.random() < 0.7:
        put(out, 0x20, len(out), 4)
    out[12:32] = hashlib.sha1(out[32:], usedforsecurity=False).digest()
    put(out, 8, zlib.adler32(out[12:]), 4)
