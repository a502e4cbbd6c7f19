from pathlib import Path

import pytest

from assay.artefacts.luajit_bytecode import LuaJitBytecode, is_luajit, open_luajit
from assay.model.errors import Unreadable
from assay.model.source import BufferSource
from assay.model.text import to_bytes
from tests.artefacts.test_lua_bytecode import CONSTANTS

SCRIPTS = Path(__file__).parent / "scripts"
FILES = ["words.luajit", "words-debug.luajit"]


def opened(raw: bytes) -> LuaJitBytecode:
    return open_luajit(BufferSource(raw))


@pytest.mark.parametrize("name", FILES)
def test_chunks_of_the_real_compiler_show_their_constants(name: str) -> None:
    raw = (SCRIPTS / name).read_bytes()
    assert is_luajit(BufferSource(raw))
    document = opened(raw)
    assert document.problems == ()
    texts = [string.text for string in document.strings()]
    assert {text for text in texts if len(text) < 80} == CONSTANTS
    assert (document.version, document.functions, document.language) == ("LuaJIT format 2", 3, "Lua")
    for string in document.strings():
        assert raw[string.offset : string.offset + string.length] == to_bytes(string.text)


@pytest.mark.parametrize("name", FILES)
def test_a_chunk_cut_off_anywhere_keeps_what_stands_before(name: str) -> None:
    raw = (SCRIPTS / name).read_bytes()
    whole = [string.text for string in opened(raw).strings()]
    for length in range(20, len(raw), 5):
        document = opened(raw[:length])
        texts = [string.text for string in document.strings()]
        assert texts == whole[: len(texts)]
        assert len(document.problems) == 1


def function(constants: bytes, count: int) -> bytes:
    """Write a stripped function with constants and nothing else."""
    body = bytes([0, 0, 0, 0, count, 0, 0]) + constants
    return bytes([len(body)]) + body


@pytest.mark.parametrize("form", [1, 2])
def test_every_kind_of_constant_is_stepped_over(form: int) -> None:
    table = b"\x01\x02\x01" + b"\x00\x08abc" + b"\x03\x81\x01\x04\x01\x02"
    numbers = b"\x02\x01\x02" + b"\x03\x01\x82\x03" + b"\x04\x01\x02\x03\x04" + b"\x00"
    raw = b"\x1bLJ" + bytes([form, 2]) + function(table + numbers + b"\x07zz" + b"\x05", 7) + b"\0"
    document = opened(raw)
    assert document.problems == ()
    assert [string.text for string in document.strings()] == ["abc", "zz"]


@pytest.mark.parametrize(
    "body",
    [
        function(b"\xff\xff\xff\xff\x0f", 1),  # a string of four thousand million bytes
        function(b"\x01\xff\xff\xff\xff\x0f\x00", 1),  # a table of as many entries
        b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01",  # a size that has no end
        function(b"", 200),
        b"\x7f",
    ],
)
def test_sizes_that_no_file_holds_end_in_a_problem(body: bytes) -> None:
    assert len(opened(b"\x1bLJ\x02\x02" + body).problems) == 1


def test_another_format_is_refused_by_number() -> None:
    with pytest.raises(Unreadable, match="format 3 is not known"):
        opened(b"\x1bLJ\x03\x02\0")
