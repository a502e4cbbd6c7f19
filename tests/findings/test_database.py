from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from assay.findings.case_tables import CASE_TABLES
from assay.findings.database import Database
from assay.model.errors import UsageError
from assay.vocabulary import TABLES
from assay.vocabulary import columns as columns_of

A, B = "a" * 64, "b" * 64


def occurrences(*pairs: tuple[str, str]) -> pa.Table:
    rows = [{"artefact": a, "handset": h, "locator": f"{a}!zip:{n}", "path": "x"} for n, (a, h) in enumerate(pairs)]
    return pa.Table.from_pylist(rows, schema=CASE_TABLES["occurrence"])


def preferences(*rows: tuple[str, str]) -> pa.Table:
    base = {"analyser": "read_preferences@1", "place": "", "type": "string", "value": "1"}
    listed = [{**base, "fact": f"f-{n}", "artefact": a, "name": name} for n, (a, name) in enumerate(rows)]
    columns = ["fact", "artefact", "analyser", "place", "name", "type", "value"]
    return pa.table({c: pa.array([row[c] for row in listed], pa.string()) for c in columns})


@pytest.fixture
def database() -> Database:
    return Database.over(
        {
            "occurrence": occurrences((A, "North"), (A, "North"), (A, "East"), (B, "East")),
            "preference": preferences((A, "filter_on"), (B, "force_on")),
        }
    )


def test_a_fact_stands_once_for_each_handset_in_which_its_artefact_occurs(database: Database) -> None:
    rows = database.query("SELECT fact, handset, name FROM preference")
    assert rows == [
        {"fact": "f-0", "handset": "East", "name": "filter_on"},
        {"fact": "f-0", "handset": "North", "name": "filter_on"},
        {"fact": "f-1", "handset": "East", "name": "force_on"},
    ]


@pytest.mark.parametrize("name", [*TABLES, *CASE_TABLES])
def test_every_table_is_there_even_without_rows(name: str) -> None:
    assert Database.over({}).query(f'SELECT * FROM "{name}"') == []


@pytest.mark.parametrize("name", TABLES)
def test_views_have_the_columns_of_the_record(name: str) -> None:
    rows = Database.over({}).query(f'SELECT column_name AS c FROM (DESCRIBE "{name}")')
    expected = {"fact", "artefact", "analyser", "handset", *TABLES[name].__struct_fields__}
    assert {row["c"] for row in rows} == expected


def test_rows_of_parquet_segments_are_those_of_the_table_in_memory(database: Database, tmp_path: Path) -> None:
    folder = tmp_path / "case [1] * é"
    folder.mkdir()
    whole = preferences((A, "filter_on"), (B, "force_on"))
    paths = [folder / "0.parquet", folder / "1.parquet"]
    for number, path in enumerate(paths):
        pq.write_table(whole.slice(number, 1), path)
    tables = {"occurrence": occurrences((A, "North"), (A, "East"), (B, "East")), "preference": paths}
    sql = "SELECT * FROM preference"
    assert Database.over(tables).query(sql) == database.query(sql)


def test_an_order_of_the_query_is_kept(database: Database) -> None:
    rows = database.query("SELECT DISTINCT name FROM preference ORDER BY name DESC")
    assert [row["name"] for row in rows] == ["force_on", "filter_on"]


def test_parameters_are_values_never_sql(database: Database) -> None:
    sql = "SELECT name FROM preference WHERE name = ?"
    assert database.query(sql, ["' OR 1=1 --"]) == []
    assert len(database.query(sql, ["force_on"])) == 1


REFUSED = [
    "INSERT INTO assay_home VALUES ('x', 'y')",
    "WITH x AS (INSERT INTO assay_home VALUES ('x', 'y') RETURNING *) SELECT * FROM x",
    "CREATE TABLE t AS SELECT 1",
    "DROP VIEW preference",
    "DELETE FROM assay_home",
    "SELECT 1; SELECT 2",
    "SELECT 1; DROP TABLE assay_home",
    "COPY preference TO 'out.csv'",
    "SELECT * FROM read_csv('{outside}')",
    "SELECT * FROM read_text('{outside}')",
    "SELECT * FROM '{outside}'",
    "SELECT * FROM glob('*')",
    "ATTACH 'other.db'",
    "INSTALL httpfs",
    "LOAD json",
    "SET threads = 4",
    "PRAGMA database_list",
    "EXPLAIN SELECT 1",
    "SELECT * FROM secret_of_this_test",
    "SELECT 1 AS a, 2 AS a",
    "SELECT name FROM preference WHERE",
    "",
]


@pytest.mark.parametrize("sql", REFUSED)
def test_anything_but_one_select_over_the_tables_is_refused(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sql: str
) -> None:
    secret_of_this_test = pa.table({"a": [1]})
    assert secret_of_this_test.num_rows == 1
    monkeypatch.chdir(tmp_path)
    outside = tmp_path / "outside.csv"
    outside.write_text("a,b\n1,2\n")
    with pytest.raises(UsageError):
        database.query(sql.replace("{outside}", str(outside)))
    assert [path.name for path in tmp_path.iterdir()] == ["outside.csv"]
    assert len(database.query("SELECT * FROM preference")) == 3


def test_the_row_limit_holds_at_n_and_refuses_n_plus_one(database: Database) -> None:
    assert len(database.query("SELECT * FROM preference", max_rows=3)) == 3
    with pytest.raises(UsageError, match="more than 2 rows"):
        database.query("SELECT * FROM preference", max_rows=2)


def test_memory_is_limited() -> None:
    with pytest.raises(UsageError, match=r"(?i)memory"):
        Database.over({}).query("SELECT list(a.range) AS x FROM range(30000) a, range(30000) b GROUP BY b.range % 7")


def test_a_failed_query_leaves_the_database_usable(database: Database) -> None:
    with pytest.raises(UsageError):
        database.query("SELECT nothing FROM preference")
    assert len(database.query("SELECT * FROM preference")) == 3


def test_a_table_outside_the_vocabulary_is_refused() -> None:
    with pytest.raises(ValueError, match="no such table: passwords"):
        Database.over({"passwords": pa.table({"a": [1]})})


def test_package_content_names_the_package_an_artefact_is_or_lies_in() -> None:
    columns = ["artefact", "handset", "locator", "path"]
    places = [
        ("apk", "North", "apk", "a.apk"),
        ("dex", "North", "apk!zip:classes.dex", "a.apk"),
        ("deep", "North", "apk!zip:assets/x.zip!zip:words.csv", "a.apk"),
        ("beside", "North", "apk2!zip:words.csv", "b.zip"),
        ("dex", "East", "other!zip:classes.dex", "c.zip"),
    ]
    package: dict[str, list[object]] = {
        name: [value] for name, value in {"fact": "f-p", "artefact": "apk", "analyser": "p@1"}.items()
    }
    for column in columns_of(TABLES["package"]):
        plain = {"text": "", "integer": 0, "boolean": False, "list of text": []}
        package[column.name] = ["org.example.a" if column.name == "package" else plain[column.type]]
    database = Database.over(
        {
            "occurrence": pa.Table.from_pylist(
                [dict(zip(columns, place, strict=True)) for place in places], schema=CASE_TABLES["occurrence"]
            ),
            "package": pa.table(package),
        }
    )
    rows = database.query("SELECT artefact, handset, package, package_fact FROM package_content")
    assert [(row["artefact"], row["handset"]) for row in rows] == [
        ("apk", "North"),
        ("deep", "North"),
        ("dex", "North"),
    ]
    assert {(row["package"], row["package_fact"]) for row in rows} == {("org.example.a", "f-p")}


def test_a_statement_that_is_no_select_is_told_in_our_own_words() -> None:
    with pytest.raises(UsageError, match="this is no SELECT, and the facts of a case can only be read"):
        Database.over({}).query("DROP VIEW preference")
    with pytest.raises(UsageError, match="syntax error"):
        Database.over({}).query("SELEC 1")
