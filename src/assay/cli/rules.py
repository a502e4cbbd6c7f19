"""``assay rules`` and ``assay claims``: what the bench asks, and of what."""

from pathlib import Path

import click

from assay.cli.options import JSON, OWN_RULES, PRESENT_FOLDER
from assay.cli.printing import say
from assay.findings import examples, rulebook
from assay.model.errors import RulebookError
from assay.verdicts import claimbook


@click.command(short_help="List the rules, or check rules of your own.")
@click.argument("folders", nargs=-1, type=PRESENT_FOLDER, metavar="[FOLDER]…")
@JSON
def rules(folders: tuple[Path, ...], as_json: bool) -> None:  # noqa: FBT001
    r"""List every rule with its question; folders of your own are checked with their examples.

    \b
    assay rules
    assay rules my-rules/
    assay rules --json
    """
    for rule in rulebook.load(folders):
        for failure in examples.failures(rule):
            raise RulebookError(f"{rule.id}.toml", failure, "Correct the query or the example.")
        data = {"id": rule.id, "title": rule.title, "question": rule.question, "grade": rule.grade}
        say(as_json, data, f"{rule.id:<48} {rule.question}")


@click.command(short_help="List the claims, or check claims of your own.")
@click.argument("folders", nargs=-1, type=PRESENT_FOLDER, metavar="[FOLDER]…")
@OWN_RULES
@JSON
def claims(folders: tuple[Path, ...], rule_folders: tuple[Path, ...], as_json: bool) -> None:  # noqa: FBT001
    r"""List every claim with who made it, when, and how strongly; folders of your own are checked.

    \b
    assay claims
    assay claims my-claims/
    assay claims --json
    """
    for claim in claimbook.load(rulebook.load(rule_folders), folders):
        data = {"id": claim.id, "wording": claim.wording, "who": claim.who, "strength": claim.strength}
        say(as_json, data, f"{claim.id:<40} {claim.who} ({claim.strength})")
