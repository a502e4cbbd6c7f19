"""Links kept between runs, in a private folder of the cache folder: taken up for apps that are mostly the same.

A file holds the tables of a linker with its salt, the numbers of each file, and which apps hold what. It is mapped, not
read; what is written to it stays in this process. It comes in by rename, so that two processes at once each see a whole
one and the last stays. One that is damaged, foreign or of other sources is made anew.
"""

import mmap
import os
import secrets
import stat
import struct
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from itertools import accumulate
from pathlib import Path
from threading import Thread

import msgspec
import numpy as np
from isal import isal_zlib

from assay.bytecode.columns import interning
from assay.bytecode.columns.linking import TABLES, Identities, Linker
from assay.bytecode.columns.record import NONE
from assay.bytecode.columns.sharing import App, Numbered, Read, Sharing
from assay.bytecode.kernel import settled
from assay.engine import indices

FOLDER = "links"
"""The folder within the cache folder."""
KEPT = 4
"""Files that are kept, those used last."""
WORTH_IT = 10
"""A file is written anew once more than one in so many definitions stands in files that came since it was written."""
LEFT_SECONDS = 3600.0
"""How old a file is that was begun and not finished when it is taken for one that nobody writes any more."""

_MAGIC = b"ASSAYLNK"
_START = struct.Struct("<8sQQ")
"""Magic number, bytes of the header, CRC-32 of the header and of all rows in use, which lie behind it on a grid."""
_GRID = 4096
_MAX_HEADER = 256 << 20
_DTYPES = tuple(np.dtype(name) for table in TABLES for name in table.DTYPES) + 6 * (np.dtype("<u4"),)
"""The arrays of the linker; counts of classes, methods, bodies; numbers of classes, methods, bodies, file by file."""
_OURS = stat.S_IRWXG | stat.S_IRWXO
"""What nobody else may do with the folder and a file."""


class _Header(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What stands before the arrays.

    `arrays`: rows in use, and rows there is room for; `files`: sha256, classes, definitions, missing names; `apps`:
    rows of the files, and how many apps have just these.
    """

    arrays: list[tuple[int, int]]
    files: list[tuple[str, int, int, int]]
    apps: list[tuple[list[int], int]]
    unnamed: int


_ENCODE = msgspec.msgpack.Encoder().encode
_DECODE = msgspec.msgpack.Decoder(_Header).decode
_DAMAGED = (ValueError, IndexError, struct.error, msgspec.MsgspecError, UnicodeDecodeError, RecursionError)
"""What reading a file that is damaged may raise."""


class Links:
    """The links of a cache folder."""

    def __init__(self, home: Path | None) -> None:
        """Take the cache folder, None where nothing can be kept."""
        self.folder = None if home is None else home / FOLDER

    def of(self, apps: Sequence[App], order: Sequence[str], read: Read) -> Sharing:
        """Return what these apps share; of what was linked before, only files that are new are read, in this order."""
        path = self._nearest({sha256 for app in apps for sha256 in app})
        found = None if path is None else _taken_up(path)
        if found is None:
            found, path = Sharing(Linker(secrets.randbits(64))), None
        found.update(apps, order, read)
        if path is not None and found.dead * 2 > found.live[1]:
            _remove(path)
        elif found.added * WORTH_IT > found.size:
            self._keep(found, path)
        return found

    def prepare(self) -> None:
        """Load in a thread what links, where something was linked before; a question that comes early waits for it."""
        if next(self._files(), None) is not None:
            Thread(target=interning.load).start()

    def _nearest(self, wanted: AbstractSet[str]) -> Path | None:
        """Return the file with most of the definitions that are wanted, if those are half of its own or more."""
        best = max(((*_stays(path, wanted), path) for path in self._files()), default=None)
        return None if best is None or best[0] * 2 < best[1] else best[2]

    def _keep(self, sharing: Sharing, path: Path | None) -> None:
        """Write a file in place of the one that was taken up, or a new one; without room for it, nothing is kept."""
        if self.folder is None:
            return
        with suppress(OSError):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if _is_private(self.folder.stat()):
                named = path or self.folder / f"{_made_by()}-{secrets.token_hex(8)}.link"
                _trim(named)
                _write(sharing, named)

    def _files(self) -> Iterator[Path]:
        if self.folder is not None:
            yield from self.folder.glob(f"{_made_by()}-*.link")


def _made_by() -> str:
    return indices.made_by()[:32]


def _taken_up(path: Path) -> Sharing | None:
    """Return what a file holds; one that is damaged is removed."""
    try:
        found = _read(path)
        os.utime(path)
    except (OSError, *_DAMAGED):
        _remove(path)
        return None
    return found


def _stays(path: Path, wanted: AbstractSet[str]) -> tuple[int, int]:
    """Return how many definitions of a file are wanted, and how many it has."""
    try:
        _, told, _ = _told(_mapped(path))
    except (OSError, *_DAMAGED):
        return 0, 1
    return sum(file[2] for file in told.files if file[0] in wanted), sum(file[2] for file in told.files)


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)


def _read(path: Path) -> Sharing:
    """Return what a file holds. Raises: OSError, and as `_told` when it is damaged."""
    mapped = _mapped(path)
    crc32, told, header = _told(mapped)
    arrays = list(_arrays(mapped, told, _on_grid(_START.size + len(header))))
    if _crc32(header, [array[:rows] for array, (rows, _) in zip(arrays, told.arrays, strict=True)]) != crc32:
        raise ValueError(path.name)
    return _restored(told, arrays)


def _told(mapped: mmap.mmap) -> tuple[int, _Header, bytes]:
    """Return the checksum and the header, which is not yet checked by it. Raises: any of `_DAMAGED`."""
    magic, length, crc32 = _START.unpack_from(mapped)
    if magic != _MAGIC or length > min(_MAX_HEADER, len(mapped) - _START.size):
        raise ValueError(length)
    header = mapped[_START.size : _START.size + length]
    return crc32, _DECODE(header), header


def _arrays(mapped: mmap.mmap, told: _Header, at: int) -> Iterator[np.ndarray]:
    for dtype, (rows, room) in zip(_DTYPES, told.arrays, strict=True):
        if not 0 <= rows <= room <= len(mapped):
            raise ValueError(rows)
        yield np.frombuffer(mapped, dtype, room, at)
        at += _on_grid(room * dtype.itemsize)


def _restored(told: _Header, arrays: Sequence[np.ndarray]) -> Sharing:
    made = Sharing(Linker.restored(arrays[:-6], told.unnamed))
    classes, methods, bodies = arrays[-6:-3]
    made.counts = (classes, methods, bodies)
    if tuple(map(len, made.counts)) != made.linker.counts:
        raise ValueError(told.unnamed)
    flat, at = [settled(array) for array in arrays[-3:]], [0, 0]
    for sha256, of_classes, definitions, unnamed in told.files:
        ends = [at[0] + of_classes, at[1] + definitions]
        ids = (flat[0][at[0] : ends[0]], *(one[at[1] : ends[1]] for one in flat[1:]))
        if min(of_classes, definitions) < 0 or [len(one) for one in ids] != [of_classes, definitions, definitions]:
            raise ValueError(sha256)
        made.files[sha256], at = Numbered(Identities(*ids), unnamed), ends
    names = [sha256 for sha256, *_ in told.files]
    made.apps = Counter({tuple(names[row] for row in rows): count for rows, count in told.apps})
    return made


def _write(sharing: Sharing, path: Path) -> None:
    """Write a file beside its place, then rename it. Raises: OSError."""
    held = [*sharing.linker.held(), *((counts, len(counts)) for counts in sharing.counts), *_numbers(sharing)]
    used = [array[:rows] for array, rows in held]
    header = _ENCODE(_header(sharing, [(rows, len(array)) for array, rows in held]))
    start = _START.pack(_MAGIC, len(header), _crc32(header, used)) + header
    descriptor, made = tempfile.mkstemp(prefix="new-", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(start)
            places = accumulate((_on_grid(array.nbytes) for array, _ in held), initial=_on_grid(len(start)))
            for place, rows in zip(places, used, strict=False):
                stream.seek(place)
                stream.write(rows.data)
            stream.truncate(_on_grid(len(start)) + sum(_on_grid(array.nbytes) for array, _ in held))
        Path(made).replace(path)
    except OSError:
        Path(made).unlink(missing_ok=True)
        raise


def _header(sharing: Sharing, arrays: list[tuple[int, int]]) -> _Header:
    rows = {sha256: row for row, sha256 in enumerate(sharing.files)}
    return _Header(
        arrays=arrays,
        files=[(name, len(file.ids.classes), file.size, file.unnamed) for name, file in sharing.files.items()],
        apps=[([rows[sha256] for sha256 in app], count) for app, count in sharing.apps.items()],
        unnamed=sharing.linker.unnamed,
    )


def _numbers(sharing: Sharing) -> Iterator[tuple[np.ndarray, int]]:
    files = [file.ids for file in sharing.files.values()]
    none = np.full(0, NONE, np.uint32)
    for parts in ([ids.classes for ids in files], [ids.methods for ids in files], [ids.bodies for ids in files]):
        joined = np.concatenate([none, *parts])
        yield joined, len(joined)


def _crc32(header: bytes, arrays: Sequence[np.ndarray]) -> int:
    value = isal_zlib.crc32(header)
    for array in arrays:
        value = isal_zlib.crc32(array.view(np.uint8), value)
    return value


def _mapped(path: Path) -> mmap.mmap:
    """Return a file of our own, mapped: what is written to it stays here. Raises: OSError; ValueError when empty."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        state = os.fstat(descriptor)
        if not stat.S_ISREG(state.st_mode) or not _is_private(state):
            raise PermissionError(path.name)
        return mmap.mmap(descriptor, 0, access=mmap.ACCESS_COPY)
    finally:
        os.close(descriptor)


def _is_private(state: os.stat_result) -> bool:
    return not state.st_mode & _OURS and state.st_uid == os.geteuid()


def _on_grid(offset: int) -> int:
    return -(-offset // _GRID) * _GRID


def _trim(but: Path) -> None:
    """Remove the files used longest ago, so that there is room for one more, and what a process that ended left."""
    found = [path for path in but.parent.iterdir() if path != but and path.suffix == ".link"]
    for path in sorted(found, key=lambda path: path.stat().st_mtime_ns, reverse=True)[KEPT - 1 :]:
        path.unlink(missing_ok=True)
    for path in but.parent.glob("new-*"):
        if time.time() - path.stat().st_mtime > LEFT_SECONDS:
            path.unlink(missing_ok=True)
