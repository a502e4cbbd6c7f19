"""The steps of ``assay check`` apart: intake, run, report."""

from pathlib import Path
from typing import Any

import click

from assay.cli.options import CASE, FOLDER, JSON, PATH, choices, files, given_options, work_options
from assay.cli.printing import finish, say
from assay.engine import work
from assay.evidence import correction, intake_manifest
from assay.evidence.case_folder import CaseFolder
from assay.evidence.intake import understand
from assay.model.errors import UsageError


@click.command(short_help="Take evidence into a case, or correct what is written about it.")
@click.argument("evidence", nargs=-1, metavar="[NAME=]EVIDENCE…")
@click.option("-o", "--case", "case_folder", type=FOLDER, required=True, help="Case folder, new or existing.")
@click.option("--sign", type=PATH, metavar="KEY", help="Sign the intake manifest with this ed25519 key (PEM).")
@click.option("--correct", multiple=True, metavar="NAME.FIELD=VALUE", help="Correct a handset's metadata. Repeatable.")
@click.option("--reason", default="", help="Why it is corrected; goes into the custody log.")
@given_options
@JSON
def intake(
    evidence: tuple[str, ...],
    case_folder: Path,
    sign: Path | None,
    correct: tuple[str, ...],
    reason: str,
    as_json: bool,  # noqa: FBT001
    **options: Any,  # noqa: ANN401
) -> None:
    r"""Copy evidence into a case, named by sha256, and print the custody head to note down.

    \b
    assay intake phone/ -o case
    assay intake west=more.har -o case --sign key.pem
    assay intake -o case --correct "Specimen North.build=V12.0.11" --reason "misread label"
    """
    if not evidence and not correct and sign is None:
        raise UsageError("assay intake", "nothing to take, to correct or to sign", "Name evidence, or see --help.")
    if evidence:
        case = work.take(case_folder, understand(list(evidence)), files(options), quiet=as_json)
    else:
        case = CaseFolder.open(case_folder)
    for one in correct:
        correction.correct(case, one, reason)
    signed = intake_manifest.sign(case, sign) if sign else None
    exhibits, refusals = case.exhibits(), case.refusals()
    say(
        as_json,
        {"exhibits": len(exhibits), "refused": len(refusals), "custody_head": case.custody.head, "signature": signed},
        f"{len(exhibits)} {'exhibit' if len(exhibits) == 1 else 'exhibits'}, {len(refusals)} refused\n"
        f"Custody head, to note down: {case.custody.head}" + (f"\nSigned: {signed}" if signed else ""),
    )


@click.command(short_help="Examine a case, going on where it stopped.")
@CASE
@given_options
@work_options
@JSON
def run(case: Path, as_json: bool, **options: Any) -> int:  # noqa: ANN401, FBT001
    r"""Examine the evidence of a case; what was computed before is not computed again.

    \b
    assay run case
    assay run case --profile cn --workers 1
    assay run case --planted planted.toml --database countries.csv
    """
    folder = CaseFolder.open(case)
    work.give(folder, files(options))
    results = work.run(folder, choices(options), quiet=as_json)
    return finish(folder, results, as_json=as_json, fail_on=None)


@click.command(short_help="Write the report of a case anew.")
@CASE
@JSON
def report(case: Path, as_json: bool) -> int:  # noqa: FBT001
    r"""Write the report from the facts of a case that was run.

    \b
    assay report case
    assay report case --json
    assay run case && assay report case
    """
    folder = CaseFolder.open(case)
    return finish(folder, work.reported(folder), as_json=as_json, fail_on=None)
