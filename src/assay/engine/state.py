"""The state of a case's work between runs: what brought workers down, so that a next run does not try it again."""

import sqlite3
from contextlib import ExitStack
from pathlib import Path

from assay.engine.records import Failure
from assay.model.errors import CaseError


class CaseState:
    """The state file of one case (``state.sqlite``)."""

    def __init__(self, path: Path) -> None:
        """Open or make the file. Raises: CaseError."""
        try:
            with ExitStack() as unless_sound:
                self._connection = sqlite3.connect(path, isolation_level=None, timeout=60)
                unless_sound.callback(self._connection.close)
                self._connection.execute("PRAGMA journal_mode = WAL")
                self._connection.execute("PRAGMA synchronous = FULL")
                self._connection.execute(
                    "CREATE TABLE IF NOT EXISTS failure(sha256 TEXT, part TEXT, reason TEXT, PRIMARY KEY(sha256, part))"
                )
                unless_sound.pop_all()
        except sqlite3.OperationalError as error:
            raise CaseError(
                str(path), f"not writable ({error})", "Give this user the right to write the case."
            ) from None
        except sqlite3.DatabaseError as error:
            raise CaseError(str(path), f"damaged ({error})", "Move it away: only failures are tried again.") from None

    def failures(self) -> tuple[Failure, ...]:
        """Return every recorded failure, sorted."""
        rows = self._connection.execute("SELECT sha256, part, reason FROM failure").fetchall()
        return tuple(sorted(Failure(sha256=sha256, part=part, reason=reason) for sha256, part, reason in rows))

    def record(self, failure: Failure) -> None:
        """Keep a failure."""
        row = (failure.sha256, failure.part, failure.reason)
        self._connection.execute("INSERT OR REPLACE INTO failure VALUES (?, ?, ?)", row)

    def forget_failures(self) -> None:
        """Drop all failures, so that the next run tries again."""
        self._connection.execute("DELETE FROM failure")

    def close(self) -> None:
        """Close the file."""
        self._connection.close()
