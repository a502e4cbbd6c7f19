import os
from pathlib import Path

import pytest

from assay.engine.cache_home import cache_home


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ASSAY_CACHE", "XDG_CACHE_HOME", "NUMBA_CACHE_DIR"):
        monkeypatch.delenv(name, raising=False)


def test_the_named_folder_comes_first_then_the_users_then_the_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert cache_home(tmp_path / "case") == tmp_path / "home" / ".cache" / "assay"
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert cache_home(tmp_path / "case") == tmp_path / "xdg" / "assay"
    monkeypatch.setenv("ASSAY_CACHE", str(tmp_path / "named"))
    assert cache_home(tmp_path / "case") == tmp_path / "named"
    assert not (tmp_path / "case").exists()


def test_a_folder_that_is_named_from_here_is_known_from_everywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ASSAY_CACHE", "named")
    assert cache_home(Path("case")) == tmp_path / "named"
    monkeypatch.setenv("ASSAY_CACHE", "/dev/null/nothing")
    assert cache_home(Path("case")) == tmp_path / "case"


def test_a_home_that_cannot_be_written_makes_way_for_the_case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("HOME", str(tmp_path / "file"))
    assert cache_home(tmp_path / "case" / "cache") == tmp_path / "case" / "cache"
    assert os.access(tmp_path / "case" / "cache", os.W_OK)
