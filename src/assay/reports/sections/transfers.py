"""Where planted values and other requests went: data kind × recipient × countries × adequacy on the day × handset."""

from collections import Counter, defaultdict

import msgspec

from assay.findings.database import Database

SHOWN = 400
"""Most recipients, and most statements of databases, that are printed; all stand in transfers.csv and facts.jsonl."""

SIDES = ("outside", "disputed", "unknown", "inside")
"""Sides of the border of the EEA as `RecipientCountry.in_eea` names them, in the order of printing."""

_HITS = """
WITH carried AS (
  SELECT t.handset, t.artefact, t.entry, t.host, t.address, t.day, t.cleartext, t.app, h.kind, h.form, h.chain
  FROM transfer t LEFT JOIN planted_hit h USING (artefact, handset, entry)
)
SELECT c.handset, coalesce(c.kind, '') AS kind, c.host,
       coalesce(r.agreement, 'unknown') AS agreement, coalesce(r.countries, []) AS countries,
       coalesce(r.in_eea, 'unknown') AS in_eea, coalesce(r.adequacy, 'unknown') AS adequacy,
       coalesce(r.scope, '') AS scope, coalesce(r.decision, '') AS decision, coalesce(r.verified, '') AS verified,
       list_sort(list(DISTINCT c.day)) AS days, list_sort(list(DISTINCT c.app)) AS apps,
       count(DISTINCT (c.artefact, c.entry)) AS requests, bool_or(c.cleartext) AS cleartext,
       coalesce(list_sort(list(DISTINCT array_to_string(list_append(c.chain, c.form), ' → '))
                          FILTER (c.kind IS NOT NULL)), []) AS forms
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


class Recipient(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """A recipient with what the databases and Chapter V say of it; days of one answer stand together."""

    in_eea: str
    countries: tuple[str, ...]
    host: str
    agreement: str
    adequacy: str
    scope: str
    decision: str
    verified: str


class Sent(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of data from one handset to one recipient; `kind` is empty for requests without a planted value."""

    handset: str
    kind: str
    days: tuple[str, ...]
    apps: tuple[str, ...]
    requests: int
    cleartext: bool
    forms: tuple[str, ...]
    """Wrappings from the outside in, then the form that the value was found in, joined by ``→``."""


class KindRow(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of data at a recipient, by handset in the order of the case; None where a handset sent none."""

    kind: str
    forms: tuple[str, ...]
    by_handset: tuple[Sent | None, ...]


class RecipientRows(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that one recipient got."""

    recipient: Recipient
    apps: tuple[str, ...]
    cleartext: bool
    rows: tuple[KindRow, ...]

    @property
    def planted(self) -> bool:
        """Whether a planted value went there."""
        return any(row.kind for row in self.rows)


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
    """The section: recipients, bars by country, and the databases' claims."""

    recipients: tuple[RecipientRows, ...]
    """Every recipient, those of planted values first."""
    bars: tuple[tuple[Bar, ...], ...]
    """One group a country, in it the handsets in the order of the case."""
    claims: tuple[CountryClaim, ...]


def transfers(database: Database, order: tuple[str, ...]) -> Transfers:
    """Return the section; `order` names the handsets in the order of the case."""
    grouped = _grouped(database)
    claims = tuple(msgspec.convert(row, CountryClaim) for row in database.query(_CLAIMS))
    recipients = [_rows(recipient, grouped[recipient], order) for recipient in sorted(grouped, key=_by_side)]
    recipients.sort(key=lambda group: not group.planted)
    return Transfers(recipients=tuple(recipients), bars=_bars(grouped, order), claims=claims)


def _grouped(database: Database) -> dict[Recipient, list[Sent]]:
    grouped: dict[Recipient, list[Sent]] = defaultdict(list)
    for row in database.query(_HITS):
        grouped[msgspec.convert(row, Recipient)].append(msgspec.convert(row, Sent))
    return grouped


def _by_side(recipient: Recipient) -> tuple[int, Recipient]:
    return SIDES.index(recipient.in_eea), recipient


def _rows(recipient: Recipient, sent: list[Sent], order: tuple[str, ...]) -> RecipientRows:
    kinds = sorted({one.kind for one in sent}, key=lambda kind: (not kind, kind))
    return RecipientRows(
        recipient=recipient,
        apps=tuple(sorted({app for one in sent for app in one.apps if app})),
        cleartext=any(one.cleartext for one in sent),
        rows=tuple(_kind(kind, [one for one in sent if one.kind == kind], order) for kind in kinds),
    )


def _kind(kind: str, sent: list[Sent], order: tuple[str, ...]) -> KindRow:
    by_handset = {one.handset: one for one in sent}
    forms = sorted({form for one in sent for form in one.forms})
    return KindRow(kind=kind, forms=tuple(forms), by_handset=tuple(by_handset.get(name) for name in order))


def _bars(grouped: dict[Recipient, list[Sent]], order: tuple[str, ...]) -> tuple[tuple[Bar, ...], ...]:
    sums: dict[tuple[str, tuple[str, ...]], Counter[str]] = defaultdict(Counter)
    for recipient, sent in grouped.items():
        for one in sent:
            if one.kind:
                sums[recipient.in_eea, recipient.countries][one.handset] += one.requests
    longest = max((count for found in sums.values() for count in found.values()), default=1)
    places = sorted(sums, key=lambda place: (SIDES.index(place[0]), place[1]))
    return tuple(tuple(_bar(place, sums[place], name, longest) for name in order) for place in places)


def _bar(place: tuple[str, tuple[str, ...]], counts: Counter[str], handset: str, longest: int) -> Bar:
    side, countries = place
    count = counts[handset]
    return Bar(side=side, countries=countries, handset=handset, requests=count, percent=-(-100 * count // longest))
