"""What was looked at on each handset: what the silence of the evidence is worth."""

from collections import Counter, defaultdict
from collections.abc import Mapping

import msgspec

from assay.findings.database import Database
from assay.model.coverage import Outcome
from assay.registry import Bench
from assay.verdicts.claimbook import catalogue
from assay.vocabulary import table_of

_COVERAGE = """
SELECT o.handset, split_part(c.analyser, '@', 1) AS analyser, c.outcome, count(DISTINCT c.artefact) AS artefacts
FROM coverage c JOIN occurrence o USING (artefact) GROUP BY ALL
"""
_OPAQUE = """
WITH met AS (
    SELECT o.handset, split_part(c.analyser, '@', 1) AS analyser, c.artefact, unnest(c.not_followed) AS one
    FROM coverage c JOIN (SELECT DISTINCT artefact, handset FROM occurrence) o USING (artefact)
)
SELECT handset, analyser, one.what AS what, sum(one.count)::BIGINT AS counted
FROM met GROUP BY handset, analyser, one.what
"""
_UNREADABLE = """
SELECT o.handset, count(DISTINCT a.sha256) AS artefacts
FROM artefact a JOIN occurrence o ON o.artefact = a.sha256 WHERE a.kind = 'unreadable' GROUP BY ALL
"""

Fills = Mapping[str, tuple[str, ...]]
"""The tables that each analyser fills, by its name."""


class Looked(msgspec.Struct, frozen=True, kw_only=True):
    """How many artefacts of a handset were looked at for a table, and how many were skipped, failed or unreadable.

    `opaque` says what could not be followed inside those that were looked at, with counts; what the catalogue of claims
    lists as decided is left out.
    """

    looked: int
    missed: int
    opaque: tuple[tuple[str, int], ...] = ()


class Ledger:
    """Coverage by handset and table."""

    def __init__(self, database: Database, fills: Fills) -> None:
        """Read the coverage of the case."""
        self._looked: Counter[tuple[str, str]] = Counter()
        self._missed: Counter[tuple[str, str]] = Counter()
        self._unreadable: Counter[str] = Counter()
        for row in database.query(_COVERAGE):
            counted = self._looked if row["outcome"] == Outcome.LOOKED else self._missed
            for table in fills.get(str(row["analyser"]), ()):
                counted[str(row["handset"]), table] += int(str(row["artefacts"]))
        self._opaque: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for row in database.query(_OPAQUE):
            for table in fills.get(str(row["analyser"]), ()):
                self._opaque[str(row["handset"]), table][str(row["what"])] += int(str(row["counted"]))
        for row in database.query(_UNREADABLE):
            self._unreadable[str(row["handset"])] += int(str(row["artefacts"]))

    def of(self, handset: str, table: str) -> Looked:
        """Return the counts; what nobody could read counts as missed for every table, for it may have held anything."""
        missed = self._missed[handset, table] + self._unreadable[handset]
        decided = catalogue().decided.get(table, frozenset())
        opaque = tuple(
            (what, count) for what, count in sorted(self._opaque[handset, table].items()) if what not in decided
        )
        return Looked(looked=self._looked[handset, table], missed=missed, opaque=opaque)


def fills(bench: Bench) -> dict[str, tuple[str, ...]]:
    """Return the tables that each analyser of the bench fills."""
    return {spec.name: tuple(table_of(record) for record in spec.emits) for spec in bench.analysers}
