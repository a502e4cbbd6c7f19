"""The verdict table: one row a question, one cell a handset, computed from findings, verdicts and coverage alone.

The rows are data (``data/report/front.toml``). A cell without a finding reads "none found" where an analyser that
fills one of the row's tables looked at artefacts of that handset, and "not examined" where none did: a table that no
part of the bench fills leaves its rows "not examined" everywhere.
"""

import tomllib
from collections.abc import Iterable
from importlib.resources import files

import msgspec

from assay.model.finding import Finding
from assay.model.verdict import Verdict
from assay.reports.results import CaseResults

NOT_EXAMINED = "not examined"
NONE_FOUND = "none found"

_LOOKED = """
SELECT o.handset, split_part(c.analyser, '@', 1) AS analyser, count(DISTINCT c.artefact) AS artefacts
FROM coverage c JOIN occurrence o USING (artefact) WHERE c.outcome = 'looked' GROUP BY o.handset, analyser
"""


class RowSpec(msgspec.Struct, frozen=True, kw_only=True):
    """A row as data: what its cells show, from which rules or claim, and which tables an examination of it fills.

    `shows`: ``count`` distinct subjects of the findings, or values of `detail` in them · ``grade`` the highest ·
    ``yes`` where there is one · ``detail`` the distinct values of `detail` · ``standing`` of the claim. `note` is a
    query of at most one row with one text.
    """

    label: str
    shows: str
    rules: tuple[str, ...] = ()
    detail: str = ""
    claim: str = ""
    tables: tuple[str, ...] = ()
    under: bool = False
    note: str = ""


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """What a row says of a handset, with the ids of the findings that carry it; `blank` where nothing does."""

    text: str
    evidence: tuple[str, ...] = ()
    blank: bool = False


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One question; `under` where it refines the row above."""

    label: str
    cells: tuple[Cell, ...]
    under: bool
    note: str


class FrontTable(msgspec.Struct, frozen=True, kw_only=True):
    """The verdict table of a case."""

    handsets: tuple[str, ...]
    rows: tuple[Row, ...]
    footnote: str


class _Specification(msgspec.Struct, frozen=True, kw_only=True):
    footnote: str
    row: tuple[RowSpec, ...]


def front_table(results: CaseResults) -> FrontTable:
    """Return the verdict table of the case."""
    specification = _specification()
    looked = _looked(results)
    rows = tuple(_row(spec, results, looked) for spec in specification.row)
    names = tuple(handset.name for handset in results.handsets)
    return FrontTable(handsets=names, rows=rows, footnote=specification.footnote)


def row_specs() -> tuple[RowSpec, ...]:
    """Return the rows as the data file states them."""
    return _specification().row


def _specification() -> _Specification:
    raw = (files("assay") / "data" / "report" / "front.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(raw), _Specification)


def _looked(results: CaseResults) -> set[tuple[str, str]]:
    """Return (handset, table) for every table that an analyser could have filled from that handset's artefacts."""
    emits = {part.name: part.emits for part in results.parts if part.sort in ("analyser", "joiner")}
    return {
        (str(row["handset"]), table)
        for row in results.database.query(_LOOKED)
        for table in emits.get(str(row["analyser"]), ())
    }


def _row(spec: RowSpec, results: CaseResults, looked: set[tuple[str, str]]) -> Row:
    cells = tuple(_cell(spec, results, handset.name, looked) for handset in results.handsets)
    return Row(label=spec.label, cells=cells, under=spec.under, note=_note(spec, results))


def _note(spec: RowSpec, results: CaseResults) -> str:
    rows = results.database.query(spec.note) if spec.note else []
    return str(rows[0]["note"]) if rows else ""


def _cell(spec: RowSpec, results: CaseResults, handset: str, looked: set[tuple[str, str]]) -> Cell:
    if spec.claim:
        return _standing(spec.claim, handset, results.verdicts)
    held = [one for one in results.findings if one.rule in spec.rules and one.handset == handset]
    if held:
        evidence = tuple(sorted({one.id for one in held}))
        return Cell(text=_SHOWS[spec.shows](held, spec), evidence=evidence)
    seen = any((handset, table) in looked for table in spec.tables)
    return Cell(text=NONE_FOUND if seen else NOT_EXAMINED, blank=True)


def _standing(claim: str, handset: str, verdicts: Iterable[Verdict]) -> Cell:
    for verdict in verdicts:
        if verdict.claim == claim and verdict.handset == handset:
            return Cell(text=str(verdict.standing), evidence=verdict.evidence, blank=not verdict.evidence)
    return Cell(text="no verdict", blank=True)


def _count(held: list[Finding], spec: RowSpec) -> str:
    return str(len({one.detail.get(spec.detail, "") if spec.detail else one.subject for one in held}))


def _grade(held: list[Finding], _: RowSpec) -> str:
    return str(max(one.grade for one in held))


def _yes(_: list[Finding], __: RowSpec) -> str:
    return "yes"


def _detail(held: list[Finding], spec: RowSpec) -> str:
    return ", ".join(sorted({one.detail[spec.detail] for one in held if one.detail.get(spec.detail)}))


_SHOWS = {"count": _count, "grade": _grade, "yes": _yes, "detail": _detail}
