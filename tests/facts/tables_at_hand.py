"""Fact tables made by hand, for tests of joiners: rows, files by (handset, path), and their texts."""

import posixpath
from collections.abc import Mapping, Sequence
from typing import TypeVar

from assay.model.case import Handset, Occurrence
from assay.vocabulary import Fact, Located

F = TypeVar("F", bound=Fact)


class TablesAtHand:
    def __init__(
        self,
        rows: Mapping[str, Sequence[Fact]],
        files: Sequence[tuple[str, str, str]] = (),
        texts: Mapping[str, str] | None = None,
    ) -> None:
        """Take rows by artefact, (handset, path, artefact) of every file, and texts by artefact."""
        self._rows = rows
        self._places = [
            Occurrence(artefact=artefact, handset=handset, locator=f"{'0' * 64}", path=path)
            for handset, path, artefact in sorted(files)
        ]
        self._texts = dict(texts or {})

    def rows(self, record: type[F]) -> Sequence[Located[F]]:
        return [
            Located(f"f-{number}", artefact, "by hand", row)
            for artefact, rows in sorted(self._rows.items())
            for number, row in enumerate(rows)
            if type(row) is record
        ]

    def occurrences(self, artefact: str) -> Sequence[Occurrence]:
        return [place for place in self._places if place.artefact == artefact]

    def at(self, locator: str) -> str | None:
        return next((place.artefact for place in self._places if place.locator == locator), None)

    def beside(self, occurrence: Occurrence, name: str) -> str | None:
        wanted = (occurrence.handset, posixpath.join(posixpath.dirname(occurrence.path), name))
        return next((place.artefact for place in self._places if (place.handset, place.path) == wanted), None)

    def text(self, artefact: str) -> str | None:
        return self._texts.get(artefact)

    @property
    def handsets(self) -> Sequence[Handset]:
        return [Handset(name=name) for name in sorted({place.handset for place in self._places})]
