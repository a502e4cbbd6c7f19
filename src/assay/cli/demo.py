"""``assay demo``: the packaged three-handset case, start to report."""

import shutil
from importlib import resources
from pathlib import Path

import click

from assay.cli.options import FOLDER, JSON
from assay.cli.printing import finish
from assay.engine import work
from assay.engine.executors import Choices
from assay.engine.given import Files
from assay.evidence import intake
from assay.evidence.case_folder import CaseFolder
from assay.model.errors import CaseError, ExitCode, UsageError

HANDSETS = ("north", "west", "east")


@click.command(short_help="Three invented handsets, start to report.")
@click.option(
    "-o",
    "--case",
    "case_folder",
    type=FOLDER,
    default=Path("build/demo"),
    show_default=True,
    help="Case folder; an earlier demo there is replaced.",
)
@JSON
def demo(case_folder: Path, as_json: bool) -> int:  # noqa: FBT001
    r"""Examine the packaged evidence of three invented handsets and write the report.

    \b
    assay demo
    assay demo -o my-demo
    assay demo --json
    """
    _clear(case_folder)
    with resources.as_file(resources.files("assay").joinpath("data/demo")) as folder:
        evidence = intake.understand([str(folder / name) for name in HANDSETS])
        files = Files(
            planted=folder / "planted.toml",
            databases=tuple(sorted((folder / "databases").glob("*.csv"))),
            profiles=("eu-lt", "eu-de", "cn"),
            claims=(folder / "claims",),
        )
        case = work.take(case_folder, evidence, files, quiet=as_json)
        worked = work.run(case, Choices(allow_unsandboxed=True), quiet=as_json)
    code = finish(case, worked, as_json=as_json, fail_on=None)
    return ExitCode.DONE if code == ExitCode.PARTLY_UNREADABLE else code


def _clear(folder: Path) -> None:
    """Remove an earlier demo; anything else in its place is left alone. Raises: UsageError."""
    if not folder.exists():
        return
    try:
        case = CaseFolder.open(folder)
    except CaseError:
        case = None
    if case is None or not all(handset.make == "Specimen" for handset in case.handsets):
        raise UsageError(str(folder), "this exists and is no earlier demo", "Name another folder with -o.")
    shutil.rmtree(folder)
