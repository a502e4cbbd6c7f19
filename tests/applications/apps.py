"""Apps opened from archives at hand, as the engine opens them."""

import hashlib
from pathlib import Path

from assay.applications.application import Application, Archive
from assay.artefacts.apk import Apk
from assay.bytecode import columns
from assay.bytecode.dex import DexFile
from assay.bytecode.program.part import Part
from assay.model.source import BufferSource

BUILT = Path(__file__).parents[1] / "specimens" / "built"


def opened(*contents: bytes, package: str = "org.example.app") -> Application:
    archives = [Archive(hashlib.sha256(raw).hexdigest(), f"{at}.apk", Apk(BufferSource(raw))) for at, raw in
                enumerate(contents)]  # fmt: skip
    return Application(package, archives, lambda: [part for archive in archives for part in _parts(archive)])


def specimen(name: str) -> Application:
    return opened((BUILT / f"{name}.apk").read_bytes(), package=f"org.example.{name.partition('-')[0]}")


def _parts(archive: Archive) -> list[Part]:
    return [_part(archive, name) for name in sorted(archive.document.dex_names)]


def _part(archive: Archive, name: bytes) -> Part:
    source = archive.document.read(name)
    assert source is not None
    sha256 = hashlib.sha256(source.view()).hexdigest()
    dex = DexFile(source)
    return Part(sha256, f"{archive.name}!zip:{name.decode()}", columns.build(dex, sha256), lambda: dex)
