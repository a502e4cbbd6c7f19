"""What each handset sent on the day of the capture, with the planted values it carries by design."""

import base64
from collections.abc import Callable

from tests.specimens.evidence import bodies, dialects, places
from tests.specimens.evidence.exchange import Body, Exchange, Hit, compact, form_body, json_body
from tests.specimens.evidence.planted import EAST, NORTH, WEST, Owner

MODELS = {NORTH: "Specimen N1", WEST: "Specimen W1", EAST: "Specimen E1"}
MARKETS = {NORTH: "LT", WEST: "DE", EAST: "CN"}

Pairs = tuple[tuple[str, str], ...]


def packed(document: dict[str, str]) -> str:
    return base64.b64encode(compact(document).encode()).decode()


def device(owner: Owner, model: str) -> str:
    """Return the device profile as the telemetry app packs it; its base64 ends in padding."""
    profile = {"android_id": owner.android_id, "gaid": owner.advertising_id, "model": model, "brand": "Specimen"}
    text = profile | {"market": MARKETS[owner]}
    while not packed(text).endswith("="):
        text["model"] += "+"
    return packed(text)


def events(at: str, owner: Owner, host: places.Host, body: Body, *hits: Hit, headers: Pairs = ()) -> Exchange:
    profile = (Hit("android_id", "query", ("percent", "base64")), Hit("advertising_id", "query", ("percent", "base64")))
    return Exchange(
        at=at,
        host=host,
        path="/v1/events",
        method="POST",
        query=(("d", device(owner, MODELS[owner])),),
        body=body,
        answer='{"ok":true}',
        hits=profile + hits,
        headers=headers,
    )


def guard(at: str, version: int, market: str, answer: str, *, as_base64: bool = False) -> Exchange:
    query = (("v", str(version)), ("market", market))
    return Exchange(
        at=at, host=places.CFG, path="/guard", scheme="http", query=query, answer=answer, answer_base64=as_base64
    )


def brands(at: str) -> Exchange:
    return Exchange(at=at, host=places.ADS_CFG, path="/brands", query=(("format", "json"),), answer=bodies.brands())


def offers(at: str, advertising_id: str) -> Exchange:
    hits = (Hit("advertising_id", "query"),) if advertising_id else ()
    query = (("slots", "4"), ("aid", advertising_id))
    return Exchange(at=at, host=places.ADS, path="/feed.json", query=query, answer=bodies.OFFERS, hits=hits)


def clock(at: str) -> Exchange:
    return Exchange(at=at, host=places.TIME, path="/now", method="HEAD", status=204, answer_mime="text/plain")


def picture(at: str) -> Exchange:
    return Exchange(at=at, host=places.PICTURES, path="/kettle.png", status=304, answer_mime="image/png")


def front_page(at: str) -> Exchange:
    page = "<!doctype html><title>Example news</title><p>Nothing happened today.</p>"
    return Exchange(at=at, host=places.NEWS, path="/", answer=page, answer_mime="text/html; charset=utf-8")


def missing(at: str) -> Exchange:
    return Exchange(at=at, host=places.NEWS, path="/favicon.ico", status=404, answer="no", answer_mime="text/plain")


def north_browser() -> list[Exchange]:
    account = form_body(("email", NORTH.email), ("position", NORTH.position), ("action", "backup"))
    synced = (Hit("email", "form", ("percent",)), Hit("position", "form", ("percent",)))
    return [
        front_page("10:00:01.120"),
        missing("10:00:01.480"),
        brands("10:00:05.300"),
        offers("10:00:06.010", NORTH.advertising_id),
        picture("10:00:06.400"),
        Exchange(at="10:02:11.700", host=places.SYNC, path="/account", method="POST", body=account, hits=synced),
    ]


def north_proxy() -> list[Exchange]:
    pages = json_body({"events": [{"event": "page", "at": "1632222000000", "url": NORTH.visited_url}]})
    imei = NORTH.imei.encode().hex()
    return [
        clock("11:00:00.002"),
        guard("11:00:02.250", 0, "LT", bodies.guard_full()),
        events(
            "11:00:09.800",
            NORTH,
            places.COLLECT,
            pages,
            Hit("visited_url", "json"),
            Hit("imei", "header", ("hex",)),
            headers=(("X-Device", imei),),
        ),
    ]


def west_charles() -> list[Exchange]:
    account = form_body(("email", WEST.email), ("phone", WEST.phone_number))
    token = json_body({"token": WEST.android_id, "topics": ["weather", "clock"]})
    search = json_body({"events": [{"event": "search", "q": WEST.typed_canary}]})
    return [
        clock("08:30:00.000"),
        guard("08:30:04.111", bodies.FULL, "DE", bodies.guard_unchanged()),
        events("08:31:00.050", WEST, places.COLLECT_V6, search, Hit("typed_canary", "json")),
        Exchange(
            at="08:32:10.000",
            host=places.SYNC,
            path="/account",
            method="POST",
            body=account,
            hits=(Hit("email", "form"), Hit("phone_number", "form")),
        ),
        Exchange(
            at="08:33:00.900",
            host=places.PUSH,
            path="/register",
            method="POST",
            body=token,
            hits=(Hit("android_id", "json"),),
        ),
    ]


def west_browser() -> list[Exchange]:
    uid = base64.b64encode(WEST.advertising_id.encode()).decode()
    return [
        front_page("12:10:00.100"),
        Exchange(
            at="12:10:01.300",
            host=places.STATS,
            path="/page",
            query=(("u", WEST.visited_url), ("w", "1080")),
            status=204,
            hits=(Hit("visited_url", "query", ("percent",)),),
        ),
        Exchange(
            at="12:11:00.700",
            host=places.WEATHER,
            path="/now",
            query=(("pos", WEST.position), ("units", "metric")),
            cookies=(("uid", uid), ("theme", "dark")),
            answer='{"t":17}',
            hits=(Hit("position", "query", ("percent",)), Hit("advertising_id", "cookie", ("base64",))),
        ),
        offers("12:12:00.000", ""),
        picture("12:12:00.500"),
        brands("12:12:05.000"),
    ]


def east_proxy() -> list[Exchange]:
    network = json_body({"events": [{"event": "network", "ssid": EAST.ssid, "type": "wifi"}]})
    contact = form_body(("phone", EAST.phone_number), ("step", "2"))
    return [
        clock("02:00:00.000"),
        guard("02:00:03.000", 0, "CN", bodies.guard_full(), as_base64=True),
        events("02:01:00.000", EAST, places.COLLECT, network, Hit("ssid", "json")),
        Exchange(
            at="02:02:00.000",
            host=places.CLOUD,
            path="/activate",
            method="POST",
            headers=(("X-Account", EAST.email.encode().hex()),),
            cookies=(("device", EAST.imei),),
            body=contact,
            hits=(
                Hit("phone_number", "form", ("percent",)),
                Hit("email", "header", ("hex",)),
                Hit("imei", "cookie"),
            ),
        ),
    ]


def east_charles() -> list[Exchange]:
    return [
        brands("05:00:00.000"),
        offers("05:00:02.000", EAST.advertising_id),
        Exchange(
            at="05:01:00.000",
            host=places.SEARCH,
            path="/",
            query=(("q", EAST.typed_canary),),
            answer="<!doctype html><title>no result</title>",
            answer_mime="text/html",
            hits=(Hit("typed_canary", "query"),),
        ),
        picture("05:02:00.000"),
    ]


Dialect = Callable[[list[Exchange]], bytes]
CAPTURES: dict[str, tuple[Dialect, Callable[[], list[Exchange]]]] = {
    "north/captures/browser.har": (dialects.browser, north_browser),
    "north/captures/idle.har": (dialects.mitmproxy, north_proxy),
    "west/captures/first-hour.har": (dialects.charles, west_charles),
    "west/captures/browser.har": (dialects.browser, west_browser),
    "east/captures/first-hour.har": (dialects.mitmproxy, east_proxy),
    "east/captures/offers.har": (dialects.charles, east_charles),
}


def files() -> dict[str, bytes]:
    return {path: write(exchanges()) for path, (write, exchanges) in CAPTURES.items()}
