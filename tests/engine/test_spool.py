import mmap
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from assay.engine import spool as module
from assay.engine.sandbox.closing import TOLD
from assay.engine.spool import Room, Spool


def test_a_run_leaves_nothing(tmp_path: Path) -> None:
    with Spool(tmp_path / "spool") as spool:
        room = spool.room()
        (room.folder / "a").write_bytes(b"x")
        assert room.folder.parent == spool.folder
        assert spool.shared.is_dir()
        assert spool.room().folder != room.folder
    assert list((tmp_path / "spool").iterdir()) == []


def test_what_a_run_that_was_killed_left_is_swept_and_what_another_holds_is_not(tmp_path: Path) -> None:
    left = tmp_path / "run-left"
    (left / "worker-1").mkdir(parents=True)
    with Spool(tmp_path) as one:
        assert not left.exists()
        with Spool(tmp_path) as other:
            assert one.folder.is_dir()
            assert other.folder != one.folder


@pytest.mark.parametrize(("files", "over"), [(3, ""), (4, "it wrote more than 3 files")])
def test_a_folder_holds_as_many_files_as_it_may(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: int, over: str
) -> None:
    monkeypatch.setattr(module, "QUOTA_FILES", 3)
    for number in range(files):
        (tmp_path / str(number)).touch()
    assert Room(tmp_path).over() == over


def test_a_folder_holds_as_many_bytes_as_it_may_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_bytes(b"x" * 9000)
    (tmp_path / "sparse").touch()
    os.truncate(tmp_path / "sparse", 1 << 30)
    used = (tmp_path / "a").stat().st_blocks * 512
    monkeypatch.setattr(module, "QUOTA_BYTES", used)
    assert Room(tmp_path).over() == ""
    monkeypatch.setattr(module, "QUOTA_BYTES", used - 1)
    assert Room(tmp_path).over() == f"it wrote more than {used - 1} bytes"


def test_only_regular_files_of_the_folder_itself_are_taken(tmp_path: Path) -> None:
    folder = tmp_path / "room"
    folder.mkdir()
    (tmp_path / "secret").touch()
    (folder / "plain").write_bytes(b"plain")
    (folder / "link").symlink_to("../secret")
    (folder / "hard").hardlink_to(tmp_path / "secret")
    (folder / "folder").mkdir()
    os.mkfifo(folder / "pipe")
    room = Room(folder)
    taken = room.take("plain")
    assert (taken.parent, taken.read_bytes(), (folder / "plain").exists()) == (tmp_path, b"plain", False)
    taken.unlink()
    for name in ("link", "hard", "folder", "pipe", "../secret", str(tmp_path / "secret"), "none", "", ".", "plain"):
        with pytest.raises(FileNotFoundError):
            room.take(name)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["room", "secret"]
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("mapped", [False, True])
def test_a_file_that_somebody_can_still_write_is_not_taken(tmp_path: Path, mapped: bool) -> None:  # noqa: FBT001
    folder = tmp_path / "room"
    folder.mkdir()
    (folder / "made").write_bytes(bytes(4096))
    with (folder / "made").open("r+b") as stream:
        held = mmap.mmap(stream.fileno(), 0) if mapped else stream
        if mapped:
            stream.close()
        with pytest.raises(FileNotFoundError):
            Room(folder).take("made")
        held.close()
    assert [path.name for path in tmp_path.iterdir()] == ["room"]


def test_the_last_words_of_a_worker_are_short_and_printable(tmp_path: Path) -> None:
    room = Room(tmp_path)
    assert room.told() == ""
    (tmp_path / TOLD).write_bytes(b"a" * 5000 + b"\x1b[2Jend\n")
    assert room.told().endswith("\\u001b[2Jend")
    assert len(room.told()) < 2100


@pytest.mark.parametrize("make", [lambda path: path.symlink_to("/etc/passwd"), os.mkfifo, Path.mkdir])
def test_last_words_are_read_of_nothing_but_a_file(tmp_path: Path, make: Callable[[Path], object]) -> None:
    make(tmp_path / TOLD)
    assert Room(tmp_path).told() == ""
