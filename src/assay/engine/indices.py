"""The store of columns: one file for each DEX file ever indexed by these sources, in the cache folder.

A file is named after a key over the DEX file's sha256 and the sources and libraries that made it, so that no version of
the bench reads what another one wrote. Files come in by rename and are never changed; one that is damaged is made anew.
Nothing but files of this form is ever removed.
"""

import filecmp
import hashlib
import mmap
import os
import platform
import re
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import cache
from importlib import metadata, resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING

from assay.engine.code_records import name_of
from assay.model import canonical
from assay.model.errors import Unreadable
from assay.model.ids import is_sha256, sha256_hex

if TYPE_CHECKING:
    from assay.bytecode.columns import Columns

FOLDER = "code"
"""The folder of the store within the cache folder."""
MAX_BYTES = 64 << 30
"""Size on disk above which the files used longest ago are removed."""

_NAME = re.compile(r"[0-9a-f]{64}\.columns")
_PARTS = ("bytecode", "model")
_LIBRARIES = ("numba", "numpy", "msgspec", "isal")


@cache
def made_by() -> str:
    """Return the sha256 over the sources and libraries on which columns depend."""
    root = resources.files("assay")
    found = dict(pair for part in _PARTS for pair in sources(root.joinpath(part), part))
    return canonical.digest([found, {name: metadata.version(name) for name in _LIBRARIES}, platform.machine()])


def sources(entry: Traversable, label: str) -> Iterator[tuple[str, str]]:
    """Yield the label and the sha256 of each Python file below an entry."""
    if entry.is_file() and label.endswith(".py"):
        yield label, sha256_hex(entry.read_bytes())
    elif entry.is_dir() and entry.name != "__pycache__":
        for inner in entry.iterdir():
            yield from sources(inner, f"{label}/{inner.name}")


class Indices:
    """Columns by the sha256 of their DEX file."""

    def __init__(self, folder: Path) -> None:
        """Use the store at `folder`; it is made when the first file comes in."""
        self.folder = folder
        self._checked: dict[str, tuple[int, int, int]] = {}

    def path(self, dex_sha256: str) -> Path:
        """Return where the columns of a DEX file lie, if anywhere. Raises: ValueError for anything but a sha256."""
        if not is_sha256(dex_sha256):
            msg = f"not a sha256: {dex_sha256!r}"
            raise ValueError(msg)
        key = hashlib.sha256(f"{dex_sha256} {made_by()}".encode()).hexdigest()
        return self.folder / key[:2] / f"{key}.columns"

    def has(self, dex_sha256: str) -> bool:
        """Say whether there is a file; only `get` tells whether it is sound."""
        return self.path(dex_sha256).is_file()

    def get(self, dex_sha256: str) -> "Columns | None":
        """Return the columns of a DEX file, mapped; None where there are none, or none that are sound.

        A file is checked in full when this store first reads it.
        """
        from assay.bytecode import columns  # noqa: PLC0415 - it loads the code engine, and most of the store does without

        try:
            mapped, state = _mapped(self.path(dex_sha256))
            found = columns.read(memoryview(mapped), trusted=self._checked.get(dex_sha256) == state)
        except (OSError, ValueError, Unreadable):
            return None
        if found.dex_sha256 != dex_sha256:
            return None
        self._checked[dex_sha256] = state
        return found

    def take(self, dex_sha256: str, made: Path) -> None:
        """Move a file that was made on the same file system into the store. Raises: OSError.

        The same columns are always the same bytes: where others are here already, one of the two is damaged or a lie,
        and neither is kept.
        """
        path = self.path(dex_sha256)
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            if not filecmp.cmp(path, made, shallow=False):
                self.drop(dex_sha256)
            made.unlink()
            return
        made.chmod(0o444)
        made.replace(path)

    def take_left(self, made: Iterable[str], take: Callable[[str], Path]) -> None:
        """Move the files that a worker left for these DEX files; `take` gives one by its name. Raises: OSError."""
        for dex_sha256 in sorted(made):
            with suppress(FileNotFoundError):  # it said so and left none
                self.take(dex_sha256, take(name_of(dex_sha256)))

    def drop(self, dex_sha256: str) -> None:
        """Remove columns that are damaged."""
        self.path(dex_sha256).unlink(missing_ok=True)

    def used(self, dex_sha256: str) -> None:
        """Take note that a file is of use still."""
        with suppress(OSError):
            os.utime(self.path(dex_sha256))

    def size(self) -> tuple[int, int]:
        """Return how many files there are and their bytes."""
        sizes = [size for _, size, _ in self._files()]
        return len(sizes), sum(sizes)

    def trim(self, most: int = MAX_BYTES) -> int:
        """Remove the files used longest ago until at most so many bytes are left; return how many went."""
        found = sorted(self._files())
        left, removed = sum(size for _, size, _ in found), 0
        for _, size, path in found:
            if left <= most:
                break
            path.unlink(missing_ok=True)
            left, removed = left - size, removed + 1
        return removed

    def _files(self) -> Iterator[tuple[int, int, Path]]:
        """Yield time of last use, size and path of the files of the store, and nothing else that may lie beside them.

        Another process may remove files meanwhile.
        """
        for path in sorted(self.folder.glob("[0-9a-f][0-9a-f]/*.columns")):
            if _NAME.fullmatch(path.name) and path.name[:2] == path.parent.name:
                with suppress(FileNotFoundError):
                    state = path.lstat()
                    if stat.S_ISREG(state.st_mode):
                        yield state.st_mtime_ns, state.st_size, path


def _mapped(path: Path) -> tuple[mmap.mmap, tuple[int, int, int]]:
    """Return a file, mapped for reading, and what tells it from any other. Raises: OSError; ValueError when empty."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        state = os.fstat(descriptor)
        if not _is_own(state):
            raise PermissionError(path.name)
        mapped = mmap.mmap(descriptor, 0, access=mmap.ACCESS_READ)
    finally:
        os.close(descriptor)
    return mapped, (state.st_ino, state.st_size, state.st_ctime_ns)


def _is_own(state: os.stat_result) -> bool:
    """Say whether a file is a regular one that nobody but its owner can change, who is this user or root."""
    settled = stat.S_ISREG(state.st_mode) and not state.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return settled and state.st_uid in {os.geteuid(), 0}
