import csv
import io
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.artefacts.csv import MIN_ROWS, CsvTable, is_csv, open_csv
from assay.artefacts.text import TextDocument
from assay.model import limits
from assay.model.errors import Unreadable
from assay.model.source import BufferSource

FIELD = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff\ufdd0\ufffd"), max_size=12)
DELIMITERS = st.sampled_from([",", ";", "\t"])
HAND = b'id,word\n1,"brown, dark"\n2,"said ""no"""\n3,"two\nlines"\n4,plain\n'


def opened(data: bytes) -> CsvTable:
    return open_csv(BufferSource(data))


def recognised(data: bytes) -> bool:
    return is_csv(BufferSource(data))


@given(st.integers(2, 5), st.integers(3, 12), DELIMITERS, st.data())
def test_what_the_standard_library_writes_is_read_back(
    width: int, height: int, delimiter: str, data: st.DataObject
) -> None:
    row = st.lists(FIELD.map(lambda text: text.replace(delimiter, "x")), min_size=width, max_size=width)
    rows = data.draw(st.lists(row, min_size=height, max_size=height))
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(rows)
    raw = out.getvalue().encode()
    if not recognised(raw):  # the fields happen to be as regular under another delimiter
        return
    table = opened(raw)
    if table.delimiter == delimiter:
        header = [] if table.header is None else [table.header]
        assert [*header, *(row.fields for row in table.rows)] == list(map(tuple, rows))
        assert table.problems == []


def test_quotes_header_lines_and_columns_by_hand() -> None:
    table = opened(HAND)
    assert table.delimiter == ","
    assert table.header == ("id", "word")
    assert [(row.line, row.fields[1]) for row in table.rows] == [
        (2, "brown, dark"), (3, 'said "no"'), (4, "two\nlines"), (6, "plain")
    ]  # fmt: skip
    numbers, words = table.columns()
    assert (numbers.position, numbers.name, numbers.cells[3]) == (0, "id", (6, "4"))
    assert (words.position, words.name) == (1, "word")
    assert isinstance(table, TextDocument)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_each_delimiter_is_told(delimiter: str) -> None:
    data = HAND.decode().replace('"brown, dark"', "brown").replace(",", delimiter).encode()
    assert recognised(data)
    assert opened(data).delimiter == delimiter


def test_a_table_without_names_has_no_header() -> None:
    table = opened(b"1,ash,2.5\n2,oak,3.5\n3,elm,4.5\n")
    assert table.header is None
    assert table.rows[0].fields == ("1", "ash", "2.5")


def test_names_over_values_of_another_form_are_a_header() -> None:
    assert opened(b"start,end\n192.0.2.0,192.0.2.9\n198.51.100.0,198.51.100.9\n").header == ("start", "end")


def test_ragged_rows_are_read_and_reported() -> None:
    rows = b"".join(b"%d,w%d,x\n" % (number, number) for number in range(20))
    table = opened(rows + b"20,short\n" + b"21,a,b,c\n")
    assert len(table.rows) == 22
    assert [len(column.cells) for column in table.columns()] == [22, 22, 21, 1]
    assert [problem.place for problem in table.problems] == ["line:21"]
    assert table.problems[0].what.startswith("2 rows")


def test_a_table_in_a_legacy_encoding_is_read() -> None:
    rows = "\n".join(f"{n},{word}" for n, word in enumerate(("新闻自由", "广告过滤", "测试词语", "独立运动")))
    table = opened(rows.encode("gb18030"))
    assert table.encoding == "gb18030"
    assert [row.fields[1] for row in table.rows] == ["新闻自由", "广告过滤", "测试词语", "独立运动"]


def test_a_field_that_never_ends_stops_the_table_there() -> None:
    table = opened(b'a,b\nc,d\ne,"' + b"x" * 140_000)
    assert [row.fields for row in table.rows][-1] == ("c", "d")
    assert [problem.place for problem in table.problems] == ["line:3"]


def test_fields_are_read_at_the_limit_and_cut_beyond(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_STRUCTURE_NODES", 8)
    data = b"1,a\n2,b\n3,c\n4,d\n"
    assert opened(data).problems == []
    table = opened(data + b"5,e\n")
    assert len(table.rows) == 4
    assert "8 fields" in table.problems[0].what


@pytest.mark.parametrize(
    "data",
    [
        b"", b"one\ntwo\nthree\nfour\n", b"a,b\nc,d\n"[: 4 * (MIN_ROWS - 1)],
        b"Dear all,\nthis is a letter, and it has commas, here and there.\nYours, truly,\nme\nP.S. nothing\n",
        b"\x00\x01,\x02\n" * 9,
        b'{"a": 1,\n "b": 2,\n "c": [3, 4, 5]}\n',
        b'"use strict";\nlet a = 1;\nlet b = 2;\ncall(a);\n', b"one;\n two; \nthree;\n",
    ],
)  # fmt: skip
def test_other_texts_are_no_tables(data: bytes) -> None:
    assert not recognised(data)


@pytest.mark.mutation
def test_changed_bytes_end_in_rows_or_unreadable(mutations: int) -> None:
    rng = random.Random(5)
    for _ in range(mutations):
        data = bytearray(HAND)
        for _ in range(rng.randint(1, 5)):
            data[rng.randrange(len(data))] = rng.choice((rng.randrange(256), *b'",;\n\r'))
        recognised(bytes(data))
        try:
            table = opened(bytes(data))
        except Unreadable:
            continue
        assert all(text.encode() is not None for column in table.columns() for _, text in column.cells)
        assert [row.line for row in table.rows] == sorted({row.line for row in table.rows})
