"""HTTP archives: a log of requests and answers as a browser or a proxy saw them, in JSON."""

import re
from collections.abc import Iterator, Mapping

from assay.artefacts.har_entry import BrokenEntry, HarEntry, read_entry
from assay.artefacts.json import JsonDocument
from assay.model.errors import Unreadable
from assay.model.limits import MAX_MEMBERS
from assay.model.locator import InnerPlace
from assay.model.problem import Problem
from assay.model.source import BufferSource, ByteSource
from assay.registry import Member, reader

WINDOW = 4 << 20
"""Bytes from the start among which ``log.entries`` must begin."""

_MARK = b"\xef\xbb\xbf"
_TOKEN = re.compile(rb'"((?:[^"\\]|\\.)*+)"(\s*:)?|([\[{])|([\]}])', re.DOTALL)


class Har(JsonDocument):
    """An HTTP archive. Entries that cannot be read are problems; the others keep their position in the log."""

    def __init__(self, source: ByteSource) -> None:
        """Parse. Raises: Unreadable where there is no ``log.entries``."""
        super().__init__(source)
        value = self.value[0] if self.lines else self.value
        log = value.get("log") if isinstance(value, Mapping) else None
        listed = log.get("entries") if isinstance(log, Mapping) else None
        if not isinstance(listed, list):
            raise Unreadable("it begins as an HTTP archive does, but what can be read of it holds no list log.entries")
        self.entries = tuple(self._read(listed))

    def _read(self, listed: list[object]) -> Iterator[HarEntry]:
        for number, value in enumerate(listed):
            try:
                entry = read_entry(number, value)
            except BrokenEntry as reason:
                self._note(number, f"entry {number} {reason}", "this request was not examined")
                continue
            yield entry
            for oddity in entry.oddities:
                self._note(number, f"entry {number}: {oddity}", "what depends on it is unknown for this request")

    def _note(self, number: int, what: str, cost: str) -> None:
        instead = "the rest of the archive was read"
        self._problems.append(Problem(place=entry_place(number), what=what, instead=instead, cost=cost))

    def members(self) -> Iterator[Member]:
        """Yield the recorded bodies as ``<entry>/request`` and ``<entry>/response``."""
        for entry in self.entries[: MAX_MEMBERS // 2]:
            for side, body in (("request", entry.request.body), ("response", entry.response.body)):
                if body:
                    yield _member(f"{entry.number}/{side}", body)


def entry_place(number: int) -> str:
    """Return the printed place of an entry."""
    return str(InnerPlace("json", f"/log/entries/{number}"))


def _member(name: str, body: bytes) -> Member:
    return Member(name=name.encode("ascii"), size=len(body), open=lambda: BufferSource(body))


def is_har(source: ByteSource) -> bool:
    """Say whether a JSON text begins an object whose member ``log`` has a member ``entries``, an array."""
    start = source.read(0, WINDOW).removeprefix(_MARK).lstrip()
    return start.startswith(b"{") and b'"log"' in start and b'"entries"' in start and _has_entries(start)


def _has_entries(start: bytes) -> bool:
    """Walk the tokens of the window and look for a list named ``entries`` in an object named ``log`` at the top."""
    path: list[bytes] = []
    name = b""
    for token in _TOKEN.finditer(start):
        string, colon, opening, closing = token.groups()
        if colon:
            name = string
        elif opening:
            path.append(name)
            if path[1:] == [b"log", b"entries"] and opening == b"[":
                return True
            name = b""
        elif closing:
            path[-1:] = []
    return False


@reader(
    kind="har",
    gives=Har,
    recognise=is_har,
    rank=90,
    blind_to=(
        "requests that did not pass the browser or proxy which kept the log",
        "bodies that the exporter left out or cut short",
        "the bytes of text bodies before the exporter turned them into Unicode",
        f"archives in which log.entries begins behind the first {WINDOW} bytes",
        "archives in UTF-16 or UTF-32",
    ),
    source="HAR 1.2 Spec (Jan Odvarko), sections log to timings; members of their own kind by exporters begin with _",
)
def open_har(source: ByteSource) -> Har:
    """Open an HTTP archive. Raises: Unreadable."""
    return Har(source)
