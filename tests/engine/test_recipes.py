"""The shell lines that explain how to check a result must give the very bytes, without Assay."""

import bz2
import gzip
import hashlib
import json
import lzma
import os
import shutil
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from assay.engine.recipes import check, shell
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


PACKED: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress, "xz": lzma.compress, "bzip2": bz2.compress, "zlib": zlib.compress,
    "zstd": zstandard.compress,
}  # fmt: skip


@pytest.mark.parametrize("kind", PACKED)
def test_what_a_stream_unpacks_to(tmp_path: Path, kind: str) -> None:
    if kind != "zlib" and shutil.which(kind) is None:
        pytest.skip(f"{kind} is not installed")
    (tmp_path / "a").write_bytes(PACKED[kind](WORDS))
    assert _printed(shell(str(tmp_path / "a"), Locator(EXHIBIT, (Step(kind, b"content"),)))) == WORDS


@pytest.mark.parametrize("kind", ["vdex", "oat", "odex", "dex-carrier"])
def test_a_member_that_is_named_by_where_it_lies(tmp_path: Path, kind: str) -> None:
    (tmp_path / "a").write_bytes(b"before" + WORDS + b"behind")
    line = shell(str(tmp_path / "a"), Locator(EXHIBIT, (Step(kind, b"0x6+%d" % len(WORDS)),)))
    assert _printed(line) == WORDS


@pytest.mark.parametrize("name", [b"0x6+1;touch x", b"$(touch x)", b"0x+1", b"6+1", b"0x6+", b"0x6"])
def test_a_member_of_another_name_is_no_part_of_the_line(name: bytes) -> None:
    line = shell("a", Locator(EXHIBIT, (Step("vdex", name),)))
    assert line == "cat a | cat  # no standard tool is known for a step into vdex"


def test_a_step_without_a_tool_is_named_and_breaks_no_shell(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x")
    line = shell(str(tmp_path / "a"), Locator(EXHIBIT, (Step("erofs", b"/system"),)))
    assert "no standard tool is known for a step into erofs" in line
    assert _printed(line) == b"x"


def test_a_byte_range_is_cut_out(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(bytes(range(256)))
    printed = _printed(check(str(tmp_path / "a"), Locator(EXHIBIT), ByteRange(0x41, 3)))
    assert b"41 42 43" in printed
    assert b"44" not in printed.split(b">")[0]


@pytest.mark.parametrize(
    ("value", "lines"), [("2", b"two\n"), ("2-3", b"two\nthree\n"), ("2;id", b"one\ntwo\nthree\n")]
)
def test_lines_are_cut_out_and_nothing_else_is_run(tmp_path: Path, value: str, lines: bytes) -> None:
    (tmp_path / "a").write_bytes(b"one\ntwo\nthree\n")
    assert _printed(check(str(tmp_path / "a"), Locator(EXHIBIT), InnerPlace("lines", value))) == lines


def test_a_text_is_printed_and_what_no_tool_finds_is_named_by_its_digest(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(WORDS)
    digest = hashlib.sha256(WORDS).hexdigest().encode()
    assert _printed(check(str(tmp_path / "a"), Locator(EXHIBIT), InnerPlace("json", "/words"))) == WORDS
    for place in (None, InnerPlace("method", "LA;->m()V"), InnerPlace("resource", "0x7f010000/default")):
        assert _printed(check(str(tmp_path / "a"), Locator(EXHIBIT), place)).split()[0] == digest


@pytest.mark.parametrize("value", ["0x4+2", "0x4", "$(false)"])
def test_a_place_in_a_manifest_lies_in_the_entry_of_its_archive(tmp_path: Path, value: str) -> None:
    with zipfile.ZipFile(tmp_path / "a.apk", "w", zipfile.ZIP_DEFLATED) as apk:
        apk.writestr("AndroidManifest.xml", b"abcdefgh")
    printed = _printed(check(str(tmp_path / "a.apk"), Locator(EXHIBIT), InnerPlace("manifest", value)))
    if value == "0x4+2":
        assert printed.split() == [b"0000000", b"65", b"66", b">ef<", b"0000002"]
    else:
        assert printed.split()[0] == hashlib.sha256(b"abcdefgh").hexdigest().encode()


def test_a_logical_dex_file_is_put_behind_its_own_header(tmp_path: Path) -> None:
    headers = [
        bytes([number]) * 32 + size.to_bytes(4, "little") + bytes(84) for number, size in ((1, 130), (2, 125), (3, 120))
    ]
    whole = headers[0] + b"0123456789" + headers[1] + b"abcde" + headers[2]
    (tmp_path / "a").write_bytes(whole)
    printed = _printed(shell(str(tmp_path / "a"), Locator(EXHIBIT, (Step("dex", b"2"),))))
    assert printed == headers[2][:116] + (255).to_bytes(4, "little") + whole[120:]
    assert "no standard tool" in shell("a", Locator(EXHIBIT, (Step("dex", b"2;id"),)))
