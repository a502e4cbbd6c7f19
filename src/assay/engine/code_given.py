"""What `open_code` is given: the files below a path, or the exhibits of a case, each with its sha256."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import msgspec

from assay.engine.digests import Digests
from assay.evidence.case_folder import CaseFolder
from assay.evidence.store import Store
from assay.model.errors import UsageError
from assay.model.locator import percent_encode

CASE_FILE = "case.toml"


class App(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """One file that was given, usually a package: its sha256, its size in bytes, and its path as a label.

    The path is the one below the folder that was given, raw bytes percent-encoded.
    """

    path: str
    sha256: str
    size: int


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """The files, sorted by path; `real` says where each lies, empty when they are the exhibits of a case."""

    apps: tuple[App, ...]
    real: dict[str, Path]
    root: str = ""
    """What holds them, resolved: workers read below it."""
    exhibits: Path | None = None

    def lay_out(self, wanted: set[str], folder: Path) -> Path:
        """Return a store that holds the files of these digests: the case's own, or symbolic links made at `folder`.

        Nothing of the files themselves changes, as the times of one with another name would. Raises: OSError.
        """
        if self.exhibits is not None:
            return self.exhibits
        store = Store(folder)
        for sha256 in sorted(wanted):
            blob = store.path(sha256)
            blob.parent.mkdir(parents=True, exist_ok=True)
            blob.symlink_to(self.real[sha256])
        return folder


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """How workers are held: their number, the private memory of each, how long a part may take, and what is allowed."""

    workers: int
    memory_bytes: int
    deadline_seconds: float
    allow_unsandboxed: bool


def given(path: Path, digests: Digests) -> Given:
    """Return what lies at a path; the exhibits of a case have their digests.

    Raises: UsageError when there is nothing, EvidenceError where it is unreadable.
    """
    if (path / CASE_FILE).is_file():
        return _of_case(CaseFolder.open(path))
    if not path.exists():
        raise UsageError(str(path), "there is no such file or folder", "Check the path.")
    found = sorted(_files(path)) if path.is_dir() else [path]
    apps = [
        App(path=_label(path, file), sha256=sha256, size=size)
        for file, (sha256, size) in zip(found, digests.of(found), strict=True)
    ]
    real = {app.sha256: file.resolve() for app, file in zip(apps, found, strict=True)}
    return Given(apps=tuple(sorted(apps)), real=real, root=str(path.resolve()))


def _of_case(case: CaseFolder) -> Given:
    apps = {App(path=f"{one.handset}/{one.path}", sha256=one.sha256, size=one.size) for one in case.exhibits()}
    return Given(apps=tuple(sorted(apps)), real={}, exhibits=case.root / "exhibits")


def _files(folder: Path) -> Iterator[Path]:
    """Yield the regular files below a folder; links are not followed."""
    for place, _, names in os.walk(folder):
        for name in names:
            path = Path(place, name)
            if stat.S_ISREG(path.lstat().st_mode):
                yield path


def _label(given_path: Path, file: Path) -> str:
    below = file.name if file == given_path else os.fspath(file.relative_to(given_path))
    return "/".join(percent_encode(part) for part in os.fsencode(below).split(b"/"))
