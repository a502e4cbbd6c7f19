"""The places of literals in program text as columns, and the reading of escapes that several languages share."""

import re
from array import array
from collections.abc import Callable, Iterator

from assay.artefacts.script import MAX_SCRIPT_STRINGS, ScriptString
from assay.model import text as found

MAX_WASTE = 4
"""Bytes read in vain at most, looking for the ends of literals, as a multiple of the size of the file."""
_LINE_END = re.compile(rb"[\r\n]")


def line_end(view: memoryview, at: int, stop: int) -> int:
    """Return the place of the first newline from `at` on, `stop` where there is none."""
    match = _LINE_END.search(view, at, stop)
    return stop if match is None else match.start()


class Literals:
    """Places of literals in the order they were met, at most `MAX_SCRIPT_STRINGS`; `lost` counts the others."""

    def __init__(self) -> None:
        """Begin with none."""
        self._starts, self._ends, self._raw = array("q"), array("q"), array("b")
        self.lost = 0
        self.wasted = 0
        """Bytes that were read in vain; the scanner counts them, and holds them to `MAX_WASTE`."""
        self.damaged: tuple[int, int] = 0, 0
        """How many literals have no end, and where the first of them begins, in bytes."""

    def add(self, start: int, end: int, *, raw: bool = False) -> None:
        """Keep the place of a literal's text; `raw`: a backslash in it is no escape."""
        if len(self._starts) >= MAX_SCRIPT_STRINGS:
            self.lost += 1
            return
        self._starts.append(start)
        self._ends.append(end)
        self._raw.append(raw)

    def open(self, start: int) -> None:
        """Count a literal that has no end."""
        self.damaged = self.damaged[0] + 1, self.damaged[1] if self.damaged[0] else start

    def __len__(self) -> int:
        """Count the literals that were kept."""
        return len(self._starts)

    def strings(self, view: memoryview, resolve: Callable[[bytes], bytes]) -> Iterator[ScriptString]:
        """Yield the strings; `resolve` turns the bytes of one with a backslash into those that it stands for."""
        for start, end, raw in zip(self._starts, self._ends, self._raw, strict=True):
            written = bytes(view[start:end])
            meant = written if raw or b"\\" not in written else resolve(written)
            yield ScriptString(start, end - start, text_of(meant))


def text_of(raw: bytes) -> str:
    """Return UTF-8 as text as found; halves of a character that escapes name one by one are joined."""
    try:
        return found.from_str(raw.decode("utf-8"))
    except UnicodeDecodeError:
        return _joined(raw)


def _joined(raw: bytes) -> str:
    try:
        halves = raw.decode("utf-8", "surrogatepass")
        return halves.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    except UnicodeDecodeError:
        return found.from_bytes(raw)


def encoded(code: int) -> bytes:
    """Return a code point as UTF-8, a lone half of a pair too; U+FFFD for numbers that are none."""
    return chr(code if code <= 0x10FFFF else 0xFFFD).encode("utf-8", "surrogatepass")
