"""The report as one self-contained HTML file: no request, readable without JavaScript, by keyboard and in print."""

import base64
import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from assay.model.text import show
from assay.reference.countries import Countries
from assay.registry import reporter
from assay.reports import marks
from assay.reports.front import front_table
from assay.reports.results import CaseResults
from assay.reports.sections import (
    claims,
    code,
    comparisons,
    differences,
    examined,
    findings,
    handsets,
    lists,
    mechanisms,
    method,
    transfers,
)


@reporter(
    name="html",
    describes="The report for people: one file, to be read from any disk.",
    blind_to=(
        f"findings of a rule beyond the first {findings.SHOWN} rows, which stand in findings.jsonl",
        f"lists beyond the {lists.LISTS_SHOWN} longest, and entries beyond the first {lists.SHOWN}, in facts.jsonl",
        f"comparisons beyond the first {comparisons.SHOWN}, which stand in facts.jsonl",
        f"libraries in the code beyond the {code.SDKS_SHOWN} largest, which stand in facts.jsonl",
        f"recipients beyond the first {transfers.SHOWN}, which stand in transfers.csv",
        f"places of a problem beyond the first {examined.SHOWN}, which stand in problems.jsonl",
    ),
)
def html(results: CaseResults) -> Mapping[str, bytes]:
    """Return ``index.html``."""
    sheet = Markup(style())  # noqa: S704 - our own style sheet
    page = (
        _environment()
        .get_template("page.html.j2")
        .render(**_sections(results), style=sheet, style_hash=style_hash(), results=results)
    )
    return {"index.html": page.encode("utf-8")}


def _sections(results: CaseResults) -> dict[str, object]:
    names = tuple(handset.name for handset in results.handsets)
    word_lists = lists.lists(results.database)
    found = findings.findings(results)
    return {
        "front": front_table(results),
        "letter": claims.letter(results),
        "book": claims.claim_book(results),
        "properties": handsets.properties(results.handsets),
        "packages": handsets.packages(results.database, names),
        "transfers": transfers.transfers(results.database, names),
        "most_recipients": transfers.SHOWN,
        "lists": word_lists,
        "list_ids": frozenset(one.list_id for one in word_lists.lists),
        "comparisons": comparisons.comparisons(results.database),
        "most": comparisons.MOST,
        "code": code.code(results.database, names),
        "found": found,
        "known": findings.printed_ids(found),
        "claim_ids": frozenset(claim.id for claim in results.claims),
        "quiet": findings.quiet_rules(results),
        "examined": examined.examined(results),
        "mechanisms": mechanisms.mechanism_views(results.findings),
        "differences": differences.differences(results),
        "signs": marks.STANDING_SIGNS,
        "standing_meanings": marks.STANDING_MEANINGS,
        "grade_meanings": marks.GRADE_MEANINGS,
        "run": method.run_groups(results.run),
    }


@cache
def style() -> str:
    """Return the style sheet of the report."""
    return (files("assay.reports") / "templates" / "report.css").read_text(encoding="utf-8")


@cache
def style_hash() -> str:
    """Return the sha256 of the style sheet in base64, as a content security policy names it."""
    return base64.b64encode(hashlib.sha256(style().encode("utf-8")).digest()).decode("ascii")


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("assay.reports", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finished,
    )
    made.filters |= {
        "evidence": _evidence,
        "anchor": _anchor,
        "prose": _prose,
        "opening": _opening,
        "country": _country,
        "thousands": _thousands,
    }
    return made


def _finished(value: object) -> object:
    """Show control and bidirectional characters in every text that is printed, ours or not."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return show(value)
    return value


def _evidence(text: str) -> Markup:
    """Return text of the evidence, escaped, shown, and isolated from the direction of the text around it."""
    return Markup('<bdi class="found">{}</bdi>').format(show(text)) if text else Markup("")


def _anchor(identifier: str) -> str:
    """Return an id without white space; different ids stay different."""
    return quote(identifier, safe="/.-")


def _prose(text: str) -> str:
    """Return a text of a data file with its line breaks as spaces."""
    return " ".join(text.split())


def _country(code: str) -> str:
    """Return ``Singapore (SG)``; a code that stands for no country as it is."""
    name = _countries().name(code)
    return code if name == code else f"{name} ({code})"


@cache
def _countries() -> Countries:
    return Countries.parse((files("assay") / "data" / "reference" / "countries.toml").read_text(encoding="utf-8"))


def _opening(text: str) -> str:
    """Return a sentence with a capital first letter, its rest as it was."""
    return text[:1].upper() + text[1:]


def _thousands(count: int) -> str:
    return f"{count:,}"
