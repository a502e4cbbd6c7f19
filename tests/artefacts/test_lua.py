import json
import subprocess
from pathlib import Path
from shutil import which

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.artefacts.lua import is_lua, open_lua
from assay.model.source import BufferSource
from assay.model.text import from_bytes

SCRIPTS = Path(__file__).parent / "scripts"
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufdd0"), max_size=12)


def texts(source: str | bytes) -> list[str]:
    raw = source.encode() if isinstance(source, str) else source
    document = open_lua(BufferSource(raw))
    found = [string.text for string in document.strings()]
    assert document.problems == [], document.problems
    return found


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a = 'one' .. \"two\" -- 'three'", ["one", "two"]),
        ("--[[ 'no' ]] b('yes')", ["yes"]),
        ("--[==[ 'no' ]] ]=] \n ]==] 'yes'", ["yes"]),
        ("--[ 'no'\n'yes'", ["yes"]),
        ("--[=x 'no'\n'yes'", ["yes"]),
        ("x = [[\nline 1\nline \\2]]", ["line 1\nline \\2"]),
        ("x = [==[a]]b]=]c]==] .. 'd'", ["a]]b]=]c", "d"]),
        ("t[a[1]] = 'x'", ["x"]),
        (r"'\65\066\x43\u{44}\n\a\'\"\\'", ["ABCD\n\a'\"\\"]),
        ("'a\\z  \n   b'", ["ab"]),
        ("'a\\\nb'", ["a\nb"]),
        (r"'\255'", [from_bytes(b"\xff")]),
        (r"'\0001'", ["\0" + "1"]),
        ("''", [""]),
    ],
)  # fmt: skip
def test_literals_are_found_and_their_escapes_resolved(source: str, expected: list[str]) -> None:
    assert texts(source) == expected


@given(st.lists(st.tuples(WORDS, st.sampled_from("\"'")), max_size=12), st.data())
def test_generated_literals_come_back(words: list[tuple[str, str]], data: st.DataObject) -> None:
    between = st.sampled_from([" .. ", " --[[ ' ]] .. ", ' -- "\n .. ', ", "])
    quoted = [q + word.replace("\\", "\\\\").replace(q, "\\" + q) + q for word, q in words]
    assert texts("".join(word + data.draw(between) for word in quoted) + "0") == [word for word, _ in words]


@pytest.mark.parametrize("source", ["a = 'x\nb = 2", "a = [[x", "--[==[ x ]=]"])
def test_a_literal_without_an_end_is_a_problem(source: str) -> None:
    document = open_lua(BufferSource(source.encode()))
    list(document.strings())
    assert len(document.problems) == 1


@pytest.mark.parametrize("piece", [b"[[", b"[=[", b"--[[", b"[" + b"=" * 999, b"'\\z "])
def test_repetition_takes_time_in_proportion(piece: bytes) -> None:
    list(open_lua(BufferSource(piece * (300_000 // len(piece)))).strings())


@pytest.mark.skipif(which("lua5.4") is None, reason="lua5.4 is not installed")
def test_another_reader_agrees_on_escapes() -> None:
    written = r"'\65\066\x43\u{44}\u{20ac}\n\a\b\f\r\t\v\'\"\\ \z   end \0 x'"
    program = f"io.write((({written}):gsub('.', function(c) return string.format('%02x', c:byte()) end)))"
    done = subprocess.run(["lua5.4", "-e", program], capture_output=True, text=True, check=True)
    assert texts(written) == [bytes.fromhex(done.stdout).decode()]


def test_a_program_is_recognised_by_its_content() -> None:
    assert is_lua(BufferSource((SCRIPTS / "words.lua").read_bytes()))


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"The local function of this is then to end.\n" * 20,
        json.dumps({"local ": "function () end then"}).encode(),
        b"#!/bin/sh\nif a; then\n  local b=1\nfi\n" * 20,
        b"var a = function (b) { return b; };\nlocal \n" * 20,
        Path(__file__).read_bytes(),
        (SCRIPTS / "words.js").read_bytes(),
    ],
)
def test_when_unsure_it_stays_what_it_was(raw: bytes) -> None:
    assert not is_lua(BufferSource(raw))
