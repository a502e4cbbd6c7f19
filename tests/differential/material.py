"""What is compared: the specimens and the real packages, and every DEX file inside them.

By default the larger DEX files are left to the full run (`make differential`), because the others are slow.
"""

import os
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.house.real_apks import packages

FULL = os.environ.get("ASSAY_DIFFERENTIAL") == "full"
MOST_BYTES = 1 << 40 if FULL else 400_000
"""Largest DEX file of which every instruction is compared, in bytes."""
MOST_SEARCHED = 1 << 40 if FULL else 3_000_000
"""Largest one of which what a fast tool finds by itself is compared: calls, strings, classes."""
BUILT = Path(__file__).parents[1] / "specimens" / "built"
SPECIMENS = {path.name: path for path in sorted(BUILT.glob("*.apk"))}
REAL = [application.name for package in packages() for application in package.applications]
PACKAGES = [name for name in (*SPECIMENS, *REAL) if name.endswith(".apk")]
ARCHIVES = [name for name in (*SPECIMENS, *REAL) if not name.endswith(".aar")]
"""Everything that holds code for the platform's own virtual machine."""

archives = pytest.mark.parametrize("archive", ARCHIVES, indirect=True)
apks = pytest.mark.parametrize("archive", PACKAGES, indirect=True)


class Code(NamedTuple):
    """One DEX file: our name for its archive with its name there, and its bytes."""

    name: str
    raw: bytes


def code(path: Path, most: int = 1 << 40) -> Iterator[Code]:
    """Yield the DEX files of an archive, or the file itself where it is one, of at most so many bytes."""
    if path.read_bytes()[:4] == b"dex\n":
        found = [Code(path.name, path.read_bytes())]
    else:
        with zipfile.ZipFile(path) as archive:
            found = [Code(f"{path.name}!{each}", archive.read(each)) for each in archive.namelist()]
    yield from (each for each in found if each.raw[:4] == b"dex\n" and len(each.raw) <= most)
