"""One entry of an HTTP archive, read with tolerance for what exporters leave out or write in their own way.

Source: HTTP Archive 1.2 (HAR 1.2 Spec, Jan Odvarko), sections entries to timings; dialects as written by browsers,
Charles, mitmproxy and others. What is missing stays missing: nothing is filled in by guess.
"""

import base64
import binascii
import ipaddress
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

import msgspec

from assay.model import text as found
from assay.model.canonical import LARGEST


class HarRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What the handset sent, as recorded."""

    method: str
    url: str
    headers: tuple[tuple[str, str], ...]
    cookies: tuple[tuple[str, str], ...]
    media: str
    """Media type of the body as stated; empty where not stated."""
    body: bytes
    recorded: bool
    """Whether the body is in the archive; false also where there was none."""
    size: int | None
    """Length of the body in bytes, of the recorded body where there is one, else as stated; None where unknown."""
    form: tuple[tuple[str, str], ...]
    """Fields of the body recorded apart from it."""
    frames: tuple[bytes, ...]
    """Payloads sent over a WebSocket."""


class HarResponse(msgspec.Struct, frozen=True, kw_only=True):
    """What came back, as recorded."""

    status: int | None
    headers: tuple[tuple[str, str], ...]
    media: str
    body: bytes
    recorded: bool
    size: int | None


class HarEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One request with its answer; `number` is its position in the archive, from 0."""

    number: int
    started: str
    """RFC 3339 UTC, whole seconds; empty where no time with an offset from UTC is recorded."""
    address: str
    """Server's IP address in canonical form; empty where not recorded."""
    app: str
    request: HarRequest
    response: HarResponse
    oddities: tuple[str, ...]
    """What was wrong or missing, one phrase each."""


class BrokenEntry(Exception):
    """Nothing of an entry can be read."""


def read_entry(number: int, value: object) -> HarEntry:
    """Read one member of ``log.entries``. Raises: BrokenEntry where there is no request with a URL."""
    entry = _mapping(value)
    if not entry:
        raise BrokenEntry("is not an object with members")
    odd: list[str] = []
    request = _request(entry, odd)
    return HarEntry(
        number=number,
        started=_started(entry, odd),
        address=_address(entry, odd),
        app=_first(entry, _APP),
        request=request,
        response=_response(entry, odd),
        oddities=tuple(odd),
    )


_APP = ("_app", "_package", "_packageName", "_appPackage", "_process")
"""Where exporters name the sending app; the specification has no such member."""
_ADDRESS = ("serverIPAddress", "_serverIPAddress", "_ip", "_serverAddress", "_remoteAddress", "_remoteIPAddress")
"""Where exporters write the server's address. ``connection`` is a name or either side's port: never used."""
_UNKNOWN = frozenset({"", "-", "unknown", "0.0.0.0", "::"})  # noqa: S104 - compared, never bound


def _request(entry: Mapping[str, object], odd: list[str]) -> HarRequest:
    request = _mapping(entry.get("request"))
    url = _text(request.get("url"))
    if not url:
        raise BrokenEntry("has no request with a URL")
    post = _mapping(request.get("postData"))
    body, recorded = _body(post, "the request's body", odd)
    headers = _pairs(request.get("headers"))
    return HarRequest(
        method=_text(request.get("method")),
        url=url,
        headers=headers,
        cookies=_pairs(request.get("cookies")),
        media=_text(post.get("mimeType")) or _header(headers, "content-type"),
        body=body,
        recorded=recorded,
        size=len(body) if recorded else _size(request.get("bodySize")),
        form=() if recorded else _pairs(post.get("params")),
        frames=tuple(_frames(entry.get("_webSocketMessages"), odd)),
    )


def _response(entry: Mapping[str, object], odd: list[str]) -> HarResponse:
    response = _mapping(entry.get("response"))
    content = _mapping(response.get("content"))
    body, recorded = _body(content, "the answer's body", odd)
    headers = _pairs(response.get("headers"))
    stated = _size(content.get("size"))
    return HarResponse(
        status=_size(response.get("status")) or None,
        headers=headers,
        media=_text(content.get("mimeType")) or _header(headers, "content-type"),
        body=body,
        recorded=recorded,
        size=len(body) if recorded else _size(response.get("bodySize")) if stated is None else stated,
    )


def _body(holder: Mapping[str, object], what: str, odd: list[str]) -> tuple[bytes, bool]:
    """Return (body, whether one is recorded). Text stands for its UTF-8, as the archive is UTF-8 itself."""
    text = holder.get("text")
    if type(text) is not str or not text:
        return b"", False
    encoding = _text(holder.get("encoding") or holder.get("_encoding")).lower()
    if encoding == "base64":
        return _from_base64(text, what, odd)
    if encoding and encoding not in {"utf-8", "utf8"}:
        odd.append(f"{what} is stated to be in encoding {encoding!r}, which is not known, and is taken as text")
    return _bytes(text), True


def _from_base64(text: str, what: str, odd: list[str]) -> tuple[bytes, bool]:
    try:
        return base64.b64decode("".join(text.split()), validate=True), True
    except (binascii.Error, ValueError):
        odd.append(f"{what} is stated to be base64 and is not")
        return b"", False


def _bytes(text: str) -> bytes:
    """Return the bytes of a text that may be kept as found (`assay.model.text`)."""
    try:
        return found.to_bytes(text)
    except ValueError:
        return text.encode("utf-8", "surrogatepass")


def _frames(messages: object, odd: list[str]) -> Iterator[bytes]:
    """Yield what the handset sent; binary payloads (opcode 2) stand in base64 (as Chromium writes them)."""
    for message in map(_mapping, messages if isinstance(messages, list) else ()):
        if _text(message.get("type")).lower() not in {"send", "request"}:
            continue
        data = _text(message.get("data"))
        if _size(message.get("opcode")) == 2:
            yield _from_base64(data, "a binary WebSocket payload", odd)[0]
        else:
            yield _bytes(data)


def _started(entry: Mapping[str, object], odd: list[str]) -> str:
    """Return the start in UTC. A time without its offset from UTC could be any hour: it is not used."""
    text = _text(entry.get("startedDateTime"))
    if not text:
        odd.append("no time is recorded")
        return ""
    try:
        moment = datetime.fromisoformat(text.strip())
        if moment.tzinfo is not None:
            return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"
        odd.append("the recorded time has no offset from UTC")
    except (ValueError, OverflowError):
        odd.append("the recorded time is not one of ISO 8601")
    return ""


def _address(entry: Mapping[str, object], odd: list[str]) -> str:
    text = _first(entry, _ADDRESS).strip().removeprefix("[").partition("]")[0]
    if text in _UNKNOWN:
        return ""
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        odd.append("the server's address is not an IP address")
        return ""
    return str(getattr(address, "ipv4_mapped", None) or address)


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _text(value: object) -> str:
    return value if type(value) is str else ""  # a number with a fraction is a text of its own type


def _first(holder: Mapping[str, object], names: tuple[str, ...]) -> str:
    return next((text for text in (_text(holder.get(name)) for name in names) if text), "")


def _size(value: object) -> int | None:
    """Return a number as stated, also where it stands in quotes; negative ones mean unknown."""
    if type(value) is str and value.isascii() and value.isdigit():
        value = int(value[:18])
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < LARGEST else None


def _pairs(value: object) -> tuple[tuple[str, str], ...]:
    """Return names and values from a list of objects, or from one object as some exporters write it."""
    if isinstance(value, Mapping):
        return tuple((name, _text(text)) for name, text in value.items())
    items = map(_mapping, value if isinstance(value, list) else ())
    return tuple((_text(item.get("name")), _text(item.get("value"))) for item in items if item)


def _header(headers: tuple[tuple[str, str], ...], name: str) -> str:
    return next((value for key, value in headers if key.lower() == name), "")
