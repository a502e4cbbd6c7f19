"""What the code benchmark reads: real packages where they were fetched, made-up code only where they are too small."""

import hashlib
import random
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from tests.bytecode import dex_writer

MIN_DEX_BYTES = 30_000_000
MADE_UP_CLASSES = 400
"""Classes in one made-up DEX file, which is then about one megabyte."""


class Entry(NamedTuple):
    """One DEX file: the raw deflate stream as it stands in the package, and the bytes it unpacks to."""

    packed: bytes
    data: bytes


class Package(NamedTuple):
    """One ZIP archive in memory with its DEX files, in the order of the archive."""

    name: str
    data: bytes
    entries: tuple[Entry, ...]
    real: bool

    @property
    def dex_bytes(self) -> int:
        """Unpacked bytes of DEX."""
        return sum(len(entry.data) for entry in self.entries)

    def described(self) -> dict[str, object]:
        """Return the row of the result that names this package."""
        return {
            "name": self.name,
            "sha256": hashlib.sha256(self.data).hexdigest(),
            "bytes": len(self.data),
            "dex_files": len(self.entries),
            "dex_bytes": self.dex_bytes,
            "real": self.real,
        }


def packages(folder: Path, seed: int, least: int = MIN_DEX_BYTES) -> list[Package]:
    """Return at least `least` bytes of DEX: every package of the folder in seeded order, then made-up ones."""
    order = random.Random(seed)
    found = [
        package for path in _archives(folder) if (package := _package(path.name, path.read_bytes(), real=True)).entries
    ]
    order.shuffle(found)
    while sum(package.dex_bytes for package in found) < least:
        name = f"made-up-{sum(not package.real for package in found)}.apk"
        found.append(_package(name, _made_up(order), real=False))
    return found


def _archives(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from sorted(path for path in folder.iterdir() if zipfile.is_zipfile(path))


def _package(name: str, data: bytes, *, real: bool) -> Package:
    archive = zipfile.ZipFile(BytesIO(data))
    infos = [info for info in archive.infolist() if info.filename.endswith(".dex")]
    return Package(name, data, tuple(_entry(data, info, archive.read(info)) for info in infos), real)


def _entry(data: bytes, info: zipfile.ZipInfo, content: bytes) -> Entry:
    """Return the entry; a stored one is deflated here at level 6, so that there is something to inflate."""
    if info.compress_type != zipfile.ZIP_DEFLATED:
        packer = zlib.compressobj(6, wbits=-15)
        return Entry(packer.compress(content) + packer.flush(), content)
    head = data[info.header_offset : info.header_offset + 30]
    start = info.header_offset + 30 + int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
    return Entry(data[start : start + info.compress_size], content)


def _made_up(order: random.Random) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("classes.dex", made_up_dex(order))
    return out.getvalue()


def made_up_dex(order: random.Random, classes: int = MADE_UP_CLASSES) -> bytes:
    """Return a DEX file of made-up code, about one megabyte of it."""
    return dex_writer.write([_class(order, n) for n in range(classes)])


def _class(order: random.Random, number: int) -> dex_writer.Class:
    owner = f"Lorg/example/made/up/C{number};"
    methods = [dex_writer.MethodId(owner, f"method{n}", dex_writer.Proto("V", ("I",) * (n % 3))) for n in range(8)]
    return dex_writer.Class(owner, direct=[dex_writer.Method(method, _code(order, methods)) for method in methods])


def _code(order: random.Random, methods: list[dex_writer.MethodId]) -> list[dex_writer.Unit]:
    code: list[dex_writer.Unit] = dex_writer.two(0x13, 0, order.randrange(1 << 16))
    for _ in range(order.randrange(40, 160)):
        choice = order.random()
        if choice < 0.15:
            code += dex_writer.const_string(order.randrange(16), f"word {order.randrange(20_000)}")
        elif choice < 0.4:
            code += dex_writer.invoke(0x71, order.choice(methods), 1, 2)
        else:
            code += dex_writer.two(0x90 + order.randrange(32), order.randrange(256), order.randrange(1 << 16))
    return [*code, *dex_writer.RETURN_VOID]
