"""One request with its answer, and the planted values it carries by design."""

import json
from dataclasses import dataclass, field
from urllib.parse import quote

from tests.specimens.evidence.places import Host


@dataclass(frozen=True)
class Hit:
    """A planted value in a request: its kind, where it stands, and its wrappings from the outside in."""

    kind: str
    place: str
    chain: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Body:
    mime: str
    text: str
    form: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Exchange:
    at: str
    """UTC time of day on the day of the capture, HH:MM:SS.mmm."""
    host: Host
    path: str
    method: str = "GET"
    scheme: str = "https"
    query: tuple[tuple[str, str], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    cookies: tuple[tuple[str, str], ...] = ()
    body: Body | None = None
    status: int = 200
    answer: str = ""
    answer_mime: str = "application/json"
    answer_base64: bool = False
    hits: tuple[Hit, ...] = field(default=())

    @property
    def url(self) -> str:
        query = "&".join(f"{name}={quote(value, safe='')}" for name, value in self.query)
        return f"{self.scheme}://{self.host.name}{self.path}" + (f"?{query}" if query else "")


def json_body(document: object) -> Body:
    return Body(mime="application/json; charset=utf-8", text=compact(document))


def form_body(*fields: tuple[str, str]) -> Body:
    text = "&".join(f"{name}={quote(value, safe='')}" for name, value in fields)
    return Body(mime="application/x-www-form-urlencoded", text=text, form=fields)


def compact(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))
