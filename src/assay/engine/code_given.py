"""What `open_code` is given: the files below a path, or the exhibits of a case, each with its sha256."""

import hashlib
import os
import shutil
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec

from assay.evidence.case_folder import CaseFolder
from assay.evidence.store import Store
from assay.model.errors import EvidenceError, UsageError
from assay.model.locator import percent_encode

CASE_FILE = "case.toml"
HASHING = 2
"""Files hashed at the same time; hashing does not hold the interpreter's lock."""


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
    exhibits: Path | None = None

    def lay_out(self, wanted: set[str], folder: Path) -> Path:
        """Return a store that holds the files of these digests: the case's own, or links made at `folder`.

        Where no link can be made, files are copied. Raises: OSError.
        """
        if self.exhibits is not None:
            return self.exhibits
        store = Store(folder)
        for sha256 in sorted(wanted):
            blob = store.path(sha256)
            blob.parent.mkdir(parents=True, exist_ok=True)
            _link(self.real[sha256], blob)
        return folder


def given(path: Path) -> Given:
    """Return what lies at a path. Raises: UsageError when there is nothing, EvidenceError where it is unreadable."""
    if (path / CASE_FILE).is_file():
        return _of_case(CaseFolder.open(path))
    if not path.exists():
        raise UsageError(str(path), "there is no such file or folder", "Check the path.")
    found = sorted(_files(path)) if path.is_dir() else [path]
    try:
        with ThreadPoolExecutor(HASHING) as threads:
            digests = list(threads.map(_sha256, found))
    except OSError as error:
        raise EvidenceError(str(error.filename), f"not readable ({error.strerror})", "Check its rights.") from None
    apps = [
        App(path=_label(path, file), sha256=sha256, size=size)
        for file, (sha256, size) in zip(found, digests, strict=True)
    ]
    real = {app.sha256: file for app, file in zip(apps, found, strict=True)}
    return Given(apps=tuple(sorted(apps)), real=real)


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


def _sha256(path: Path) -> tuple[str, int]:
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
        return digest, os.fstat(stream.fileno()).st_size


def _link(real: Path, blob: Path) -> None:
    try:
        os.link(real, blob, follow_symlinks=True)
    except OSError:
        shutil.copyfile(real, blob)
