"""Code that hides: wrong names, wrong endings, one wrapping in another. Every DEX file is found by its content."""

import gzip
import hashlib
import lzma
import zlib

import pytest

from assay.engine.pipeline import Facts
from tests.artefacts import bundle_writer as b
from tests.artefacts import compiled_writer as c
from tests.artefacts import zip_writer as z
from tests.bytecode.samples import sample
from tests.engine.conftest import MakeCase, Run

DEX = sample().write()
INNER = b.archive({"notes.txt": DEX}, method=8)
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
WRAPPED = {
    "plain": DEX,
    "in an archive": INNER,
    "gzip": gzip.compress(DEX, mtime=0),
    "xz": lzma.compress(INNER),
    "zlib in gzip": gzip.compress(zlib.compress(DEX), mtime=0),
    "behind a picture": PICTURE + DEX,
    "in a VDEX file": c.vdex_006(DEX, quick=b"QQQQ"),
    "in a VDEX file of another version": c.vdex_006(DEX, version=b"011"),
    "in an ODEX file": c.odex(DEX),
    "in a framework archive": z.archive(z.Item(b"classes.dex", DEX)),
    "in a bundle in a bundle": b.apks({"x": b.xapk({"y": b.split(assets__z=DEX)})}),
}


@pytest.fixture
def examined(make_case: MakeCase, run: Run) -> Facts:
    names = {f"assets__{number}": content for number, content in enumerate(WRAPPED.values())}
    bundle = b.apks({"one": b.split("", **names)}).replace(b"splits/one.apk", b"splits/one.png")
    return run(make_case({"holiday.jpg": bundle}))


def test_a_dex_file_is_found_however_it_is_wrapped(examined: Facts) -> None:
    kinds = {artefact.sha256: artefact.kind for artefact in examined.artefacts}
    sha256 = hashlib.sha256(DEX).hexdigest()
    assert kinds[sha256] == "dex"
    homes = [one.locator.split("!", 2)[2] for one in examined.occurrences if one.artefact == sha256]
    found = {home.split("!")[0] for home in homes}
    assert found == {f"zip:assets/{number}" for number in range(len(WRAPPED))}


def test_the_bundle_is_known_although_its_packages_are_called_otherwise(examined: Facts) -> None:
    assert [one.kind for one in examined.artefacts].count("bundle") == 3
    steps = {step for one in examined.occurrences for step in one.locator.split("!")[1:]}
    assert any(step.startswith("vdex:0x1c+") for step in steps)
    assert any(step.startswith("dex-carrier:0x108+") for step in steps)
