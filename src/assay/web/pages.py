"""How the served pages are made: the templates of this folder in the report's style, and their policy."""

import base64
import hashlib
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse

from assay.model.text import show
from assay.reports.html import style, style_hash

FAILURES = {
    403: ("Not from here", "Open the address that assay serve printed when it was started."),
    404: ("Nothing by this name", "Take an id or a file from the report."),
    405: ("Pages can only be read", "There is nothing here that could be changed."),
    414: ("The address is too long", "Take an id or a file from the report."),
    421: ("Not the name of this server", "Open the address that assay serve printed when it was started."),
    431: ("The request is too long", "Open the address that assay serve printed when it was started."),
    500: ("This failed", "It is a fault of ours; the terminal in which assay serve runs says which."),
}
"""Title and next step by status. Nothing of the request is repeated."""


@cache
def policy() -> str:
    """Return the content security policy of every answer (CSP level 3): our style, no script, no request."""
    return (
        f"default-src 'none'; style-src 'sha256-{style_hash()}' 'sha256-{_own_style_hash()}'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    )


def page(template: str, status: int = 200, **values: object) -> HTMLResponse:
    """Return a page made from a template of this folder; every value is escaped and shown."""
    styles = {"style": Markup(style()), "own_style": Markup(_own_style())}  # noqa: S704 - our own style sheets
    return HTMLResponse(_environment().get_template(template).render(**values, **styles), status)


def failure(status: int) -> HTMLResponse:
    """Return the page of a status of `FAILURES`."""
    title, advice = FAILURES[status]
    return page("failure.html.j2", status, title=title, advice=advice)


@cache
def _own_style() -> str:
    return (files("assay.web") / "templates" / "pages.css").read_text(encoding="utf-8")


@cache
def _own_style_hash() -> str:
    return base64.b64encode(hashlib.sha256(_own_style().encode("utf-8")).digest()).decode("ascii")


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("assay.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finished,
    )


def _finished(value: object) -> object:
    """Show control and bidirectional characters in every text that is printed, ours or not."""
    return show(value) if isinstance(value, str) and not isinstance(value, Markup) else value
