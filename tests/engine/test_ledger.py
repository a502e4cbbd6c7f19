import hashlib
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from assay.engine import ledger as module
from assay.engine.ledger import Ledger, in_order
from assay.engine.records import Analysis, Row
from assay.model.coverage import Coverage, NotFollowed, Outcome
from assay.model.problem import Problem

ONE = "ab" * 32


def _row(name: str, fact: str | None = None) -> Row:
    values: dict[str, Any] = {"place": "", "name": name, "value": "é"}
    return Row(table="build_property", fact=fact or f"f-{name}", artefact=ONE, values=values)


def _analysis(analyser: str, *rows: Row, artefact: str = ONE) -> Analysis:
    coverage = Coverage(
        analyser=analyser, artefact=artefact, outcome=Outcome.LOOKED, not_followed=(NotFollowed("calls", 2),)
    )
    return Analysis(coverage=coverage, rows=rows, problems=(Problem(place="", what="w", instead="i", cost="c"),))


def _read(paths: list[Path]) -> list[dict[str, Any]]:
    return [row for path in paths for row in pq.read_table(path).to_pylist()]


def test_rows_coverage_and_problems_are_written_and_read_back(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "facts")
    ledger.add(_analysis("look@1", _row("a"), _row("b")))
    files = ledger.finish()
    assert _read(files["build_property"]) == [
        {"fact": f"f-{name}", "artefact": ONE, "analyser": "look@1", "place": "", "name": name, "value": "é"}
        for name in "ab"
    ]
    assert _read(files["coverage"]) == [
        {"analyser": "look@1", "artefact": ONE, "outcome": "looked", "reason": "",
         "not_followed": [{"what": "calls", "count": 2}]}
    ]  # fmt: skip
    (problem,) = _read(files["problem"])
    assert (problem["part"], problem["artefact"], problem["what"]) == ("look@1", ONE, "w")


def test_the_digest_of_a_table_is_that_of_its_canonical_lines(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "facts")
    ledger.add(_analysis("look@1", _row("a")))
    line = f'{{"analyser":"look@1","artefact":"{ONE}","fact":"f-a","name":"a","place":"","value":"é"}}\n'
    assert ledger.digests()["build_property"] == hashlib.sha256(line.encode()).hexdigest()


def test_a_row_that_two_analysers_saw_is_written_once(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "facts")
    ledger.add(_analysis("one@1", _row("a")))
    ledger.add(_analysis("two@1", _row("a")))
    assert [row["analyser"] for row in _read(ledger.finish()["build_property"])] == ["one@1"]
    assert ledger.counts == {"coverage": 2, "problem": 2, "build_property": 1}


def test_a_joiner_has_no_row_of_coverage_of_an_artefact(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "facts")
    ledger.add(_analysis("join@1", artefact=""))
    assert "coverage" not in ledger.counts


@pytest.mark.parametrize(("rows", "segments"), [(3, 1), (4, 2), (7, 3)])
def test_segments_are_bounded_and_do_not_change_the_digest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: int, segments: int
) -> None:
    whole = Ledger(tmp_path / "whole")
    monkeypatch.setattr(module, "SEGMENT_ROWS", 3)
    parted = Ledger(tmp_path / "parted")
    for number in range(rows):
        whole.add(_analysis("a@1", _row(str(number))))
        parted.add(_analysis("a@1", _row(str(number))))
    files = parted.finish()["build_property"]
    assert len(files) == segments
    assert [row["name"] for row in _read(files)] == [str(number) for number in range(rows)]
    assert parted.digests() == whole.digests()


def test_what_was_written_can_be_read_before_the_end_and_more_added(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "facts")
    ledger.add(_analysis("a@1", _row("a")))
    assert len(_read(ledger.files()["build_property"])) == 1
    ledger.add(_analysis("a@1", _row("b")))
    assert [row["name"] for row in _read(ledger.finish()["build_property"])] == ["a", "b"]


def test_an_unfinished_ledger_leaves_the_facts_of_before(tmp_path: Path) -> None:
    before = Ledger(tmp_path / "facts")
    before.add(_analysis("a@1", _row("a")))
    paths = before.finish()["build_property"]
    stopped = Ledger(tmp_path / "facts")
    stopped.add(_analysis("a@1", _row("b")))
    stopped.files()
    assert [row["name"] for row in _read(paths)] == ["a"]


def test_analyses_of_an_artefact_come_by_analyser() -> None:
    analyses = [_analysis(name) for name in ("b@1", "reader:zip@1", "a@1")]
    assert [one.coverage.analyser for one in in_order(analyses)] == ["a@1", "b@1", "reader:zip@1"]
