"""The verdict table as plain text for a terminal: at most 120 columns, no colour, no control character of evidence."""

from collections.abc import Iterator, Sequence
from textwrap import wrap

from rich.cells import cell_len, chop_cells

from assay.model.case import Handset
from assay.model.text import show
from assay.reports.front import FrontTable, Row, front_table
from assay.reports.results import CaseResults

WIDTH = 120
LABEL = 44
NOTE = 28
GAP = 2
ABREAST = 3
"""Most handsets in one block of the table; further ones stand in a block below."""


def terminal_table(results: CaseResults, *, report: str = "", hint: str = "") -> str:
    """Return the whole summary, each line ended by a newline.

    `report` is the path of the report as the command line prints it, `hint` a command to go on with.
    """
    table = front_table(results)
    parts = [*_head(results), "", *_blocks(table), "", *_wrapped(f"* {table.footnote}", WIDTH, indent="  ")]
    if report or hint:
        parts.append("")
    if report:
        parts.append(f"Report     {show(report)}")
    if hint:
        parts.append(f"Next       {show(hint)}")
    return "".join(line.rstrip() + "\n" for line in parts)


def _head(results: CaseResults) -> Iterator[str]:
    yield from _wrapped("   ".join(map(_described, results.handsets)), WIDTH)
    counts = results.artefacts
    told = f"{counts.read:,} read, {counts.unreadable:,} unreadable, {counts.not_examined:,} not examined"
    yield f"{_many(len(results.exhibits), 'exhibit')} · {_many(counts.total, 'artefact')} · {told}"


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def _described(handset: Handset) -> str:
    return f"{show(handset.name)} ({show(handset.market)})" if handset.market else show(handset.name)


def _blocks(table: FrontTable) -> Iterator[str]:
    for start in range(0, len(table.handsets), ABREAST):
        if start:
            yield ""
        yield from _block(table, slice(start, start + ABREAST))


def _block(table: FrontTable, chosen: slice) -> Iterator[str]:
    names = table.handsets[chosen]
    cell = (WIDTH - LABEL - NOTE) // max(len(names), 3)
    widths = [LABEL, *([cell] * len(names)), WIDTH - LABEL - cell * len(names)]
    yield from _line(["", *map(show, names), ""], widths)
    for row in table.rows:
        yield from _line([_label(row), *(show(one.text) for one in row.cells[chosen]), show(row.note)], widths)


def _label(row: Row) -> str:
    return ("   " if row.under else " ") + row.label


def _line(texts: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    """Yield the lines of one row; each text stands in its column, two cells short of its width."""
    columns = [_wrapped(text, width - GAP) for text, width in zip(texts, widths, strict=True)]
    columns[0] = _wrapped(texts[0], LABEL - GAP, indent="     ")
    for depth in range(max(map(len, columns))):
        yield "".join(
            _padded(column[depth] if depth < len(column) else "", width)
            for column, width in zip(columns, widths, strict=True)
        )


def _padded(text: str, width: int) -> str:
    return text + " " * max(width - cell_len(text), 0)


def _wrapped(text: str, width: int, indent: str = "") -> list[str]:
    """Return the text in lines of at most `width` terminal cells; wide characters count two."""
    lead = text[: len(text) - len(text.lstrip())]
    if cell_len(text) <= width:
        return [text]
    if cell_len(text) != len(text):
        return chop_cells(text, width)
    return wrap(text, width, initial_indent="", subsequent_indent=indent or lead) or [""]
