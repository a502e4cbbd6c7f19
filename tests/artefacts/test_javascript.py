import json
import subprocess
from pathlib import Path
from shutil import which

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.artefacts import javascript_literals as j
from assay.artefacts.javascript import JavaScript, is_javascript, open_javascript
from assay.artefacts.text import TextDocument
from assay.model.errors import Unreadable
from assay.model.source import BufferSource

SCRIPTS = Path(__file__).parent / "scripts"
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufdd0"), max_size=12)
PROGRAM = b"""
'use strict';
var host = "https://script.example.test/a", count = 3;
function find(text) { return text.indexOf(host) === -1 ? null : text; }
exports.find = find; exports.count = count;
var other = function (a) { return a.map(b => b / 2); };
"""


def texts(source: str | bytes) -> list[str]:
    raw = source.encode() if isinstance(source, str) else source
    document = open_javascript(BufferSource(raw))
    for string in document.strings():
        assert 0 <= string.offset <= string.offset + string.length <= len(raw)
    assert document.problems == [], document.problems
    return [string.text for string in document.strings()]


# --- literals ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a = 'one' + \"two\" // 'three'", ["one", "two"]),
        ("/* 'no' \" */ b('yes')", ["yes"]),
        ("`plain`", ["plain"]),
        ("`a${b}c${'d' + `e${f}g`}h`", ["a", "c", "d", "e", "g", "h"]),
        ("`${{a: {b: '}'}}}x`", ["}", "x"]),
        ("`a\\`b\\${c}`", ["a`b${c}"]),
        ("`$5 and ${x}`", ["$5 and "]),
        (r"'\x41\u0042\u{43}\n\0\'\"\q\101'", ["ABC\n\0'\"qA"]),
        ("'a\\\nb\\\r\nc'", ["abc"]),
        (r"'\ud83d\ude00'", ["😀"]),
        ("''", [""]),
        # a slash: division or the beginning of a regular expression
        ("a = b / c; d = 'x' / 2 / 'y'", ["x", "y"]),
        ("a = /'/; b = 'x'", ["x"]),
        ("return /\"/.test('x')", ["x"]),
        ("f(/[/'\"]/, 'x')", ["x"]),
        ("a[1] / 2; 'x' / 3", ["x"]),
        ("a++ / 2; b = 'x' / 3", ["x"]),
        ("(a + b) / 2; c = 'x' / 3", ["x"]),
        ("if (a) /'/.test(b); 'x'", ["x"]),
        ("a = b / /* ' */ c / 'x'", ["x"]),
        ("a = // c\n /'/g; 'x'", ["x"]),
        ("{}/'/.exec('x')", ["x"]),
        ("a = /\\//; b = 'x'", ["x"]),
        ("`${a / 2}` / '3'", ["3"]),
        ("`${/}/.test(a)}x`", ["x"]),
        ("a = /=/; b = '='", ["="]),
        ("typeof /'/; 'x'", ["x"]),
        ("$return / 2; 'x' / 2", ["x"]),
        ("ünd / 2; 'x' / 2", ["x"]),
    ],
)  # fmt: skip
def test_literals_are_found_and_their_escapes_resolved(source: str, expected: list[str]) -> None:
    assert texts(source) == expected


def quoted(word: str, quote: str) -> str:
    return quote + word.replace("\\", "\\\\").replace(quote, "\\" + quote).replace("$", "\\$") + quote


@given(st.lists(st.tuples(WORDS, st.sampled_from("\"'`")), max_size=12), st.data())
def test_generated_literals_come_back(words: list[tuple[str, str]], data: st.DataObject) -> None:
    between = st.sampled_from([" + ", "/* ' \" ` */+", "// ` '\n+", " / 2 / ", ", /['\"`/]/g, ", "; x = {a: 1};\n"])
    source = "".join(quoted(word, quote) + data.draw(between) for word, quote in words)
    assert texts(source + "0") == [word for word, quote in words if word or quote != "`"]


@given(st.lists(WORDS.filter(bool), min_size=1, max_size=6))
def test_places_hold_what_is_written(words: list[str]) -> None:
    raw = ",".join(json.dumps(word, ensure_ascii=False) for word in words).encode()
    strings = list(open_javascript(BufferSource(raw)).strings())
    assert [raw[s.offset : s.offset + s.length] for s in strings] == [
        json.dumps(word, ensure_ascii=False)[1:-1].encode() for word in words
    ]


@pytest.mark.parametrize(("source", "first"), [('a = \'x\nb = "y"', 4), ("a = `x", 4), ("`${'", 3)])
def test_a_literal_without_an_end_is_a_problem(source: str, first: int) -> None:
    document = open_javascript(BufferSource(source.encode()))
    list(document.strings())
    assert [problem.place for problem in document.problems] == [f"0x{first:x}+1"]


def test_nesting_is_held_to_a_limit() -> None:
    document = open_javascript(BufferSource(b"`a${" * 256 + b"1" + b"}b`" * 256))
    assert (len(list(document.strings())), document.problems) == (512, [])
    document = open_javascript(BufferSource(b"`a${" * 257 + b"1" + b"}b`" * 257))
    assert len(list(document.strings())) >= 257
    assert len(document.problems) == 1


@pytest.mark.parametrize("piece", [b"/[", b"=/[", b"`${", b"'\\", b"/*", b"\"'", b"(/a\\", b"{}/"])
def test_repetition_takes_time_in_proportion(piece: bytes) -> None:
    """A scan that took the square of the length would run for hours here."""
    list(open_javascript(BufferSource(b"=" + piece * (400_000 // len(piece)))).strings())


def test_a_regular_expression_beyond_the_limit_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(j, "MAX_REGEX", 8)
    assert texts("a = /'12345/; 'x'") == ["x"]
    document = open_javascript(BufferSource(b"a = /'123456/; 'x'"))
    assert [string.text for string in document.strings()] != ["x"]


@pytest.mark.skipif(which("node") is None, reason="node is not installed")
@settings(max_examples=10)
@given(st.lists(st.tuples(WORDS, st.sampled_from("\"'`")), min_size=1, max_size=5))
def test_node_agrees_on_generated_programs(words: list[tuple[str, str]]) -> None:
    source = "[" + ",".join(quoted(word, quote) for word, quote in words) + "]"
    script = f"process.stdout.write(JSON.stringify({source}))"
    done = subprocess.run(["node", "-e", script], capture_output=True, check=True)
    assert texts(source) == [word for word, (_, quote) in zip(json.loads(done.stdout), words, strict=True)
                             if word or quote != "`"]  # fmt: skip


# --- recognition ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "raw", [PROGRAM, b"\xef\xbb\xbf" + PROGRAM, PROGRAM * 4000, (SCRIPTS / "words.js").read_bytes()]
)
def test_a_program_is_recognised_by_its_content(raw: bytes) -> None:
    assert is_javascript(BufferSource(raw))


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"The function of this text is to say => and function (x) once.\n" * 3,
        b'{"function": "a => b", "more": ["function () {}", "=>"]}',
        b"<html><script>" + PROGRAM + b"</script></html>",
        b"# Title\n\n```\n" + PROGRAM + b"```\n",
        b"package org.example;\n" + PROGRAM,
        PROGRAM.replace(b"\n", b" ").decode().encode("utf-16"),
        b"local function f(a)\n  return function(b) return a == b end\nend\n" * 10,
        b"#!/bin/sh\nfunction f() {\n  echo 'a => b'\n}\nfunction g() { f; }\n" * 5,
        PROGRAM + b"\0",
        PROGRAM + b"plain words without any sign of a program, for a long while.\n" * 200,
        Path(__file__).read_bytes(),
    ],
)
def test_when_unsure_it_stays_what_it_was(raw: bytes) -> None:
    assert not is_javascript(BufferSource(raw))


def test_a_script_is_a_text_too() -> None:
    document = open_javascript(BufferSource(PROGRAM))
    assert isinstance(document, TextDocument)
    assert (document.language, document.version, document.functions) == ("JavaScript", "source", None)
    assert len(document.lines) == PROGRAM.count(b"\n")


def test_a_script_in_another_encoding_is_refused() -> None:
    with pytest.raises(Unreadable, match="only in UTF-8"):
        JavaScript(BufferSource("a = 'x'".encode("utf-16")))
