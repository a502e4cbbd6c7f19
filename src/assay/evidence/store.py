"""The content-addressed store: exhibits as acquired, named by sha256, never changed afterwards."""

import hashlib
import mmap
import os
from pathlib import Path

from assay.evidence.durable import sync_filesystem
from assay.model.errors import CaseError
from assay.model.ids import is_sha256
from assay.model.source import BufferSource

CHUNK = 1 << 20


class Store:
    """Blobs under ``<root>/sha256/ab/<sha256>``, read-only files."""

    def __init__(self, root: Path) -> None:
        """Use the store at `root`; folders are made on the first `add`."""
        self._root = root
        self._staged: list[tuple[Path, Path]] = []

    def path(self, sha256: str) -> Path:
        """Return where a blob lies. Raises: ValueError for anything but a sha256 in lower-case hex."""
        if not is_sha256(sha256):
            msg = f"not a sha256: {sha256!r}"
            raise ValueError(msg)
        return self._root / "sha256" / sha256[:2] / sha256

    def stage(self, source: Path) -> tuple[str, int]:
        """Copy a file in, hashing what is written, and return (sha256, size in bytes).

        The blob counts only after `commit`. A symbolic link is not followed. Raises: OSError.
        """
        staging = self._root / "staging"
        staging.mkdir(parents=True, exist_ok=True)
        part = staging / f"{os.getpid()}-{len(self._staged)}.part"
        descriptor = os.open(source, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(descriptor, "rb") as reading:
            sha256, size = _copy(reading.fileno(), part)
        self._staged.append((part, self.path(sha256)))
        return sha256, size

    def commit(self) -> None:
        """Flush all staged blobs to disk and give them their names; an identical blob is kept once."""
        if not self._staged:
            return
        sync_filesystem(self._root)
        for part, blob in self._staged:
            if blob.exists():
                part.unlink()
            else:
                blob.parent.mkdir(parents=True, exist_ok=True)
                part.chmod(0o444)
                part.rename(blob)
        self._staged.clear()
        sync_filesystem(self._root)

    def discard(self) -> None:
        """Drop what was staged and not committed."""
        for part, _ in self._staged:
            part.unlink(missing_ok=True)
        self._staged.clear()

    def open(self, sha256: str, size: int | None = None) -> BufferSource:
        """Return a blob as a memory-mapped source. Raises: CaseError when it is missing or of another size."""
        path = self.path(sha256)
        try:
            actual = path.stat().st_size
        except FileNotFoundError:
            raise CaseError(str(path), "the exhibit is missing", "Restore the case folder from a copy.") from None
        if size is not None and size != actual:
            fact = f"the exhibit has {actual} bytes instead of {size}"
            raise CaseError(str(path), fact, "Restore the case folder from a copy.")
        if actual == 0:
            return BufferSource(b"")
        with path.open("rb") as stream:
            return BufferSource(mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ))


def _copy(descriptor: int, part: Path) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with part.open("wb") as writing:
        while block := os.read(descriptor, CHUNK):
            digest.update(block)
            writing.write(block)
            size += len(block)
    return digest.hexdigest(), size
