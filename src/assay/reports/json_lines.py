"""Every stage as canonical JSON lines: the bytes that are digested, signed and compared in a replay."""

from collections.abc import Iterable, Iterator, Mapping

from assay.findings.database import Database
from assay.model import canonical
from assay.registry import reporter
from assay.reports.results import CaseResults
from assay.vocabulary import TABLES

STAGES = ("exhibits", "artefacts", "facts", "coverage", "problems", "findings", "verdicts")
"""The stages in the order of the work; each is a file ``<stage>.jsonl``."""

_CASE_QUERIES = {
    "artefacts": """
        SELECT a.sha256, a.size, a.kind,
               list_sort(list({'handset': o.handset, 'locator': o.locator, 'path': o.path})) AS occurrences
        FROM artefact a LEFT JOIN occurrence o ON o.artefact = a.sha256 GROUP BY a.sha256, a.size, a.kind
    """,
    "coverage": "SELECT analyser, artefact, outcome, reason, not_followed FROM coverage",
    "problems": "SELECT artefact, part, place, what, instead, cost FROM problem",
}


@reporter(
    name="json-lines",
    describes="Every stage as canonical JSON lines, for other programs, signatures and replay.",
    blind_to=("values of request parameters, which stay in the evidence",),
)
def json_lines(results: CaseResults) -> Mapping[str, bytes]:
    """Return one file a stage; lines are sorted by their bytes."""
    stages: dict[str, Iterable[object]] = {
        "exhibits": results.exhibits,
        "facts": _facts(results.database),
        "findings": results.findings,
        "verdicts": results.verdicts,
    }
    stages |= {name: results.database.query(sql) for name, sql in _CASE_QUERIES.items()}
    return {f"{name}.jsonl": _sorted_lines(stages[name]) for name in STAGES}


MOST_FACTS = 1 << 40
"""No limit of a report: every fact of the case is written, whatever their number."""


def _facts(database: Database) -> Iterator[dict[str, object]]:
    """Yield every fact once, with its table; the handset is a matter of occurrences, not of the fact."""
    for name in sorted(TABLES):
        own = ", ".join(f'"{column}"' for column in TABLES[name].__struct_fields__)
        sql = f'SELECT DISTINCT fact, artefact, analyser, {own} FROM "{name}"'  # noqa: S608 - names of our own vocabulary
        for row in database.query(sql, max_rows=MOST_FACTS):
            yield {"table": name, **row}


def _sorted_lines(rows: Iterable[object]) -> bytes:
    return b"".join(sorted(canonical.line(row) + b"\n" for row in rows))
