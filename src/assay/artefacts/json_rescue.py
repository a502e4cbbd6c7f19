"""Reads damaged JSON up to its first error, without recursion: the same values as the parser for sound JSON, slower.

Source: RFC 8259. Of a text that ends too early or goes wrong in the middle every value is read that was complete
before that place; arrays and objects begun there are closed there.
"""

import re
from collections.abc import Callable
from typing import Any, NamedTuple, Optional

from assay.artefacts.json_values import Duplicate, FloatText, integer, joined_pairs

_SPACE = re.compile(r"[ \t\r\n]*")
_STRING = re.compile(r'"([^"\\\x00-\x1f]*)((?:\\.[^"\\\x00-\x1f]*)*)"', re.DOTALL)
_NUMBER = re.compile(r"(-?(?:0|[1-9][0-9]*))((?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?)(?![0-9.eE+-])")
_WORD = re.compile(r"true|false|null")
_ESCAPE = re.compile(r'\\(?:u([0-9a-fA-F]{4})|(["\\/bfnrt]))')
_WORDS = {"true": True, "false": False, "null": None}
_PLAIN = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_ENDS = "the text ends here"

State = Callable[["_Reading", int], tuple[Optional["State"], int]]


class Rescue(NamedTuple):
    """One value, the character behind it, and why reading stopped there; no reason where the value is whole."""

    value: Any
    end: int
    reason: str
    duplicates: list[Duplicate]


class _Stop(Exception):
    """Ends the reading; is never seen outside."""

    def __init__(self, at: int, reason: str) -> None:
        super().__init__(reason)
        self.at = at
        self.reason = reason


def rescue(text: str, start: int, *, depth: int, nodes: int) -> Rescue:
    """Read one value from `start`, within `depth` nested arrays and objects and `nodes` values.

    Raises: ValueError where not even an array or object begins.
    """
    reading = _Reading(text, depth, nodes)
    try:
        end = reading.run(start)
    except _Stop as stop:
        if not reading.stack:
            raise ValueError(stop.reason) from None
        return Rescue(reading.closed(), stop.at, stop.reason, reading.duplicates)
    return Rescue(reading.result, end, "", reading.duplicates)


class _Begun:
    """An array (its items) or object (its pairs, and the key that waits for a value) that is not closed yet."""

    __slots__ = ("closing", "items", "key")

    def __init__(self, opening: str) -> None:
        self.closing = "]" if opening == "[" else "}"
        self.items: list[Any] = []
        self.key = ""


class _Reading:
    """The text and the stack of what was begun. Each state returns the next one and the next character."""

    def __init__(self, text: str, depth: int, nodes: int) -> None:
        self.text = text
        self.depth = depth
        self.nodes = nodes
        self.stack: list[_Begun] = []
        self.result: Any = None
        self.duplicates: list[Duplicate] = []

    def run(self, at: int) -> int:
        state: State | None = _Reading.value
        while state is not None:
            space = _SPACE.match(self.text, at)
            state, at = state(self, space.end() if space else at)
        return at

    def value(self, at: int) -> tuple[State | None, int]:
        self.nodes -= 1
        if self.nodes < 0:
            raise _Stop(at, "more values follow than are read from a damaged document")
        char = self.text[at : at + 1]
        if char not in {"[", "{"}:
            value, end = self.scalar(at)
            return self.put(value), end
        if len(self.stack) >= self.depth:
            raise _Stop(at, f"arrays and objects are nested deeper than {self.depth} here")
        self.stack.append(_Begun(char))
        return _Reading.first, at + 1

    def first(self, at: int) -> tuple[State | None, int]:
        return self.after(at) if self.text[at : at + 1] == self.stack[-1].closing else self.item(at)

    def item(self, at: int) -> tuple[State | None, int]:
        return self.value(at) if self.stack[-1].closing == "]" else self.key(at)

    def key(self, at: int) -> tuple[State | None, int]:
        self.stack[-1].key, at = self.string(at)
        return _Reading.colon, at

    def colon(self, at: int) -> tuple[State | None, int]:
        if self.text[at : at + 1] != ":":
            raise _Stop(at, "a colon is missing behind a key")
        return _Reading.value, at + 1

    def after(self, at: int) -> tuple[State | None, int]:
        char = self.text[at : at + 1]
        if char == ",":
            return _Reading.item, at + 1
        if char != self.stack[-1].closing:
            raise _Stop(at, "a comma or a closing bracket is missing" if char else _ENDS)
        return self.put(self.close()), at + 1

    def close(self) -> Any:  # noqa: ANN401 - a JSON value
        begun = self.stack.pop()
        return begun.items if begun.closing == "]" else joined_pairs(begun.items, self.duplicates)

    def put(self, value: Any) -> State | None:  # noqa: ANN401 - a JSON value
        if not self.stack:
            self.result = value
            return None
        begun = self.stack[-1]
        begun.items.append(value if begun.closing == "]" else (begun.key, value))
        return _Reading.after

    def closed(self) -> Any:  # noqa: ANN401 - a JSON value
        """Close everything that was begun and return the outermost."""
        while self.stack:
            self.put(self.close())
        return self.result

    def scalar(self, at: int) -> tuple[Any, int]:
        if self.text[at : at + 1] == '"':
            return self.string(at)
        if match := _NUMBER.match(self.text, at):
            return (FloatText(match[0]) if match[2] else integer(match[0])), match.end()
        if match := _WORD.match(self.text, at):
            return _WORDS[match[0]], match.end()
        raise _Stop(at, "no JSON value stands here" if at < len(self.text) else _ENDS)

    def string(self, at: int) -> tuple[str, int]:
        match = _STRING.match(self.text, at)
        if match is None:
            raise _Stop(at, "a string has no end or is missing" if at < len(self.text) else _ENDS)
        return match[1] + (_unescaped(match[2], at) if match[2] else ""), match.end()


def _unescaped(text: str, at: int) -> str:
    if "\\" in _ESCAPE.sub("", text):
        raise _Stop(at, "a string has an escape sequence that JSON does not know")
    units = _ESCAPE.sub(lambda m: chr(int(m[1], 16)) if m[1] else _PLAIN.get(m[2], m[2]), text)
    return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
