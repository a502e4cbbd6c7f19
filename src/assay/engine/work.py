"""What the command line asks of the bench: take evidence, run a case, write its report."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from assay.engine import given, judging, labels, reporting
from assay.engine.cache import ResultCache
from assay.engine.cache_home import RESULTS, cache_home
from assay.engine.executors import Choices
from assay.engine.parameters import parameters
from assay.engine.parts import load_bench
from assay.engine.pipeline import Facts, Pipeline
from assay.engine.progress import shown
from assay.evidence import intake
from assay.evidence.case_folder import CaseFolder
from assay.evidence.durable import write_bytes
from assay.evidence.intake import Given
from assay.model import canonical
from assay.model.errors import CaseError
from assay.reports.results import CaseResults

RUN = "run.json"
_PARTLY = """
SELECT DISTINCT p.artefact FROM problem p JOIN occurrence o USING (artefact)
WHERE (p.part = ? OR starts_with(p.part, 'reader:')) AND NOT contains(o.locator, '!')
"""


class Worked(msgspec.Struct, frozen=True, kw_only=True):
    """A case after a run: its results, how much was computed anew, and whether anything could not be read."""

    results: CaseResults
    report: Path
    computed: int
    reused: int
    incomplete: bool
    unreadable: int


def take(root: Path, evidence: list[Given], files: given.Files, *, quiet: bool) -> CaseFolder:
    """Take evidence into the case at `root`, made if need be, with what is given beside it."""
    case = CaseFolder.open_or_create(root)
    with shown(quiet=quiet) as progress:
        done = 0

        def taken(count: int) -> None:
            nonlocal done
            done += count
            progress("take evidence", done, done)

        intake.take(case, evidence, taken)
    give(case, files)
    return case


def give(case: CaseFolder, files: given.Files) -> None:
    """Keep what is given beside the evidence: planted values, address databases, profiles, rules, claims."""
    given.keep(case, files)


def run(case: CaseFolder, choices: Choices, *, quiet: bool) -> Worked:
    """Examine a case, judge it and write its report."""
    bench = load_bench()
    cache = ResultCache(cache_home(case.root / "cache") / RESULTS)
    named = parameters(case)
    try:
        with shown(quiet=quiet) as progress:
            facts = Pipeline(case, bench, named, cache).facts(choices, progress)
            progress("judge", 0, 1)
            found = judging.judge(case, bench, named, _stated(facts))
            progress("judge", 1, 1)
            return _reported(case, found, facts, progress)
    finally:
        cache.close()


def _reported(case: CaseFolder, results: CaseResults, facts: Facts, progress: reporting.Progress) -> Worked:
    _write_results(case, results)
    report = reporting.write(case, results, progress)
    case.custody.append([{"event": "run finished", "stages": dict(_stages(results)), "computed": facts.computed}])
    return _worked(case, results, report, computed=facts.computed, reused=facts.examined.reused)


def reported(case: CaseFolder) -> Worked:
    """Judge a case that was examined and write its report anew. Raises: CaseError when it was not run."""
    found = results(case)
    with shown(quiet=True) as progress:
        _write_results(case, found)
        return _worked(case, found, reporting.write(case, found, progress), computed=0, reused=0)


def results(case: CaseFolder) -> CaseResults:
    """Judge the facts of a case that was run. Raises: CaseError when it was not."""
    facts = judging.stated(case, run_record(case))
    return judging.judge(case, load_bench(), parameters(case), facts)


def run_record(case: CaseFolder) -> dict[str, Any]:
    """Return the record of a case's last run. Raises: CaseError when it was not run."""
    path = case.root / RUN
    if not path.exists():
        raise CaseError(str(case.root), "it was not run yet", f"Run it first: assay run {case.root}")
    try:
        record: dict[str, Any] = json.loads(path.read_bytes())
    except ValueError as error:
        raise CaseError(str(path), f"damaged ({error})", f"Run the case again: assay run {case.root}") from None
    if missing := [name for name in record["tables"] if not any((case.root / "facts" / name).glob("*.parquet"))]:
        raise CaseError(
            str(case.root / "facts"), f"no rows of {', '.join(missing)}", f"Run the case again: assay run {case.root}"
        )
    return record


def _stated(facts: Facts) -> judging.Stated:
    return judging.Stated(
        segments=facts.segments,
        digests=facts.digests,
        counts=facts.counts,
        incomplete=facts.failures,
        joiners=facts.joiners,
        sandbox=facts.sandbox,
    )


def _write_results(case: CaseFolder, results: CaseResults) -> None:
    write_bytes(case.root / "findings.jsonl", canonical.lines(results.findings))
    write_bytes(case.root / "verdicts.jsonl", canonical.lines(results.verdicts))
    write_bytes(case.root / RUN, canonical.line(results.run) + b"\n")


def _stages(results: CaseResults) -> Mapping[str, str]:
    stages = results.run["stages"]
    return stages if isinstance(stages, Mapping) else {}


def _worked(case: CaseFolder, results: CaseResults, report: Path, *, computed: int, reused: int) -> Worked:
    return Worked(
        results=results,
        report=report,
        computed=computed,
        reused=reused,
        incomplete=bool(results.run["incomplete"]),
        unreadable=results.artefacts.unreadable + len(case.refusals()) + _partly(results),
    )


def _partly(results: CaseResults) -> int:
    """Count the exhibits that were read only in part, or that are not what their label promises."""
    return len(results.database.query(_PARTLY, [labels.PART]))
