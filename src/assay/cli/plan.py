"""``assay plan``: what to bring, before anything is bought, rooted or recorded."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from textwrap import wrap
from typing import TypeVar

import click
from msgspec import structs

from assay.cli.options import JSON, OWN_CLAIMS, OWN_RULES
from assay.findings import rulebook
from assay.model import canonical
from assay.verdicts import claimbook
from assay.verdicts.plan import Access, Item, Plan
from assay.verdicts.plan import plan as plan_claims

WIDTH = 100
"""Columns of the printed plan."""

K = TypeVar("K", bound=Hashable)


@click.command(short_help="What a claim needs: exhibits, runs, access.")
@click.argument("patterns", nargs=-1, required=True, metavar="CLAIM…")
@click.option(
    "--access",
    type=click.Choice([one.value for one in Access]),
    default=Access.STOCK.value,
    show_default=True,
    help="How far the examiner gets into the handset.",
)
@OWN_RULES
@OWN_CLAIMS
@JSON
def plan(
    patterns: tuple[str, ...],
    access: str,
    rule_folders: tuple[Path, ...],
    claim_folders: tuple[Path, ...],
    as_json: bool,  # noqa: FBT001
) -> None:
    r"""Say beforehand which exhibits and runs each claim needs, and what will stay untestable.

    CLAIM is the id of a claim or a pattern such as "ncsc-2021/*"; see `assay claims`.

    \b
    assay plan ncsc-2021/remotely-activable
    assay plan "ncsc-2021/*" --access rooted
    assay plan "*" --access firmware --json
    """
    claims = claimbook.select(claimbook.load(rulebook.load(rule_folders), claim_folders), patterns)
    plans = plan_claims(claims, Access(access))
    if as_json:
        for one in plans:
            click.echo(canonical.line(one).decode("utf-8"))
    else:
        click.echo("\n".join(_lines(plans, access)))


def _lines(plans: Sequence[Plan], access: str) -> Iterator[str]:
    """Yield the plan of all the claims together: each thing to bring once, with the claims that need it."""
    yield from _wrapped(f"{', '.join(one.claim for one in plans)}", f"For {len(plans)} with {access} access: ")
    things = _grouped((_thing(item), one.claim) for one in plans for item in one.items)
    yield from ("", "Bring" if things else "No [[needs]] are stated: there is nothing to bring.")
    for item, claims in things.items():
        yield from _item(item, claims)
    runs = _grouped((item.run, one.claim) for one in plans for item in one.items if item.run)
    yield from _section("Record these runs", runs)
    yield from _section("Stays untestable even so", _grouped((why, one.claim) for one in plans for why in _open(one)))


def _open(one: Plan) -> list[str]:
    """Return what stays open beside what the access withholds, which stands with the thing to bring."""
    told = tuple(f"{item.evidence}{mark}" for item in one.items for mark in (": ", " cannot be had"))
    return [why for why in one.untestable if not why.startswith(told)]


def _thing(item: Item) -> Item:
    return structs.replace(item, run="")


def _item(item: Item, claims: Sequence[str]) -> Iterator[str]:
    yield from _wrapped(f"{item.evidence}: {item.what}", "  ")
    yield from _wrapped(item.how or "cannot be had at this access", "    how: ")
    if item.withheld:
        yield from _wrapped(item.withheld, "    but: ")
    yield from _wrapped(", ".join(claims), "    for: ")


def _section(title: str, grouped: Mapping[str, Sequence[str]]) -> Iterator[str]:
    if grouped:
        yield from ("", title)
    for what, claims in grouped.items():
        yield from _wrapped(what, "  ")
        yield from _wrapped(", ".join(claims), "    for: ")


def _grouped(pairs: Iterable[tuple[K, str]]) -> dict[K, list[str]]:
    """Return the claims of each thing, both in the order in which they come."""
    groups: dict[K, list[str]] = {}
    for thing, claim in pairs:
        if claim not in groups.setdefault(thing, []):
            groups[thing].append(claim)
    return groups


def _wrapped(said: str, lead: str) -> list[str]:
    indent = " " * min(len(lead), 9)
    return wrap(said, WIDTH, initial_indent=lead, subsequent_indent=indent, break_on_hyphens=False)
