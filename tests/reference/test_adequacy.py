import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest

from assay.reference.adequacy import Adequacy, AdequacyRow

TABLES = Path(__file__).parents[2] / "src" / "assay" / "data" / "reference"
TEXT = (TABLES / "adequacy.toml").read_text("utf-8")
COUNTRIES = (TABLES / "countries.toml").read_text("utf-8")
TABLE = Adequacy.parse(TEXT, COUNTRIES)

# Written by hand from the project's notes on Chapter V, before the table was: country, day, recipient, what is told,
# side of the EEA. "any" is a recipient of whom nothing is known.
CASES = """
DE 2021-09-21 any member inside
LT 2004-04-30 any none outside
LT 2004-05-01 any member inside
LT 2021-09-21 public member inside
PL 2004-05-01 any member inside
BG 2006-12-31 any none outside
BG 2007-01-01 any member inside
RO 2007-01-01 any member inside
HR 2013-06-30 any none outside
HR 2013-07-01 any member inside
HU 2003-01-01 any adequate outside
HU 2004-05-01 any member inside
FR 2000-07-26 any member inside
IE 2026-01-31 commercial member inside
IS 2018-07-20 any member inside
NO 2018-07-19 any unknown unknown
NO 2018-07-20 any member inside
LI 2021-09-21 any member inside
NO 2010-01-01 any member inside
RE 2021-09-21 any member inside
GB 2016-06-24 any member inside
GB 2020-01-31 any member inside
GB 2020-02-01 any member inside
GB 2020-12-31 any member inside
GB 2021-01-01 any adequate outside
GB 2021-06-27 any adequate outside
GB 2021-06-28 any adequate outside
GB 2025-06-28 any adequate outside
GB 2025-12-18 any adequate outside
GB 2025-12-19 any adequate outside
GB 2026-01-15 public adequate outside
CH 2000-07-26 any adequate outside
CH 2021-09-21 commercial adequate outside
CA 2001-12-19 commercial none outside
CA 2001-12-20 commercial adequate outside
CA 2021-09-21 any partly outside
CA 2021-09-21 public none outside
AR 2003-06-29 any none outside
AR 2003-06-30 any adequate outside
GG 2003-11-21 any adequate outside
IM 2004-04-28 any adequate outside
JE 2008-05-07 any none outside
JE 2008-05-08 any adequate outside
FO 2010-03-05 any adequate outside
AD 2010-10-19 any adequate outside
IL 2011-01-31 any adequate outside
UY 2012-08-21 any adequate outside
NZ 2012-12-18 any none outside
NZ 2012-12-19 any adequate outside
JP 2019-01-22 commercial none outside
JP 2019-01-23 commercial adequate outside
JP 2021-09-21 public none outside
JP 2021-09-21 any partly outside
KR 2021-09-21 any none outside
KR 2021-12-16 any none outside
KR 2021-12-17 any adequate outside
US 2000-07-26 self-certified adequate outside
US 2014-05-01 any partly outside
US 2015-10-06 self-certified adequate outside
US 2015-10-07 self-certified none outside
US 2016-07-11 self-certified none outside
US 2016-07-12 self-certified adequate outside
US 2020-07-16 commercial none outside
US 2020-07-16 any partly outside
US 2020-07-17 self-certified none outside
US 2021-09-21 any none outside
SG 2021-09-21 any none outside
US 2021-09-21 self-certified none outside
US 2023-07-09 any none outside
US 2023-07-10 self-certified adequate outside
US 2023-07-10 public none outside
US 2024-01-01 any partly outside
EPO 2025-07-14 any unknown unknown
EPO 2025-07-15 any adequate outside
BR 2021-09-21 any none outside
BR 2026-01-25 any none outside
BR 2026-01-26 any disputed outside
BR 2026-01-27 any adequate outside
CN 2021-09-21 any none outside
HK 2021-09-21 any none outside
SG 2021-09-21 self-certified none outside
RU 2021-09-21 any none outside
IN 2024-01-01 any none outside
TW 2022-01-06 commercial none outside
GI 2021-09-21 any unknown unknown
EU 2021-09-21 any unknown unknown
AP 2021-09-21 any unknown unknown
de 2021-09-21 any unknown unknown
DE 2026-02-01 any unknown unknown
SG 2026-02-01 any unknown unknown
DE 2000-07-25 any unknown unknown
"""


@pytest.mark.parametrize("case", CASES.split("\n")[1:-1])
def test_a_country_is_what_it_was_on_the_day(case: str) -> None:
    country, day, recipient, told, side = case.split()
    status = TABLE.on(country, date.fromisoformat(day))
    assert (status.towards(recipient), status.in_eea) == (told, side)


def test_the_answer_for_the_country_alone_says_whether_the_scope_decides() -> None:
    day = date(2021, 9, 21)
    assert TABLE.on("JP", day).status == "partly"
    assert TABLE.on("JP", day).scope == "private sector"
    assert TABLE.on("CA", day).status == "partly"
    assert TABLE.on("US", date(2024, 1, 1)).status == "partly"


@pytest.mark.parametrize(
    ("countries", "status", "side"),
    [
        (["SG"], "none", "outside"),
        (["SG", "CN"], "none", "outside"),
        (["SG", "JP"], "disputed", "outside"),
        (["DE", "FR"], "member", "inside"),
        (["DE", "US"], "disputed", "disputed"),
        (["DE", "EU"], "disputed", "unknown"),
        (["SG", "AP"], "disputed", "unknown"),
        ([], "unknown", "unknown"),
    ],
)
def test_several_countries_are_told_together(countries: list[str], status: str, side: str) -> None:
    for order in (countries, countries[::-1], countries * 2):
        told = TABLE.of_all(order, date(2021, 9, 21))
        assert (told.status, told.in_eea) == (status, side)


def test_what_stands_behind_several_answers_is_named_with_its_weakest_check() -> None:
    told = TABLE.of_all(["GB", "JP", "SG"], date(2021, 3, 1))
    assert told.row == "bridging/GB decision/JP-2019"
    assert told.verified == "unverified"


def test_every_row_has_its_source_and_how_it_was_checked() -> None:
    assert all(row.source and row.scope and row.verified in {"secondary", "unverified"} for row in TABLE.rows)
    assert len({row.id for row in TABLE.rows}) == len(TABLE.rows)


def test_no_row_gives_an_address_of_a_document() -> None:
    assert "://" not in TEXT
    assert "www." not in TEXT


def test_there_are_thirty_members_today() -> None:
    codes = {row["country"] for row in tomllib.loads(TEXT)["row"] if row["id"].startswith(("member/", "eea/"))}
    inside = {code for code in codes if TABLE.on(code, TABLE.as_of).in_eea == "inside"}
    assert len(inside) == 30
    assert "GB" not in inside


def test_an_answer_changes_only_where_a_row_begins_or_ends() -> None:
    edges = {row.since for row in TABLE.rows} | {row.until + timedelta(1) for row in TABLE.rows if row.until}
    day = date(2013, 1, 1)
    while day < date(2014, 2, 1):
        if day not in edges:
            before = day - timedelta(1)
            assert all(TABLE.on(row.country, day) == TABLE.on(row.country, before) for row in TABLE.rows)
        day += timedelta(1)


ROW = """id = "a"
country = "XX"
from = "2001-01-01"
status = "none"
scope = "x"
source = "x"
verified = "secondary"
"""
HEAD = 'schema = "assay-adequacy/1"\nbegins = "2000-01-01"\nas_of = "2026-01-01"\n'


@pytest.mark.parametrize(
    "text",
    [
        'schema = "assay-adequacy/2"\n',
        HEAD + "[[row]]\n" + ROW + "[[row]]\n" + ROW,
        HEAD + "[[row]]\n" + ROW + 'more = "x"\n',
        HEAD + "[[row]]\n" + ROW.replace("2001-01-01", "soon"),
    ],
)
def test_a_table_that_is_wrong_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"schema|both in force|unknown field|date"):
        Adequacy.parse(text, COUNTRIES)


def test_a_row_holds_on_its_first_and_last_day() -> None:
    row = AdequacyRow(
        id="a",
        country="XX",
        since=date(2001, 1, 2),
        until=date(2001, 1, 3),
        status="none",
        scope="",
        source="",
        verified="",
    )
    assert [row.holds(date(2001, 1, day)) for day in (1, 2, 3, 4)] == [False, True, True, False]


def test_the_digest_follows_the_rows() -> None:
    assert Adequacy.parse(TEXT, COUNTRIES).digest == TABLE.digest
    assert Adequacy.parse(TEXT.replace('from = "2021-12-17"', 'from = "2021-12-18"'), COUNTRIES).digest != TABLE.digest
    assert Adequacy.parse(TEXT, COUNTRIES.replace('XK = "Kosovo"', "")).digest != TABLE.digest
