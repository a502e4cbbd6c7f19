import io
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.vocabulary import TABLES, Fact, Located, columns
from assay.vocabulary.arrow import located, schema, table
from assay.vocabulary.handset import BuildProperty
from assay.vocabulary.packages import Package

TEXT = st.text(st.characters(codec="utf-8"), max_size=12)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "text": TEXT,
    "integer": st.integers(-(2**63), 2**63 - 1),
    "boolean": st.booleans(),
    "list of text": st.lists(TEXT, max_size=3).map(tuple),
}
HEX = st.from_regex(r"[0-9a-f]{64}", fullmatch=True)


def _rows(record: type[Fact]) -> st.SearchStrategy[Any]:
    def made(values: Any) -> Fact:
        return record(**values)

    fields = {
        column.name: st.one_of(st.none(), VALUES[column.type]) if column.nullable else VALUES[column.type]
        for column in columns(record)
    }
    row = st.fixed_dictionaries(fields).map(made)
    return st.lists(st.builds(Located, TEXT, HEX, TEXT, row), max_size=4)


@pytest.mark.parametrize("record", TABLES.values(), ids=TABLES)
@settings(max_examples=15)
@given(data=st.data())
def test_rows_come_back_as_they_were_through_parquet(record: type[Fact], data: st.DataObject) -> None:
    rows = data.draw(_rows(record))
    file = io.BytesIO()
    pq.write_table(table(record, rows), file)
    file.seek(0)
    assert located(record, pq.read_table(file)) == rows


@pytest.mark.parametrize("record", TABLES.values(), ids=TABLES)
def test_columns_are_identity_then_the_records_own(record: type[Fact]) -> None:
    shape = schema(record)
    assert shape.names == ["fact", "artefact", "analyser", *record.__struct_fields__]
    assert not any(shape.field(name).nullable for name in ("fact", "artefact", "analyser"))


def test_types_are_those_of_the_record() -> None:
    shape = schema(Package)
    assert shape.field("version_code").type == pa.int64()
    assert shape.field("min_sdk").nullable
    assert not shape.field("version_code").nullable
    assert shape.field("debuggable").type == pa.bool_()
    assert shape.field("label").type == pa.string()


def _package(version_code: int) -> Located[Package]:
    return Located("f-0", "00" * 32, "a@1", Package(
        package="", version_name="", version_code=version_code, label="", min_sdk=None, target_sdk=None, shared_uid="",
        debuggable=False, cleartext=None, backup=None, split="", dex_files=0,
    ))  # fmt: skip


def test_integers_are_64_bit_and_not_more() -> None:
    assert table(Package, [_package(2**63 - 1)])["version_code"].to_pylist() == [2**63 - 1]
    with pytest.raises((pa.ArrowInvalid, OverflowError)):
        table(Package, [_package(2**63)])


def test_no_rows_are_a_table_with_columns() -> None:
    empty = table(BuildProperty, [])
    assert (empty.num_rows, empty.column_names[-2:]) == (0, ["name", "value"])
