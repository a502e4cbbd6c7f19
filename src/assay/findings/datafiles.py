"""The TOML files of a rulebook or a claimbook: shipped with the bench, or in a folder of the user."""

import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import msgspec

from assay.model.errors import RulebookError
from assay.model.ids import sha256_hex

MAX_FILE_BYTES = 1 << 20
"""Largest rule or claim file that is read, in bytes."""
MAX_FILES = 10_000
"""Most rule or claim files read from one folder."""

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class DataFile(msgspec.Struct, frozen=True, kw_only=True):
    """A TOML file: its id is the path below the folder without the suffix, `sha256` is that of its bytes."""

    id: str
    sha256: str
    content: dict[str, Any]


def shipped(name: str) -> Traversable:
    """Return a folder of the bench's own data, e.g. ``rules``."""
    return files("assay").joinpath("data", *name.split("/"))


def read(folder: Traversable) -> Iterator[DataFile]:
    """Yield the TOML files below the folder in the order of their ids. Raises: RulebookError."""
    if not folder.is_dir():
        raise RulebookError(str(folder), "no such folder", "Put it back, or take it out of given.json in the case.")
    found = sorted(_below(folder, ""), key=lambda pair: pair[0])
    if len(found) > MAX_FILES:
        raise RulebookError(str(folder), f"more than {MAX_FILES} TOML files", "Split the folder.")
    for name, file in found:
        yield _file(name, file)


def _below(folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _below(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(".toml"):
            yield f"{prefix}{entry.name.removesuffix('.toml')}", entry


def _file(name: str, file: Traversable) -> DataFile:
    if not all(_NAME.fullmatch(part) for part in name.split("/")):
        raise RulebookError(f"{name}.toml", "its path is no id", "Use small letters, digits and single hyphens.")
    raw = file.read_bytes()
    if len(raw) > MAX_FILE_BYTES:
        raise RulebookError(f"{name}.toml", f"larger than {MAX_FILE_BYTES} bytes", "Make it shorter.")
    try:
        return DataFile(id=name, sha256=sha256_hex(raw), content=tomllib.loads(raw.decode("utf-8")))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RulebookError(f"{name}.toml", f"not readable as TOML ({error})", "Correct the file.") from None
