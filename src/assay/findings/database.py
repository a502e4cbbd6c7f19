"""The fact tables of a case as a read-only SQL database in memory.

Nothing in a query can reach a file, a socket, an extension or a Python value. One thread, UTC, limits on memory and
rows: the same facts and the same query give the same answer on any machine.
"""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Self, TypeAlias

import duckdb
import pyarrow as pa
import pyarrow.dataset

from assay.findings.case_tables import CASE_TABLES
from assay.findings.compared import COMPARED, LISTS
from assay.findings.supplied import SUPPLIED, SUPPLY, SUPPLY_GATE
from assay.model.errors import UsageError
from assay.vocabulary import TABLES
from assay.vocabulary.arrow import schema

Segments: TypeAlias = pa.Table | Sequence[object]
"""The rows of a table: in memory, or the paths of Parquet files of one schema."""

MAX_ROWS = 1_000_000
"""Most rows that one query may return."""
MAX_MEMORY_MIB = 1024
"""Most memory that a query may use, in MiB; nothing is spilled to disk."""

_SETTINGS = (
    "SET threads = 1",
    "SET TimeZone = 'UTC'",
    "SET python_enable_replacements = false",
    "SET autoinstall_known_extensions = false",
    "SET autoload_known_extensions = false",
    "SET max_temp_directory_size = '0KB'",
    f"SET memory_limit = '{MAX_MEMORY_MIB}MiB'",
    "SET enable_external_access = false",
    "SET lock_configuration = true",
)
_HOME = "CREATE TABLE assay_home AS SELECT DISTINCT artefact, handset FROM occurrence"
_PACKAGE_CONTENT = """
CREATE VIEW package_content AS
WITH split AS (SELECT artefact, handset, split(locator, '!') AS steps FROM occurrence),
outer_locators AS (
    SELECT artefact, handset, unnest([array_to_string(steps[1:n], '!') FOR n IN range(1, len(steps) + 1)]) AS locator
    FROM split
)
SELECT DISTINCT inner_one.artefact, inner_one.handset, p.package, p.version_name, p.version_code, p.fact AS package_fact
FROM outer_locators inner_one
JOIN occurrence o ON o.locator = inner_one.locator AND o.handset = inner_one.handset
JOIN package p ON p.artefact = o.artefact AND p.handset = o.handset
WHERE NOT contains(o.locator, '!har:')
"""
_ON_PHONE = """
CREATE VIEW on_phone AS
WITH folders AS (
    SELECT DISTINCT m.handset, regexp_replace(m.path, '[^/]*$', '') AS folder
    FROM snapshot s JOIN occurrence m ON m.artefact = s.artefact AND m.handset = s.handset
),
records AS (
    SELECT m.handset, regexp_replace(m.path, '[^/]*$', '') || unnest([t.screen, t.log]) AS path
    FROM trial_step t JOIN occurrence m ON m.artefact = t.artefact AND m.handset = t.handset
)
SELECT o.artefact, o.handset, o.locator, o.path
FROM occurrence o
WHERE NOT contains(o.locator, '!har:') AND (o.handset, regexp_replace(o.path, '[^/]*$', '')) NOT IN (
    SELECT (handset, folder) FROM folders
) AND (o.handset, o.path) NOT IN (SELECT (handset, path) FROM records)
"""
_NOT_A_SELECT = {"not implemented": "this is no SELECT, and the facts of a case can only be read"}
"""What is said of a statement that parses and is none; a parser's own words are kept for the rest."""
_NEXT = "See `assay query --help` for the tables and their columns"


class Database:
    """Views over the facts of a case.

    Each fact table's view has the columns fact, artefact, analyser, place and handset (one row for each fact and
    handset in which its artefact occurs), then the record's own. Beside them stand handset, occurrence, artefact,
    coverage and problem (`assay.findings.case_tables`), and package_content: the package that an artefact is or lies in
    (artefact, handset, package, version_name, version_code, package_fact), and on_phone: the occurrences that are
    neither an answer in a capture, nor in a folder of snapshots, nor a screen or log of a trial, and compared: each
    comparison under each profile assumed (`assay.findings.compared`), and supply and supplied: the lists that apps hand
    to comparisons of others (`assay.findings.supplied`). A table without rows is an empty view, never
    missing.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Take a connection on which the views stand; `over` makes one."""
        self._connection = connection

    @classmethod
    def over(cls, tables: Mapping[str, Segments]) -> Self:
        """Build the views. Raises: ValueError for a table that is not in the vocabulary."""
        if unknown := sorted(set(tables) - set(TABLES) - set(CASE_TABLES)):
            msg = f"no such table: {', '.join(unknown)}"
            raise ValueError(msg)
        connection = duckdb.connect(":memory:")
        for name, shape in CASE_TABLES.items():
            connection.register(name, _rows(tables.get(name), shape))
        connection.execute(_HOME)
        for name, record in TABLES.items():
            connection.register(f"assay_{name}", _rows(tables.get(name), schema(record)))
            connection.execute(_view(name, schema(record)))
        connection.execute(_PACKAGE_CONTENT)
        for view in (_ON_PHONE, SUPPLY, SUPPLIED, SUPPLY_GATE, LISTS, COMPARED):
            connection.execute(view)
        for setting in _SETTINGS:
            connection.execute(setting)
        return cls(connection)

    def query(self, sql: str, parameters: Sequence[object] = (), max_rows: int = MAX_ROWS) -> list[dict[str, object]]:
        """Return the rows of one SELECT; without an ORDER BY of its own they come in the order of their printed form.

        Raises: UsageError for anything but one SELECT, a failing query, or more than `max_rows` rows.
        """
        ordered = self._inspect(sql)
        names, values = self._fetch(sql, parameters, max_rows)
        if len(values) > max_rows:
            raise UsageError("query", f"more than {max_rows} rows", "Narrow it, or add LIMIT")
        if len(set(names)) < len(names):
            raise UsageError("query", "two columns have the same name", "Name them apart with AS")
        rows = [dict(zip(names, row, strict=True)) for row in values]
        return rows if ordered else sorted(rows, key=lambda row: [repr(value) for value in row.values()])

    def columns(self, sql: str) -> tuple[str, ...]:
        """Return the names of the columns that the query gives. Raises: UsageError as `query` does."""
        self._inspect(sql)
        return tuple(self._fetch(sql, (), 0)[0])

    def _inspect(self, sql: str) -> bool:
        found = self._connection.execute("SELECT json_serialize_sql(?)", [sql]).fetchone()
        tree = json.loads(found[0]) if found else {}
        if tree.get("error"):
            raise UsageError("query", _NOT_A_SELECT.get(tree["error_type"], tree["error_message"].rstrip("!.")), _NEXT)
        if len(tree["statements"]) != 1:
            raise UsageError("query", f"{len(tree['statements'])} statements instead of one SELECT", _NEXT)
        return any(modifier["type"] == "ORDER_MODIFIER" for modifier in tree["statements"][0]["node"]["modifiers"])

    def _fetch(
        self, sql: str, parameters: Sequence[object], max_rows: int
    ) -> tuple[list[str], list[tuple[object, ...]]]:
        self._connection.execute("BEGIN TRANSACTION READ ONLY")
        try:
            result = self._connection.execute(sql, list(parameters))
            return [column[0] for column in result.description or ()], result.fetchmany(max_rows + 1)
        except duckdb.Error as error:
            raise UsageError("query", str(error).split("\n\n", 1)[0], _NEXT) from error
        finally:
            with suppress(duckdb.Error):
                self._connection.execute("ROLLBACK")


def _rows(given: Segments | None, shape: pa.Schema) -> object:
    if not isinstance(given, Sequence):
        return shape.empty_table() if given is None else given
    return pyarrow.dataset.dataset([str(path) for path in given], schema=shape, format="parquet")


def _view(name: str, shape: pa.Schema) -> str:
    own = [column for column in shape.names if column not in ("fact", "artefact", "analyser", "place")]
    listed = ", ".join(["f.fact", "f.artefact", "f.analyser", "f.place", "h.handset", *(f'f."{one}"' for one in own)])
    return f'CREATE VIEW "{name}" AS SELECT {listed} FROM "assay_{name}" f JOIN assay_home h USING (artefact)'  # noqa: S608 - names of our own vocabulary
