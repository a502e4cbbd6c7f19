"""Seeded changes of scripts in every form: each ends in strings at places of the file, a problem, or Unreadable."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assay.artefacts.hermes import open_hermes
from assay.artefacts.javascript import open_javascript
from assay.artefacts.lua import open_lua
from assay.artefacts.lua_bytecode import open_lua_bytecode
from assay.artefacts.luajit_bytecode import open_luajit
from assay.artefacts.script import Script
from assay.model.errors import Unreadable
from assay.model.source import BufferSource, ByteSource
from tests.artefacts import hostile

SCRIPTS = Path(__file__).parent / "scripts"
READERS: dict[bytes, Callable[[ByteSource], Script]] = {
    b"\xc6\x1f": open_hermes, b"\x1bL": open_lua_bytecode, b"//": open_javascript, b"--": open_lua,
}  # fmt: skip


def bases() -> list[bytes]:
    return [path.read_bytes() for path in sorted(SCRIPTS.iterdir()) if path.suffix != ".md"]


def use(raw: bytes) -> str:
    """Read all strings; return what became of the file."""
    source = BufferSource(raw)
    reader = open_luajit if raw[:3] == b"\x1bLJ" else READERS.get(raw[:2], open_javascript)
    try:
        script = reader(source)
    except Unreadable:
        return "unreadable"
    for string in script.strings():
        assert 0 <= string.offset <= string.offset + string.length <= len(raw)
        string.text.encode()
    return "problems" if script.problems else "strings"


@pytest.mark.mutation
def test_changed_scripts_end_in_strings_problems_or_unreadable(mutations: int) -> None:
    became = hostile.became("tests.artefacts.test_script_mutations", max(800, mutations))
    assert set(became) == {"strings", "problems", "unreadable"}


if __name__ == "__main__":
    hostile.main(bases, use)
