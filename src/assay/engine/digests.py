"""Digests of files noted under all that the system tells of them, so that a file that stayed is not hashed again.

What is told: device, inode, size, and the times to the nanosecond at which content and inode last changed. The last one
is set by the kernel at every change and cannot be set by a program, short of one that sets the clock or writes to the
disk itself; whoever needs certainty hashes again. A file that changed just before it was hashed is not noted: it could
change again within one tick of the clock.
"""

import hashlib
import os
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import msgspec

from assay.engine import cache_home
from assay.engine.cache import ResultCache, key
from assay.model.errors import EvidenceError

HASHING = 2
"""Files hashed at the same time; hashing does not hold the interpreter's lock."""
SETTLED_NS = 2 * 10**9
"""How long before it was hashed a file must have last changed to be noted."""


class Noted(msgspec.Struct, frozen=True):
    """The sha256 of a file."""

    sha256: str


class Hashed(NamedTuple):
    """A file's sha256, its size in bytes, and the key of what the system tells of it, empty where it is not settled."""

    sha256: str
    size: int
    key: str


class Digests:
    """Digests of files; with a cache folder they are noted there."""

    def __init__(self, home: Path | None, *, rehash: bool, before: Callable[[], object] = lambda: None) -> None:
        """Take the cache folder, None to note nothing; with `rehash`, what was noted is not believed.

        `before` is called once it is known that files must be hashed.
        """
        self._home = home
        self._rehash = rehash
        self._before = before

    def of(self, paths: list[Path]) -> list[tuple[str, int]]:
        """Return the sha256 and the size of each file. Raises: EvidenceError where one is unreadable."""
        try:
            return self._of(paths)
        except OSError as error:
            raise EvidenceError(str(error.filename), f"not readable ({error.strerror})", "Check its rights.") from None

    def _of(self, paths: list[Path]) -> list[tuple[str, int]]:
        told = [_told(path.stat()) for path in paths]
        noted = {} if self._rehash else self._noted(name for name, _ in told)
        missing = [path for path, (name, _) in zip(paths, told, strict=True) if name not in noted]
        if missing:
            self._before()
        with ThreadPoolExecutor(HASHING) as threads:
            hashed = dict(zip(missing, threads.map(_hashed, missing), strict=True))
        self._note(hashed.values())
        return [
            (noted[name].sha256, size) if name in noted else hashed[path][:2]
            for path, (name, size) in zip(paths, told, strict=True)
        ]

    def _noted(self, names: Iterable[str]) -> dict[str, Noted]:
        if self._home is None:
            return {}
        with _results(self._home) as results:
            return results.get(list(names), Noted)

    def _note(self, hashed: Iterable[Hashed]) -> None:
        if self._home is not None:
            with _results(self._home) as results:
                results.put({one.key: Noted(one.sha256) for one in hashed if one.key})


def _results(home: Path) -> "closing[ResultCache]":
    return closing(ResultCache(home / cache_home.RESULTS))


def _told(state: os.stat_result) -> tuple[str, int]:
    told = (state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns, state.st_ctime_ns)
    return key("file", *told), state.st_size


def _hashed(path: Path) -> Hashed:
    with path.open("rb") as stream:
        before = os.fstat(stream.fileno())
        settled = time.time_ns() - max(before.st_mtime_ns, before.st_ctime_ns) > SETTLED_NS
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
        after = os.fstat(stream.fileno())
    stayed = settled and _told(before) == _told(after)
    return Hashed(digest, after.st_size, _told(after)[0] if stayed else "")
