"""The secrets of one start of the server, and the addresses by which it may be called."""

import secrets
from typing import Self

import msgspec

LOOPBACK = "127.0.0.1"
NAMES = (LOOPBACK, "localhost", "[::1]")
"""What a browser on this machine may call it; any other name is a page elsewhere that was pointed here."""
SECRET_BYTES = 32


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """One start of the server: who has the token gets the cookie, and who has the cookie gets pages."""

    port: int
    token: str
    cookie: str

    @classmethod
    def begin(cls, port: int) -> Self:
        """Draw new secrets."""
        return cls(port=port, token=secrets.token_urlsafe(SECRET_BYTES), cookie=secrets.token_urlsafe(SECRET_BYTES))

    @property
    def start_path(self) -> str:
        """The path that hands out the cookie."""
        return f"/start/{self.token}"

    @property
    def start_url(self) -> str:
        """The address to open."""
        return f"http://{LOOPBACK}:{self.port}{self.start_path}"

    @property
    def cookie_name(self) -> str:
        """The name of the cookie; browsers do not keep ports apart, so it carries the port."""
        return f"assay-{self.port}"

    @property
    def set_cookie(self) -> str:
        """The value of the Set-Cookie header (RFC 6265bis); without Secure, because loopback has no TLS."""
        return f"{self.cookie_name}={self.cookie}; HttpOnly; SameSite=Strict; Path=/"

    def is_start(self, path: str) -> bool:
        """Say whether this is the path with the token, in constant time."""
        return secrets.compare_digest(path.encode("utf-8", "replace"), self.start_path.encode("ascii"))

    def admits(self, cookies: str) -> bool:
        """Say whether a Cookie header carries this session's cookie, in constant time for its value."""
        values = [one.strip().partition("=") for one in cookies.split(";")]
        given = [value for name, _, value in values if name == self.cookie_name]
        return any(secrets.compare_digest(value.encode("latin-1", "replace"), self.cookie.encode()) for value in given)

    def is_host(self, host: str) -> bool:
        """Say whether a Host header names this server."""
        return host in self._hosts()

    def is_origin(self, origin: str) -> bool:
        """Say whether an Origin header names this server."""
        return origin in {f"http://{host}" for host in self._hosts()}

    def _hosts(self) -> set[str]:
        return {f"{name}:{self.port}" for name in NAMES}
