from assay.facts.destinations import find_destinations
from assay.reference.address_databases import AddressDatabases
from assay.vocabulary.traffic import Destination, Transfer
from tests.facts.tables_at_hand import TablesAtHand

DATABASES = AddressDatabases.of(
    [
        (
            b"192.0.2.0,192.0.2.255,DE\n203.0.113.0,203.0.113.255,SG,anycast\n",
            'name = "alpha"\nas_of = "2021-09-01"',
            "a",
        ),
        (b"192.0.2.0,192.0.2.255,FR\n", 'name = "beta"', "b"),
    ]
)


def transfer(address: str, host: str = "a.example.test", day: str = "2021-09-21", entry: int = 0) -> Transfer:
    return Transfer(
        entry=entry,
        started=f"{day}T10:00:00Z" if day else "",
        day=day,
        method="GET",
        scheme="https",
        host=host,
        port=443,
        path="/",
        address=address,
        status=200,
        request_bytes=0,
        response_bytes=0,
        response_sha256="",
        mime="",
        cleartext=False,
        evidence="proxy_log",
        app="",
    )


def told(row: Destination) -> tuple[str, str, str, str, str, str]:
    return (row.host, row.address, row.database, row.database_as_of, row.country, row.note)


def test_every_database_is_asked_once_for_each_recipient_and_day() -> None:
    rows = {"har": [transfer("192.0.2.1"), transfer("192.0.2.1", entry=1), transfer("192.0.2.1", day="2021-09-22")]}
    found = list(find_destinations(TablesAtHand(rows), databases=DATABASES))
    assert [(artefact, row.day, row.database, row.country) for artefact, row in found] == [
        ("har", "2021-09-21", "alpha", "DE"),
        ("har", "2021-09-21", "beta", "FR"),
        ("har", "2021-09-22", "alpha", "DE"),
        ("har", "2021-09-22", "beta", "FR"),
    ]


def test_what_a_database_does_not_list_is_said_and_what_it_notes_is_kept() -> None:
    found = [
        told(row) for _, row in find_destinations(TablesAtHand({"har": [transfer("203.0.113.9")]}), databases=DATABASES)
    ]
    assert found == [
        ("a.example.test", "203.0.113.9", "alpha", "2021-09-01", "SG", "anycast"),
        ("a.example.test", "203.0.113.9", "beta", "", "", ""),
    ]


def test_a_recipient_without_an_address_is_not_looked_up() -> None:
    assert list(find_destinations(TablesAtHand({"har": [transfer("")]}), databases=DATABASES)) == []
