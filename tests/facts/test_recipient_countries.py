from datetime import date

import pytest

from assay.facts.recipient_countries import find_recipient_countries
from assay.reference.adequacy import Adequacy, AdequacyRow
from assay.reference.countries import Countries
from assay.vocabulary import Fact
from assay.vocabulary.traffic import Destination, RecipientCountry
from tests.facts.tables_at_hand import TablesAtHand
from tests.facts.test_destinations import transfer


def row(country: str, status: str, since: str, scope: str) -> AdequacyRow:
    return AdequacyRow(
        id=f"row/{country}",
        country=country,
        status=status,
        since=date.fromisoformat(since),
        scope=scope,
        source="by hand",
        verified="secondary",
    )


ADEQUACY = Adequacy(
    [row("DE", "member", "1958-01-01", "member"), row("FR", "member", "1958-01-01", "member"),
     row("JP", "adequate", "2019-01-23", "private sector")],
    Countries({code: code for code in ("DE", "FR", "JP", "SG", "CN")}),
    begins=date(2000, 1, 1),
    as_of=date(2026, 1, 1),
)  # fmt: skip


def claim(database: str, country: str, note: str = "", address: str = "192.0.2.1") -> Destination:
    day, host = "2021-09-21", "a.example.test"
    return Destination(
        host=host, address=address, day=day, database=database, database_as_of="", country=country, note=note
    )


def found(*rows: Fact) -> list[RecipientCountry]:
    return [row for _, row in find_recipient_countries(TablesAtHand({"har": rows}), adequacy=ADEQUACY)]


@pytest.mark.parametrize(
    ("claims", "told"),
    [
        ([("a", "SG"), ("b", "SG")], ("agreed", ("SG",), "outside", "none", "")),
        ([("a", "SG"), ("b", "CN")], ("disputed", ("CN", "SG"), "outside", "none", "")),
        ([("a", "SG"), ("b", "JP")], ("disputed", ("JP", "SG"), "outside", "disputed", "row/JP")),
        ([("a", "DE"), ("b", "SG")], ("disputed", ("DE", "SG"), "disputed", "disputed", "row/DE")),
        ([("a", "DE"), ("b", "FR")], ("disputed", ("DE", "FR"), "inside", "member", "row/DE row/FR")),
        ([("a", "DE"), ("b", "")], ("agreed", ("DE",), "inside", "member", "row/DE")),
        ([("a", "JP"), ("b", "JP")], ("agreed", ("JP",), "outside", "adequate", "row/JP")),
        ([("a", "EU")], ("agreed", ("EU",), "unknown", "unknown", "")),
        ([("a", ""), ("b", "")], ("unknown", (), "unknown", "unknown", "")),
        ([], ("unknown", (), "unknown", "unknown", "")),
    ],
)
def test_claims_are_held_together(
    claims: list[tuple[str, str]], told: tuple[str, tuple[str, ...], str, str, str]
) -> None:
    (row,) = found(transfer("192.0.2.1"), *(claim(database, country) for database, country in claims))
    assert (row.agreement, row.countries, row.in_eea, row.adequacy, row.decision) == told
    assert (row.host, row.address, row.day) == ("a.example.test", "192.0.2.1", "2021-09-21")


def test_scope_and_check_of_the_decision_are_told() -> None:
    (row,) = found(transfer("192.0.2.1"), claim("a", "JP"))
    assert (row.scope, row.verified) == ("private sector", "secondary")


def test_an_anycast_address_is_nowhere() -> None:
    (row,) = found(transfer("192.0.2.1"), claim("a", "SG", "anycast"), claim("b", "SG"))
    assert (row.agreement, row.countries, row.in_eea, row.adequacy) == ("anycast", ("SG",), "unknown", "unknown")


def test_without_a_day_there_is_no_answer() -> None:
    day_unknown = Destination(
        host="a.example.test", address="192.0.2.1", day="", database="a", database_as_of="", country="SG", note=""
    )
    (row,) = found(transfer("192.0.2.1", day=""), day_unknown)
    assert (row.agreement, row.in_eea, row.adequacy) == ("agreed", "unknown", "unknown")


def test_a_recipient_without_an_address_has_its_row() -> None:
    (row,) = found(transfer(""), claim("a", "SG"))
    assert (row.address, row.agreement, row.countries) == ("", "unknown", ())
