"""The Arrow form of the fact tables, derived from the records. Columns: fact, artefact, analyser, then the record's."""

from collections.abc import Iterable
from typing import Any

import pyarrow as pa

from assay.vocabulary.fact import Fact, Located, TableColumn, columns

IDENTITY = ("fact", "artefact", "analyser")
"""Columns that every fact table has before its own."""

_TYPES: dict[str, pa.DataType] = {
    "text": pa.string(),
    "integer": pa.int64(),
    "boolean": pa.bool_(),
    "list of text": pa.list_(pa.string()),
}


def schema(record: type[Fact]) -> pa.Schema:
    """Return the Arrow schema of a fact table; integers are signed 64-bit, text is UTF-8."""
    identity = [pa.field(name, pa.string(), nullable=False) for name in IDENTITY]
    return pa.schema([*identity, *map(_field, columns(record))])


def _field(column: TableColumn) -> pa.Field:
    return pa.field(column.name, _TYPES[column.type], nullable=column.nullable)


def table(record: type[Fact], rows: Iterable[Located[Any]]) -> pa.Table:
    """Return the rows as an Arrow table in the order given. Raises: pyarrow.ArrowInvalid for a value out of range."""
    listed = list(rows)
    shape = schema(record)
    data: dict[str, list[object]] = {
        "fact": [row.fact for row in listed],
        "artefact": [row.artefact for row in listed],
        "analyser": [row.analyser for row in listed],
    }
    for name in record.__struct_fields__:
        data[name] = [getattr(row.row, name) for row in listed]
    return pa.table(data, schema=shape)


def located(record: type[Fact], rows: pa.Table) -> list[Located[Any]]:
    """Return the rows of an Arrow table as records: the inverse of `table`."""
    return [_located(record, row) for row in rows.to_pylist()]


def _located(record: type[Fact], row: dict[str, Any]) -> Located[Any]:
    values = {name: row[name] for name in record.__struct_fields__}
    values = {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
    return Located(row["fact"], row["artefact"], row["analyser"], record(**values))
