"""Columns of code for the analysers that read apps: from the store where it has them, else made, and left for it."""

from collections.abc import Callable
from pathlib import Path

from assay.bytecode import columns
from assay.bytecode.columns import Columns
from assay.bytecode.dex import DexFile
from assay.engine.code_records import name_of
from assay.engine.indices import Indices


class Shelf:
    """The store as a worker sees it: it reads it, and leaves what it makes in its own folder, named by `name_of`."""

    def __init__(self, indices: Indices, room: Path | None) -> None:
        """Take the store, and the worker's folder; without one, what is made is not kept."""
        self._indices = indices
        self._room = room
        self._left: list[str] = []

    def columns(self, sha256: str, dex: Callable[[], DexFile]) -> Columns:
        """Return the columns of a DEX file, which `dex` opens. Raises: Unreadable."""
        found = self._indices.get(sha256)
        if found is None:
            found = columns.build(dex(), sha256)
            self._leave(found)
        return found

    def left(self) -> tuple[str, ...]:
        """Return the sha256 of the DEX files whose columns were left since this was last asked, sorted."""
        left, self._left = tuple(sorted(self._left)), []
        return left

    def _leave(self, found: Columns) -> None:
        if self._room is not None:
            with (self._room / name_of(found.dex_sha256)).open("wb") as stream:
                columns.write(found, stream)
            self._left.append(found.dex_sha256)
