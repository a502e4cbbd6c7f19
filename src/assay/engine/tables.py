"""The facts of a case as joiners see them."""

import posixpath
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import pyarrow.parquet as pq

from assay.model.case import Handset, Occurrence
from assay.model.locator import Locator, percent_decode, percent_encode
from assay.vocabulary import Fact, Located, table_of
from assay.vocabulary.arrow import located, schema

F = TypeVar("F", bound=Fact)

ReadText = Callable[[str], bytes | None]
"""From an artefact's sha256 to its bytes, None where it is larger than `assay.engine.records.MAX_TEXT`."""


class CaseTables:
    """Rows, occurrences and neighbours (`assay.registry.FactTables`)."""

    def __init__(
        self,
        reads: Sequence[type[Fact]],
        segments: Mapping[str, Sequence[Path]],
        occurrences: Sequence[Occurrence],
        handsets: Sequence[Handset],
        read: ReadText,
    ) -> None:
        """Take the tables that may be read, their segments, the occurrences and handsets, and the way to bytes."""
        self._reads = reads
        self._segments = segments
        self._occurrences = occurrences
        self._read = read
        self.handsets = handsets
        self._rows: dict[str, list[Located[Any]]] = {}

    def rows(self, record: type[F]) -> Sequence[Located[F]]:
        """Return all rows of a table, sorted by artefact and fact id. Raises: LookupError for one not declared."""
        if record not in self._reads:
            msg = f"{record.__name__} is not among the tables that the joiner declares to read"
            raise LookupError(msg)
        table = table_of(record)
        if table not in self._rows:
            found = [
                row
                for path in self._segments.get(table, ())
                for row in located(record, pq.read_table(path, schema=schema(record)))
            ]
            self._rows[table] = sorted(found, key=lambda row: (row.artefact, row.fact))
        return self._rows[table]

    def occurrences(self, artefact: str) -> Sequence[Occurrence]:
        """Return where an artefact lies, sorted."""
        return self._by_artefact.get(artefact, ())

    def at(self, locator: str) -> str | None:
        """Return the artefact at a printed locator."""
        return self._by_locator.get(locator)

    def beside(self, occurrence: Occurrence, name: str) -> str | None:
        """Return the artefact called `name` in the same folder or container."""
        return self._by_place.get((*_home(occurrence), percent_encode(name.encode("utf-8", "surrogatepass"))))

    def text(self, artefact: str) -> str | None:
        """Return the text of a small UTF-8 artefact."""
        raw = self._read(artefact)
        if raw is None:
            return None
        try:
            return raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            return None

    @cached_property
    def _by_artefact(self) -> dict[str, list[Occurrence]]:
        found: dict[str, list[Occurrence]] = {}
        for occurrence in sorted(self._occurrences):
            found.setdefault(occurrence.artefact, []).append(occurrence)
        return found

    @cached_property
    def _by_locator(self) -> dict[str, str]:
        return {occurrence.locator: occurrence.artefact for occurrence in self._occurrences}

    @cached_property
    def _by_place(self) -> dict[tuple[str, str, str, str], str]:
        return {(*_home(one), _name(one)): one.artefact for one in sorted(self._occurrences, reverse=True)}


def _label(occurrence: Occurrence) -> tuple[str, bytes]:
    locator = Locator.parse(occurrence.locator)
    if locator.steps:
        return str(locator.parent()), locator.steps[-1].member
    return "", percent_decode(occurrence.path)


def _home(occurrence: Occurrence) -> tuple[str, str, str]:
    container, label = _label(occurrence)
    return occurrence.handset, container, percent_encode(posixpath.dirname(label))


def _name(occurrence: Occurrence) -> str:
    return percent_encode(posixpath.basename(_label(occurrence)[1]))
