"""``assay plan``: what to bring, before anything is bought, rooted or recorded."""

import click

from assay.cli.options import JSON
from assay.cli.printing import say
from assay.findings import rulebook
from assay.verdicts import claimbook
from assay.verdicts.plan import Access, Item, Plan
from assay.verdicts.plan import plan as plan_claims


@click.command(short_help="What a claim needs: exhibits, runs, access.")
@click.argument("patterns", nargs=-1, required=True, metavar="CLAIM…")
@click.option(
    "--access",
    type=click.Choice([one.value for one in Access]),
    default=Access.STOCK.value,
    show_default=True,
    help="How far the examiner gets into the handset.",
)
@JSON
def plan(patterns: tuple[str, ...], access: str, as_json: bool) -> None:  # noqa: FBT001
    r"""Say beforehand which exhibits and runs each claim needs, and what will stay untestable.

    CLAIM is the id of a claim or a pattern such as "ncsc-2021/*"; see `assay claims`.

    \b
    assay plan ncsc-2021/remotely-activable
    assay plan "ncsc-2021/*" --access rooted
    assay plan "*" --access firmware --json
    """
    claims = claimbook.select(claimbook.load(rulebook.load()), patterns)
    for one in plan_claims(claims, Access(access)):
        say(as_json, one, "\n".join(_lines(one)))


def _lines(plan: Plan) -> list[str]:
    lines = [f"{plan.claim}  ({plan.access} access)"]
    lines += [line for item in plan.items for line in _item(item)]
    lines += [f"  stays untestable: {one}" for one in plan.untestable]
    return [*lines, ""]


def _item(item: Item) -> list[str]:
    got = item.how or "cannot be had at this access"
    return [f"  bring {item.evidence}: {item.what}", f"    how: {got}", *([f"    run: {item.run}"] if item.run else [])]
