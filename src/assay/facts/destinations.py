"""Destinations: what each address database says of the addresses that received transfers."""

from collections.abc import Iterator

from assay.reference.address_databases import AddressDatabases
from assay.registry import FactTables, joiner
from assay.vocabulary.traffic import Destination, Transfer


@joiner(
    question="Where do the address databases place the recipients of transfers?",
    reads=Transfer,
    emits=Destination,
    needs=("databases",),
    blind_to=(
        "recipients whose address the log does not hold: names are never resolved",
        "where data are kept, passed on to, or read from",
        "that an address had another holder on the day of the transfer than on the day of the database",
        "anycast and content networks that a database does not mark",
    ),
)
def find_destinations(tables: FactTables, databases: AddressDatabases) -> Iterator[tuple[str, Destination]]:
    """Yield one row for each recipient, day and database, for each capture."""
    for artefact, host, address, day in _recipients(tables):
        for claim in databases.look_up(address):
            yield (
                artefact,
                Destination(
                    host=host,
                    address=address,
                    day=day,
                    database=claim.database,
                    database_as_of=claim.as_of,
                    country=claim.country,
                    note=claim.note,
                ),
            )


def _recipients(tables: FactTables) -> list[tuple[str, str, str, str]]:
    """Return (artefact, host, address, day) of every recipient with an address, once each, sorted."""
    found = {(row.artefact, row.row.host, row.row.address, row.row.day) for row in tables.rows(Transfer)}
    return sorted(recipient for recipient in found if recipient[2])
