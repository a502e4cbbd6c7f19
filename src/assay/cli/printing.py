"""What commands print: results on standard output, talk on standard error."""

import json
import os
import shlex
import shutil
import sys
from pathlib import Path

import click

from assay.engine import judging
from assay.engine.sandbox.level import Level, lacking
from assay.engine.work import Worked
from assay.evidence.case_folder import CaseFolder
from assay.model import canonical
from assay.model.errors import ExitCode
from assay.model.grade import Grade
from assay.reports.front import front_table
from assay.reports.terminal import terminal_table


def say(as_json: bool, data: object, text: str) -> None:  # noqa: FBT001
    """Print a result as one JSON object or as text."""
    click.echo(canonical.line(data).decode("utf-8") if as_json else text)


def finish(case: CaseFolder, worked: Worked, *, as_json: bool, fail_on: str | None) -> int:
    """Print the verdict table and the report's path, and return the exit code."""
    _warn(worked)
    if as_json:
        click.echo(json.dumps(_summary(case, worked), ensure_ascii=False, sort_keys=True))
    else:
        hint = f"{program()} explain {shlex.quote(str(case.root))} {_first(worked)}"
        sys.stdout.write(terminal_table(worked.results, report=str(worked.report), hint=hint))
        sys.stdout.flush()
        _talk(worked)
    return _exit_code(worked, fail_on)


def program() -> str:
    """Return how this program is called from here, so that a command printed can be given as it stands."""
    called = Path(sys.argv[0]).absolute()
    if called.name != "assay" or shutil.which("assay") == str(called):
        return "assay"
    near = os.path.relpath(called)
    return shlex.quote(str(called) if near.startswith("..") else near)


def _talk(worked: Worked) -> None:
    met = worked.results.database.query("SELECT count(*) AS n FROM problem")[0]["n"]
    if met:
        things = (
            "1 thing in the evidence is not as it should be"
            if met == 1
            else (f"{met} things in the evidence are not as they should be")
        )
        sys.stderr.write(f"{things}; the report says which, under what was not examined.\n")
    failures = worked.results.run["failures"]
    if isinstance(failures, tuple) and failures:
        sys.stderr.write(f"{len(failures)} parts brought a worker down and were left out; the report names them.\n")


def _warn(worked: Worked) -> None:
    """Say how workers were held where that was less than it can be; the run record and the report say it, too."""
    sandbox = judging.sandbox_of(worked.results.run)
    if sandbox.level != Level.FULL:
        sys.stderr.write(f"Warning: evidence was read without a full sandbox: {lacking(sandbox)}.\n")


def _first(worked: Worked) -> str:
    """Return the finding to explain first: of the highest grade in the verdict table, else of all."""
    shown = [name for row in front_table(worked.results).rows for cell in row.cells for name in cell.evidence]
    findings = {finding.id: finding for finding in worked.results.findings}
    known = [findings[name] for name in shown if name in findings] or list(findings.values())
    trials = [finding for finding in known if finding.rule.startswith("trials/")]
    return max(trials or known, key=lambda finding: finding.grade.high).id if known else "ID"


def _summary(case: CaseFolder, worked: Worked) -> object:
    results = worked.results
    return canonical.plain(
        {
            "case": str(case.root),
            "report": str(worked.report),
            "handsets": results.handsets,
            "artefacts": {
                "read": results.artefacts.read,
                "unreadable": results.artefacts.unreadable,
                "not_examined": results.artefacts.not_examined,
            },
            "exhibits": len(results.exhibits),
            "refused": len(case.refusals()),
            "table": front_table(results),
            "findings": results.findings,
            "verdicts": results.verdicts,
            "stages": results.run["stages"],
            "computed": worked.computed,
            "reused": worked.reused,
            "incomplete": worked.incomplete,
            "sandbox": results.run["sandbox"],
            "custody_head": case.custody.head,
        }
    )


def _exit_code(worked: Worked, fail_on: str | None) -> int:
    if fail_on and any(finding.grade.high >= Grade.parse(fail_on) for finding in worked.results.findings):
        return ExitCode.GRADE_REACHED
    if worked.unreadable or worked.incomplete:
        return ExitCode.PARTLY_UNREADABLE
    return ExitCode.DONE
