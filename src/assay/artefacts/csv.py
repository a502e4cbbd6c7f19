"""Tables in text: fields separated by comma, semicolon or tab, quoted or not, with rows of any length."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assay.artefacts.charsets import SAMPLE, charset_of
from assay.artefacts.text import TextDocument
from assay.model import limits
from assay.model import text as found
from assay.model.problem import Problem
from assay.model.source import ByteSource
from assay.registry import reader

DELIMITERS = ("\t", ",", ";")
"""Delimiters in the order in which a tie is decided."""
MIN_ROWS = 3
"""Fewest rows of a table."""
MIN_REGULAR = 0.9
"""Least share of rows with as many fields as most rows have."""
ROWS_LOOKED_AT = 200
"""Rows that decide whether a text is a table, and with which delimiter."""
MAX_PLAIN_FIELD = 160
"""Longest mean length of an unquoted field: longer ones are sentences with commas."""

_NAME = re.compile(r"[A-Za-z_\u00c0-\U0010ffff][\w .()/#-]{0,39}")


class Row(NamedTuple):
    """One record: first line from 1, and its fields as found."""

    line: int
    fields: tuple[str, ...]


class Column(NamedTuple):
    """One column: position from 0, name (empty without a header), and (line, text) of the cells that are there."""

    position: int
    name: str
    cells: tuple[tuple[int, str], ...]


class CsvTable(TextDocument):
    """The records of a table in order. `header` is None where the first record is data."""

    def __init__(self, source: ByteSource) -> None:
        """Read the records. Raises: Unreadable."""
        super().__init__(source)
        self.delimiter = _delimiter(self.text[:SAMPLE]) or ","
        rows = list(self._records())
        self.header: tuple[str, ...] | None = rows[0].fields if rows and _is_header(rows) else None
        self.rows: tuple[Row, ...] = tuple(rows[1:] if self.header is not None else rows)
        self._note_ragged()

    def columns(self) -> Iterator[Column]:
        """Yield every column from left to right."""
        width = max((len(row.fields) for row in self.rows), default=0)
        for index in range(width):
            name = self.header[index] if self.header and index < len(self.header) else ""
            cells = tuple((row.line, row.fields[index]) for row in self.rows if index < len(row.fields))
            yield Column(index, name.strip(), cells)

    def _records(self) -> Iterator[Row]:
        records = csv.reader(io.StringIO(self.text, newline=""), delimiter=self.delimiter, strict=False)
        line, cells = 1, 0
        try:
            for fields in records:
                cells += len(fields)
                if cells > limits.MAX_STRUCTURE_NODES:
                    self._stop(line, f"more than {limits.MAX_STRUCTURE_NODES} fields")
                    return
                if fields:
                    yield Row(line, tuple(map(found.from_str, fields)))
                line = records.line_num + 1
        except csv.Error as error:
            self._stop(line, str(error))

    def _stop(self, line: int, reason: str) -> None:
        self._problems.append(
            Problem(
                place=f"line:{line}",
                what=f"the table cannot be read from line {line} on: {reason}",
                instead="the rows before were read",
                cost="what follows was not examined as a table",
            )
        )

    def _note_ragged(self) -> None:
        lengths = Counter(len(row.fields) for row in self.rows)
        usual = lengths.most_common(1)[0][0] if lengths else 0
        ragged = [row for row in self.rows if len(row.fields) != usual]
        if ragged:
            self._problems.append(
                Problem(
                    place=f"line:{ragged[0].line}",
                    what=f"{len(ragged)} rows have more or fewer fields than the {usual} of most, the first one here",
                    instead="their fields were read from the left",
                    cost="fields of these rows may stand under the wrong column",
                )
            )


def _delimiter(sample: str) -> str | None:
    """Return the delimiter under which nearly all first rows have the same number of fields, at least two."""
    best = max(DELIMITERS, key=lambda delimiter: _regularity(sample, delimiter))
    return best if _regularity(sample, best) >= MIN_REGULAR else None


def _regularity(sample: str, delimiter: str) -> float:
    """Return the share of rows with the usual number of fields; 0 for one field, few rows, or long fields.

    A mark that only ends lines, as in programs, makes no table.
    """
    rows = _first_rows(sample, delimiter)
    counts = Counter(map(len, rows))
    if len(rows) < MIN_ROWS:
        return 0.0
    usual, often = max(counts.items(), key=lambda item: (item[1], item[0]))
    fields = [field for row in rows for field in row]
    if usual < 2 or sum(map(len, fields)) > MAX_PLAIN_FIELD * len(fields) or _ends_alone(rows):
        return 0.0
    return often / len(rows)


def _ends_alone(rows: Sequence[list[str]]) -> bool:
    return not any(field.strip() for row in rows for field in row[1:])


def _first_rows(sample: str, delimiter: str) -> Sequence[list[str]]:
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter, strict=False):
            rows.extend([row] if row else [])
            if len(rows) > ROWS_LOOKED_AT:
                break
    except csv.Error:
        return ()
    return rows[:-1] if len(rows) > ROWS_LOOKED_AT or len(sample) >= SAMPLE else rows


def _is_header(rows: Sequence[Row]) -> bool:
    """Say whether the first record names the columns: distinct names, one of which no value of its column resembles."""
    names, body = rows[0].fields, rows[1:ROWS_LOOKED_AT]
    if len(set(names)) < len(names) or not all(map(_NAME.fullmatch, names)):
        return False
    return any(
        _stands_out(name, [row.fields[i] for row in body if i < len(row.fields)]) for i, name in enumerate(names)
    )


def _stands_out(name: str, values: Sequence[str]) -> bool:
    filled = [value for value in values if value.strip()]
    if name.strip().casefold() in _USUAL_NAMES and name not in filled:
        return True
    return bool(filled) and sum(1 for value in filled if _NAME.fullmatch(value)) < 0.2 * len(filled)


_USUAL_NAMES = frozenset(
    "id word word_id words keyword keywords term terms phrase text value name title url domain host category theme"
    " language description notes date count type tag pattern number phone package version level country code".split()
)


def is_csv(source: ByteSource) -> bool:
    """Say whether the first bytes are text in rows of equally many fields."""
    start = source.read(0, SAMPLE)
    charset = charset_of(start, cut=source.size > SAMPLE)
    if charset is None:
        return False
    return _delimiter(start[charset.mark :].decode(charset.codec, "replace")) is not None


@reader(
    kind="csv",
    gives=CsvTable,
    recognise=is_csv,
    rank=12,
    blind_to=(
        f"tables of one column, and of fewer than {MIN_ROWS} rows: they are read as text",
        "delimiters other than comma, semicolon and tab; fields of fixed width",
        "fields of more than 131072 characters, from the first such row on",
        "a first row of names that look like values: it is read as data",
    ),
    source="RFC 4180, with semicolon and tab as delimiters and rows of any length",
)
def open_csv(source: ByteSource) -> CsvTable:
    """Open a table. Raises: Unreadable."""
    return CsvTable(source)
