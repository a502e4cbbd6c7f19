import re
from pathlib import Path

import pytest

from assay.artefacts.lua_bytecode import LuaBytecode, is_lua_bytecode, open_lua_bytecode
from assay.model.errors import Unreadable
from assay.model.source import BufferSource
from assay.model.text import from_bytes, to_bytes

SCRIPTS = Path(__file__).parent / "scripts"
CONSTANTS = {
    "https://lua.example.test/list", "first word", "second\tword", "dritte Wörter", "第四词", "a long\nbracket",
    "key_of_table", "value of table", "inner constant", "ipairs", "string", "find",
    from_bytes(b"byte \xff and zero \0 inside"),
}  # fmt: skip
"""What words.lua holds, written down from it by hand; four strings of it are longer."""
LONG = set(re.findall(r'"([^"\n]{80,})"', (SCRIPTS / "words.lua").read_text(encoding="utf-8")))
FILES = [f"words-5.{minor}{form}.luac" for minor in range(1, 5) for form in ("", "-stripped")]


def opened(raw: bytes) -> LuaBytecode:
    return open_lua_bytecode(BufferSource(raw))


@pytest.mark.parametrize("name", FILES)
def test_chunks_of_the_real_compilers_show_their_constants(name: str) -> None:
    raw = (SCRIPTS / name).read_bytes()
    assert is_lua_bytecode(BufferSource(raw))
    document = opened(raw)
    assert document.problems == ()
    texts = [string.text for string in document.strings()]
    assert {text for text in texts if len(text) < 80} == CONSTANTS
    assert {text for text in texts if len(text) >= 80} == LONG
    assert (document.version, document.functions) == (name[:-5].replace("words-", "Lua ").removesuffix("-stripped"), 3)
    for string in document.strings():
        assert raw[string.offset : string.offset + string.length] == to_bytes(string.text)


@pytest.mark.parametrize("name", FILES)
def test_a_chunk_cut_off_anywhere_keeps_what_stands_before(name: str) -> None:
    raw = (SCRIPTS / name).read_bytes()
    whole = [string.text for string in opened(raw).strings()]
    for length in range(40, len(raw), 7):
        document = opened(raw[:length])
        texts = [string.text for string in document.strings()]
        assert texts == whole[: len(texts)]
        assert len(document.problems) == 1


@pytest.mark.parametrize("raw", [b"\x1bLua\x50\0", b"\x1bLua\x55\0", b"\x1bLua\x61\0", b"\x1bLua\x51\1"])
def test_other_versions_are_refused_by_number(raw: bytes) -> None:
    with pytest.raises(Unreadable, match="is not known here"):
        opened(raw + bytes(40))


def test_impossible_headers_are_refused() -> None:
    with pytest.raises(Unreadable, match="impossible sizes"):
        opened(b"\x1bLua\x51\0\1\4\x08\4\x07\0" + bytes(40))
    with pytest.raises(Unreadable, match="check bytes"):
        opened(b"\x1bLua\x53\0" + bytes(40))
    with pytest.raises(Unreadable, match="reach over the end"):
        opened(b"\x1bLua")


def function(inside: bytes, count: int) -> bytes:
    """Write a function of Lua 5.1 on a big-endian machine with numbers of four bytes, and those inside it."""
    number = (0).to_bytes(4, "big")
    text = (4).to_bytes(4, "big") + b"abc\0"
    head = number * 3 + bytes(4) + number + (1).to_bytes(4, "big") + b"\x04" + text
    return head + count.to_bytes(4, "big") + inside + number * 3


def chunk(depth: int) -> bytes:
    body = function(b"", 0)
    for _ in range(depth):
        body = function(body, 1)
    return b"\x1bLua\x51\0\0\4\4\4\x08\0" + body


@pytest.mark.parametrize(("depth", "problems"), [(255, 0), (256, 1)])
def test_big_endian_chunks_are_read_and_nesting_is_held_to_a_limit(depth: int, problems: int) -> None:
    document = opened(chunk(depth))
    assert len(document.problems) == problems
    assert document.functions == 256
    assert [string.text for string in document.strings()] == ["abc"] * 256


@pytest.mark.parametrize("count", [0x7FFFFFFF, 0x80000000, 0xFFFFFFFF])
def test_counts_that_no_file_holds_end_in_a_problem(count: int) -> None:
    raw = bytearray(chunk(0))
    raw[12 + 12 + 4 + 4 : 12 + 12 + 4 + 8] = count.to_bytes(4, "big")
    assert len(opened(bytes(raw)).problems) == 1
