import base64
import gzip
import hashlib
import json
from urllib.parse import quote

from assay.artefacts.har import open_har
from assay.facts.parameters import find_parameters
from assay.model.coverage import NotFollowed
from assay.model.source import BufferSource
from assay.vocabulary.traffic import Parameter
from tests.artefacts.har_logs import browser, exchange, log


def rows(**changes: object) -> list[Parameter | NotFollowed]:
    return list(find_parameters(open_har(BufferSource(log(browser(exchange(**changes)))))))


def names(**changes: object) -> dict[str, str]:
    return {row.address: row.name for row in rows(**changes) if isinstance(row, Parameter)}


def test_every_leaf_has_its_address_and_name() -> None:
    assert names() == {
        "host": "host",
        "path:1": "1",
        "path:2": "2",
        "query:d": "d",
        "query:w": "w",
        "header:Content-Type": "Content-Type",
        "cookie:sid": "sid",
        "cookie:uid": "uid",
        "header:User-Agent": "User-Agent",
        "body:json:/events/0/id": "id",
    }


def test_the_value_stays_in_the_evidence() -> None:
    (row,) = [row for row in rows() if isinstance(row, Parameter) and row.address == "query:w"]
    assert (row.entry, row.value_bytes, row.place) == (0, 4, "json:/log/entries/0")
    assert row.value_sha256 == hashlib.sha256(b"1080").hexdigest()


def test_parameters_inside_wrappings_are_found_with_their_address() -> None:
    inner = {"gaid": "x", "more": {"a|b": [1, 2]}}
    wrapped = base64.b64encode(gzip.compress(json.dumps(inner).encode(), mtime=0)).decode()
    found = names(url="https://a.example.test/?d=" + quote(wrapped, safe=""), headers=[], body=b"")
    assert {address: name for address, name in found.items() if "json:" in address} == {
        "query:d|percent|base64|gzip|json:/gaid": "gaid",
        "query:d|percent|base64|gzip|json:/more/a|b/0": "a|b",
        "query:d|percent|base64|gzip|json:/more/a|b/1": "a|b",
    }
    assert found["query:d"] == "d"


def test_names_of_an_object_are_no_parameters_of_their_own() -> None:
    assert not any("json-name" in address for address in names())


def test_sixty_one_parameters_over_two_events_are_sixty_one() -> None:
    events = [{f"k{number}": number for number in range(40)}, {f"k{number}": 0 for number in range(20, 61)}]
    found = names(body=json.dumps({"events": events}).encode())
    assert len({name for address, name in found.items() if address.startswith("body:json:/events/")}) == 61


def test_what_was_not_followed_is_counted_over_the_whole_log() -> None:
    broken = base64.b64encode(gzip.compress(bytes(range(256)), mtime=0)[:-9]).decode().replace("+", "%2B")
    lost = [row for row in rows(url=f"https://a.example.test/?a={broken}&b={broken}") if isinstance(row, NotFollowed)]
    assert [(row.what, row.count >= 2) for row in lost if "end early" in row.what] == [
        ("gzip wrappings: compressed bytes end early", True)
    ]
