"""``assay verify-witness``: the short checker, from the command line of the bench."""

from pathlib import Path

import click

from assay.cli.options import JSON
from assay.cli.printing import say
from assay.evidence import witness_check

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(name="verify-witness", short_help="Check a witness step by step in the DEX bytes.")
@click.argument("witness", type=_FILE)
@click.argument("files", type=_FILE, nargs=-1, required=True)
@JSON
def verify_witness(witness: Path, files: tuple[Path, ...], as_json: bool) -> int:  # noqa: FBT001
    r"""Check in the DEX bytes that each step of WITNESS follows from the one before. FILES: packages or DEX files.

    It leaves with 0 where all steps hold, with 5 where one does not, with 3 where something cannot be read. The checker
    needs nothing of the bench: `assay/evidence/witness_check.py` does the same alone.

    \b
    assay verify-witness witness.json notes.apk
    assay verify-witness witness.json base.apk split_feature.apk
    assay verify-witness witness.json classes.dex --json
    """
    code, sentence = witness_check.examine(str(witness), *map(str, files))
    say(as_json, {"holds": code == 0, "exit_code": code, "says": sentence}, sentence)
    return code
