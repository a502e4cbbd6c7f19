"""``assay explain``: from an id down to the bytes."""

from pathlib import Path

import click

from assay.cli.options import CASE, JSON
from assay.cli.printing import say
from assay.engine import work
from assay.engine.explain import Explainer
from assay.engine.parts import load_bench
from assay.evidence.case_folder import CaseFolder


@click.command(short_help="From a claim or finding down to the bytes.")
@CASE
@click.argument("name", metavar="ID")
@click.option("--java", is_flag=True, help="Show methods like Java too, as a reading aid (needs assay[java-view]).")
@JSON
def explain(case: Path, name: str, java: bool, as_json: bool) -> None:  # noqa: FBT001
    r"""Walk from a claim to its findings, facts, places and bytes, with how to check it by standard tools.

    ID is a claim or rule (theme/name), a finding (w-…), a fact (f-…), a list (L-…), an artefact's sha256 or a locator.

    \b
    assay explain case w-0123456789abcdef
    assay explain case ncsc-2021/list-downloaded
    assay explain case f-0123456789abcdef --java
    """
    folder = CaseFolder.open(case)
    results = work.results(folder)
    lines = list(Explainer(folder, load_bench(), results, java=java).explain(name))
    say(as_json, {"id": name, "lines": lines}, "\n".join(lines))
