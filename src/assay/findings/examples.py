"""The examples of a rule, run: rows become tables, and what the rule finds is held against what it says it finds."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa

from assay.findings.case_tables import CASE_TABLES
from assay.findings.database import Database
from assay.findings.evaluate import findings_of
from assay.findings.rulebook import Rule
from assay.model.errors import RulebookError
from assay.vocabulary import TABLES
from assay.vocabulary.arrow import schema

HANDSET = "North"
"""The handset of a row that names none."""

Rows = Mapping[str, Sequence[Mapping[str, Any]]]


def failures(rule: Rule) -> Iterator[str]:
    """Yield a sentence for each example that does not find what it says. Raises: RulebookError."""
    for example in rule.examples:
        findings = list(findings_of(rule, database_of(rule, example.rows)))
        found = sorted(finding.subject for finding in findings)
        if found != sorted(example.finds):
            yield f"{rule.id}: {example.says}: finds {found}, not {sorted(example.finds)}"
        grades = sorted({str(finding.grade) for finding in findings})
        if example.grade and grades != [example.grade]:
            yield f"{rule.id}: {example.says}: grades {grades}, not {example.grade}"


def database_of(rule: Rule, rows: Rows) -> Database:
    """Return the database of an example.

    A row of a fact table may name its `handset` (else North), its `artefact` (else one of its handset) and its `fact`
    (else the table's name and the row's number). Artefacts lie in the handsets of their rows, at a locator and a path
    made of their name, unless rows of `occurrence` say where. Raises: RulebookError, and KeyError for an
    occurrence without artefact.
    """
    listed = {table: [dict(row) for row in of] for table, of in rows.items()}
    if unknown := sorted(set(listed) - set(TABLES) - set(CASE_TABLES)):
        raise RulebookError(f"{rule.id}.toml", f"no table {', '.join(unknown)}", "See docs/reference for the tables.")
    placed = [_placed(table, number, row) for table in TABLES for number, row in enumerate(listed.get(table, []))]
    occurrences = listed.setdefault("occurrence", [])
    for row in occurrences:
        row.setdefault("handset", HANDSET)
    stated = {(row["artefact"], row["handset"]) for row in occurrences}
    places = {(row["artefact"], row.pop("handset")) for row in placed}
    occurrences.extend(
        {"artefact": artefact, "handset": handset, "locator": artefact, "path": artefact}
        for artefact, handset in sorted(places - stated)
    )
    return Database.over({table: _table(rule, table, of) for table, of in listed.items()})


def _placed(table: str, number: int, row: dict[str, Any]) -> dict[str, Any]:
    row.setdefault("handset", HANDSET)
    row.setdefault("artefact", f"artefact-of-{row['handset']}")
    row.setdefault("fact", f"f-{table}-{number}")
    row.setdefault("analyser", "example@1")
    return row


def _table(rule: Rule, table: str, rows: list[dict[str, Any]]) -> pa.Table:
    shape = schema(TABLES[table]) if table in TABLES else CASE_TABLES[table]
    for row in rows:
        if unknown := sorted(set(row) - set(shape.names)):
            raise RulebookError(f"{rule.id}.toml", f"no column {', '.join(unknown)} in {table}", "See docs/reference.")
    columns = {field.name: [row.get(field.name, _empty(field)) for row in rows] for field in shape}
    try:
        return pa.table(columns, schema=shape)
    except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
        raise RulebookError(f"{rule.id}.toml", f"a row of {table}: {error}", "Correct the example.") from None


def _empty(field: pa.Field) -> object:
    if pa.types.is_list(field.type):
        return []
    if field.type == pa.string():
        return ""
    if field.nullable:
        return None
    return False if pa.types.is_boolean(field.type) else 0
