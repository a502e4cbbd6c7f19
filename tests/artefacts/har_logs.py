"""HTTP archives as different exporters write them, made without the product."""

import base64
import json
from collections.abc import Callable
from typing import Any

Exchange = dict[str, Any]


def exchange(**changes: Any) -> Exchange:
    """One request as it happened, whatever an exporter makes of it."""
    plain: Exchange = {
        "time": "2021-09-21T10:00:01",
        "method": "POST",
        "url": "https://collect.example.test/v1/events?d=%7B%7D&w=1080",
        "headers": [("Content-Type", "application/json"), ("Cookie", "sid=7; uid=9"), ("User-Agent", "Specimen")],
        "body": b'{"events":[{"id":"a"}]}',
        "status": 200,
        "answer_type": "application/json; charset=utf-8",
        "answer": b'{"words":["kestrel"]}',
        "address": "192.0.2.21",
    }
    return plain | changes


def _pairs(pairs: list[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in pairs]


def browser(each: Exchange) -> dict[str, Any]:
    """A browser: milliseconds and Z, IPv6 in brackets, a port as the connection, sizes of -1."""
    address = f"[{each['address']}]" if ":" in each["address"] else each["address"]
    return {
        "startedDateTime": each["time"] + ".123Z",
        "time": 41.3,
        "connection": "443",
        "serverIPAddress": address,
        "request": {
            "method": each["method"],
            "url": each["url"],
            "headers": _pairs([(":authority", "collect.example.test"), *each["headers"]]),
            "cookies": _pairs([("sid", "7"), ("uid", "9")]),
            "queryString": _pairs([("d", "%7B%7D"), ("w", "1080")]),
            "headersSize": -1,
            "bodySize": len(each["body"]),
            "postData": {"mimeType": "application/json", "text": each["body"].decode()},
        },
        "response": {
            "status": each["status"],
            "headers": [],
            "content": {"size": len(each["answer"]), "mimeType": each["answer_type"], "text": each["answer"].decode()},
            "bodySize": -1,
        },
        "timings": {},
    }


def charles(each: Exchange) -> dict[str, Any]:
    """A desktop proxy: local time with an offset, answers in base64, numbers in quotes."""
    entry = browser(each)
    entry["startedDateTime"] = each["time"].replace("T10:", "T13:") + ".1234567+03:00"
    content = entry["response"]["content"]
    content |= {"text": base64.b64encode(each["answer"]).decode(), "encoding": "base64", "size": str(content["size"])}
    return entry


def mitmproxy(each: Exchange) -> dict[str, Any]:
    """A scriptable proxy: microseconds, no cookies apart, a post body with its own encoding."""
    entry = browser(each)
    entry["startedDateTime"] = each["time"] + ".123456+00:00"
    entry["request"]["postData"] |= {
        "text": base64.b64encode(each["body"]).decode(),
        "encoding": "base64",
        "params": [],
    }
    del entry["request"]["cookies"]
    entry["_serverIPAddress"] = entry.pop("serverIPAddress")
    return entry


def sparse(each: Exchange) -> dict[str, Any]:
    """An exporter that leaves out what it can, and writes headers as one object."""
    return {
        "startedDateTime": each["time"] + "Z",
        "_ip": each["address"],
        "request": {
            "method": each["method"],
            "url": each["url"],
            "headers": dict(each["headers"]),
            "postData": {"text": each["body"].decode()},
        },
        "response": {
            "status": each["status"],
            "content": {"mimeType": each["answer_type"], "text": each["answer"].decode()},
        },
    }


DIALECTS: dict[str, Callable[[Exchange], dict[str, Any]]] = {
    "browser": browser,
    "charles": charles,
    "mitmproxy": mitmproxy,
    "sparse": sparse,
}


def log(*entries: Any) -> bytes:
    return json.dumps({"log": {"version": "1.2", "creator": {"name": "specimen"}, "entries": entries}}).encode()
