"""``assay verify-witness``: the short checker, from the command line of the bench."""

from pathlib import Path

import click

from assay.cli.options import ALLOW_UNSANDBOXED, JSON
from assay.cli.printing import say
from assay.engine import judging, witnesses, work
from assay.engine.eyes import eyes, looking
from assay.evidence import witness_check
from assay.evidence.case_folder import CaseFolder
from assay.model.errors import UsageError


@click.command(name="verify-witness", short_help="Check a witness step by step in the DEX bytes.")
@click.argument("witness", type=click.Path(exists=True, path_type=Path), metavar="WITNESS|CASE")
@click.argument("names", nargs=-1, required=True, metavar="FILE…|COMPARISON")
@click.option("--export", type=click.Path(dir_okay=False, path_type=Path), help="Write the witness of a case there.")
@ALLOW_UNSANDBOXED
@JSON
def verify_witness(
    witness: Path, names: tuple[str, ...], export: Path | None, allow_unsandboxed: bool, as_json: bool  # noqa: FBT001
) -> int:  # fmt: skip
    r"""Check in the DEX bytes that each step of a witness follows from the one before.

    WITNESS is a file, FILE… the packages or DEX files it is about; or CASE is a case folder and COMPARISON one of its
    comparisons (c-…). It leaves with 0 where all steps hold, with 5 where one does not, with 3 where something cannot
    be read. The checker needs nothing of the bench: `assay/evidence/witness_check.py` does the same alone.

    \b
    assay verify-witness witness.json notes.apk
    assay verify-witness case c-0123456789abcdef --export witness.json
    assay verify-witness witness.json classes.dex --json
    """
    if witness.is_dir():
        code, sentence = _of_case(witness, names, export, allow_unsandboxed=allow_unsandboxed)
    else:
        code, sentence = witness_check.examine(str(witness), *names)
    say(as_json, {"holds": code == 0, "exit_code": int(code), "says": sentence}, sentence)
    return int(code)


def _of_case(root: Path, names: tuple[str, ...], export: Path | None, *, allow_unsandboxed: bool) -> tuple[int, str]:
    if len(names) != 1:
        raise UsageError("assay verify-witness", "a case takes one comparison", "Name one, like c-0123456789abcdef.")
    case = CaseFolder.open(root)
    database = judging.database(judging.stated(case, work.run_record(case)))
    if export is not None:
        export.write_bytes(witnesses.known(database, names[0])[0].exported())
    with eyes(case, looking(allow_unsandboxed=allow_unsandboxed)) as seeing:
        return witnesses.check(database, seeing, names[0])
