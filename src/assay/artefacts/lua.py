"""Lua source, recognised by its content.

Source: Lua 5.4 Reference Manual, section 3.1 (Lexical Conventions).
"""

import re

from assay.artefacts.literals import MAX_WASTE, Literals, encoded, line_end
from assay.artefacts.source_script import SourceScript, reads_well, sample_of
from assay.model.source import ByteSource
from assay.registry import reader

MIN_SIGNS = 4
"""Least number of signs of Lua in what is looked at."""
MAX_BYTES_A_SIGN = 400
"""Most bytes of text for each such sign."""

_QUOTED = rb"(?:[^%b\\\r\n]++|\\(?:\r\n|\n\r|z\s*+|[\s\S]))*+"
_NEXT = re.compile(
    rb"\"" + _QUOTED.replace(b"%b", b'"') + rb"\"|'" + _QUOTED.replace(b"%b", b"'") + rb"'"
    rb"|--\[={0,64}\[|--[^\r\n]*+|\[={0,64}\[|\"|'"
)  # fmt: skip
_ESCAPE = re.compile(rb"\\(?:z\s*|x([0-9A-Fa-f]{2})|u\{([0-9A-Fa-f]{1,8})\}|([0-9]{1,3})|(\r\n|\n\r|[\s\S]))")
_SIMPLE = {b"a": b"\a", b"b": b"\b", b"f": b"\f", b"n": b"\n", b"r": b"\r", b"t": b"\t", b"v": b"\v",
           b"\r\n": b"\n", b"\n\r": b"\n", b"\r": b"\n"}  # fmt: skip
_SIGN = re.compile(
    rb"^\s*local\s+(?:function\b|[A-Za-z_]\w*(?:\s*,\s*\w+)*\s*=)|^\s*function\s+[\w.:]+\s*\([^)]*\)\s*$"
    rb"|^\s*(?:end|else|until\b.*)[,;)]*\s*$|\bthen\s*$|\bdo\s*$|^\s*elseif\b|~=|\.\.\s*[\"'\w]|\brequire\s*\(?[\"']"
    rb"|^\s*--",
    re.MULTILINE,
)
_DECISIVE = re.compile(rb"^\s*local\s+[A-Za-z_]|^\s*(?:local\s+)?function\b[^{}\n]*\)\s*$|\bthen\b", re.MULTILINE)
_OTHERS = re.compile(rb"\bfunction\b[^\n]*\)\s*\{|^\s*(?:fi|esac|done)\s*$|\bvar\s+\w+\s*=|;\s*\}", re.MULTILINE)


Closed = dict[int, bool]
"""Whether brackets of a level are closed anywhere behind the place that was looked at last."""


def lua_literals(view: memoryview, literals: Literals, stop: int | None = None) -> None:
    """Add the places of all strings up to `stop`, in bytes from the first."""
    at: int | None = 0
    closed: Closed = {}
    while at is not None:
        at = _leap(view, literals, at, len(view) if stop is None else stop, closed)


def _leap(view: memoryview, literals: Literals, at: int, stop: int, closed: Closed) -> int | None:
    """Read quoted strings and short comments up to a long bracket; return where to go on, None at the end."""
    for match in _NEXT.finditer(view, at, stop):
        start, end = match.span()
        if view[start] in b"\"'":
            if end - start > 1:
                literals.add(start + 1, end - 1)
            else:
                return _open(view, literals, start, stop)
        elif view[end - 1] == 0x5B and _long(match[0]):
            return _bracket(view, literals, match.span(), stop, closed)
    return None


def _open(view: memoryview, literals: Literals, at: int, stop: int) -> int:
    """Count a string without end; return where to go on: behind its quote, behind the line when too much was wasted."""
    end = line_end(view, at, stop)
    literals.open(at)
    literals.wasted += end - at
    return at + 1 if literals.wasted <= MAX_WASTE * stop else end


def _long(sign: bytes) -> bool:
    """Say whether a sign opens a long bracket, behind a comment's dashes or not; `--` alone begins a short comment."""
    return sign.removeprefix(b"--").replace(b"=", b"") == b"[["


def _bracket(view: memoryview, literals: Literals, sign: tuple[int, int], stop: int, closed: Closed) -> int:
    """Step over a long comment, or add a long string; a newline right behind the bracket is no part of it."""
    start, begin = sign
    comment = view[start] == 0x2D
    level = begin - start - 2 - 2 * comment
    close = re.compile(rb"\]={%d}\]" % level).search(view, begin, stop) if closed.get(level, True) else None
    if close is None:
        closed[level] = False
        literals.open(start)
        return begin
    if not comment:
        newline = re.compile(rb"\r\n|\n\r|\n|\r").match(view, begin, close.start())
        literals.add(newline.end() if newline else begin, close.start(), raw=True)
    return close.end()


def resolved(written: bytes) -> bytes:
    """Return the bytes that a quoted string stands for."""
    return _ESCAPE.sub(_meant, written)


def _meant(escape: re.Match[bytes]) -> bytes:
    if escape[1] or escape[3]:
        return bytes([int(escape[1], 16) if escape[1] else min(int(escape[3]), 255)])
    if escape[2]:
        return encoded(int(escape[2], 16))
    return b"" if escape[4] is None else _SIMPLE.get(escape[4], escape[4])


class LuaSource(SourceScript):
    """A program in Lua."""

    language = "Lua"
    scan = staticmethod(lua_literals)
    resolve = staticmethod(resolved)


def is_lua(source: ByteSource) -> bool:
    """Say whether the first bytes are dense with what only Lua writes; when unsure, it is no script."""
    sample = sample_of(source, (b"local ", b"function"))
    if not sample or _OTHERS.search(sample):
        return False
    signs = sum(1 for _ in _SIGN.finditer(sample))
    decisive = sum(1 for _ in _DECISIVE.finditer(sample))
    dense = signs >= MIN_SIGNS and signs * MAX_BYTES_A_SIGN >= len(sample)
    return dense and decisive >= 2 and reads_well(sample, lua_literals)


@reader(
    kind="lua",
    gives=LuaSource,
    recognise=is_lua,
    rank=17,
    blind_to=(
        "short scripts, and those whose first 64 KiB look like data, prose or another language: they stay text",
        "scripts in other encodings than UTF-8, those that were encrypted, and long brackets of more than 64 signs",
        "strings that the program puts together or decodes when it runs",
    ),
    source="Lua 5.4 Reference Manual, section 3.1",
)
def open_lua(source: ByteSource) -> LuaSource:
    """Open a program. Raises: Unreadable."""
    return LuaSource(source)
