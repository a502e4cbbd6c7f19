"""Transfers and claims as CSV, for people who go on in a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence

from assay.model.text import show
from assay.registry import reporter
from assay.reports.results import CaseResults
from assay.reports.sections.claims import claim_views
from assay.reports.sections.transfers import RecipientRows, transfers

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""First characters by which a spreadsheet takes a cell for a formula (OWASP, CSV injection)."""

_CLAIMS = ("claim", "who", "when", "wording", "handset", "standing", "reasons", "evidence")
_TRANSFERS = (
    "data kind", "recipient", "countries", "agreement", "side of the EEA", "adequacy", "handset", "days", "requests",
)  # fmt: skip


@reporter(
    name="csv",
    describes="Claims with their standings, and transfers by recipient, as CSV.",
    blind_to=("facts other than transfers, which stand in facts.jsonl",),
)
def csv_tables(results: CaseResults) -> Mapping[str, bytes]:
    """Return ``claims.csv`` and ``transfers.csv``: UTF-8, RFC 4180, with a header line."""
    return {
        "claims.csv": _written(_CLAIMS, _claim_rows(results)),
        "transfers.csv": _written(_TRANSFERS, _transfer_rows(results)),
    }


def _claim_rows(results: CaseResults) -> Iterator[Sequence[str]]:
    for view in claim_views(results):
        claim = view.claim
        for stand in filter(None, (view.overall, *view.stands)):
            said = "; ".join(stand.verdict.reasons)
            proof = " ".join(stand.verdict.evidence)
            yield claim.id, claim.who, claim.when, claim.wording, stand.handset, str(stand.standing), said, proof


def _transfer_rows(results: CaseResults) -> Iterator[Sequence[str]]:
    names = tuple(handset.name for handset in results.handsets)
    for group in transfers(results.database, names).recipients:
        yield from _recipient_rows(group, names)


def _recipient_rows(group: RecipientRows, names: tuple[str, ...]) -> Iterator[Sequence[str]]:
    to = group.recipient
    for row in group.rows:
        for name, sent in zip(names, row.by_handset, strict=True):
            if sent is not None:
                what = (row.kind, to.host, " ".join(to.countries), to.agreement, to.in_eea, to.adequacy)
                yield *what, name, " ".join(sent.days), str(sent.requests)


def _written(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8")


def _safe(cell: str) -> str:
    """Return the cell printable, and with an apostrophe before what a spreadsheet would calculate."""
    text = show(" ".join(cell.split()) if cell.strip() else cell)
    return f"'{text}" if text.startswith(_FORMULA) else text
