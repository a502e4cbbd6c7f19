"""A small bench of planted values: forms × wrappings × depth, with decoys; and the places of a request."""

import base64
import gzip
import hashlib
import json
import random
import zlib
from collections.abc import Callable, Iterator
from urllib.parse import quote, quote_plus

import pytest

from assay.artefacts.har import open_har
from assay.facts.planted_hits import OPAQUE, find_planted_hits
from assay.model.coverage import NotFollowed
from assay.model.source import BufferSource
from assay.reference.planted import PlantedValue, PlantedValues
from assay.vocabulary.traffic import PlantedHit
from tests.artefacts.har_logs import browser, exchange, log

VALUES = {
    "imei": ("imei", "490154203237518"),
    "number": ("phone_number", "+447700900123"),
    "ad id": ("advertising_id", "0a1b2c3d-1111-4aaa-8bbb-00000000a001"),
    "email": ("email", "mara.north@mail.example"),
    "page": ("visited_url", "https://news.example/article/4711?ref=north"),
    "canary": ("typed_canary", "velvet kestrel harbour"),
    "android": ("android_id", "a1b2c3d4e5f60001"),
}
FORMS: dict[str, Callable[[str], str]] = {
    "raw": str,
    "upper": str.upper,
    "in a sentence": lambda value: f"<{value}>",
    "in json": lambda value: json.dumps({"v": [value]}),
    "in a form": lambda value: f"a=1&v={quote(value, safe='')}",
    "sha256": lambda value: hashlib.sha256(value.encode()).hexdigest(),
}
WRAP: dict[str, Callable[[bytes], bytes]] = {
    "percent": lambda raw: quote(raw, safe="").encode(),
    "plus": lambda raw: quote_plus(raw).encode(),
    "base64": base64.b64encode,
    "url-safe": lambda raw: base64.urlsafe_b64encode(raw).rstrip(b"="),
    "hex": lambda raw: raw.hex().encode(),
    "gzip": lambda raw: base64.b64encode(gzip.compress(raw, mtime=0)),
    "zlib": lambda raw: base64.b64encode(zlib.compress(raw)),
    "json": lambda raw: json.dumps({"data": raw.decode("latin-1")}).encode(),
}
PLANTED = PlantedValues([PlantedValue(kind, label, value) for label, (kind, value) in VALUES.items()])


def hits(*exchanges: dict[str, object], planted: PlantedValues = PLANTED) -> list[PlantedHit]:
    har = open_har(BufferSource(log(*(browser(exchange(**changes)) for changes in exchanges))))
    return [row for row in find_planted_hits(har, planted=planted) if isinstance(row, PlantedHit)]


def sent(values: list[bytes]) -> list[dict[str, object]]:
    """One request each, with the value in a field of a JSON body."""
    return [
        {"url": "https://a.example.test/", "headers": [], "body": json.dumps({"v": value.decode("latin-1")}).encode()}
        for value in values
    ]


def layers(depth: int, chance: random.Random) -> Iterator[list[str]]:
    if depth == 0:
        yield []
    for first in WRAP if depth else ():
        yield [first, *(chance.choice(sorted(WRAP)) for _ in range(depth - 1))]


def wrapped(text: str, names: list[str]) -> bytes:
    data = text.encode()
    for name in names:
        data = WRAP[name](data)
    return data


@pytest.mark.parametrize("depth", [0, 1, 2, 3])
@pytest.mark.parametrize("form", FORMS)
def test_every_value_is_found_in_every_form_and_wrapping(form: str, depth: int) -> None:
    chance = random.Random(depth)
    trials = [(label, names) for label in VALUES for names in layers(depth, chance)]
    requests = sent([wrapped(FORMS[form](VALUES[label][1]), names) for label, names in trials])
    found = {(hit.entry, hit.label) for hit in hits(*requests)}
    missed = [trials[number] for number, (label, _) in enumerate(trials) if (number, label) not in found]
    assert missed == []
    assert found == {(number, label) for number, (label, _) in enumerate(trials)}


def decoys(chance: random.Random) -> Iterator[str]:
    """Near misses: one character of a value changed, added in front, or another value of the same shape."""
    for _, value in VALUES.values():
        for place in range(max(value.find("://"), 0), len(value)):
            if value[place].isalnum():
                other = chance.choice([char for char in "0123456789abcdef" if char != value[place].lower()])
                yield value[:place] + other + value[place + 1 :]
    yield from ("".join(chance.choice("0123456789") for _ in range(15)) for _ in range(200))
    yield from (chance.randbytes(chance.randint(1, 64)).hex() for _ in range(200))
    yield from (base64.b64encode(chance.randbytes(chance.randint(1, 64))).decode() for _ in range(200))


@pytest.mark.parametrize("depth", [0, 1, 2])
def test_near_misses_and_noise_are_no_hits(depth: int) -> None:
    chance = random.Random(100 + depth)
    requests = sent([wrapped(text, chance.choices(sorted(WRAP), k=depth)) for text in decoys(chance)])
    assert [(hit.label, hit.address, hit.form, hit.chain) for hit in hits(*requests)] == []


def test_the_chain_and_the_address_lead_to_the_value() -> None:
    inner = json.dumps({"ids": [{"imei": VALUES["imei"][1].encode().hex()}]}).encode()
    text = quote(base64.b64encode(inner).decode() + "=" * 0, safe="")
    (hit,) = hits({"url": f"https://a.example.test/?d={text}", "headers": [], "body": b""})
    assert hit.address.endswith("base64|json:/ids/0/imei")
    assert hit.chain == (*hit.address.split("|")[1:-1], "hex")
    assert (hit.kind, hit.label, hit.form, hit.bits) == ("imei", "imei", "raw", 46)


@pytest.mark.parametrize(
    ("changes", "address"),
    [
        ({"url": "https://a.example.test/u/490154203237518/x"}, "path:2"),
        ({"url": "https://490154203237518.a.example.test/"}, "host"),
        ({"url": "https://a.example.test/?i=490154203237518"}, "query:i"),
        ({"url": "https://a.example.test/?490154203237518"}, "query:#0"),
        ({"headers": [("X-I", "490154203237518")]}, "header:X-I"),
        ({"headers": [("Cookie", "i=490154203237518")]}, "cookie:i"),
        ({"body": b'{"490154203237518":1}'}, "body:json-name:/#0"),
        ({"body": b"\x00\x01490154203237518\x00"}, "body"),
    ],
)
def test_a_value_is_found_in_every_part_of_a_request(changes: dict[str, object], address: str) -> None:
    plain: dict[str, object] = {"url": "https://a.example.test/", "headers": [], "body": b""}
    assert [hit.address for hit in hits(plain | changes)] == [address]


def test_answers_are_not_searched() -> None:
    assert hits({"answer": VALUES["imei"][1].encode()}) == []


def test_a_value_in_the_name_of_a_field_is_veiled_in_the_address_below_it() -> None:
    body = b'{"490154203237518":{"mail":"mara.north@mail.example"}}'
    assert {hit.address for hit in hits({"body": body})} == {"body:json-name:/#0", "body:json:/\u2026/mail"}


def test_no_value_stands_in_any_column() -> None:
    chance = random.Random(5)
    requests = sent([wrapped(value, layer) for _, value in VALUES.values() for layer in layers(1, chance)])
    found = hits(*requests)
    assert len(found) == len(VALUES) * len(WRAP)
    assert not [hit for hit in found for _, value in VALUES.values() if value.lower() in repr(hit).lower()]


def test_both_halves_of_a_position_count_together() -> None:
    planted = PlantedValues([PlantedValue("position", "place", "54.6871,25.2801")])
    both = hits({"body": b'{"lat":54.6871,"lon":25.280}'}, planted=planted)
    assert [(hit.address, hit.form, hit.bits) for hit in both] == [
        ("body:json:/lat", "latitude, 4 decimals", 38),
        ("body:json:/lon", "longitude, 3 decimals", 38),
    ]
    assert hits({"body": b'{"lat":54.6871}'}, planted=planted) == []
    assert hits({"body": b'{"lat":54.6871}'}, {"body": b'{"lon":25.2801}'}, planted=planted) == []


def test_the_same_log_gives_the_same_rows() -> None:
    requests = sent([value.encode() for _, value in VALUES.values()])
    assert hits(*requests) == hits(*requests)


NOISE = random.Random(7).randbytes(64)


@pytest.mark.parametrize(
    ("body", "count"),
    [
        (base64.b64encode(NOISE), 1),
        (json.dumps({"d": base64.b64encode(NOISE).decode(), "t": "text"}).encode(), 1),
        (base64.b64encode(NOISE[:47]), 0),
        (NOISE.hex().encode(), 1),
        (base64.b64encode(gzip.compress(b"velvet kestrel harbour " * 9, mtime=0)), 0),
        (b"velvet kestrel harbour " * 9, 0),
        (hashlib.sha256(b"x").hexdigest().encode(), 0),
        (json.dumps({"d": base64.b64encode(b"velvet kestrel harbour " * 9).decode()}).encode(), 0),
    ],
)
def test_values_that_no_decoder_undoes_are_counted_and_never_passed_over(body: bytes, count: int) -> None:
    request = exchange(url="https://a.example.test/", headers=[], body=body)
    har = open_har(BufferSource(log(browser(request))))
    lost = [row for row in find_planted_hits(har, planted=PLANTED) if isinstance(row, NotFollowed)]
    assert [(row.what, row.count) for row in lost] == [(OPAQUE, count)] * bool(count)


def test_a_value_in_very_many_places_of_one_request_is_found_in_each() -> None:
    body = json.dumps([{"id": VALUES["ad id"][1]}] * 20_000).encode()
    found = hits({"headers": [], "body": body})
    assert len({hit.address for hit in found}) == len(found) == 20_000
