"""``assay query``: SQL over the facts of a case."""

import csv
import sys
from pathlib import Path

import click

from assay.cli.options import CASE, JSON
from assay.cli.printing import say
from assay.engine import judging, work
from assay.evidence.case_folder import CaseFolder
from assay.findings.case_tables import CASE_TABLES
from assay.model import canonical, text
from assay.vocabulary import TABLES

JOINED = ("package_content", "on_phone", "compared_list", "compared")
"""Views over several tables, see `assay.findings.database`."""


@click.command(short_help="SQL over the facts of a case.")
@CASE
@click.argument("sql", required=False)
@click.option("--limit", type=click.IntRange(1), default=1000, show_default=True, help="Most rows that are printed.")
@JSON
def query(case: Path, sql: str | None, limit: int, as_json: bool) -> None:  # noqa: FBT001
    r"""Ask the fact tables of a case with one read-only SELECT (DuckDB); without SQL, list the tables.

    Every fact table has fact, artefact, analyser, place and handset before its own columns; what each column means
    stands in docs/reference/fact-tables.md.

    \b
    assay query case "SELECT handset, package, version_name FROM package ORDER BY ALL"
    assay query case "SELECT host, count(*) AS n FROM transfer GROUP BY host" --json
    assay query case
    """
    folder = CaseFolder.open(case)
    database = judging.database(judging.stated(folder, work.run_record(folder)))
    if sql is None:
        for name in (*TABLES, *CASE_TABLES, *JOINED):
            columns = database.columns(f'SELECT * FROM "{name}"')  # noqa: S608 - names of our own vocabulary
            say(as_json, {"table": name, "columns": columns}, f"{name}: {', '.join(columns)}")
        return
    found = database.query(sql)
    rows = found[:limit]
    if len(rows) < len(found):
        sys.stderr.write(f"The first {limit} of {len(found)} rows; --limit {len(found)} prints all.\n")
    _print(rows, as_json=as_json)


def _print(rows: list[dict[str, object]], *, as_json: bool) -> None:
    if as_json:
        sys.stdout.buffer.write(canonical.lines([{name: _plain(value) for name, value in row.items()} for row in rows]))
        return
    writer = csv.writer(sys.stdout, delimiter="\t", lineterminator="\n")
    if rows:
        writer.writerow(rows[0])
    writer.writerows([[text.show(str(_plain(value))) for value in row.values()] for row in rows])


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, (bool, int, str, list, dict, tuple)) else str(value)
