"""What to bring: which evidence each claim needs at a level of access, and what stays untestable there."""

from collections.abc import Iterator, Sequence
from enum import StrEnum

import msgspec

from assay.verdicts.claim import Claim, Need
from assay.verdicts.claimbook import Catalogue, catalogue
from assay.verdicts.standing import Logic


class Access(StrEnum):
    """How far the examiner gets into the handset."""

    STOCK = "stock"
    ROOTED = "rooted"
    FIRMWARE = "firmware"


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of evidence that a claim needs: what it is, the run it needs, how to get it, and what is withheld.

    `how` is empty where it cannot be had at this access; `withheld` is what the access keeps back, empty for nothing.
    """

    evidence: str
    what: str
    run: str
    how: str
    withheld: str


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What one claim needs at a level of access; `untestable` says what stays open even with all of it."""

    claim: str
    access: Access
    items: tuple[Item, ...]
    untestable: tuple[str, ...]


def plan(claims: Sequence[Claim], access: Access) -> tuple[Plan, ...]:
    """Return a plan for each claim, in the order of the claims."""
    return tuple(_plan(claim, access, catalogue()) for claim in claims)


def _plan(claim: Claim, access: Access, known: Catalogue) -> Plan:
    items = tuple(_item(need, access, known) for need in claim.needs)
    return Plan(claim=claim.id, access=access, items=items, untestable=tuple(_untestable(claim, items, known)))


def _item(need: Need, access: Access, known: Catalogue) -> Item:
    kind = known.evidence[need.evidence]
    return Item(
        evidence=need.evidence,
        what=kind.what,
        run=need.run,
        how={Access.STOCK: kind.stock, Access.ROOTED: kind.rooted, Access.FIRMWARE: kind.firmware}[access],
        withheld=kind.limits.get(access.value, ""),
    )


def _untestable(claim: Claim, items: Sequence[Item], known: Catalogue) -> Iterator[str]:
    if claim.logic is Logic.NOT_TESTABLE:
        yield "no examination of a phone can answer it"
    for item in items:
        if not item.how:
            yield f"{item.evidence} cannot be had at this access: {item.withheld}"
        elif item.withheld:
            yield f"{item.evidence}: {item.withheld}"
    yield from (known.gap[name] for name in claim.unexamined)
