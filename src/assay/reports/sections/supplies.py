"""From which other apps of a handset the list of a comparison comes: by which way, where it begins, behind what."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeVar

import msgspec

from assay.findings.database import Database

Key = tuple[str, str]
"""Artefact and id of a comparison."""
_SUPPLIES = """
SELECT DISTINCT c.artefact, c.comparison, s.handset, s.supplier, s.channel, s.handle, s.part, s.origin,
    s.remote_content, s.gate, s.access, s.detail, s.unfollowed, s.offer_fact AS fact, s.offer_artefact, s.offer_place
FROM supply s JOIN comparison c ON c.fact = s.fact AND c.handset = s.handset
WHERE (c.artefact, c.comparison) IN ({places}) ORDER BY ALL
"""
_MISSING = """
SELECT DISTINCT c.artefact, c.comparison, s.handset, unnest(s.missing) AS what
FROM supplied s JOIN comparison c ON c.fact = s.fact AND c.handset = s.handset
WHERE (c.artefact, c.comparison) IN ({places}) ORDER BY ALL
"""


class Supply(msgspec.Struct, frozen=True, kw_only=True):
    """A list that an app of a handset hands to a comparison; `fact` is the offer's, empty where it is taken itself."""

    handset: str
    supplier: str
    channel: str
    handle: str
    part: str
    origin: str
    remote_content: str
    gate: str
    access: str
    detail: tuple[str, ...]
    unfollowed: tuple[str, ...]
    fact: str
    offer_artefact: str
    offer_place: str


class Missing(msgspec.Struct, frozen=True, kw_only=True):
    """A list that a comparison takes outside and that no app of a handset was found to hand out."""

    handset: str
    what: str


T = TypeVar("T", Supply, Missing)


def supplies(database: Database, keys: Sequence[Key]) -> dict[Key, tuple[Supply, ...]]:
    """Return what other apps hand to comparisons, by handset and supplier."""
    return _by_key(database, _SUPPLIES, keys, Supply)


def missing(database: Database, keys: Sequence[Key]) -> dict[Key, tuple[Missing, ...]]:
    """Return what comparisons take outside and nobody was found to hand out, by handset."""
    return _by_key(database, _MISSING, keys, Missing)


def _by_key(database: Database, sql: str, keys: Sequence[Key], kind: type[T]) -> dict[Key, tuple[T, ...]]:
    if not keys:
        return {}
    wanted = sql.format(places=", ".join(["(?, ?)"] * len(keys)))
    found: dict[Key, list[T]] = defaultdict(list)
    rows: Iterable[dict[str, object]] = database.query(wanted, [each for key in keys for each in key])
    for row in rows:
        found[str(row["artefact"]), str(row["comparison"])].append(msgspec.convert(row, kind))
    return {key: tuple(each) for key, each in found.items()}
