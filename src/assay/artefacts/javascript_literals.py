"""Strings and templates of JavaScript source, found without parsing it; regular expressions are stepped over.

Whether a slash divides or begins a regular expression is decided by the token before it. After ``)`` it divides, unless
a method of regular expressions is called on what would be one; after ``}`` it begins one.

Source: ECMA-262, chapter 12 (Lexical Grammar).
"""

import re
from bisect import bisect_left

from assay.artefacts.literals import MAX_WASTE, Literals, encoded, line_end
from assay.model.limits import MAX_JSON_DEPTH

_STRING = rb'"(?:[^"\\\r\n]++|\\(?:\r\n|[\s\S]))*+"' + rb"|'(?:[^'\\\r\n]++|\\(?:\r\n|[\s\S]))*+'"
_COMMENT = rb"//[^\r\n]*+|/\*[\s\S]*?(?:\*/|\Z)"
_SIGNS = _STRING + b"|" + _COMMENT + b"|\"|'|`|/"
_NEXT = re.compile(_SIGNS)
_NEXT_INSIDE = re.compile(_SIGNS + rb"|\{|\}")
"""Every alternative begins with a letter of its own: the search then leaps from sign to sign."""
_TEMPLATE = re.compile(rb"((?:[^`\\$]++|\\[\s\S]|\$(?!\{))*+)(`|\$\{)")
_REGEX = re.compile(rb"/(?![*/])(?:[^/\\\[\r\n]++|\\[^\r\n]|\[(?:[^\]\\\r\n]++|\\[^\r\n])*+\])++/[A-Za-z]{0,10}+")
_CALLED = re.compile(rb"\s*\.\s*(?:test|exec|source|lastIndex)\b")
_WORD = bytes(byte for byte in range(256) if chr(byte).isascii() * chr(byte).isalnum() or byte in b"_$" or byte > 0x7F)
_KEYWORDS = frozenset(
    b"return typeof case in of delete void throw new instanceof do else yield await default extends".split()
)
_LOOK_BACK = 64
MAX_REGEX = 1 << 16
"""Longest regular expression in bytes."""


def javascript_literals(view: memoryview, literals: Literals, stop: int | None = None) -> None:
    """Add the places of all strings and parts of templates up to `stop`, in bytes from the first."""
    _Scan(view, literals, len(view) if stop is None else stop).run()


class _Scan:
    """Where the reading stands; `depths` holds the open braces of each template that is being read."""

    def __init__(self, view: memoryview, literals: Literals, stop: int) -> None:
        self.view, self.literals, self.stop = view, literals, stop
        self.depths: list[int] = []
        self.value_end = -1
        """Where the last literal or regular expression ended: a slash behind it divides."""
        self.comments: list[tuple[int, int]] = []
        self.most_wasted = MAX_WASTE * stop + MAX_REGEX

    def run(self) -> None:
        at: int | None = 0
        while at is not None:
            at = self.leap(at)

    def leap(self, at: int) -> int | None:
        """Read whole strings and comments up to a sign that needs more; return where to go on, None at the end."""
        add, view = self.literals.add, self.view
        for match in (_NEXT_INSIDE if self.depths else _NEXT).finditer(view, at, self.stop):
            start, end = match.span()
            if end - start == 1:
                return self.sign(start)
            if view[start] != 0x2F:
                add(start + 1, end - 1)
                self.value_end = end
            else:
                self.comments = [*self.comments[-7:], (start, end)]
        return None

    def sign(self, at: int) -> int:
        """Return where reading goes on behind a sign that is no whole string or comment."""
        sign = self.view[at]
        if sign == 0x2F:
            return self.slash(at)
        if sign == 0x60:
            return self.template(at + 1)
        if sign == 0x7B:
            self.depths[-1] += 1
        elif sign == 0x7D:
            return self.close(at)
        else:
            return self.open(at, line_end(self.view, at, self.stop))
        return at + 1

    def open(self, at: int, end: int) -> int:
        """Count a literal without end; return where to go on: behind its sign, or at `end` when too much was wasted."""
        self.literals.open(at)
        self.literals.wasted += end - at
        return at + 1 if self.literals.wasted <= self.most_wasted else end

    def close(self, at: int) -> int:
        self.depths[-1] -= 1
        if self.depths[-1]:
            return at + 1
        self.depths.pop()
        return self.template(at + 1)

    def template(self, at: int) -> int:
        match = _TEMPLATE.match(self.view, at, self.stop)
        if match is None:
            return self.open(at - 1, self.stop)
        if match.end(1) > at:
            self.literals.add(at, match.end(1))
        if match[2] == b"`":
            self.value_end = match.end()
        elif len(self.depths) < MAX_JSON_DEPTH:
            self.depths.append(1)
        else:
            self.literals.open(at - 1)
        return match.end()

    def slash(self, at: int) -> int:
        """Step over a regular expression, or over a division."""
        word = self.before(at)
        if word is not None and (word == b")" or self.begins_expression(word)):
            match = self.regex(at)
            if match is not None and (word != b")" or _CALLED.match(self.view, match.end(), self.stop)):
                self.value_end = match.end()
                return match.end()
        return at + 1

    def regex(self, at: int) -> re.Match[bytes] | None:
        """Return the regular expression at a place; the time this takes is bound in all."""
        if self.literals.wasted > self.most_wasted:
            return None
        stop = min(self.stop, at + MAX_REGEX)
        match = _REGEX.match(self.view, at, stop)
        if match is None:
            self.literals.wasted += line_end(self.view, at, stop) - at
        return match

    def before(self, at: int) -> bytes | None:
        """Return the token before a place, None behind a literal; empty at the beginning."""
        at = self.skipped(at)
        if at == self.value_end:
            return None
        piece = bytes(self.view[max(0, at - _LOOK_BACK) : at])
        word = piece[len(piece.rstrip(_WORD)) :]
        return word or (piece[-2:] if piece.endswith((b"++", b"--")) else piece[-1:])

    def skipped(self, at: int) -> int:
        """Return the place behind the last byte before `at` that is neither white space nor a comment."""
        while True:
            start = max(0, at - _LOOK_BACK)
            at = start + len(bytes(self.view[start:at]).rstrip())
            row = bisect_left(self.comments, (at, -1), key=lambda span: (span[1], -1))
            if row == len(self.comments) or self.comments[row][1] != at:
                return at
            at = self.comments[row][0]

    @staticmethod
    def begins_expression(word: bytes) -> bool:
        return word in _KEYWORDS or not (word in {b"]", b"++", b"--"} or word.strip(_WORD) == b"" != word)


_SIMPLE = {
    b"n": b"\n", b"t": b"\t", b"r": b"\r", b"b": b"\b", b"v": b"\v", b"f": b"\f", b"0": b"\0",
    b"\n": b"", b"\r": b"", b"\r\n": b"", b"\xe2\x80\xa8": b"", b"\xe2\x80\xa9": b"",
}  # fmt: skip
_ESCAPE = re.compile(
    rb"\\(?:u\{([0-9A-Fa-f]{1,8})\}|u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|([1-7][0-7]{0,2}|0[0-7]{1,2})"
    rb"|(\r\n|\xe2\x80[\xa8\xa9]|[\s\S]))"
)


def resolved(written: bytes) -> bytes:
    """Return the bytes that the text of a literal stands for, in UTF-8 (ECMA-262, 12.9.4 and B.1.2)."""
    return _ESCAPE.sub(_meant, written)


def _meant(escape: re.Match[bytes]) -> bytes:
    number = escape[1] or escape[2] or escape[3]
    if number is not None:
        return encoded(int(number, 16))
    if escape[4] is not None:
        return encoded(int(escape[4], 8))
    return _SIMPLE.get(escape[5], escape[5])
