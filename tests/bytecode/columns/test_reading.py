"""Files of columns: written and read, damaged in every way; no change of any byte is ever believed."""

import io
import random
from collections import Counter

import msgspec
import numpy as np
import pytest
from hypothesis import given

from assay.bytecode.columns import Columns, build, read, write
from assay.model.errors import Unreadable
from assay.model.problem import Problem
from tests.bytecode import dex_writer as w
from tests.bytecode.columns.code_drawn import file, methods, strangers
from tests.bytecode.samples import opened, sample

EXTREMES = (0, 1, -1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 1 << 53, 1 << 62)


def written(columns: Columns) -> bytes:
    stream = io.BytesIO()
    assert write(columns, stream) == len(stream.getvalue())
    return stream.getvalue()


def made() -> Columns:
    return build(opened(sample().write()))


def same(one: Columns, other: Columns) -> bool:
    for name in one.__struct_fields__:
        a, b = getattr(one, name), getattr(other, name)
        if isinstance(a, np.ndarray):
            if a.dtype != b.dtype or not np.array_equal(a, b):
                return False
        elif a != b:
            return False
    return True


@given(methods(), strangers())
def test_what_was_written_is_read(method: w.Method, others: list[w.Class]) -> None:
    columns = build(file(method, others))
    raw = written(columns)
    assert same(read(raw), columns)
    assert same(read(memoryview(bytearray(raw)), trusted=True), columns)
    assert written(read(raw)) == raw


def test_problems_are_kept() -> None:
    problem = Problem(place="0x1+2", what="a thing “happened”\n", instead="another", cost="some")
    columns = msgspec.structs.replace(made(), problems=(problem,))
    assert read(written(columns)).problems == (problem,)


def test_arrays_are_not_writeable_and_lie_on_the_grid() -> None:
    raw = written(made())
    assert len(raw) % 64 == 0
    columns = read(bytearray(raw))
    assert not any(
        getattr(columns, name).flags["WRITEABLE"]
        for name in columns.__struct_fields__
        if isinstance(getattr(columns, name), np.ndarray)
    )


@pytest.mark.parametrize("size", [0, 1, 15, 16, 17, 63, 64, 4000])
def test_a_file_that_is_cut_is_unreadable(size: int) -> None:
    with pytest.raises(Unreadable):
        read(written(made())[:size])
    with pytest.raises(Unreadable):
        read(written(made())[:-64])


def header(raw: bytes) -> tuple[dict[str, object], bytes]:
    """Return the header as it stands, and what follows."""
    length = int.from_bytes(raw[8:16], "little")
    at = -(-(16 + length + 1) // 64) * 64
    return msgspec.json.decode(raw[16 : 16 + length]), raw[at:]


def with_header(raw: bytes, **changes: object) -> bytes:
    stated, arrays = header(raw)
    line = msgspec.json.encode({**stated, **changes})
    head = raw[:8] + len(line).to_bytes(8, "little") + line + b"\n"
    return head + b" " * (-len(head) % 64) + arrays


def test_the_header_can_be_written_anew() -> None:
    raw = written(made())
    assert same(read(with_header(raw)), read(raw))


@pytest.mark.parametrize("value", EXTREMES)
@pytest.mark.parametrize("name", ["version", "dex_size", "text_from", "crc32"])
def test_a_number_of_the_header_out_of_bounds_is_unreadable(name: str, value: int) -> None:
    raw = written(made())
    if header(raw)[0][name] == value:
        return
    try:
        columns = read(with_header(raw, **{name: value}))
    except Unreadable:
        return
    assert name in {"dex_size", "text_from"}
    touch(columns)


@pytest.mark.parametrize("value", EXTREMES)
@pytest.mark.parametrize("field", ["rows", "offset"])
def test_rows_and_offsets_out_of_bounds_are_unreadable(field: str, value: int) -> None:
    raw = written(made())
    arrays = header(raw)[0]["arrays"]
    assert isinstance(arrays, list)
    for number in (0, 3, len(arrays) - 1):
        if arrays[number][field] == value:
            continue
        changed = [{**one, field: value} if at == number else one for at, one in enumerate(arrays)]
        with pytest.raises(Unreadable):
            read(with_header(raw, arrays=changed))


@pytest.mark.parametrize("changes", [{"dtype": "<f8"}, {"name": "other"}, {"dtype": "|O"}])
def test_another_column_is_unreadable(changes: dict[str, object]) -> None:
    raw = written(made())
    arrays = header(raw)[0]["arrays"]
    assert isinstance(arrays, list)
    with pytest.raises(Unreadable):
        read(with_header(raw, arrays=[{**arrays[0], **changes}, *arrays[1:]]))


IDS = [
    ("type_strings", 1), ("proto_returns", 1), ("proto_parameters", 1), ("method_names", 1), ("method_protos", 1),
    ("class_types", 1), ("definition_methods", 0), ("definition_classes", 0), ("string_users", 0), ("method_users", 0),
    ("defined_fields", 0), ("reference_indices", 0),
]  # fmt: skip


@pytest.mark.parametrize(("name", "none"), IDS)
@pytest.mark.parametrize("value", [0xFFFFFFFF, 0xFFFFFFFE, 0x80000000, 0x7FFFFFFF, 50_000])
def test_an_index_outside_its_table_is_unreadable_but_none(name: str, none: int, value: int) -> None:
    columns = made()
    array = getattr(columns, name).copy()
    array[0] = value
    raw = written(msgspec.structs.replace(columns, **{name: array}))
    if none and value == 0xFFFFFFFF:
        touch(read(raw))
    else:
        with pytest.raises(Unreadable, match=name):
            read(raw)


@pytest.mark.parametrize(
    "name", ["reference_starts", "string_user_starts", "method_user_starts", "proto_parameter_starts"]
)
@pytest.mark.parametrize("value", [-1, 0x40000000, 0x7FFFFFFF])
def test_starts_that_do_not_rise_are_unreadable(name: str, value: int) -> None:
    columns = made()
    array = getattr(columns, name).copy()
    array[1] = np.array(value).astype(array.dtype)
    with pytest.raises(Unreadable, match=name):
        read(written(msgspec.structs.replace(columns, **{name: array})))


@pytest.mark.parametrize("name", ["string_starts", "string_lengths"])
def test_strings_outside_the_text_are_unreadable(name: str) -> None:
    columns = made()
    array = getattr(columns, name).copy()
    array[3] = 0xFFFFFFFF
    with pytest.raises(Unreadable, match="text"):
        read(written(msgspec.structs.replace(columns, **{name: array})))


def touch(columns: Columns) -> None:
    """Ask everything that is asked of columns."""
    for row in range(len(columns.method_names)):
        columns.method_key(row)
    for row in range(len(columns.field_names)):
        columns.field_key(row)
    for row in range(len(columns.string_starts)):
        columns.string(row)


@pytest.mark.mutation
def test_every_changed_file_is_unreadable_or_the_same(mutations: int) -> None:
    choice = random.Random(20_260_101)
    raw, became = written(made()), Counter[str]()
    before = read(raw)
    for _ in range(max(1_000, mutations)):
        changed = bytearray(raw)
        for _ in range(choice.randrange(1, 4)):
            at = choice.randrange(len(changed))
            if choice.randrange(8) == 0:
                del changed[at:]
                break
            changed[at] = choice.randrange(256)
        try:
            columns = read(bytes(changed))
        except Unreadable:
            became["unreadable"] += 1
            continue
        touch(columns)
        stated = (columns.dex_sha256, columns.dex_size, columns.text_from)
        unsaid = msgspec.structs.replace(
            columns, dex_sha256=before.dex_sha256, dex_size=before.dex_size, text_from=before.text_from
        )
        assert same(unsaid, before), stated
        became["the same"] += 1
    assert became["unreadable"] > became["the same"] > 0
