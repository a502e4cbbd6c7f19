"""A file is hashed again exactly when anything that the system tells of it changed, or changed just before."""

import hashlib
import os
import time
from pathlib import Path

import pytest

from assay.engine import digests as module
from assay.engine.digests import Digests
from assay.model.errors import EvidenceError


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were hashed; a file counts as settled at once."""
    names: list[str] = []
    really = module._hashed

    def told(path: Path) -> module.Hashed:
        names.append(path.name)
        return really(path)

    monkeypatch.setattr(module, "_hashed", told)
    monkeypatch.setattr(module, "SETTLED_NS", 0)
    return names


def laid_out(folder: Path) -> list[Path]:
    for name in "ab":
        (folder / name).write_bytes(name.encode() * 9)
    time.sleep(0.02)
    return [folder / name for name in "ab"]


def sha256(path: Path) -> tuple[str, int]:
    return hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_size


def of(home: Path | None, paths: list[Path], *, rehash: bool = False) -> None:
    assert Digests(home, rehash=rehash).of(paths) == list(map(sha256, paths))


def test_what_stayed_is_not_hashed_again(tmp_path: Path, hashed: list[str]) -> None:
    paths = laid_out(tmp_path)
    of(tmp_path / "home", paths)
    of(tmp_path / "home", paths)
    assert hashed == ["a", "b"]
    of(tmp_path / "home", paths, rehash=True)
    assert hashed == ["a", "b", "a", "b"]


def test_a_change_that_keeps_size_and_date_is_seen(tmp_path: Path, hashed: list[str]) -> None:
    paths = laid_out(tmp_path)
    of(tmp_path / "home", paths)
    before = paths[0].stat()
    paths[0].write_bytes(b"c" * 9)
    os.utime(paths[0], ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (paths[0].stat().st_size, paths[0].stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    of(tmp_path / "home", paths)
    assert hashed == ["a", "b", "a"]


def test_another_file_in_its_place_is_hashed(tmp_path: Path, hashed: list[str]) -> None:
    paths = laid_out(tmp_path)
    of(tmp_path / "home", paths)
    (tmp_path / "new").write_bytes(b"n" * 9)
    (tmp_path / "new").rename(paths[1])
    of(tmp_path / "home", paths)
    assert hashed == ["a", "b", "b"]


def test_what_changed_just_before_is_hashed_again(
    tmp_path: Path, hashed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = laid_out(tmp_path)
    monkeypatch.setattr(module, "SETTLED_NS", 3600 * 10**9)
    of(tmp_path / "home", paths)
    of(tmp_path / "home", paths)
    assert hashed == ["a", "b", "a", "b"]


def test_without_a_folder_nothing_is_noted(tmp_path: Path, hashed: list[str]) -> None:
    paths = laid_out(tmp_path)
    of(None, paths)
    of(None, paths)
    assert hashed == ["a", "b", "a", "b"]


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match="gone"):
        Digests(None, rehash=False).of([tmp_path / "gone"])
