"""Transfers are grouped by recipient; what the databases say decides the order, planted values decide the bars."""

from assay.reports.sections.transfers import transfers
from assay.vocabulary.traffic import PlantedHit, RecipientCountry, Transfer
from tests.reports import case_rows

ORDER = ("B", "A")


def sent(entry: int, host: str, day: str = "2021-09-21") -> Transfer:
    return Transfer(
        entry=entry, started="", day=day, method="GET", scheme="https", host=host, port=None, path="/",
        address="192.0.2.1", status=200, request_bytes=0, response_bytes=0, response_sha256="", mime="",
        cleartext=False, evidence="proxy_log", app="",
    )  # fmt: skip


def country(host: str, in_eea: str, *countries: str, day: str = "2021-09-21") -> RecipientCountry:
    return RecipientCountry(
        host=host, address="192.0.2.1", day=day, agreement="agreed", countries=countries, in_eea=in_eea,
        adequacy="none", scope="", decision="", verified="",
    )  # fmt: skip


def hit(entry: int, kind: str, *chain: str) -> PlantedHit:
    return PlantedHit(entry=entry, address="query:a", kind=kind, label=kind, form="raw", chain=chain, bits=64)


def capture(rows: case_rows.Rows, handset: str, *facts: Transfer | RecipientCountry | PlantedHit) -> None:
    artefact = rows.artefact(f"{handset}.har", handset, kind="har")
    for fact in facts:
        rows.add(artefact, fact)


def test_a_request_with_two_values_counts_once_for_each_kind_and_never_as_another_request() -> None:
    rows = case_rows.Rows()
    capture(rows, "A", sent(0, "h"), country("h", "outside", "SG"), hit(0, "imei"), hit(0, "imei", "base64"))
    (group,) = transfers(rows.database(), ORDER).recipients
    (row,) = group.rows
    assert (row.kind, row.forms) == ("imei", ("base64 → raw", "raw"))
    assert row.by_handset[0] is None
    assert row.by_handset[1] is not None
    assert row.by_handset[1].requests == 1


def test_recipients_outside_come_first_and_unnamed_ones_are_unknown_not_inside() -> None:
    rows = case_rows.Rows()
    facts = (country("in", "inside", "DE"), country("out", "outside", "SG"))
    capture(rows, "A", sent(0, "in"), sent(1, "nowhere"), sent(2, "out"), *facts)
    found = [(one.recipient.host, one.recipient.in_eea) for one in transfers(rows.database(), ORDER).recipients]
    assert found == [("out", "outside"), ("nowhere", "unknown"), ("in", "inside")]


def test_another_day_of_the_same_recipient_is_looked_up_on_its_own() -> None:
    rows = case_rows.Rows()
    facts = (country("h", "outside", "SG"), country("h", "inside", "DE", day="2022-01-01"))
    capture(rows, "A", sent(0, "h"), sent(1, "h", day="2022-01-01"), *facts)
    found = {one.recipient.countries: one.rows[0].by_handset[1] for one in transfers(rows.database(), ORDER).recipients}
    assert {place: sent and sent.days for place, sent in found.items()} == {
        ("SG",): ("2021-09-21",),
        ("DE",): ("2022-01-01",),
    }


def test_bars_count_requests_with_planted_values_only_in_the_order_of_handsets() -> None:
    rows = case_rows.Rows()
    capture(rows, "A", *(sent(entry, "h") for entry in range(3)), country("h", "outside", "SG"), hit(0, "imei"))
    capture(rows, "B", *(sent(entry, "h") for entry in range(3)), hit(0, "imei"), hit(1, "imei"), hit(2, "imei"))
    rows.add(rows.artefact("B.har", kind="har"), country("h", "outside", "SG"))
    ((first, second),) = transfers(rows.database(), ORDER).bars
    assert [(bar.handset, bar.requests, bar.percent) for bar in (first, second)] == [("B", 3, 100), ("A", 1, 34)]


def test_recipients_of_planted_values_come_before_all_others() -> None:
    rows = case_rows.Rows()
    facts = (country("out", "outside", "SG"), country("in", "inside", "DE"), hit(1, "imei"))
    capture(rows, "A", sent(0, "out"), sent(1, "in"), *facts)
    assert [one.recipient.host for one in transfers(rows.database(), ORDER).recipients] == ["in", "out"]


def test_no_capture_gives_an_empty_section() -> None:
    assert transfers(case_rows.Rows().database(), ORDER).recipients == ()
