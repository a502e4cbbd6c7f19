"""Sound files that carry code, of every form that is read: the specimens, what lies in them, and small written ones.

Knows nothing of the product.
"""

import bz2
import gzip
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import zstandard

from tests.artefacts import applications, bundle_writer, compiled_writer, elf_writer
from tests.artefacts import resource_writer as r
from tests.bytecode import dex_writer as w

TESTS = Path(__file__).parents[1]
BUILT = TESTS / "specimens" / "built"
SCRIPTS = TESTS / "artefacts" / "scripts"
DEX, AXML, ARSC, ELF, APK = "dex", "axml", "arsc", "elf", "apk"
VDEX, OAT, ODEX, CONTAINER = "vdex", "oat", "odex", "dex-container"
BUNDLE, STREAM, SCRIPT = "bundle", "stream", "script"


class Base(NamedTuple):
    """A sound file and what it is."""

    kind: str
    raw: bytes


@cache
def bases() -> tuple[Base, ...]:
    """Return the specimens, what lies in them, and small files in which every table has a row."""
    found = [Base(APK, path.read_bytes()) for path in sorted(BUILT.glob("*.apk"))]
    inner = {Base(kind_of(raw), raw) for base in found for raw in members(base.raw).values()}
    return (*found, *sorted(each for each in inner if each.kind), *written(), *compiled(), *packed(), *scripts())


def written() -> Iterator[Base]:
    words = r.Package([r.Type("array", {0: ("words", r.array("one", "two"))})])
    yield Base(ARSC, r.table(words))
    yield Base(AXML, r.xml(applications.manifest(applications.sdk(30))))
    for bits, relocations in ((64, "rela"), (32, "rel"), (64, "packed"), (64, "relr")):
        library = elf_writer.Library(
            bits=bits,
            machine=elf_writer.AARCH64 if bits == 64 else elf_writer.ARM,
            needed=[b"libc.so"],
            soname=b"libone.so",
            imports=[b"strcmp"],
            exports=[elf_writer.Export(b"Java_org_example_A_m"), elf_writer.Export(b"JNI_OnLoad")],
            constants=[b"one word", b"(I)V"],
            tables=[[0, 1, -1]],
            relocations=relocations,
        )
        yield Base(ELF, library.write())
    code = w.Method(w.MethodId("LA;", "m", w.Proto("V", ("I",))), [*w.const_string(0, "word"), 0x0E])
    classes = [w.Class("LA;", [code])]
    yield from (Base(DEX, w.write(classes, version=version)) for version in ("035", "039", "041"))
    yield Base(CONTAINER, w.container([classes, [w.Class("LB;")]]))


def compiled() -> Iterator[Base]:
    """Yield files that code was compiled to, each around DEX files; one of them in the compact form."""
    c, one = compiled_writer, w.write([w.Class("LA;")])
    compact = c.dex(magic=b"cdex001\0")
    for files in ((one, one), (one, compact)):
        yield from (Base(VDEX, c.vdex_006(*files, version=version)) for version in (b"006", b"010"))
        yield from (Base(VDEX, c.vdex_019(*files, version=version)) for version in (b"019", b"021"))
        body = b"".join(map(c.padded, files))
        yield Base(VDEX, c.vdex_027((0, c.u4(*range(len(files)))), (1, body), (2, b"D" * 12), (3, b"T" * 4)))
    yield Base(ODEX, c.odex(one, b"/system/framework/a.jar"))
    records = [c.Compiled(b"/a.apk"), c.Compiled(b"/a.apk!classes2.dex", offset=64)]
    yield Base(OAT, c.elf(c.oat(*records, behind=one)))


def kind_of(raw: bytes) -> str:
    heads = {b"dex\n": DEX, b"\x7fELF": ELF, b"\x03\0\x08\0": AXML, b"\x02\0\x0c\0": ARSC}
    return heads.get(raw[:4], "")


def members(apk: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(apk)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed() -> Iterator[Base]:
    """Yield bundles of packages, and single streams with code in them."""
    one = w.write([w.Class("LA;")])
    splits = {"base-master": bundle_writer.split(code=one), "base-lt": bundle_writer.split("config.lt")}
    yield Base(BUNDLE, bundle_writer.apks(splits))
    yield Base(BUNDLE, bundle_writer.xapk(splits))
    yield Base(BUNDLE, bundle_writer.aab(one, "extra"))
    for pack in (bz2.compress, lzma.compress, zlib.compress, zstandard.compress):
        yield Base(STREAM, pack(one))
    yield Base(STREAM, gzip.compress(one, mtime=0))


def scripts() -> Iterator[Base]:
    """Yield scripts, as source and as bytecode; see the folder's README."""
    yield from (Base(SCRIPT, path.read_bytes()) for path in sorted(SCRIPTS.glob("words*")))
