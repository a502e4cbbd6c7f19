"""``assay check``: the main job."""

from pathlib import Path
from typing import Any

import click

from assay.cli.options import FOLDER, JSON, choices, files, given_options, work_options
from assay.cli.printing import finish
from assay.engine import work
from assay.evidence import intake
from assay.model.grade import Grade


@click.command(short_help="Evidence in, verdicts and a report out: the main job.")
@click.argument("evidence", nargs=-1, required=True, metavar="[NAME=]EVIDENCE…")
@click.option(
    "-o",
    "--case",
    "case_folder",
    type=FOLDER,
    default=Path("assay-case"),
    show_default=True,
    help="Case folder, new or existing.",
)
@click.option(
    "--fail-on",
    type=click.Choice([str(grade) for grade in Grade]),
    help="Leave with 1 when a finding reaches this grade.",
)
@given_options
@work_options
@JSON
def check(evidence: tuple[str, ...], case_folder: Path, fail_on: str | None, as_json: bool, **options: Any) -> int:  # noqa: ANN401, FBT001
    r"""Take evidence into a case, examine it, and write the report.

    EVIDENCE is a file or a folder, in any mix: APK, DEX, JAR, ZIP, app data, HAR, text, CSV, JSON, XML, preferences,
    dated configuration snapshots, trials. NAME= says which handset it belongs to; without it a handset.toml beside
    the files does, else the folder's name.

    \b
    assay check app.apk
    assay check north=dump/ west=other.zip -o case --profile eu-lt --profile cn
    assay check phone/ --planted planted.toml --database countries.mmdb --json
    """
    case = work.take(case_folder, intake.understand(list(evidence)), files(options), quiet=as_json)
    results = work.run(case, choices(options), quiet=as_json)
    return finish(case, results, as_json=as_json, fail_on=fail_on)
