"""The result cache: what was computed once is never computed again, across cases, builds and handsets.

A key is the sha256 over what a result depends on; a value is MessagePack, zstd-compressed. SQLite in WAL mode with
full synchronisation: a result that was put is there after a stop at any moment.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import zstandard

from assay.model import canonical
from assay.model.errors import CaseError

T = TypeVar("T", bound=msgspec.Struct)

VARIABLES = 500
"""Keys asked for in one statement."""


def key(*parts: object) -> str:
    """Return the cache key over `parts`: their canonical digest."""
    return canonical.digest(list(parts))


class ResultCache:
    """Results by key, in one SQLite file."""

    def __init__(self, path: Path) -> None:
        """Open or make the cache. Raises: CaseError when the file is no cache or cannot be written."""
        self._path = path
        with self._sound(), ExitStack() as unless_sound:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(path, isolation_level=None, timeout=60)
            unless_sound.callback(self._connection.close)
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = FULL")
            self._connection.execute(
                "CREATE TABLE IF NOT EXISTS result(key TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID"
            )
            unless_sound.pop_all()

    @property
    def folder(self) -> Path:
        """Where the cache lies: other things that can be made again lie beside it."""
        return self._path.parent

    def known(self, keys: Iterable[str]) -> set[str]:
        """Return those of `keys` that have a result. Raises: CaseError."""
        return {found for part in _parts(keys) for (found,) in self._select("key", part)}

    def get(self, keys: Iterable[str], record: type[T]) -> dict[str, T]:
        """Return the results of those of `keys` that have one. Raises: CaseError."""
        decode = msgspec.msgpack.Decoder(record).decode
        unpack = zstandard.ZstdDecompressor().decompress
        found: dict[str, T] = {}
        for part in _parts(keys):
            with self._sound():
                found.update((name, decode(unpack(value))) for name, value in self._select("key, value", part))
        return found

    def put(self, results: dict[str, msgspec.Struct]) -> None:
        """Keep results in one transaction; a result that is there already stays. Raises: CaseError."""
        if not results:
            return
        pack = zstandard.ZstdCompressor(level=3).compress
        encode = msgspec.msgpack.Encoder().encode
        rows = [(name, pack(encode(value))) for name, value in results.items()]
        with self._sound(), self._connection:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.executemany("INSERT OR IGNORE INTO result VALUES (?, ?)", rows)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _select(self, columns: str, keys: list[str]) -> list[tuple[Any, ...]]:
        marks = ",".join("?" * len(keys))
        with self._sound():
            asked = f"SELECT {columns} FROM result WHERE key IN ({marks})"  # noqa: S608 - our own words
            return self._connection.execute(asked, keys).fetchall()

    @contextmanager
    def _sound(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.DatabaseError, OSError, zstandard.ZstdError, msgspec.MsgspecError) as error:
            fact = f"not usable as the result cache ({error})"
            raise CaseError(str(self._path), fact, "Move it away, or set ASSAY_CACHE to another folder.") from None


def _parts(keys: Iterable[str]) -> Iterator[list[str]]:
    listed = list(keys)
    return (listed[start : start + VARIABLES] for start in range(0, len(listed), VARIABLES))
