"""From a claim, a finding, a fact, a list or an artefact down to the bytes, and how to check it with standard tools."""

import shlex
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

import msgspec

from assay.engine import recipes
from assay.engine.eyes import Eyes
from assay.engine.java_view import java_lines
from assay.engine.story import told
from assay.engine.tables import CaseTables
from assay.engine.witnesses import witnesses
from assay.evidence.case_folder import CaseFolder
from assay.findings.database import MAX_ROWS
from assay.model.case import Occurrence
from assay.model.errors import UsageError
from assay.model.locator import Locator, parse_place
from assay.model.text import show
from assay.reports.results import CaseResults
from assay.reports.sections.comparisons import comparison
from assay.vocabulary import TABLES, columns

PLACES = 8
"""Places of an artefact that are listed before the rest is counted."""
TERMS = 12
FACTS = 6
LINES = 12
_OCCURRENCES = "SELECT artefact, handset, locator, path FROM occurrence ORDER BY ALL"
_WHICH_TABLE = " UNION ".join(
    f"SELECT fact, '{table}' AS fact_table FROM \"{table}\" WHERE fact IN (SELECT unnest($1))"  # noqa: S608 - our own names
    for table in TABLES
)


class Explainer:
    """Explains ids of one case, as lines of text."""

    def __init__(self, case: CaseFolder, results: CaseResults, eyes: Eyes, *, java: bool = False) -> None:
        """Take the case, the results of its last run, and who looks at evidence; `java`: with a Java-like view."""
        self._case = case
        self._results = results
        self._eyes = eyes
        self._java = java

    def explain(self, name: str) -> Iterator[str]:
        """Yield lines about a claim, rule, finding (w-), fact (f-), list (L-), comparison (c-), artefact or locator.

        Raises: UsageError when nothing in the case has this name.
        """
        ways = (self._claims, self._rules, self._findings, self._facts, self._lists, self._comparisons, self._artefacts)
        for way in ways:
            lines = list(way(name))
            if lines:
                yield from map(show, lines)
                return
        raise UsageError(name, "nothing in this case has this id", "Take one from the report, or see findings.jsonl.")

    def _claims(self, name: str) -> Iterator[str]:
        verdicts = [verdict for verdict in self._results.verdicts if verdict.claim == name]
        claims = [claim for claim in self._results.claims if claim.id == name]
        for claim in claims:
            yield f"{claim.id}   {claim.who}, {claim.when}, {claim.strength}"
            yield f"  “{claim.wording}”"
        for verdict in verdicts:
            yield ""
            yield f"  {show(verdict.handset) or 'all handsets'}: {verdict.standing}"
            yield from (f"    because {show(reason)}" for reason in verdict.reasons)
            yield from (f"    not examined: {show(one)}" for one in verdict.not_examined)
            yield from (f"    would change it: {show(one)}" for one in verdict.would_change)
            for evidence in verdict.evidence:
                yield from ("    " + line for line in self._findings(evidence))

    def _rules(self, name: str) -> Iterator[str]:
        for rule in self._results.rules:
            if rule.id == name:
                yield f"{rule.id}: {rule.question}"
                yield f"  does not show: {rule.does_not_show}"
                for finding in self._results.findings:
                    if finding.rule == name:
                        yield f"  {finding.id}  {show(finding.handset)}: {show(finding.subject)}  {finding.grade}"

    def _findings(self, name: str) -> Iterator[str]:
        titles = {rule.id: rule for rule in self._results.rules}
        for finding in self._results.findings:
            if finding.id == name:
                rule = titles[finding.rule]
                under = f" under {finding.profile}" if finding.profile else ""
                yield f"{finding.id}  {show(finding.handset)} {rule.title}: {show(finding.subject)}"
                yield f"  grade: {finding.grade}{under}"
                yield f"  rule {rule.id}: {rule.question}"
                yield from (f"  {key}: {show(value)}" for key, value in sorted(finding.detail.items()))
                yield f"  does not show: {rule.does_not_show}"
                for fact in finding.facts[:FACTS]:
                    yield ""
                    yield from ("  " + line for line in self._facts(fact, finding.handset))
                if len(finding.facts) > FACTS:
                    yield f"  and {len(finding.facts) - FACTS} facts more, listed in findings.jsonl"

    def _facts(self, name: str, handset: str = "") -> Iterator[str]:
        if not name.startswith("f-"):
            return
        table = self._cited.get(name) or self._tables([name]).get(name)
        if table is None:
            return
        sql = f'SELECT DISTINCT * EXCLUDE (handset) FROM "{table}" WHERE fact = ?'  # noqa: S608 - our own names
        row = self._results.database.query(sql, [name])[0]
        yield f"{name}  {table}, seen by {row['analyser']}"
        for column in columns(TABLES[table]):
            yield f"  {column.name}: {_value(row[column.name])}"
        yield from self._place(str(row["artefact"]), str(row["place"]), handset)
        if table == "trial_result":
            yield from self._steps(str(row["artefact"]), str(row["trial"]))

    @cached_property
    def _cited(self) -> Mapping[str, str]:
        """The tables of all facts that are shown with findings: one look passes over all rows, so it is made once."""
        return self._tables({fact for finding in self._results.findings for fact in finding.facts[:FACTS]})

    def _tables(self, facts: Iterable[str]) -> Mapping[str, str]:
        found = self._results.database.query(f"{_WHICH_TABLE} LIMIT {MAX_ROWS}", [sorted(facts)])
        return {str(row["fact"]): str(row["fact_table"]) for row in found}

    def _steps(self, artefact: str, trial: str) -> Iterator[str]:
        sql = "SELECT DISTINCT * EXCLUDE (handset) FROM trial_step WHERE artefact = ? AND trial = ? ORDER BY number"
        yield "  the run, step by step"
        for step in self._results.database.query(sql, [artefact, trial]):
            entered = f" “{show(str(step['input']))}”" if step["input"] else ""
            yield f"    {step['number']} {step['role']}: {show(str(step['action']))}{entered} → {step['outcome']}"
            for name in filter(None, (step["screen"], step["log"])):
                yield from (f"        {line}" for line in self._beside(artefact, str(name)))

    def _beside(self, artefact: str, name: str) -> Iterator[str]:
        """Yield the lines of a small text that lies beside an artefact; its name is compared, never opened."""
        for occurrence in self._case_tables.occurrences(artefact)[:1]:
            found = self._case_tables.beside(occurrence, name)
            text = self._case_tables.text(found) if found else None
            yield f"{show(name)}:" if text is not None else f"{show(name)}: not in this case"
            yield from (f"  {show(line)}" for line in (text or "").splitlines()[:LINES])

    @cached_property
    def _case_tables(self) -> CaseTables:
        occurrences = tuple(msgspec.convert(row, Occurrence) for row in self._results.database.query(_OCCURRENCES))
        return CaseTables((), {}, occurrences, self._results.handsets, self._read)

    def _read(self, sha256: str) -> bytes | None:
        where = self._where(sha256)
        return self._eyes.text(Locator.parse(str(where[0]["locator"]))) if where else None

    def _place(self, artefact: str, place: str, handset: str) -> Iterator[str]:
        where = sorted(self._where(artefact), key=lambda row: row["handset"] != handset)
        yield from (f"  {line}" for line in _listed(where))
        if not where:
            return
        locator = Locator.parse(str(where[0]["locator"]))
        at = parse_place(place) if place else None
        seen = self._eyes.look(locator, place, code=self._java)
        yield from (f"    {line}" for line in (*seen.lines, *(java_lines(seen.code) if seen.code else ())))
        exhibit = str(self._case.store.path(locator.exhibit))
        yield f"  check it yourself: {recipes.check(exhibit, locator, seen.bytes or at)}"

    def _where(self, artefact: str) -> list[dict[str, Any]]:
        sql = "SELECT handset, locator, path FROM occurrence WHERE artefact = ? ORDER BY handset, locator, path"
        return self._results.database.query(sql, [artefact])

    def _lists(self, name: str) -> Iterator[str]:
        if not name.startswith("L-"):
            return
        database = self._results.database
        carriers = database.query("SELECT * FROM term_list WHERE list_id = ? ORDER BY handset, artefact, place", [name])
        if not carriers:
            return
        yield f"{name}  a list of {carriers[0]['entries']} records, {carriers[0]['unique']} unique in normal form"
        counts = database.query(
            "SELECT DISTINCT rule, count FROM census WHERE list_id = ? ORDER BY rule, count", [name]
        )
        yield from (f"  counted as {row['rule']}: {row['count']}" for row in counts)
        for row in carriers:
            yield f"  {show(str(row['handset']))}: {row['carrier']} {show(str(row['name']))}  {row['fact']}"
        sql = "SELECT DISTINCT ordinal, text FROM term WHERE list_id = ? ORDER BY ordinal, text LIMIT ?"
        terms = database.query(sql, [name, TERMS])
        yield "  begins: " + " · ".join(show(str(row["text"])) for row in terms)

    def _comparisons(self, name: str) -> Iterator[str]:
        if not name.startswith("c-"):
            return
        views = comparison(self._results.database, name)
        for view in views:
            yield from told(view)
            yield from ("  " + line for line in self._facts(view.fact))
        for witness in witnesses(self._results.database, name):
            yield f"  its witness, in {witness.artefact}"
            yield from (f"    {line}" for line in witness.lines())
        sql = "SELECT DISTINCT reason FROM unfollowed_edge WHERE comparison = ? AND costs = 'witness' ORDER BY reason"
        yield from (f"  no witness of {row['reason']}" for row in self._results.database.query(sql, [name]))
        if views:
            case = shlex.quote(str(self._case.root))
            yield f"  check its witness again: assay verify-witness {case} {name} --export witness.json"

    def _artefacts(self, name: str) -> Iterator[str]:
        sha256 = self._at(name) if "!" in name else name
        found = self._results.database.query("SELECT * FROM artefact WHERE sha256 = ?", [sha256])
        for row in found:
            yield f"{row['sha256']}  {row['kind']}, {row['size']} bytes"
            yield from (f"  {line}" for line in _listed(self._where(sha256)))
            sql = "SELECT analyser, outcome, reason FROM coverage WHERE artefact = ? ORDER BY analyser"
            for one in self._results.database.query(sql, [sha256]):
                yield f"  {one['analyser']}: {one['outcome']} {show(str(one['reason']))}".rstrip()
            sql = "SELECT part, what, instead FROM problem WHERE artefact = ? ORDER BY part, what, instead"
            for one in self._results.database.query(sql, [sha256]):
                yield f"  problem met by {one['part']}: {show(str(one['what']))}; {show(str(one['instead']))}"

    def _at(self, locator: str) -> str:
        body = locator.partition("@")[0]
        rows = self._results.database.query("SELECT DISTINCT artefact FROM occurrence WHERE locator = ?", [body])
        return str(rows[0]["artefact"]) if rows else ""


def _listed(where: list[dict[str, Any]]) -> Iterator[str]:
    for row in where[:PLACES]:
        yield f"in {show(str(row['handset']))}: {show(str(row['path']))}  {row['locator']}"
    if len(where) > PLACES:
        yield f"and in {len(where) - PLACES} places more"


def _value(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(show(str(item)) for item in value) or "none"
    return "unknown" if value is None else show(str(value)) or "empty"
