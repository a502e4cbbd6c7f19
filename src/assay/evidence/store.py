"""The content-addressed store: exhibits as acquired, named by sha256, never changed afterwards."""

import errno
import hashlib
import mmap
import os
import stat
from contextlib import suppress
from io import FileIO
from pathlib import Path

from assay.evidence.durable import sync_filesystem
from assay.model.errors import CaseError
from assay.model.ids import is_sha256
from assay.model.source import BufferSource

CHUNK = 1 << 20

RESTORE = "Restore the case folder from a copy, or take the evidence in again."


class Store:
    """Blobs under ``<root>/sha256/ab/<sha256>``, read-only files."""

    def __init__(self, root: Path) -> None:
        """Use the store at `root`; folders are made when the first file is staged."""
        self._root = root
        self._staging = root / "staging"
        self._staged: list[tuple[Path, Path]] = []

    def path(self, sha256: str) -> Path:
        """Return where a blob lies. Raises: ValueError for anything but a sha256 in lower-case hex."""
        if not is_sha256(sha256):
            msg = f"not a sha256: {sha256!r}"
            raise ValueError(msg)
        return self._root / "sha256" / sha256[:2] / sha256

    def stage(self, source: Path) -> tuple[str, int]:
        """Copy a regular file in, hashing what is written, and return (sha256, size in bytes).

        The blob counts only after `commit`. A symbolic link is not followed, and nothing else is waited for.
        Raises: OSError when the file cannot be read, CaseError when the copy cannot be written.
        """
        part = self._staging / f"{os.getpid()}-{len(self._staged)}.part"
        with _regular(source) as reading:
            try:
                sha256, size = _copy(reading, part)
            except BaseException:
                with suppress(OSError):
                    part.unlink()
                raise
        self._staged.append((part, self.path(sha256)))
        return sha256, size

    def commit(self) -> None:
        """Flush all staged blobs to disk and give them their names; an identical blob is kept once."""
        if not self._staged:
            return
        sync_filesystem(self._root)
        for part, blob in self._staged:
            blob.parent.mkdir(parents=True, exist_ok=True)
            part.chmod(0o444)
            part.rename(blob)
        self._staged.clear()
        sync_filesystem(self._root)

    def discard(self) -> None:
        """Drop what was staged and not committed, by this process or by one that was stopped."""
        self._staged.clear()
        for part in self._staging.glob("*.part"):
            part.unlink(missing_ok=True)

    def open(self, sha256: str, size: int | None = None) -> BufferSource:
        """Return a blob as a memory-mapped source. Raises: CaseError when it is missing or of another size."""
        path = self.path(sha256)
        try:
            with path.open("rb") as stream:
                actual = os.fstat(stream.fileno()).st_size
                mapped = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) if actual else b""
        except OSError as error:
            raise CaseError(str(path), f"the exhibit is missing ({error.strerror})", RESTORE) from None
        if size is not None and size != actual:
            raise CaseError(str(path), f"the exhibit has {actual} bytes instead of {size}", RESTORE)
        return BufferSource(memoryview(mapped))


def _regular(source: Path) -> FileIO:
    descriptor = os.open(source, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "Not a regular file")
    return FileIO(descriptor)


def _copy(reading: FileIO, part: Path) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with _new(part) as writing:
        while block := reading.read(CHUNK):
            digest.update(block)
            _write(writing, block, part)
            size += len(block)
    return digest.hexdigest(), size


def _new(part: Path) -> FileIO:
    try:
        part.parent.mkdir(parents=True, exist_ok=True)
        return FileIO(part, "w")
    except OSError as error:
        raise _not_writable(part, error) from error


def _write(writing: FileIO, block: bytes, part: Path) -> None:
    left = memoryview(block)
    try:
        while left:
            left = left[writing.write(left) :]
    except OSError as error:
        raise _not_writable(part, error) from error


def _not_writable(part: Path, error: OSError) -> CaseError:
    return CaseError(str(part.parent), f"not writable ({error.strerror})", "Make room, or use another case folder.")
