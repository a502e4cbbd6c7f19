"""The store of columns: what goes in comes out; what is damaged, foreign or too much does not stay in the way."""

import os
from pathlib import Path

import pytest

from assay.bytecode.columns import build, write
from assay.engine import indices
from assay.engine.indices import Indices
from tests.bytecode.samples import opened, sample

RAW = sample().write()
SHA256 = build(opened(RAW)).dex_sha256
OTHER = "0" * 64


def kept(folder: Path, sha256: str = SHA256) -> Path:
    """Put the columns of the sample into a store as those of a DEX file; return where they lie."""
    made = folder / "made"
    with made.open("wb") as stream:
        write(build(opened(RAW)), stream)
    store = Indices(folder / "code")
    store.take(sha256, made)
    assert not made.exists()
    return store.path(sha256)


def test_what_was_taken_is_given(tmp_path: Path) -> None:
    path = kept(tmp_path)
    store = Indices(tmp_path / "code")
    assert store.has(SHA256)
    assert not store.has(OTHER)
    for _ in range(2):
        columns = store.get(SHA256)
        assert columns is not None
        assert columns.dex_sha256 == SHA256
    assert path.relative_to(tmp_path / "code").parts == (path.stem[:2], f"{path.stem}.columns")
    assert SHA256 not in str(path)
    assert store.size() == (1, path.stat().st_size)


def test_a_file_is_read_only_by_the_sources_that_made_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept(tmp_path)
    monkeypatch.setattr(indices, "made_by", lambda: "other sources")
    assert not Indices(tmp_path / "code").has(SHA256)


@pytest.mark.parametrize("content", [b"", b"ASSAYCOL", bytes(4096)])
def test_a_damaged_file_gives_nothing(tmp_path: Path, content: bytes) -> None:
    path = kept(tmp_path)
    path.unlink()
    path.write_bytes(content)
    path.chmod(0o444)
    store = Indices(tmp_path / "code")
    assert store.get(SHA256) is None
    store.drop(SHA256)
    assert not store.has(SHA256)


def test_a_file_that_is_replaced_is_checked_again(tmp_path: Path) -> None:
    path = kept(tmp_path)
    store = Indices(tmp_path / "code")
    assert store.get(SHA256) is not None
    content = bytearray(path.read_bytes())
    content[len(content) // 2 :] = bytes(len(content) - len(content) // 2)
    path.unlink()
    path.write_bytes(content)
    assert store.get(SHA256) is None


def test_columns_of_another_file_give_nothing(tmp_path: Path) -> None:
    kept(tmp_path, OTHER)
    assert Indices(tmp_path / "code").get(OTHER) is None


@pytest.mark.parametrize("name", ["../../etc", "", "A" * 64, SHA256 + "0"])
def test_only_a_sha256_names_a_file(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="not a sha256"):
        Indices(tmp_path).path(name)


def test_the_files_used_longest_ago_go_first_and_nothing_else(tmp_path: Path) -> None:
    paths = [kept(tmp_path, f"{number:064x}") for number in range(4)]
    for age, path in enumerate(paths):
        os.utime(path, (1_000_000 - age, 1_000_000 - age))
    strangers = [tmp_path / "code" / "notes.columns", paths[0].parent / "x.columns", tmp_path / "code" / "aa" / "b"]
    for stranger in strangers:
        stranger.parent.mkdir(exist_ok=True)
        stranger.write_bytes(b"mine")
    store, size = Indices(tmp_path / "code"), paths[0].stat().st_size
    assert store.trim(4 * size) == 0
    assert store.trim(4 * size - 1) == 1
    store.used(f"{2:064x}")
    assert store.trim(size) == 2
    assert [path.exists() for path in paths] == [False, False, True, False]
    assert all(stranger.exists() for stranger in strangers)
    assert store.trim(0) == 1
    assert store.size() == (0, 0)


def test_what_is_there_stays_and_where_two_differ_neither_is_kept(tmp_path: Path) -> None:
    path = kept(tmp_path)
    before = path.stat().st_ino
    assert kept(tmp_path).stat().st_ino == before
    other = tmp_path / "other"
    other.write_bytes(path.read_bytes()[:-1] + b"\1")
    store = Indices(tmp_path / "code")
    store.take(SHA256, other)
    assert (store.has(SHA256), other.exists()) == (False, False)
    kept(tmp_path)
    assert store.get(SHA256) is not None


@pytest.mark.parametrize("mode", [0o464, 0o446])
def test_columns_that_others_can_change_are_not_read(tmp_path: Path, mode: int) -> None:
    path = kept(tmp_path)
    store = Indices(tmp_path / "code")
    assert store.get(SHA256) is not None
    path.chmod(mode)
    assert store.get(SHA256) is None


def test_columns_of_another_user_are_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = kept(tmp_path)
    monkeypatch.setattr(os, "geteuid", lambda: path.stat().st_uid + 1)
    store = Indices(tmp_path / "code")
    assert (store.get(SHA256) is None) == (path.stat().st_uid != 0)


@pytest.mark.parametrize("pipe", [False, True])
def test_only_a_file_is_read_where_columns_should_be(tmp_path: Path, pipe: bool) -> None:  # noqa: FBT001
    path = kept(tmp_path)
    path.rename(tmp_path / "elsewhere")
    if pipe:
        os.mkfifo(path)
    else:
        path.symlink_to(tmp_path / "elsewhere")
    assert Indices(tmp_path / "code").get(SHA256) is None
    assert kept(tmp_path, OTHER).is_file()
    store = Indices(tmp_path / "code")
    made = tmp_path / "again"
    made.write_bytes((tmp_path / "elsewhere").read_bytes())
    store.take(SHA256, made)
    store.drop(SHA256)
    assert not os.path.lexists(path)


def test_files_that_another_process_removes_meanwhile_are_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = sorted(kept(tmp_path, f"{number:064x}") for number in range(2))
    listed = [first, second]
    monkeypatch.setattr(Path, "glob", lambda *_: iter(listed))
    first.unlink()
    store = Indices(tmp_path / "code")
    assert store.size()[0] == 1
    assert store.trim(0) == 1
