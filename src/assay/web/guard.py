"""What stands before every page: who may ask, from where, for how much, and the headers of every answer."""

from collections.abc import MutableMapping
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assay.web.pages import failure, policy
from assay.web.session import Session

METHODS = ("GET", "HEAD")
MAX_TARGET_BYTES = 4096
"""Most bytes of a request's path and query together, as they came."""
MAX_HEAD_BYTES = 16 * 1024
"""Most bytes of the names and values of a request's headers together."""
HEADERS = {
    "Content-Security-Policy": policy(),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), usb=()",
}
"""On every answer, whatever it is."""


class Guard:
    """An ASGI application around another one: refuses what is not from the person at this machine."""

    def __init__(self, app: ASGIApp, session: Session) -> None:
        """Take what is guarded and the secrets of this start."""
        self._app = app
        self._session = session

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; anything that is not HTTP is closed."""
        if scope["type"] == "http":
            await (self._refusal(scope) or self._app)(scope, receive, _with_headers(send))
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        return self._misdirected(headers) or self._unusable(scope) or self._stranger(headers) or self._let_in(scope)

    def _misdirected(self, headers: Headers) -> Response | None:
        hosts = headers.getlist("host")
        return None if len(hosts) == 1 and self._session.is_host(hosts[0]) else failure(421)

    @staticmethod
    def _unusable(scope: Scope) -> Response | None:
        if scope["method"] not in METHODS:
            refused = failure(405)
            refused.headers["Allow"] = ", ".join(METHODS)
            return refused
        if _target_bytes(scope) > MAX_TARGET_BYTES:
            return failure(414)
        return failure(431) if _head_bytes(scope) > MAX_HEAD_BYTES else None

    def _stranger(self, headers: Headers) -> Response | None:
        """Refuse what another page asks for, another port of this machine included (Fetch Metadata)."""
        origins, sites = headers.getlist("origin"), headers.getlist("sec-fetch-site")
        own = all(map(self._session.is_origin, origins)) and all(site in {"none", "same-origin"} for site in sites)
        return None if own else failure(403)

    def _let_in(self, scope: Scope) -> Response | None:
        if self._session.is_start(scope["path"]):
            return RedirectResponse("/", 303, {"Set-Cookie": self._session.set_cookie})
        return None if self._session.admits("; ".join(Headers(scope=scope).getlist("cookie"))) else failure(403)


def _target_bytes(scope: MutableMapping[str, Any]) -> int:
    path: bytes = scope.get("raw_path") or scope["path"].encode("utf-8")
    return len(path) + len(scope["query_string"])


def _head_bytes(scope: MutableMapping[str, Any]) -> int:
    return sum(len(name) + len(value) for name, value in scope["headers"])


def _with_headers(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            message.setdefault("headers", [])
            MutableHeaders(scope=message).update(HEADERS)
        await send(message)

    return sent
