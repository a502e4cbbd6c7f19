"""The parts of the bench, and the digest of everything on which results depend."""

import importlib.util
import re
from collections.abc import Iterator
from functools import cache
from importlib import metadata, resources
from importlib.resources.abc import Traversable
from pathlib import Path

from assay.model import canonical
from assay.model.ids import sha256_hex
from assay.registry import Bench, load

PACKAGES = ("assay.encodings", "assay.artefacts", "assay.capture", "assay.bytecode", "assay.facts", "assay.reports")
"""The packages whose modules declare parts."""

DEEP = (
    *("model", "vocabulary", "registry", "encodings", "reference", "artefacts", "capture", "bytecode", "applications"),
    *("facts", "data/reference", "data/lexicon"),
    *("engine/applications.py", "engine/examine.py", "engine/opening.py", "engine/records.py", "engine/tables.py"),
    *("engine/shelf.py", "engine/whole.py"),
)
"""The packages, tables and modules on which a fact can depend."""


def load_bench(extensions: tuple[str, ...] = ()) -> Bench:
    """Import every part, and the packages of the user's own named in `extensions`. Raises: ImportError."""
    present = [name for name in PACKAGES if resources.files("assay").joinpath(name.split(".")[1]).is_dir()]
    return load(*present, *extensions)


def load_parts(parts: tuple[str, ...], extensions: tuple[str, ...] = ()) -> Bench:
    """Import these modules and packages, or every part where there are none. Raises: ImportError."""
    return load(*parts) if parts else load_bench(extensions)


def extensions(bench: Bench) -> tuple[str, ...]:
    """Return the packages of a bench that do not come with it."""
    return tuple(name for name in bench.packages if name not in PACKAGES)


def chosen(bench: Bench) -> tuple[str, ...]:
    """Return the packages that a bench was loaded from, nothing where all that come with it are among them."""
    return () if set(PACKAGES) <= set(bench.packages) else bench.packages


@cache
def bench_sha256(extensions: tuple[str, ...] = ()) -> str:
    """Return the sha256 over the sources and libraries on which facts depend."""
    own = {name: dict(_files_of(name)) for name in extensions}
    return canonical.digest([dict(_sources()), libraries(), own])


def _sources() -> Iterator[tuple[str, str]]:
    root = resources.files("assay")
    for name in DEEP:
        yield from _walk(root.joinpath(name), name)


def _files_of(package: str) -> Iterator[tuple[str, str]]:
    spec = importlib.util.find_spec(package)
    if spec is None:
        raise ModuleNotFoundError(package)
    for folder in spec.submodule_search_locations or [spec.origin or ""]:
        yield from _walk(Path(folder), package)


def _walk(entry: Traversable, label: str) -> Iterator[tuple[str, str]]:
    if entry.is_file():
        yield label, sha256_hex(entry.read_bytes())
    elif entry.is_dir() and entry.name != "__pycache__":
        for inner in sorted(entry.iterdir(), key=lambda inner: inner.name):
            yield from _walk(inner, f"{label}/{inner.name}")


@cache
def libraries() -> dict[str, str]:
    """Return the versions of the libraries that the bench requires, by name."""
    required = [line.split(";")[0] for line in metadata.requires("assay") or () if "extra ==" not in line]
    names = {re.split(r"[^A-Za-z0-9_.-]", line.strip(), maxsplit=1)[0] for line in required}
    return {name: metadata.version(name) for name in sorted(names)}
