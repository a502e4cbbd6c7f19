"""The custody log: append-only canonical JSON lines, each with the digest of the one before.

Whoever notes the head (the digest of the last line) can later tell whether any earlier line was changed or removed.
"""

import fcntl
import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import msgspec

from assay.model import canonical
from assay.model.errors import CaseError, MismatchError
from assay.model.ids import sha256_hex

NOTHING_BEFORE = "0" * 64


class Chain(msgspec.Struct, frozen=True):
    """The lines of a log that were written whole: digest of the last one, their length in bytes, and what follows.

    `unfinished` is the beginning of a line whose writing was stopped: nobody was told that it was kept.
    """

    head: str
    length: int
    unfinished: bytes


class CustodyLog:
    """The custody log of one case. Several processes may append; each line follows from the one really before it."""

    def __init__(self, path: Path) -> None:
        """Open the log at `path`, which need not exist yet. Raises: MismatchError when the chain is broken."""
        self._path = path
        self._chain = chain(path) if path.exists() else Chain(NOTHING_BEFORE, 0, b"")

    @property
    def head(self) -> str:
        """Digest of the last line, zeros where there is none."""
        return self._chain.head

    def append(self, events: list[dict[str, object]], now: datetime | None = None) -> str:
        """Append events, flushed to disk, and return the new head. Each gets ``at`` (UTC) and ``before``."""
        if not events:
            return self.head
        at = (now or datetime.now(UTC)).strftime("%Y-%m-%dT%H:%M:%SZ")
        with self._path.open("ab") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX)
            self._catch_up(stream)
            if self._chain.unfinished:
                events = [{"event": "unfinished line dropped", "line": self._chain.unfinished}, *events]
            block, head = _lines(events, at, self.head)
            stream.write(block)
            stream.flush()
            os.fsync(stream.fileno())
        self._chain = Chain(head, self._chain.length + len(block), b"")
        return head

    def entries(self) -> list[dict[str, object]]:
        """Return all entries in order."""
        if not self._path.exists():
            return []
        return [json.loads(line) for line in self._path.read_bytes()[: self._chain.length].splitlines()]

    def _catch_up(self, stream: BinaryIO) -> None:
        if os.fstat(stream.fileno()).st_size != self._chain.length:
            self._chain = chain(self._path)
            stream.truncate(self._chain.length)


def _lines(events: list[dict[str, object]], at: str, head: str) -> tuple[bytes, str]:
    block = bytearray()
    for event in events:
        line = canonical.line({**event, "at": at, "before": head})
        block += line + b"\n"
        head = sha256_hex(line)
    return bytes(block), head


def verify(path: Path) -> str:
    """Check the chain of a custody log and return its head. Raises: MismatchError with the line that breaks it."""
    return chain(path).head


def chain(path: Path) -> Chain:
    """Read a custody log. Raises: MismatchError with the line that does not follow, CaseError for what is no log."""
    head, length = NOTHING_BEFORE, 0
    *lines, unfinished = path.read_bytes().split(b"\n")
    for number, line in enumerate(lines, start=1):
        if _before(path, number, line) != head:
            fact = f"line {number} does not follow from the line before"
            raise MismatchError(str(path), fact, "Compare it with a copy made when the head was noted.")
        head = sha256_hex(line)
        length += len(line) + 1
    return Chain(head, length, unfinished)


def _before(path: Path, number: int, line: bytes) -> object:
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError):
        entry = None
    if not isinstance(entry, dict):
        raise CaseError(str(path), f"line {number} is not a JSON object", "Restore the log from a copy of the case.")
    return entry.get("before")
