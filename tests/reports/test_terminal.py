"""The table in a terminal keeps to 120 columns and gives evidence no way to steer the terminal."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from assay.reports.terminal import WIDTH, terminal_table
from tests.reports import synthetic

CASE = synthetic.case()


def test_it_names_handsets_counts_rows_report_and_next_step() -> None:
    text = terminal_table(synthetic.case(), report="build/demo/report/index.html", hint="assay explain build/demo w-1")
    lines = text.splitlines()
    assert lines[0] == "Specimen North (EU)   Specimen West (EU)   Specimen East (CN)"
    assert lines[1] == "3 exhibits · 1,505 artefacts · 1,503 read, 1 unreadable, 1 not examined"
    assert any(line.startswith(" carries word lists") for line in lines)
    assert lines[-2:] == ["Report     build/demo/report/index.html", "Next       assay explain build/demo w-1"]


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 9])
def test_any_number_of_handsets_keeps_to_the_width(count: int) -> None:
    names = tuple(f"Handset number {index} of a long row" for index in range(count))
    text = terminal_table(synthetic.case(names))
    assert max(map(cell_len, text.splitlines())) <= WIDTH
    assert all(f"Handset number {index}" in " ".join(text.split()) for index in range(count))


@given(st.text(min_size=1, max_size=200))
def test_a_name_can_neither_break_the_table_nor_reach_the_terminal(name: str) -> None:
    renamed = msgspec.structs.replace(CASE.handsets[0], name=name)
    text = terminal_table(msgspec.structs.replace(CASE, handsets=(renamed,)))
    assert all(char.isprintable() or char == "\n" for char in text)
    assert max(map(cell_len, text.splitlines())) <= WIDTH


def test_the_same_results_give_the_same_text() -> None:
    assert terminal_table(synthetic.case()) == terminal_table(synthetic.case())
