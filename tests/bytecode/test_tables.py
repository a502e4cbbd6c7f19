"""Tables that do not fit into the file, and rows that point outside other tables."""

import struct

import pytest

from assay.model.locator import ByteRange, parse_place
from tests.bytecode.samples import EXTREMES, opened, said_of, sample, with_u4

TABLES = {"strings": 0x38, "types": 0x40, "protos": 0x48, "fields": 0x50, "methods": 0x58, "classes": 0x60}


@pytest.mark.parametrize("value", EXTREMES)
@pytest.mark.parametrize("name", TABLES)
def test_a_table_outside_the_file_is_empty(name: str, value: int) -> None:
    raw = sample().write()
    (stated,) = struct.unpack_from("<I", raw, TABLES[name])
    dex = opened(with_u4(raw, TABLES[name] + 4, value))
    assert len(getattr(dex.tables, name)) == 0
    assert f"the table of {name} states {stated} rows at {value}, 0 lie in the file" in [p.what for p in dex.problems]
    assert str(ByteRange(TABLES[name], 8)) in [problem.place for problem in dex.problems]


@pytest.mark.parametrize("value", EXTREMES)
@pytest.mark.parametrize(("name", "width"), list(zip(TABLES, (4, 4, 12, 8, 8, 32), strict=True)))
def test_a_table_is_cut_where_the_file_ends(name: str, width: int, value: int) -> None:
    raw = sample().write()
    (offset,) = struct.unpack_from("<I", raw, TABLES[name] + 4)
    dex = opened(with_u4(raw, TABLES[name], value))
    fitting = (len(raw) - offset) // width
    assert len(getattr(dex.tables, name)) == fitting
    said = f"the table of {name} states {value} rows at {offset}, {fitting} lie in the file"
    assert said in [problem.what for problem in dex.problems]


def test_a_row_that_fits_exactly_is_read_and_one_byte_less_is_not() -> None:
    raw = sample().write()
    for offset, rows in ((len(raw) - 8, 2), (len(raw) - 7, 1)):
        moved = with_u4(with_u4(raw, 0x38, 2), 0x3C, offset)
        assert opened(moved).string_count == rows


def test_a_row_that_points_outside_is_shown_by_number() -> None:
    raw = sample().write()
    (methods,) = struct.unpack_from("<I", raw, 0x5C)
    broken = with_u4(raw, methods + 4, 0xFFFFFFFF)
    (problem,) = opened(broken).problems
    assert problem.what.startswith("1 rows of the table of methods point outside a table with their name")
    assert parse_place(problem.place) == ByteRange(methods + 4, 4)
    assert "string@4294967295" in opened(broken).method_name(0)


def test_the_last_row_of_a_table_may_be_named_and_no_later_one() -> None:
    writer = sample()
    raw = writer.write()
    (methods,) = struct.unpack_from("<I", raw, 0x5C)
    last = len(writer.ids.strings) - 1
    assert said_of(with_u4(raw, methods + 4, last)) == []
    assert len(said_of(with_u4(raw, methods + 4, last + 1))) == 1


def test_a_sound_file_has_no_such_row() -> None:
    assert said_of(sample().write()) == []
