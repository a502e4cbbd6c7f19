"""Where planted values and other requests went: data kind × recipient × countries × adequacy on the day × handset."""

from collections import defaultdict
from collections.abc import Iterable

import msgspec

from assay.findings.database import Database

SIDES = ("outside", "disputed", "unknown", "inside")
"""Sides of the border of the EEA as `RecipientCountry.in_eea` names them, in the order of printing."""

_HITS = """
WITH carried AS (
  SELECT t.handset, t.artefact, t.entry, t.host, t.address, t.day, t.cleartext, t.app, h.kind, h.form, h.chain, h.fact
  FROM transfer t LEFT JOIN planted_hit h USING (artefact, handset, entry)
)
SELECT c.handset, coalesce(c.kind, '') AS kind, c.host,
       coalesce(r.agreement, 'unknown') AS agreement, coalesce(r.countries, []) AS countries,
       coalesce(r.in_eea, 'unknown') AS in_eea, coalesce(r.adequacy, 'unknown') AS adequacy,
       coalesce(r.scope, '') AS scope, coalesce(r.decision, '') AS decision, coalesce(r.verified, '') AS verified,
       list_sort(list(DISTINCT c.day)) AS days, list_sort(list(DISTINCT c.app)) AS apps,
       count(DISTINCT (c.artefact, c.entry)) AS requests, bool_or(c.cleartext) AS cleartext,
       coalesce(list_sort(list(DISTINCT array_to_string(list_append(c.chain, c.form), ' → '))
                          FILTER (c.kind IS NOT NULL)), []) AS forms,
       coalesce(list_sort(list(DISTINCT c.fact) FILTER (c.fact IS NOT NULL)), []) AS facts
FROM carried c
LEFT JOIN (SELECT DISTINCT handset, host, address, day, agreement, countries, in_eea,
                  adequacy, scope, decision, verified
           FROM recipient_country) r USING (handset, host, address, day)
GROUP BY ALL
"""

_CLAIMS = """
SELECT host, address, day, database, database_as_of, country, note FROM destination
GROUP BY ALL ORDER BY host, address, day, database, database_as_of, country, note
"""


class Recipient(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of data at one recipient from one handset; `kind` is empty for requests without a planted value."""

    handset: str
    kind: str
    host: str
    agreement: str
    countries: tuple[str, ...]
    in_eea: str
    adequacy: str
    scope: str
    decision: str
    verified: str
    days: tuple[str, ...]
    apps: tuple[str, ...]
    requests: int
    cleartext: bool
    forms: tuple[str, ...]
    facts: tuple[str, ...]


class Bar(msgspec.Struct, frozen=True, kw_only=True):
    """Requests that held a planted value, from one handset to one country or group of named countries."""

    side: str
    countries: tuple[str, ...]
    handset: str
    requests: int
    percent: int
    """Of the longest bar, rounded up, so that no bar vanishes."""


class CountryClaim(msgspec.Struct, frozen=True, kw_only=True):
    """What one dated database says of an address on a day."""

    host: str
    address: str
    day: str
    database: str
    database_as_of: str
    country: str
    note: str


class Transfers(msgspec.Struct, frozen=True, kw_only=True):
    """The section: recipients of planted values, other recipients, bars by country, and the databases' claims."""

    carried: tuple[Recipient, ...]
    other: tuple[Recipient, ...]
    bars: tuple[Bar, ...]
    claims: tuple[CountryClaim, ...]

    @property
    def examined(self) -> bool:
        """Whether any request was recorded at all."""
        return bool(self.carried or self.other)


def transfers(database: Database, order: Iterable[str]) -> Transfers:
    """Return the section; `order` names the handsets in the order of the case."""
    position = {name: index for index, name in enumerate(order)}
    rows = [msgspec.convert(row, Recipient) for row in database.query(_HITS)]
    rows.sort(
        key=lambda row: (SIDES.index(row.in_eea), row.countries, row.host, row.kind, position[row.handset], row.days)
    )
    carried = tuple(row for row in rows if row.kind)
    return Transfers(
        carried=carried,
        other=tuple(row for row in rows if not row.kind),
        bars=_bars(carried, position),
        claims=tuple(msgspec.convert(row, CountryClaim) for row in database.query(_CLAIMS)),
    )


def _bars(carried: Iterable[Recipient], position: dict[str, int]) -> tuple[Bar, ...]:
    sums: dict[tuple[str, tuple[str, ...], str], int] = defaultdict(int)
    for row in carried:
        sums[row.in_eea, row.countries, row.handset] += row.requests
    longest = max(sums.values(), default=1)
    ordered = sorted(sums.items(), key=lambda item: (SIDES.index(item[0][0]), item[0][1], position[item[0][2]]))
    return tuple(
        Bar(side=side, countries=countries, handset=handset, requests=count, percent=-(-100 * count // longest))
        for (side, countries, handset), count in ordered
    )
