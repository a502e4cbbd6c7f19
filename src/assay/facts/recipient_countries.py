"""Recipient countries: what the databases say together, and what Chapter V says of that country on that day."""

from collections.abc import Iterator
from datetime import date

import msgspec

from assay.reference.adequacy import Adequacy, AdequacyStatus
from assay.registry import FactTables, joiner
from assay.vocabulary.traffic import Destination, RecipientCountry, Transfer

AGREED, DISPUTED, ANYCAST, UNKNOWN = "agreed", "disputed", "anycast", "unknown"
_UNKNOWN = AdequacyStatus(status=UNKNOWN, in_eea=UNKNOWN)


class _Recipient(msgspec.Struct, frozen=True, order=True):
    artefact: str
    host: str
    address: str
    day: str


@joiner(
    question="In which country is each recipient on the day of the transfer, and was there an adequacy decision?",
    reads=(Transfer, Destination),
    emits=RecipientCountry,
    needs=("adequacy",),
    blind_to=(
        "errors that all databases share, as where one copies another",
        "who the recipient is: the scope of a decision may depend on that",
        "whether the exporter has another basis for the transfer",
        "who exports: a controller abroad who collects by itself may make no transfer at all",
    ),
)
def find_recipient_countries(tables: FactTables, adequacy: Adequacy) -> Iterator[tuple[str, RecipientCountry]]:
    """Yield one row for each recipient and day of each capture, also where nothing is known of it."""
    claims: dict[_Recipient, list[Destination]] = {}
    for fact in tables.rows(Destination):
        row = fact.row
        claims.setdefault(_Recipient(fact.artefact, row.host, row.address, row.day), []).append(row)
    transfers = ((fact.artefact, fact.row) for fact in tables.rows(Transfer))
    recipients = {_Recipient(artefact, row.host, row.address, row.day) for artefact, row in transfers}
    for recipient in sorted(recipients):
        yield recipient.artefact, _country(recipient, claims.get(recipient, []), adequacy)


def _country(recipient: _Recipient, claims: list[Destination], adequacy: Adequacy) -> RecipientCountry:
    countries = tuple(sorted({claim.country for claim in claims if claim.country}))
    agreement = _agreement(countries, claims)
    status = _UNKNOWN
    if agreement in {AGREED, DISPUTED} and recipient.day:
        status = adequacy.of_all(countries, date.fromisoformat(recipient.day))
    return RecipientCountry(
        host=recipient.host,
        address=recipient.address,
        day=recipient.day,
        agreement=agreement,
        countries=countries,
        in_eea=status.in_eea,
        adequacy=status.status,
        scope=status.scope,
        decision=status.row,
        verified=status.verified,
    )


def _agreement(countries: tuple[str, ...], claims: list[Destination]) -> str:
    """Anycast, once a database says so: such an address answers from many places, wherever it is registered."""
    if any(claim.note for claim in claims):
        return ANYCAST
    if not countries:
        return UNKNOWN
    return AGREED if len(countries) == 1 else DISPUTED
