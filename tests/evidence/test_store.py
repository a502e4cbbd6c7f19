import errno
import hashlib
import os
from io import FileIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assay.evidence import store as module
from assay.evidence.store import CHUNK, Store
from assay.model.errors import CaseError


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "exhibits")


def _file(folder: Path, content: bytes, name: str = "evidence") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def _kept(folder: Path) -> list[Path]:
    return sorted(path for path in (folder / "exhibits").rglob("*") if path.is_file())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(st.binary(max_size=200))
def test_what_is_taken_in_comes_out_under_its_digest(tmp_path: Path, content: bytes) -> None:
    store = Store(tmp_path / "exhibits")
    sha256, size = store.stage(_file(tmp_path, content))
    store.commit()
    assert (sha256, size) == (hashlib.sha256(content).hexdigest(), len(content))
    assert bytes(store.open(sha256, size).view()) == content


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1])
def test_files_around_the_size_of_a_block_are_copied_whole(store: Store, tmp_path: Path, size: int) -> None:
    content = os.urandom(size)
    sha256, taken = store.stage(_file(tmp_path, content))
    store.commit()
    assert taken == size
    assert bytes(store.open(sha256).view()) == content


def test_nothing_counts_before_the_commit(store: Store, tmp_path: Path) -> None:
    sha256, _ = store.stage(_file(tmp_path, b"a"))
    with pytest.raises(CaseError, match="missing"):
        store.open(sha256)
    store.commit()
    assert store.open(sha256).size == 1


def test_an_identical_blob_is_kept_once_and_cannot_be_written(store: Store, tmp_path: Path) -> None:
    names = {store.stage(_file(tmp_path, b"same", name))[0] for name in ("one", "two")}
    store.commit()
    store.stage(tmp_path / "one")
    store.commit()
    (blob,) = _kept(tmp_path)
    assert {blob.name} == names
    assert blob.stat().st_mode & 0o222 == 0


def test_taking_in_again_heals_a_damaged_blob(store: Store, tmp_path: Path) -> None:
    sha256, _ = store.stage(_file(tmp_path, b"whole"))
    store.commit()
    (blob,) = _kept(tmp_path)
    blob.chmod(0o644)
    blob.write_bytes(b"who")
    store.stage(tmp_path / "evidence")
    store.commit()
    assert bytes(store.open(sha256, 5).view()) == b"whole"


def test_discarding_leaves_nothing_even_of_a_stopped_process(store: Store, tmp_path: Path) -> None:
    store.stage(_file(tmp_path, b"a"))
    _file(tmp_path / "exhibits" / "staging", b"half", "99999-0.part")
    store.discard()
    store.commit()
    assert _kept(tmp_path) == []


def test_a_symbolic_link_is_not_followed(store: Store, tmp_path: Path) -> None:
    _file(tmp_path, b"secret")
    (tmp_path / "link").symlink_to(tmp_path / "evidence")
    with pytest.raises(OSError) as refused:  # noqa: PT011 - its number is what counts
        store.stage(tmp_path / "link")
    assert refused.value.errno == errno.ELOOP
    assert _kept(tmp_path) == []


def test_a_pipe_is_not_waited_for(store: Store, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="regular file"):
        store.stage(tmp_path / "pipe")


def test_a_device_is_not_read(store: Store) -> None:
    with pytest.raises(OSError, match="regular file"):
        store.stage(Path("/dev/zero"))


def test_a_full_disk_is_a_fault_of_the_case_not_of_the_evidence(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_file: FileIO, _data: memoryview) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(module, "FileIO", type("Full", (FileIO,), {"write": full}))
    with pytest.raises(CaseError, match="No space left"):
        store.stage(_file(tmp_path, b"a"))
    assert _kept(tmp_path) == []


def test_a_blob_of_another_size_is_refused(store: Store, tmp_path: Path) -> None:
    sha256, _ = store.stage(_file(tmp_path, b"abc"))
    store.commit()
    assert store.open(sha256, 3).size == 3
    for size in (2, 4, 0):
        with pytest.raises(CaseError, match=f"3 bytes instead of {size}"):
            store.open(sha256, size)


@pytest.mark.parametrize("name", ["", "..", "../../../etc/passwd", "a" * 63, "A" * 64, "a" * 63 + "/", "g" * 64])
def test_what_is_no_digest_never_becomes_a_path(store: Store, name: str) -> None:
    with pytest.raises(ValueError, match="not a sha256"):
        store.path(name)
    with pytest.raises(ValueError, match="not a sha256"):
        store.open(name)
