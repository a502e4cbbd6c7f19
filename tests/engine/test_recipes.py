"""The shell lines that explain how to check a result must give the very bytes, without Assay."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from assay.engine.recipes import place, shell
from assay.model.locator import ByteRange, InnerPlace, Locator, Step

EXHIBIT = "0" * 64
WORDS = b'{"words": ["amber", "blue"]}'


def _printed(line: str) -> bytes:
    """Run a line in a shell that finds this interpreter under the name that recipes use."""
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    return subprocess.run(["/bin/sh", "-c", line], capture_output=True, check=True, env=environment, timeout=60).stdout


def test_an_exhibit_whose_path_has_spaces_and_quotes(tmp_path: Path) -> None:
    path = tmp_path / "it's a $(touch x) file"
    path.write_bytes(b"content")
    assert _printed(shell(str(path), Locator(EXHIBIT))) == b"content"


def test_an_entry_of_an_archive_in_an_archive(tmp_path: Path) -> None:
    name = "odd 'name'; $(false).json"
    with zipfile.ZipFile(tmp_path / "inner.zip", "w") as inner:
        inner.writestr(name, WORDS)
    with zipfile.ZipFile(tmp_path / "outer.zip", "w", zipfile.ZIP_DEFLATED) as outer:
        outer.write(tmp_path / "inner.zip", "a/inner.zip")
    locator = Locator(EXHIBIT, (Step("zip", b"a/inner.zip"), Step("zip", name.encode())))
    assert _printed(shell(str(tmp_path / "outer.zip"), locator)) == WORDS


@pytest.mark.parametrize(
    "content", [{"text": WORDS.decode()}, {"text": "eyJ3b3JkcyI6IFsiYW1iZXIiLCAiYmx1ZSJdfQ==", "encoding": "base64"}]
)
def test_an_answer_in_a_capture(tmp_path: Path, content: dict[str, str]) -> None:
    if shutil.which("jq") is None:
        pytest.skip("jq is not installed")
    (tmp_path / "a.har").write_text(json.dumps({"log": {"entries": [{}, {"response": {"content": content}}]}}))
    line = shell(str(tmp_path / "a.har"), Locator(EXHIBIT, (Step("har", b"1/response"),)))
    assert hashlib.sha256(_printed(line)).digest() == hashlib.sha256(WORDS).digest()


def test_a_step_without_a_tool_is_named_and_breaks_no_shell(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x")
    line = shell(str(tmp_path / "a"), Locator(EXHIBIT, (Step("erofs", b"/system"),)))
    assert "no standard tool is known for a step into erofs" in line
    assert _printed(line) == b"x"


def test_a_byte_range_is_cut_out(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(bytes(range(256)))
    line = shell(str(tmp_path / "a"), Locator(EXHIBIT)) + place(ByteRange(0x41, 3))
    assert b"41 42 43" in _printed(line)
    assert b"44" not in _printed(line).split(b">")[0]
    assert place(InnerPlace("json", "/words")) == ""
