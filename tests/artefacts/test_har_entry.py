from typing import Any

import pytest

from assay.artefacts.har_entry import BrokenEntry, HarEntry, read_entry
from assay.artefacts.json_values import FloatText
from tests.artefacts.har_logs import browser, exchange


def read(**changes: Any) -> HarEntry:
    return read_entry(0, browser(exchange()) | changes)


@pytest.mark.parametrize(
    ("written", "utc"),
    [
        ("2021-09-21T10:00:01.123Z", "2021-09-21T10:00:01Z"),
        ("2021-09-21T13:00:01+03:00", "2021-09-21T10:00:01Z"),
        ("2021-09-21T23:30:00.1234567-05:00", "2021-09-22T04:30:00Z"),
        ("0999-01-02T03:04:05Z", "0999-01-02T03:04:05Z"),
        ("2021-09-21T10:00:01", ""),
        ("21 Sep 2021", ""),
        ("0001-01-01T00:00:00+14:00", ""),
        ("", ""),
        (1632218401, ""),
        (None, ""),
    ],
)
def test_a_time_counts_in_utc_and_only_with_its_offset(written: object, utc: str) -> None:
    entry = read(startedDateTime=written)
    assert entry.started == utc
    assert bool(entry.oddities) is not bool(utc)


@pytest.mark.parametrize(
    ("written", "address", "odd"),
    [
        ("192.0.2.21", "192.0.2.21", False),
        ("[2001:DB8:0::1]", "2001:db8::1", False),
        ("[2001:db8::1]:443", "2001:db8::1", False),
        ("::ffff:192.0.2.21", "192.0.2.21", False),
        ("fe80::1%wlan0", "fe80::1", False),
        ("", "", False),
        ("0.0.0.0", "", False),
        ("collect.example.test", "", True),
        ("192.0.2.999", "", True),
        (7, "", False),
    ],
)
def test_an_address_is_canonical_or_not_there(written: object, address: str, odd: bool) -> None:  # noqa: FBT001
    entry = read(serverIPAddress=written)
    assert entry.address == address
    assert bool(entry.oddities) is odd


def test_the_name_of_the_connection_is_never_taken_for_an_address_or_port() -> None:
    assert read(serverIPAddress="", connection="203.0.113.9").address == ""


@pytest.mark.parametrize("name", ["_app", "_package", "_packageName"])
def test_the_app_is_read_where_an_exporter_names_it(name: str) -> None:
    assert read(**{name: "org.example.notes"}).app == "org.example.notes"


def test_a_body_that_is_said_to_be_base64_and_is_not_is_odd_and_not_recorded() -> None:
    entry = read(response={"status": 200, "content": {"text": "no base64!", "encoding": "base64", "size": 7}})
    assert (entry.response.body, entry.response.recorded, entry.response.size) == (b"", False, 7)
    assert entry.oddities == ("the answer's body is stated to be base64 and is not",)


@pytest.mark.parametrize(
    ("response", "status", "size"),
    [
        (None, None, None),
        ({}, None, None),
        ({"status": 0}, None, None),
        ({"status": "304", "bodySize": 0}, 304, 0),
        ({"status": True, "bodySize": -1}, None, None),
        ({"status": 200, "content": {"size": "12"}, "bodySize": 9}, 200, 12),
        ({"status": 200, "content": {"size": -1}, "bodySize": 9}, 200, 9),
        ({"status": 2**60}, None, None),
    ],
)
def test_what_is_not_recorded_is_unknown_not_zero(response: object, status: int | None, size: int | None) -> None:
    entry = read(response=response)
    assert (entry.response.status, entry.response.size, entry.response.recorded) == (status, size, False)


def test_fields_of_a_form_are_kept_where_the_body_is_not() -> None:
    form = [{"name": "a", "value": "1"}, "odd", {"value": "2"}]
    request = {"method": "POST", "url": "https://a.example.test/", "postData": {"params": form}, "bodySize": 5}
    entry = read(request=request)
    assert entry.request.form == (("a", "1"), ("", "2"))
    assert (entry.request.recorded, entry.request.size) == (False, 5)


def test_what_the_handset_sent_over_a_websocket_is_kept() -> None:
    messages = [
        {"type": "send", "opcode": 1, "data": "velvet"},
        {"type": "receive", "opcode": 1, "data": "answer"},
        {"type": "send", "opcode": 2, "data": "a2VzdHJlbA=="},
    ]
    assert read(_webSocketMessages=messages).request.frames == (b"velvet", b"kestrel")


@pytest.mark.parametrize("value", [None, 7, [], "x", {}, {"request": None}, {"request": {"url": 7}}])
def test_an_entry_without_a_url_is_broken(value: object) -> None:
    with pytest.raises(BrokenEntry):
        read_entry(0, value)


@pytest.mark.parametrize("number", [FloatText("1e3"), FloatText("1.5"), FloatText("9" * 5000)])
def test_a_number_in_the_place_of_a_text_is_none(number: FloatText) -> None:
    """A number with a fraction is a text of its own type, which no table holds."""
    entry = browser(exchange())
    entry["request"]["method"] = number
    entry["request"]["postData"] = {"mimeType": number, "text": number}
    entry["response"]["status"] = number
    entry |= {"_app": number, "startedDateTime": number, "serverIPAddress": number}
    read_back = read_entry(0, entry)
    assert (read_back.request.method, read_back.request.body, read_back.app) == ("", b"", "")
    assert (read_back.started, read_back.address, read_back.response.status) == ("", "", None)
    entry["request"]["url"] = number
    with pytest.raises(BrokenEntry):
        read_entry(0, entry)
