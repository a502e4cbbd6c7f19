"""Terminals of other encodings than UTF-8."""

from pathlib import Path

import pytest

from tests.cli.command_line import assay, words


def test_a_terminal_without_the_characters_shows_escapes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii:strict")
    words(tmp_path / "list.json")
    done = assay(tmp_path, "check", "list.json", "-o", "case")
    assert done.returncode == 0, done.stderr
    assert "1 exhibit \\xb7 1 artefact" in done.stdout
