"""Three dialects of HAR 1.2, after what browsers, Charles and mitmproxy write."""

import base64
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from urllib.parse import quote

from tests.specimens.evidence.exchange import Exchange

DAY = "2021-09-21"
AGENT = "Mozilla/5.0 (Linux; Android 10; Specimen) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/93.0.0.0 Mobile"
REASONS = {200: "OK", 204: "No Content", 302: "Found", 304: "Not Modified", 404: "Not Found"}

Pairs = list[dict[str, str]]
Document = dict[str, object]


def moment(exchange: Exchange) -> datetime:
    return datetime.fromisoformat(f"{DAY}T{exchange.at}+00:00").astimezone(UTC)


def pairs(values: tuple[tuple[str, str], ...]) -> Pairs:
    return [{"name": name, "value": value} for name, value in values]


def encoded(values: tuple[tuple[str, str], ...]) -> Pairs:
    return [{"name": name, "value": quote(value, safe="")} for name, value in values]


def cookie_header(exchange: Exchange) -> tuple[tuple[str, str], ...]:
    text = "; ".join(f"{name}={value}" for name, value in exchange.cookies)
    return (("Cookie", text),) if text else ()


def content(exchange: Exchange) -> Document:
    body = exchange.answer.encode()
    document: Document = {"size": len(body), "mimeType": exchange.answer_mime}
    if exchange.answer_base64:
        return document | {"text": base64.b64encode(body).decode(), "encoding": "base64"}
    return document | {"text": exchange.answer} if body else document


def request(exchange: Exchange, version: str, headers: tuple[tuple[str, str], ...], post: Document | None) -> Document:
    document: Document = {
        "method": exchange.method,
        "url": exchange.url,
        "httpVersion": version,
        "headers": pairs(headers + exchange.headers + cookie_header(exchange)),
        "queryString": pairs(exchange.query),
        "cookies": pairs(exchange.cookies),
        "headersSize": -1,
        "bodySize": len(exchange.body.text.encode()) if exchange.body else 0,
    }
    return document | ({"postData": post} if post else {})


def response(exchange: Exchange, version: str) -> Document:
    return {
        "status": exchange.status,
        "statusText": REASONS[exchange.status],
        "httpVersion": version,
        "headers": pairs((("Content-Type", exchange.answer_mime), ("Server", "specimen"))),
        "cookies": [],
        "content": content(exchange),
        "redirectURL": "",
        "headersSize": -1,
        "bodySize": len(exchange.answer.encode()),
    }


def browser_entry(exchange: Exchange) -> Document:
    """As a browser's developer tools: names of HTTP/2, query left encoded, IPv6 in brackets, form text and params."""
    post: Document | None = None
    if exchange.body:
        post = {"mimeType": exchange.body.mime, "text": exchange.body.text}
        post |= {"params": encoded(exchange.body.form)} if exchange.body.form else {}
    pseudo = ((":authority", exchange.host.name), (":method", exchange.method), ("user-agent", AGENT))
    asked = request(exchange, "http/2.0", pseudo, post) | {"queryString": encoded(exchange.query)}
    address = f"[{exchange.host.address}]" if ":" in exchange.host.address else exchange.host.address
    return {
        "_initiator": {"type": "other"},
        "_priority": "High",
        "_resourceType": "fetch",
        "cache": {},
        "connection": "443",
        "pageref": "page_1",
        "request": asked,
        "response": response(exchange, "http/2.0")
        | {"_transferSize": len(exchange.answer.encode()) + 120, "_error": None},
        "serverIPAddress": address,
        "startedDateTime": moment(exchange).strftime("%Y-%m-%dT%H:%M:%S.") + exchange.at[-3:] + "Z",
        "time": 41.30000000000001,
        "timings": {"blocked": 1.2, "dns": -1, "ssl": -1, "connect": -1, "send": 0.1, "wait": 38.0, "receive": 2.0},
    }


def charles_entry(exchange: Exchange) -> Document:
    """As Charles: local time with offset, and a form only as params, without its text."""
    post: Document | None = None
    if exchange.body:
        form = exchange.body.form
        post = {"mimeType": exchange.body.mime}
        post |= {"params": pairs(form)} if form else {"text": exchange.body.text}
    local = moment(exchange).astimezone(timezone(timedelta(hours=3)))
    return {
        "startedDateTime": local.isoformat(timespec="milliseconds"),
        "time": 52,
        "request": request(exchange, "HTTP/1.1", (("Host", exchange.host.name), ("User-Agent", "okhttp/4.9.1")), post),
        "response": response(exchange, "HTTP/1.1"),
        "cache": {},
        "timings": {"dns": 3, "connect": 9, "ssl": -1, "send": 1, "wait": 30, "receive": 9},
        "serverIPAddress": exchange.host.address,
    }


def mitmproxy_entry(exchange: Exchange) -> Document:
    """As mitmproxy: microseconds, empty params beside the text of every body."""
    post: Document | None = None
    if exchange.body:
        post = {"mimeType": exchange.body.mime, "text": exchange.body.text, "params": []}
    return {
        "startedDateTime": moment(exchange).isoformat(timespec="microseconds"),
        "time": 63,
        "request": request(exchange, "HTTP/1.1", (("Host", exchange.host.name), ("User-Agent", "Dalvik/2.1.0")), post),
        "response": response(exchange, "HTTP/1.1"),
        "cache": {},
        "timings": {"connect": 12, "ssl": 20, "send": 1, "receive": 5, "wait": 25},
        "serverIPAddress": exchange.host.address,
    }


BROWSER: Document = {"creator": {"name": "WebInspector", "version": "537.36"}}
CHARLES: Document = {"creator": {"name": "Charles Proxy", "version": "4.6.2"}}
MITMPROXY: Document = {"creator": {"name": "mitmproxy har_dump", "version": "0.1", "comment": "mitmproxy 7.0.2"}}
PAGE: Document = {"id": "page_1", "title": "specimen", "startedDateTime": f"{DAY}T10:00:00.000Z", "pageTimings": {}}


def har(head: Document, entry: Callable[[Exchange], Document], exchanges: list[Exchange], indent: int | None) -> bytes:
    log: Document = {"version": "1.2"} | head | {"entries": [entry(exchange) for exchange in exchanges]}
    return (json.dumps({"log": log}, ensure_ascii=False, indent=indent) + "\n").encode()


def browser(exchanges: list[Exchange]) -> bytes:
    return har(BROWSER | {"pages": [PAGE]}, browser_entry, exchanges, 2)


def charles(exchanges: list[Exchange]) -> bytes:
    return har(CHARLES, charles_entry, exchanges, None)


def mitmproxy(exchanges: list[Exchange]) -> bytes:
    return har(MITMPROXY, mitmproxy_entry, exchanges, 4)
