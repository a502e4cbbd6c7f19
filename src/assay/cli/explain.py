"""``assay explain``: from an id down to the bytes."""

from pathlib import Path

import click

from assay.cli.options import ALLOW_UNSANDBOXED, CASE, JSON
from assay.cli.printing import say
from assay.engine import work
from assay.engine.explain import Explainer
from assay.engine.eyes import eyes, looking
from assay.evidence.case_folder import CaseFolder


@click.command(short_help="From a claim or finding down to the bytes.")
@CASE
@click.argument("name", metavar="ID")
@click.option("--java", is_flag=True, help="Show methods like Java too, as a reading aid (needs assay[java-view]).")
@ALLOW_UNSANDBOXED
@JSON
def explain(case: Path, name: str, java: bool, allow_unsandboxed: bool, as_json: bool) -> None:  # noqa: FBT001
    r"""Walk from a claim to its findings, facts, places and bytes, with how to check it by standard tools.

    ID is a claim or rule (theme/name), a finding (w-…), a fact (f-…), a list (L-…), a comparison (c-…), an
    artefact's sha256 or a locator.

    \b
    assay explain case w-0123456789abcdef
    assay explain case ncsc-2021/list-downloaded
    assay explain case f-0123456789abcdef --java
    """
    folder = CaseFolder.open(case)
    with eyes(folder, looking(allow_unsandboxed=allow_unsandboxed)) as seeing:
        results = work.results(folder)
        lines = list(Explainer(folder, results, seeing, java=java).explain(name))
    say(as_json, {"id": name, "lines": lines}, "\n".join(lines))
