"""Lists in tables, a column each."""

from collections.abc import Iterator

from assay.artefacts.csv import Column, CsvTable
from assay.facts.term_lists.json_values import TERM_FIELDS
from assay.facts.term_lists.rows import FoundList, rows
from assay.facts.term_lists.shape import MIN_ENTRIES, SHAPES, list_shape
from assay.model.locator import InnerPlace
from assay.registry import analyser
from assay.vocabulary.lists import Census, Term, TermList

MAX_UNNAMED_COLUMNS = 3
"""Most columns of a table in which a column is taken for a list although its name does not say what it holds."""

NAMED = frozenset(SHAPES) - {"numbers"}
"""Shapes of a column that is named as one of terms."""
UNNAMED = frozenset({"words", "phrases", "urls", "packages"})
"""Shapes of a column without such a name: numbers, digests and addresses are columns of data more often than lists."""


@analyser(
    question="Does a column of this table hold a list of terms, and how large is it?",
    reads=CsvTable,
    emits=(TermList, Term, Census),
    blind_to=(
        f"columns of fewer than {MIN_ENTRIES} entries, and columns of numbers",
        "a second list in the same table: the column is taken whose name says that it holds terms, else the first",
        f"tables of more than {MAX_UNNAMED_COLUMNS} columns none of which is named as a column of terms",
        "tables without delimiters; they are read as text",
    ),
)
def find_table_lists(table: CsvTable) -> Iterator[TermList | Term | Census]:
    """Yield the list that a column of the table is, if one is."""
    columns = list(table.columns())
    named = [column for column in columns if column.name.casefold() in TERM_FIELDS]
    for column in named or (columns if len(columns) <= MAX_UNNAMED_COLUMNS else []):
        entries = [text for _, text in column.cells]
        shape = list_shape(entries)
        if shape is not None and shape in (NAMED if named else UNNAMED):
            yield from rows(_found(table, column, entries, shape))
            return


def _found(table: CsvTable, column: Column, entries: list[str], shape: str) -> FoundList:
    return FoundList(
        entries=entries,
        carrier="csv-column",
        shape=shape,
        place=str(InnerPlace("column", str(column.position + 1))),
        entry_place=lambda ordinal: f"line:{column.cells[ordinal][0]}",
        name=column.name,
        encoding=table.encoding,
    )
