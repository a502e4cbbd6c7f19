"""The custody log: append-only canonical JSON lines, each with the digest of the one before.

Whoever notes the head (the digest of the last line) can later tell whether any earlier line was changed or removed.
"""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

from assay.model import canonical
from assay.model.errors import CaseError, MismatchError
from assay.model.ids import sha256_hex

NOTHING_BEFORE = "0" * 64


class CustodyLog:
    """The custody log of one case."""

    def __init__(self, path: Path) -> None:
        """Open the log at `path`, which need not exist yet. Raises: MismatchError when the chain is broken."""
        self._path = path
        self.head = verify(path) if path.exists() else NOTHING_BEFORE

    def append(self, events: list[dict[str, object]], now: datetime | None = None) -> str:
        """Append events, flushed to disk, and return the new head. Each gets ``at`` (UTC) and ``before``."""
        at = (now or datetime.now(UTC)).strftime("%Y-%m-%dT%H:%M:%SZ")
        head, block = self.head, bytearray()
        for event in events:
            line = canonical.line({**event, "at": at, "before": head})
            block += line + b"\n"
            head = sha256_hex(line)
        with self._path.open("ab") as stream:
            stream.write(block)
            stream.flush()
            os.fsync(stream.fileno())
        self.head = head
        return head

    def entries(self) -> list[dict[str, object]]:
        """Return all entries in order."""
        if not self._path.exists():
            return []
        return [json.loads(line) for line in self._path.read_bytes().splitlines()]


def verify(path: Path) -> str:
    """Check the chain of a custody log and return its head. Raises: MismatchError with the line that breaks it."""
    head = NOTHING_BEFORE
    for number, line in enumerate(path.read_bytes().split(b"\n"), start=1):
        if line:
            if _before(path, number, line) != head:
                fact = f"line {number} does not follow from the line before"
                raise MismatchError(str(path), fact, "Compare it with a copy made when the head was noted.")
            head = sha256_hex(line)
    return head


def _before(path: Path, number: int, line: bytes) -> object:
    try:
        entry = json.loads(line)
    except ValueError:
        entry = None
    if not isinstance(entry, dict):
        raise CaseError(str(path), f"line {number} is not a JSON object", "Restore the log from a copy of the case.")
    return entry.get("before")
