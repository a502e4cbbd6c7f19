import hashlib

import pytest

from assay.artefacts.har import open_har
from assay.facts.transfers import find_transfers
from assay.model.problem import Problem
from assay.model.source import BufferSource
from assay.vocabulary.traffic import Transfer
from tests.artefacts.har_logs import DIALECTS, browser, exchange, log


def rows(*entries: object) -> list[Transfer | Problem]:
    return list(find_transfers(open_har(BufferSource(log(*entries)))))


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_request_is_a_transfer_whatever_wrote_the_log(dialect: str) -> None:
    assert rows(DIALECTS[dialect](exchange())) == [
        Transfer(
            place="json:/log/entries/0",
            entry=0,
            started="2021-09-21T10:00:01Z",
            day="2021-09-21",
            method="POST",
            scheme="https",
            host="collect.example.test",
            port=443,
            path="/v1/events",
            address="192.0.2.21",
            status=200,
            request_bytes=23,
            response_bytes=21,
            response_sha256=hashlib.sha256(b'{"words":["kestrel"]}').hexdigest(),
            mime="application/json",
            cleartext=False,
            evidence="proxy_log",
            app="",
        )
    ]


@pytest.mark.parametrize(
    ("url", "host", "port", "cleartext"),
    [
        ("HTTP://CFG.Example.Test/guard", "cfg.example.test", 80, True),
        ("https://cfg.example.test:8443/", "cfg.example.test", 8443, False),
        ("ws://cfg.example.test/", "cfg.example.test", 80, True),
        ("wss://[2001:db8::1]/", "2001:db8::1", 443, False),
        ("https://žodis.example.test/", "žodis.example.test", 443, False),
    ],
)
def test_recipient_and_encryption_come_from_the_url(url: str, host: str, port: int, cleartext: bool) -> None:  # noqa: FBT001
    (row,) = rows(browser(exchange(url=url)))
    assert isinstance(row, Transfer)
    assert (row.host, row.port, row.cleartext) == (host, port, cleartext)


@pytest.mark.parametrize("url", ["/no/host", "https://", "https://[2001:db8::1/", "https://a.example.test:99999/", "x"])
def test_a_url_without_a_recipient_is_a_problem(url: str) -> None:
    (row,) = rows(browser(exchange(url=url)))
    assert isinstance(row, Problem)
    assert row.place == "json:/log/entries/0"


def test_what_is_not_recorded_is_null_or_empty() -> None:
    (row,) = rows({"request": {"method": "GET", "url": "https://a.example.test/"}})
    assert isinstance(row, Transfer)
    assert (row.started, row.day, row.address, row.status, row.request_bytes) == ("", "", "", None, None)
    assert (row.response_bytes, row.response_sha256, row.mime) == (None, "", "")


def test_broken_entries_leave_the_numbers_of_the_others() -> None:
    numbers = [
        row.entry for row in rows(None, browser(exchange()), 7, browser(exchange())) if isinstance(row, Transfer)
    ]
    assert numbers == [1, 3]
