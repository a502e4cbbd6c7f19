"""The CSV files hold what the report says, and nothing a spreadsheet would calculate."""

import csv
import io

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.reports.csv_tables import csv_tables
from assay.reports.results import CaseResults
from tests.reports import case_rows, synthetic

CASE = synthetic.case()


def rows(results: CaseResults, name: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(csv_tables(results)[name].decode("utf-8"), newline="")))


def with_wording(wording: str) -> CaseResults:
    first, *rest = CASE.claims
    claims = (msgspec.structs.replace(first, wording=wording), *rest)
    return msgspec.structs.replace(synthetic.empty(), claims=claims, verdicts=CASE.verdicts)


def test_every_verdict_is_a_row() -> None:
    assert len(rows(CASE, "claims.csv")) == 1 + len(CASE.verdicts)


def test_transfers_name_recipient_country_and_requests() -> None:
    found = rows(CASE, "transfers.csv")[1:]
    expected = ["imei", "t.example.test", "SG", "agreed", "outside", "none", "Specimen North", "2021-09-21", "1"]
    assert expected in found
    assert len(found) == 4 * len(case_rows.NAMES)


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1"])
def test_a_formula_stays_text(formula: str) -> None:
    cell = rows(with_wording(formula), "claims.csv")[1][3]
    assert cell.startswith("'")


@given(st.text(max_size=30))
def test_any_text_is_one_printable_cell(wording: str) -> None:
    row = rows(with_wording(wording), "claims.csv")[1]
    assert len(row) == 8
    assert row[3].isprintable()
    assert row[3][:1] not in {"=", "+", "-", "@"}
