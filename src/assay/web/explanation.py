"""The lines that explain an id, made ready for a page: ids lead on, text of the evidence cannot reorder a line."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from urllib.parse import quote

import msgspec
from markupsafe import Markup

from assay.model.text import show
from assay.reports.results import CaseResults

MAX_LINES = 2_000
"""Most lines of a page; the rest is counted on the command line."""
MAX_CHARACTERS = 4_000
"""Most characters of a line."""

_BY_CONTENT = r"[wfL]-[0-9a-f]{16}(?![0-9a-zA-Z])"
_PLACED = r"[0-9a-f]{64}(?![0-9a-zA-Z])(?:![a-z][a-z0-9_-]*:[\x22-$&-?A-~%]*)*"
_NAMED = r"[a-z0-9][a-z0-9-]*/[a-z0-9][a-z0-9-]*"
_ID = re.compile(rf"(?<![0-9A-Za-z/!:-])(?:{_BY_CONTENT}|{_PLACED}|{_NAMED})")
"""An id of a finding, fact or list; a sha256 or locator (`assay.model.locator`); the name of a claim or rule."""
_LEFTWARD = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff"
_RUN = re.compile(f"[{_LEFTWARD}](?: ?(?:[0-9]+ ?)?[{_LEFTWARD}])*")
"""Words written from right to left, with single spaces and numbers between them (Unicode, UAX 9)."""
_LEADING = re.compile(r" *")


class Line(msgspec.Struct, frozen=True):
    """A line as a page prints it; `depth` counts the steps by which it is moved in."""

    depth: int
    text: Markup


def known_ids(results: CaseResults) -> frozenset[str]:
    """Return what can be explained for certain: claims, rules, findings, lists and artefacts."""
    declared = {one.id for some in (results.claims, results.rules, results.findings) for one in some}
    sql = "SELECT sha256 AS id FROM artefact UNION SELECT list_id AS id FROM term_list"
    return frozenset(declared | {str(row["id"]) for row in results.database.query(sql)})


def address(name: str) -> str:
    """Return the path of the page that explains a name."""
    return f"/explain/{quote(name, safe='' if '!' in name else '/')}"


def lines(found: Iterable[str], known: frozenset[str]) -> Iterator[Line]:
    """Yield at most `MAX_LINES` lines, and one that says so where there are more."""
    rest = iter(found)
    for line in islice(rest, MAX_LINES):
        yield _line(line, known)
    if next(rest, None) is not None:
        yield Line(0, Markup("… more lines than a page holds: <code>assay explain</code> prints all of them"))


def _line(line: str, known: frozenset[str]) -> Line:
    leading = _LEADING.match(line)
    spaces = leading.end() if leading else 0
    body = show(line[spaces:])
    text = body if len(body) <= MAX_CHARACTERS else body[:MAX_CHARACTERS] + " …"
    return Line(min(spaces // 2, 6), Markup().join(_linked(text, known)))


def _linked(text: str, known: frozenset[str]) -> Iterator[Markup]:
    end = 0
    for match in _ID.finditer(text):
        name = match[0]
        if not name.startswith("f-") and name.partition("!")[0] not in known:
            continue
        yield _isolated(text[end : match.start()])
        yield Markup('<a class="place" href="{}">{}</a>').format(address(name), name)
        end = match.end()
    yield _isolated(text[end:])


def _isolated(text: str) -> Markup:
    """Return text escaped, each run of letters from right to left kept from moving what stands beside it."""
    parts: list[Markup] = []
    end = 0
    for match in _RUN.finditer(text):
        parts += [Markup.escape(text[end : match.start()]), Markup("<bdi>{}</bdi>").format(match[0])]
        end = match.end()
    return Markup().join([*parts, Markup.escape(text[end:])])
