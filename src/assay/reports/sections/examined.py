"""What was examined and what was not, and which claims that matters for."""

from collections import defaultdict

import msgspec

from assay.findings.database import Database
from assay.reports.results import CaseResults, Part

SHOWN = 5
"""Most places of a problem that are printed; all of them stand in problems.jsonl."""

_COVERAGE = """
SELECT analyser, count(*) FILTER (outcome = 'looked') AS looked, count(*) FILTER (outcome = 'skipped') AS skipped,
       count(*) FILTER (outcome = 'failed') AS failed,
       coalesce(list_sort(list(DISTINCT reason) FILTER (reason <> '')), []) AS reasons
FROM coverage GROUP BY analyser ORDER BY analyser
"""
_NOT_FOLLOWED = """
SELECT analyser, step.what AS what, sum(step."count")::BIGINT AS "count"
FROM (SELECT analyser, unnest(not_followed) AS step FROM coverage) GROUP BY ALL ORDER BY analyser, what
"""
_HOMES = """
SELECT artefact, min(path || CASE WHEN contains(locator, '!')
    THEN ' → ' || substr(locator, instr(locator, '!') + 1) ELSE '' END) AS path
FROM occurrence GROUP BY artefact
"""
"""Where an artefact lies, once: the exhibit's path, and the steps inside it."""
_PROBLEMS = f"""
SELECT p.part, p.what, p.instead, p.cost, count(*) AS "count",
       list_sort(list(DISTINCT coalesce(o.path, p.artefact)))[1:{SHOWN}] AS places
FROM problem p LEFT JOIN ({_HOMES}) o USING (artefact)
GROUP BY p.part, p.what, p.instead, p.cost ORDER BY p.part, p.what, p.instead, p.cost
"""  # noqa: S608 - a constant of this module
_SKIPPED = f"""
SELECT o.path, a.sha256, a.size, c.reason FROM artefact a
JOIN ({_HOMES}) o ON o.artefact = a.sha256
JOIN coverage c ON c.artefact = a.sha256 AND starts_with(c.analyser, 'reader:') AND c.outcome = 'skipped'
ORDER BY o.path, a.sha256
"""  # noqa: S608 - a constant of this module


class AnalyserCoverage(msgspec.Struct, frozen=True, kw_only=True):
    """How many artefacts an analyser looked at, skipped and failed on, why, and what it could not follow."""

    analyser: str
    looked: int
    skipped: int
    failed: int
    reasons: tuple[str, ...]
    not_followed: tuple[tuple[str, int], ...] = ()

    @property
    def complete(self) -> bool:
        """Whether it looked at everything it was given and followed all of it."""
        return not (self.skipped or self.failed or self.not_followed)


class ProblemGroup(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of problem, how often it was met, and the first places of it."""

    part: str
    what: str
    instead: str
    cost: str
    count: int
    places: tuple[str, ...]


class Skipped(msgspec.Struct, frozen=True, kw_only=True):
    """An artefact that was not examined: no reader recognised it, or its format is known by name only."""

    path: str
    sha256: str
    size: int
    reason: str


class Gap(msgspec.Struct, frozen=True, kw_only=True):
    """Something that was not examined, with the claims that it matters for."""

    what: str
    claims: tuple[str, ...]


class Examined(msgspec.Struct, frozen=True, kw_only=True):
    """The section."""

    gaps: tuple[Gap, ...]
    partly: tuple[AnalyserCoverage, ...]
    """Parts that did not look at everything they were given, or could not follow all of it."""
    wholly: tuple[AnalyserCoverage, ...]
    problems: tuple[ProblemGroup, ...]
    skipped: tuple[Skipped, ...]
    parts: tuple[Part, ...]


def examined(results: CaseResults) -> Examined:
    """Return the section."""
    database = results.database
    coverage = _coverage(database)
    return Examined(
        gaps=_gaps(results),
        partly=tuple(row for row in coverage if not row.complete),
        wholly=tuple(row for row in coverage if row.complete),
        problems=tuple(_problem(row) for row in database.query(_PROBLEMS)),
        skipped=tuple(msgspec.convert(row, Skipped) for row in database.query(_SKIPPED)),
        parts=results.parts,
    )


def _gaps(results: CaseResults) -> tuple[Gap, ...]:
    claims: dict[str, set[str]] = defaultdict(set)
    for verdict in results.verdicts:
        for what in verdict.not_examined:
            claims[what].add(verdict.claim)
    ordered = sorted(claims.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple(Gap(what=what, claims=tuple(sorted(found))) for what, found in ordered)


def _coverage(database: Database) -> tuple[AnalyserCoverage, ...]:
    steps: dict[object, list[tuple[str, int]]] = defaultdict(list)
    for row in database.query(_NOT_FOLLOWED):
        steps[row["analyser"]].append((str(row["what"]), msgspec.convert(row["count"], int)))
    return tuple(
        msgspec.convert({**row, "not_followed": steps[row["analyser"]]}, AnalyserCoverage)
        for row in database.query(_COVERAGE)
    )


def _problem(row: dict[str, object]) -> ProblemGroup:
    return msgspec.convert(row, ProblemGroup)
