"""The parts of the bench, and the digest of everything on which results depend."""

import platform
import re
from collections.abc import Iterator
from functools import cache
from importlib import metadata, resources
from importlib.resources.abc import Traversable

from assay.model import canonical
from assay.model.ids import sha256_hex
from assay.registry import BENCH, Bench, load

PACKAGES = ("assay.encodings", "assay.artefacts", "assay.capture", "assay.bytecode", "assay.facts", "assay.reports")
"""The packages whose modules declare parts."""

DEEP = ("model", "vocabulary", "registry", "encodings", "reference", "artefacts", "capture", "bytecode", "facts")
"""The packages on which a fact can depend."""


def load_bench(extensions: tuple[str, ...] = ()) -> Bench:
    """Import every part, and the packages of the user's own named in `extensions`."""
    present = [name for name in PACKAGES if resources.files("assay").joinpath(name.split(".")[1]).is_dir()]
    load(*present, *extensions)
    return BENCH


@cache
def bench_sha256() -> str:
    """Return the sha256 over the sources and libraries on which facts depend: part of every cache key."""
    return canonical.digest([dict(sorted(_sources())), libraries(), platform.python_version_tuple()[:2]])


def _sources() -> Iterator[tuple[str, str]]:
    root = resources.files("assay")
    for package in DEEP:
        yield from _walk(root.joinpath(package), package)


def _walk(folder: Traversable, label: str) -> Iterator[tuple[str, str]]:
    if not folder.is_dir():
        return
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _walk(entry, f"{label}/{entry.name}")
        elif entry.name.endswith((".py", ".toml")):
            yield f"{label}/{entry.name}", sha256_hex(entry.read_bytes())


@cache
def libraries() -> dict[str, str]:
    """Return the versions of the libraries that the bench requires, by name."""
    required = [line.split(";")[0] for line in metadata.requires("assay") or () if "extra ==" not in line]
    names = {re.split(r"[^A-Za-z0-9_.-]", line.strip(), maxsplit=1)[0] for line in required}
    return {name: metadata.version(name) for name in sorted(names)}
