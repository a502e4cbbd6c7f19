"""The verdict table: one row a question, one cell a handset, computed from findings, verdicts and coverage alone.

The rows are data (``data/report/front.toml``). A cell without a finding reads "none found" where an analyser that
fills one of the row's tables looked at artefacts of that handset, and "not examined" where none did: a table that no
part of the bench fills leaves its rows "not examined" everywhere, and so does one that joining failed to fill.
"""

import tomllib
from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from importlib.resources import files
from itertools import product

import msgspec

from assay.model.case import Handset
from assay.model.coverage import Coverage, Outcome
from assay.model.finding import Finding
from assay.model.grade import Grade
from assay.model.verdict import Standing, Verdict
from assay.reports.results import CaseResults
from assay.verdicts.claim import Claim, Condition
from assay.verdicts.conditions import weigh

SILENT = frozenset({Standing.UNTESTED, Standing.NOT_TESTABLE, Standing.OTHER_SCOPE})
"""Standings in which no evidence of the handset had a say."""

NAMED = "named"
MOST_NAMED = 4
"""Most names in a cell or note; more are counted."""

NOT_EXAMINED = "not examined"
NONE_FOUND = "none found"

_LOOKED = """
SELECT o.handset, split_part(c.analyser, '@', 1) AS analyser, count(DISTINCT c.artefact) AS artefacts
FROM coverage c JOIN occurrence o USING (artefact) WHERE c.outcome = 'looked' GROUP BY o.handset, analyser
"""


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """What findings of some rules say in a cell, as data.

    `where`, `none_of`: conditions on their details, as in a claim. `shows`: ``count`` distinct subjects, or values of
    `detail` · ``grade`` the highest · ``yes`` · ``detail`` the distinct values of `detail` · ``named`` a short name
    for each of them, the same in the whole row, whose detail `told` stands in its note · ``says`` the words of `says`.
    """

    rules: tuple[str, ...]
    shows: str
    where: dict[str, tuple[str, ...]] = {}
    none_of: dict[str, tuple[str, ...]] = {}
    detail: str = ""
    told: str = ""
    says: str = ""

    def held(self, findings: Iterable[Finding]) -> list[Finding]:
        """Return the findings that it looks at."""
        asked = [Condition(rule=rule, where=self.where, none_of=self.none_of) for rule in self.rules]
        return [one for one in findings if any(weigh(condition, one) for condition in asked)]


class RowSpec(msgspec.Struct, frozen=True, kw_only=True):
    """A row as data: looks at findings, of which the first that sees any fills a cell, and the tables behind them.

    `note` is a query of at most one row with one text.
    """

    label: str
    look: tuple[Look, ...] = ()
    tables: tuple[str, ...] = ()
    under: bool = False
    note: str = ""


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """What a row says of a handset, with the ids of the findings that carry it; `blank` where nothing does."""

    text: str
    evidence: tuple[str, ...] = ()
    blank: bool = False


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One question; `under` where it refines the row above, `claim` where it is the standing of one."""

    label: str
    cells: tuple[Cell, ...]
    under: bool
    note: str
    claim: str = ""


class FrontTable(msgspec.Struct, frozen=True, kw_only=True):
    """The verdict table of a case."""

    handsets: tuple[str, ...]
    rows: tuple[Row, ...]
    footnote: str


class Specification(msgspec.Struct, frozen=True, kw_only=True):
    """The whole data file. `claims` are patterns of those that stand first; at most `most_claims` are shown."""

    footnote: str
    most_claims: int
    claims: tuple[str, ...]
    row: tuple[RowSpec, ...]


def front_table(results: CaseResults) -> FrontTable:
    """Return the verdict table of the case."""
    stated = specification()
    looked = _looked(results)
    rows = [_row(spec, results, looked) for spec in stated.row]
    rows += [_claim_row(claim, results) for claim in _front_claims(results, stated)]
    names = tuple(handset.name for handset in results.handsets)
    return FrontTable(handsets=names, rows=tuple(rows), footnote=stated.footnote)


def specification() -> Specification:
    """Return the table as the data file states it."""
    raw = (files("assay") / "data" / "report" / "front.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(raw), Specification)


def _looked(results: CaseResults) -> set[tuple[str, str]]:
    """Return (handset, table) for every table that an analyser could have filled from that handset's artefacts."""
    emits = {part.name: part.emits for part in results.parts if part.sort in ("analyser", "joiner")}
    return {
        (str(row["handset"]), table)
        for row in results.database.query(_LOOKED)
        for table in emits.get(str(row["analyser"]), ())
    }


def _not_joined(results: CaseResults) -> frozenset[str]:
    """Return the tables that a joiner which failed would have filled."""
    emits = {part.name: part.emits for part in results.parts if part.sort == "joiner"}
    joined = msgspec.convert(results.run.get("joiners", ()), tuple[Coverage, ...])
    failed = [one.analyser.partition("@")[0] for one in joined if one.outcome is Outcome.FAILED]
    return frozenset(table for name in failed for table in emits.get(name, ()))


def _row(spec: RowSpec, results: CaseResults, looked: set[tuple[str, str]]) -> Row:
    seen = set() if _not_joined(results).intersection(spec.tables) else looked
    own = [_own(results, handset) for handset in results.handsets]
    told = _told(spec, own)
    names = {value: f"{spec.label[:1]}{number}" for number, value in enumerate(told, start=1)}
    cells = tuple(
        _cell(spec, findings, names, seen=any((handset.name, table) in seen for table in spec.tables))
        for handset, findings in zip(results.handsets, own, strict=True)
    )
    note = _note(spec, results) or _listed(f"{names[value]}: {text or 'nothing'}" for value, text in told.items())
    return Row(label=spec.label, cells=cells, under=spec.under, note=note)


def _own(results: CaseResults, handset: Handset) -> list[Finding]:
    """Return what holds for a handset as it is: under its own profile, and what was observed under any."""
    own = [one for one in results.findings if one.handset == handset.name]
    if not handset.profile:
        return own
    return [one for one in own if one.profile in ("", handset.profile) or one.grade.low is Grade.OBSERVED]


def _told(spec: RowSpec, own: Iterable[list[Finding]]) -> dict[str, str]:
    """Return each value that the row tells by a name, with what is told of it, in the order of the handsets."""
    told: dict[str, str] = {}
    for look, found in product([one for one in spec.look if one.shows == NAMED], own):
        for finding in look.held(found):
            told.setdefault(finding.detail.get(look.detail, ""), finding.detail.get(look.told, ""))
    return told


def _listed(texts: Iterable[str]) -> str:
    told = list(texts)
    more = len(told) - MOST_NAMED
    return "; ".join(told[:MOST_NAMED]) + (f"; and {more} more" if more > 0 else "")


def _note(spec: RowSpec, results: CaseResults) -> str:
    rows = results.database.query(spec.note) if spec.note else []
    return str(rows[0]["note"]) if rows else ""


def _cell(spec: RowSpec, own: list[Finding], names: Mapping[str, str], *, seen: bool) -> Cell:
    for look in spec.look:
        if held := look.held(own):
            return Cell(text=_SHOWS[look.shows](held, look, names), evidence=_ids(held))
    return Cell(text=NONE_FOUND if seen else NOT_EXAMINED, blank=True)


def _ids(held: Iterable[Finding]) -> tuple[str, ...]:
    return tuple(sorted({one.id for one in held}))


def _front_claims(results: CaseResults, stated: Specification) -> list[Claim]:
    """Return the claims named in the data file that some handset is in the scope of, then those with a say on any."""
    own = [verdict for verdict in results.verdicts if verdict.handset]
    about = {verdict.claim for verdict in own if verdict.standing is not Standing.OTHER_SCOPE}
    decided = {verdict.claim for verdict in own if verdict.standing not in SILENT}
    named = {claim for claim in about if _place(claim, stated.claims) < len(stated.claims)}
    chosen = [claim for claim in results.claims if claim.id in decided | named]
    return sorted(chosen, key=lambda claim: (_place(claim.id, stated.claims), claim.id))[: stated.most_claims]


def _place(claim: str, patterns: tuple[str, ...]) -> int:
    return next((place for place, pattern in enumerate(patterns) if fnmatchcase(claim, pattern)), len(patterns))


def _claim_row(claim: Claim, results: CaseResults) -> Row:
    cells = tuple(_standing(claim.id, handset.name, results.verdicts) for handset in results.handsets)
    return Row(label=" ".join(claim.short.split()), cells=cells, under=False, note="", claim=claim.id)


def _standing(claim: str, handset: str, verdicts: Iterable[Verdict]) -> Cell:
    for verdict in verdicts:
        if verdict.claim == claim and verdict.handset == handset:
            return Cell(text=str(verdict.standing), evidence=verdict.evidence, blank=verdict.standing in SILENT)
    return Cell(text="no verdict", blank=True)


def _count(held: list[Finding], look: Look, _: Mapping[str, str]) -> str:
    return str(len({one.detail.get(look.detail, "") if look.detail else one.subject for one in held}))


def _grade(held: list[Finding], _: Look, __: Mapping[str, str]) -> str:
    return str(max(one.grade for one in held))


def _yes(_: list[Finding], __: Look, ___: Mapping[str, str]) -> str:
    return "yes"


def _says(_: list[Finding], look: Look, __: Mapping[str, str]) -> str:
    return look.says


def _detail(held: list[Finding], look: Look, _: Mapping[str, str]) -> str:
    return ", ".join(sorted({one.detail[look.detail] for one in held if one.detail.get(look.detail)}))


def _named(held: list[Finding], look: Look, names: Mapping[str, str]) -> str:
    own = {one.detail.get(look.detail, "") for one in held}
    if len(own) > MOST_NAMED:
        return f"{len(own)} different"
    return ", ".join(name for value, name in names.items() if value in own)


_SHOWS = {"count": _count, "grade": _grade, "yes": _yes, "says": _says, "detail": _detail, NAMED: _named}
