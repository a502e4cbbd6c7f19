"""Kernels are compiled ahead, group by group, and the way they are kept is told."""

import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from assay.engine import kernels


def compiled(group: str) -> None:
    Path(os.environ["TOLD"], group).touch()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder without kernels, and groups that take no time."""
    monkeypatch.setenv(kernels.FOLDER, str(tmp_path / "kernels"))
    monkeypatch.setenv("TOLD", str(tmp_path))
    monkeypatch.setattr(kernels, "PROGRAM", "import os, sys; open(os.environ['TOLD'] + '/' + sys.argv[1], 'w')")
    here = SimpleNamespace(GROUPS={"first": None, "second": None}, compile_kernels=lambda: compiled("here"))
    monkeypatch.setattr(kernels, "warm", lambda: here)
    return tmp_path


def files(home: Path) -> list[str]:
    return sorted(path.name for path in home.iterdir() if path.is_file())


def test_each_group_is_compiled_once_in_a_process_of_its_own(home: Path, capfd: pytest.CaptureFixture[str]) -> None:
    kernels.prepare.__wrapped__()
    assert files(home) == ["first", "second"]
    assert "2 of 2 groups" in capfd.readouterr().err
    (home / "first").unlink()
    kernels.prepare.__wrapped__()
    assert files(home) == ["second"]
    assert capfd.readouterr().err == ""


def test_what_cannot_be_compiled_beside_is_compiled_here(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernels, "PROGRAM", "raise SystemExit(3)")
    kernels.prepare.__wrapped__()
    assert files(home) == ["here"]


def test_without_a_folder_to_keep_them_they_are_compiled_here(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(kernels.FOLDER)
    kernels.prepare.__wrapped__()
    assert files(home) == ["here"]
