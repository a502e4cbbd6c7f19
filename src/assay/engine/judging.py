"""From facts to findings, verdicts and results: rules and claims over the tables of a case."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from assay import __version__
from assay.engine import given
from assay.engine.examine import Parameters
from assay.engine.parts import bench_sha256, libraries
from assay.engine.records import Failure
from assay.engine.sandbox.level import Sandbox, unknown
from assay.evidence.case_folder import CaseFolder
from assay.findings import evaluate, rulebook
from assay.findings.database import Database
from assay.model import canonical
from assay.model.case import CASE_SCHEMA
from assay.model.characters import UNICODE
from assay.model.coverage import Coverage
from assay.model.ids import sha256_hex
from assay.registry import Bench
from assay.registry.bench import source_sha256
from assay.reports.results import ArtefactCounts, CaseResults, parts_of
from assay.verdicts import claimbook, decide

_KINDS = "SELECT kind, count(*) AS n FROM artefact GROUP BY kind ORDER BY kind"
_NOT_EXAMINED = """
SELECT count(DISTINCT artefact) AS n FROM coverage WHERE starts_with(analyser, 'reader:') AND outcome = 'skipped'
"""


class Stated(msgspec.Struct, frozen=True, kw_only=True):
    """The facts of a case as files, with their digests, and what could not be finished."""

    segments: dict[str, list[Path]]
    digests: dict[str, str]
    counts: dict[str, int]
    incomplete: tuple[Failure, ...]
    joiners: tuple[Coverage, ...]
    sandbox: Sandbox


def stated(case: CaseFolder, record: Mapping[str, Any]) -> Stated:
    """Return the facts of a case that an earlier run wrote."""
    folder = case.root / "facts"
    segments = {path.name: sorted(path.glob("*.parquet")) for path in sorted(folder.iterdir()) if path.is_dir()}
    return Stated(
        segments={table: files for table, files in segments.items() if files},
        digests=record["tables"],
        counts=record["counts"],
        incomplete=msgspec.convert(record["failures"], tuple[Failure, ...]),
        joiners=msgspec.convert(record["joiners"], tuple[Coverage, ...]),
        sandbox=sandbox_of(record),
    )


def sandbox_of(record: Mapping[str, Any]) -> Sandbox:
    """Return how workers were held in the run of a record."""
    return msgspec.convert(record["sandbox"], Sandbox) if "sandbox" in record else unknown()


def database(facts: Stated) -> Database:
    """Return the SQL view of a case's facts."""
    return Database.over(facts.segments)


def judge(case: CaseFolder, bench: Bench, parameters: Parameters, facts: Stated) -> CaseResults:
    """Return the results of a case. Raises: RulebookError."""
    options = given.given(case)
    tables = database(facts)
    rules = rulebook.load([Path(folder) for folder in options.rules])
    claims = claimbook.load(rules, [Path(folder) for folder in options.claims])
    findings = evaluate.evaluate(rules, tables)
    verdicts = decide.decide(claims, findings, tables, case.handsets, rules)
    run = _run_record(case, bench, parameters, facts, options)
    run["rules"] = {rule.id: rule.sha256 for rule in rules}
    run["claims"] = {claim.id: claim.sha256 for claim in claims}
    run["stages"] = {
        "exhibits": sha256_hex(canonical.lines(case.exhibits())),
        "facts": canonical.digest(facts.digests),
        "findings": sha256_hex(canonical.lines(findings)),
        "verdicts": sha256_hex(canonical.lines(verdicts)),
    }
    return CaseResults(
        title=", ".join(handset.name for handset in case.handsets),
        handsets=case.handsets,
        exhibits=case.exhibits(),
        artefacts=_counts(tables),
        findings=findings,
        verdicts=verdicts,
        rules=rules,
        claims=claims,
        parts=parts_of(bench),
        database=tables,
        run=run,
    )


def _run_record(
    case: CaseFolder, bench: Bench, parameters: Parameters, facts: Stated, options: given.Given
) -> dict[str, Any]:
    profiles = {handset.profile for handset in case.handsets if handset.profile} | set(options.profiles)
    return {
        "assay": __version__,
        "bench": bench_sha256(),
        "libraries": libraries(),
        "unicode": UNICODE,
        "case_schema": CASE_SCHEMA,
        "parts": {f"{sort}/{name}@{spec.version}": source_sha256(spec.module) for sort, name, spec in bench.parts()},
        "parameters": {name: parameters[name].digest for name in sorted(parameters) if name != "planted"},
        "profiles": sorted(profiles),
        "tables": facts.digests,
        "counts": facts.counts,
        "joiners": facts.joiners,
        "failures": facts.incomplete,
        "sandbox": msgspec.to_builtins(facts.sandbox),
        "incomplete": bool(facts.incomplete),
    }


def _counts(tables: Database) -> ArtefactCounts:
    by_kind = {str(row["kind"]): int(str(row["n"])) for row in tables.query(_KINDS)}
    unreadable = by_kind.get("unreadable", 0)
    skipped = sum(int(str(row["n"])) for row in tables.query(_NOT_EXAMINED))
    read = sum(by_kind.values()) - unreadable - skipped
    return ArtefactCounts(by_kind=by_kind, read=read, unreadable=unreadable, not_examined=skipped)
