"""The folders into which workers write: one for each worker, within a folder of the run, removed with it.

A worker can make files there and nothing else. What it leaves is counted while it works; a folder over its quota ends
the worker. The supervisor takes regular files out by their names (`Room.take`) once the worker said its word.
"""

import errno
import fcntl
import os
import shutil
import stat
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Self

from assay.engine.sandbox.closing import TOLD
from assay.model.text import from_bytes, show

QUOTA_BYTES = 4 << 30
QUOTA_FILES = 4096
"""What one worker's folder may hold."""
TOLD_BYTES = 2000
"""How much of a worker's last words is read, from the end."""


class Spool:
    """The folder of one run, locked while it lasts: those that nobody holds any more are swept away."""

    def __init__(self, root: Path) -> None:
        """Make a folder below `root`. Raises: OSError."""
        root.mkdir(parents=True, exist_ok=True)
        _sweep(root)
        made = Path(tempfile.mkdtemp(prefix="new-", dir=root))
        self._held = _hold(made)
        self.folder = made.rename(made.with_name(made.name.replace("new-", "run-", 1)))
        self.shared = self.folder / "shared"
        """What the supervisor lays out for all workers of the run; they read it."""
        self.shared.mkdir()
        self._number = 0

    def room(self) -> "Room":
        """Make the folder of one more worker."""
        self._number += 1
        folder = self.folder / f"worker-{self._number}"
        folder.mkdir(mode=0o700)
        return Room(folder)

    def close(self) -> None:
        """Remove everything."""
        shutil.rmtree(self.folder, ignore_errors=True)
        if self._held is not None:
            os.close(self._held)

    def __enter__(self) -> Self:
        """Return the spool."""
        return self

    def __exit__(self, *_: object) -> None:
        """Remove everything."""
        self.close()


class Room:
    """The folder of one worker."""

    def __init__(self, folder: Path) -> None:
        """Take the folder, which exists."""
        self.folder = folder

    def over(self) -> str:
        """Say how the folder is over its quota, empty where it is not; sizes are those on disk."""
        size = 0
        with os.scandir(self.folder) as entries:
            for count, entry in enumerate(entries, start=1):
                with suppress(OSError):
                    size += entry.stat(follow_symlinks=False).st_blocks * 512
                if count > QUOTA_FILES:
                    return f"it wrote more than {QUOTA_FILES} files"
                if size > QUOTA_BYTES:
                    return f"it wrote more than {QUOTA_BYTES} bytes"
        return ""

    def told(self) -> str:
        """Return the end of what the worker wrote to standard error, on one printable line."""
        try:
            with os.fdopen(_opened(self.folder / TOLD), "rb") as stream:
                stream.seek(-min(TOLD_BYTES, os.fstat(stream.fileno()).st_size), os.SEEK_END)
                return show(from_bytes(stream.read(TOLD_BYTES)).strip())
        except OSError:
            return ""

    def take(self, name: str) -> Path:
        """Move a regular file that the worker left to where it cannot reach it, and return its path there.

        Raises: FileNotFoundError for anything else, and for a file that somebody may still write, which is removed.
        """
        if not name or Path(name).name != name:
            raise FileNotFoundError(name)
        path = self.folder.with_name(f"{self.folder.name} taken")
        (self.folder / name).rename(path)
        if not _is_settled(path):
            _remove(path)
            raise FileNotFoundError(name)
        return path

    def remove(self) -> None:
        """Remove the folder with all that is in it."""
        shutil.rmtree(self.folder, ignore_errors=True)


def _opened(path: Path) -> int:
    """Return a descriptor of a regular file, opened for reading without following a link. Raises: OSError."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    if stat.S_ISREG(os.fstat(descriptor).st_mode):
        return descriptor
    os.close(descriptor)
    raise FileNotFoundError(path.name)


def _is_settled(path: Path) -> bool:
    """Say whether this is a regular file of one name that nobody has open for writing, or mapped so."""
    try:
        descriptor = _opened(path)
    except OSError:
        return False
    try:
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except OSError as error:
        return error.errno not in {errno.EAGAIN, errno.EACCES}  # else: a file system that has no leases
    else:
        return os.fstat(descriptor).st_nlink == 1
    finally:
        os.close(descriptor)


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()
    shutil.rmtree(path, ignore_errors=True)


def _hold(folder: Path) -> int | None:
    """Return a descriptor that holds the folder's lock, None where another process has it."""
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        return None
    return descriptor


def _sweep(root: Path) -> None:
    for left in root.glob("run-*"):
        held = _hold(left)
        if held is not None:
            shutil.rmtree(left, ignore_errors=True)
            os.close(held)
