from pathlib import Path

import pyarrow.parquet as pq
import pytest

from assay.engine.tables import CaseTables
from assay.model.case import Handset, Occurrence
from assay.vocabulary import Located
from assay.vocabulary.arrow import table
from assay.vocabulary.handset import BuildProperty, Preference

TOP = "aa" * 32
TEXTS = {"1" * 64: b"\xef\xbb\xbfwith mark", "2" * 64: b"\xff", "3" * 64: "é".encode()}


def _at(artefact: str, locator: str, path: str, handset: str = "north") -> Occurrence:
    return Occurrence(artefact=artefact * 64, handset=handset, locator=locator, path=path)


OCCURRENCES = [
    _at("1", TOP, "trial/trial.toml"),
    _at("2", "bb" * 32, "trial/screen%20one.txt"),
    _at("3", "cc" * 32, "screen%20one.txt"),
    _at("4", "cc" * 32, "trial/screen%20one.txt", handset="west"),
    _at("5", f"{TOP}!zip:d/a.txt", "x.zip"),
    _at("6", f"{TOP}!zip:d/b%C3%A9.txt", "x.zip"),
    _at("7", f"{TOP}!zip:b.txt", "x.zip"),
    _at("8", f"{TOP}!zip:in.zip!zip:d/a.txt", "x.zip"),
]


@pytest.fixture
def tables(tmp_path: Path) -> CaseTables:
    rows = [Located(f"f-{number}", artefact * 64, "a@1", BuildProperty(name=str(number), value=""))
            for number, artefact in ((2, "b"), (1, "b"), (3, "a"))]  # fmt: skip
    paths = [tmp_path / "0.parquet", tmp_path / "1.parquet"]
    pq.write_table(table(BuildProperty, rows[:1]), paths[0])
    pq.write_table(table(BuildProperty, rows[1:]), paths[1])
    return CaseTables((BuildProperty,), {"build_property": paths}, OCCURRENCES, [Handset(name="north")], TEXTS.get)


def test_rows_of_all_segments_come_sorted_by_artefact_and_fact(tables: CaseTables) -> None:
    assert [row.fact for row in tables.rows(BuildProperty)] == ["f-3", "f-1", "f-2"]
    assert tables.rows(BuildProperty) is tables.rows(BuildProperty)


def test_a_table_that_was_not_declared_cannot_be_read(tables: CaseTables) -> None:
    with pytest.raises(LookupError, match="Preference is not among the tables"):
        tables.rows(Preference)


def test_a_table_without_rows_is_empty() -> None:
    assert CaseTables((BuildProperty,), {}, [], [], TEXTS.get).rows(BuildProperty) == []


def test_what_lies_beside_is_found_by_its_label_in_the_same_handset_and_folder(tables: CaseTables) -> None:
    assert tables.beside(OCCURRENCES[0], "screen one.txt") == "2" * 64
    assert tables.beside(OCCURRENCES[3], "screen one.txt") == "4" * 64
    assert tables.beside(OCCURRENCES[2], "trial.toml") is None
    assert tables.beside(OCCURRENCES[0], "../screen one.txt") is None
    assert tables.beside(OCCURRENCES[0], "") is None


def test_inside_a_container_the_folder_is_one_of_the_container(tables: CaseTables) -> None:
    assert tables.beside(OCCURRENCES[4], "bé.txt") == "6" * 64
    assert tables.beside(OCCURRENCES[4], "b.txt") is None
    assert tables.beside(OCCURRENCES[7], "bé.txt") is None


def test_occurrences_and_locators(tables: CaseTables) -> None:
    assert tables.occurrences("5" * 64) == [OCCURRENCES[4]]
    assert tables.occurrences("9" * 64) == ()
    assert tables.at(f"{TOP}!zip:b.txt") == "7" * 64
    assert tables.at(f"{TOP}!zip:missing") is None
    assert [handset.name for handset in tables.handsets] == ["north"]


def test_only_text_is_text(tables: CaseTables) -> None:
    assert tables.text("1" * 64) == "with mark"
    assert tables.text("2" * 64) is None
    assert tables.text("3" * 64) == "é"
    assert tables.text("9" * 64) is None
