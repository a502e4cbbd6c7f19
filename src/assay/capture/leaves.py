"""A request to its leaves: every value with the address at which it stands in the message.

Addresses: ``host`` · ``path:3`` (third segment) · ``query:aid`` · ``header:User-Agent`` · ``cookie:sid`` · ``body``
· ``body:json:/events/0/id`` · ``body:form:name`` · ``body:multipart:name`` · ``frame:0|json:/id`` (WebSocket).
Values are bytes as they stand there: a query or form still percent-encoded, JSON strings without their escapes.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Protocol
from urllib.parse import urlsplit

from assay.encodings.peel import Peeled, peel
from assay.encodings.structure import Leaf, fields, multipart_leaves, open_structure
from assay.model.coverage import NotFollowed

MAX_LEAVES = 200_000
"""Most leaves of one request."""

_BOUNDARY = re.compile(r"""multipart/[^;]+;.*?boundary=(?:"([^"]+)"|([^;\s]+))""", re.IGNORECASE | re.DOTALL)
_FORM = "application/x-www-form-urlencoded"


class Request(Protocol):
    """What a request must tell to be opened."""

    @property
    def url(self) -> str:
        """The URL in full, as recorded."""

    @property
    def headers(self) -> Sequence[tuple[str, str]]:
        """Names and values in the order of the message; a name may stand twice."""

    @property
    def cookies(self) -> Sequence[tuple[str, str]]:
        """Cookies recorded apart; used where no Cookie header is recorded."""

    @property
    def media(self) -> str:
        """Media type of the body as stated, with its parameters."""

    @property
    def body(self) -> bytes:
        """The body; empty where there is none or none was recorded."""

    @property
    def form(self) -> Sequence[tuple[str, str]]:
        """Fields of the body recorded apart; used where the body itself is not recorded."""

    @property
    def frames(self) -> Sequence[bytes]:
        """Payloads that the handset sent over a WebSocket opened by this request."""


def leaves(request: Request) -> Iterator[Leaf | NotFollowed]:
    """Yield the leaves of a request: URL, headers, cookies, body, frames, in this order, at most `MAX_LEAVES`."""
    every = _every_leaf(request)
    yield from islice(every, MAX_LEAVES)
    if next(every, None) is not None:
        yield NotFollowed(f"requests with more than {MAX_LEAVES} values", 1)


def _every_leaf(request: Request) -> Iterator[Leaf]:
    yield from _url_leaves(request.url)
    yield from _header_leaves(request)
    yield from _body_leaves(request)
    for number, frame in enumerate(request.frames):
        yield Leaf(f"frame:{number}", frame, "frame")


def _url_leaves(url: str) -> Iterator[Leaf]:
    try:
        parts = urlsplit(url)
    except ValueError:
        yield Leaf("url", _raw(url), "url")
        return
    user, at, host = parts.netloc.rpartition("@")
    if at:
        yield Leaf("user", _raw(user), "user")
    yield Leaf("host", _raw(host), "host")
    for number, segment in enumerate(parts.path.split("/")[1:], start=1):
        if segment:
            yield Leaf(f"path:{number}", _raw(segment), str(number))
    if parts.query:
        yield from fields(_raw(parts.query), b"&", "query")


def _header_leaves(request: Request) -> Iterator[Leaf]:
    """Yield headers and cookies; HTTP/2's ``:path`` and its like repeat the URL and are left out."""
    told = False
    for name, value in request.headers:
        if name.lower() == "cookie":
            told = True
            yield from fields(_raw(value), b";", "cookie")
        elif not name.startswith(":"):
            yield Leaf(f"header:{name}", _raw(value), name)
    if not told:
        yield from _pairs("cookie", request.cookies)


def peeled_leaves(request: Request) -> Iterator[Peeled | NotFollowed]:
    """Yield every leaf of a request with all that lies behind its wrappings, and counts of what was not followed."""
    for leaf in leaves(request):
        if isinstance(leaf, NotFollowed):
            yield leaf
        else:
            yield from peel(leaf)


def _body_leaves(request: Request) -> Iterator[Leaf]:
    if not request.body:
        yield from _pairs("body:form", request.form)
        return
    opened = False
    for leaf in _opened(request.media, request.body):
        opened = True
        yield Leaf(f"body:{leaf.address}", leaf.data, leaf.name)
    if not opened:
        yield Leaf("body", request.body, "body")


def _opened(media: str, body: bytes) -> Iterator[Leaf]:
    """Yield the leaves of a body: by its stated media type where that says how, else by what it looks like."""
    if boundary := _BOUNDARY.match(media):
        yield from multipart_leaves(body, _raw(boundary[1] or boundary[2]))
    elif media.lower().startswith(_FORM) and body.isascii() and not body.lstrip().startswith((b"{", b"[")):
        yield from fields(body.strip(), b"&", "form")
    else:
        yield from open_structure(body)


def _pairs(scheme: str, pairs: Sequence[tuple[str, str]]) -> Iterator[Leaf]:
    for name, value in pairs:
        yield Leaf(f"{scheme}:{name}", _raw(value), name)


def _raw(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
