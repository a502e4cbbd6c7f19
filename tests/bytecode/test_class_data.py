"""Definitions, and class data that break the rules."""

import struct

import pytest

from assay.bytecode.class_data import MAX_SHARING
from tests.bytecode import dex_writer as w
from tests.bytecode.samples import EXTREMES, method, one_class, opened, sample, with_u4


def class_data_at(raw: bytes, row: int = 0) -> int:
    """Offset of the number that says where the class data of a class lie."""
    return int(struct.unpack_from("<I", raw, 0x64)[0]) + 32 * row + 24


def said_of(raw: bytes) -> list[str]:
    return [problem.what for problem in opened(raw).problems]


def with_class_data(data: bytes) -> bytes:
    raw = one_class(method([0x0E], "a"), method([0x0E], "b"))
    return with_u4(raw + data, class_data_at(raw), len(raw))


OUTSIDE_SAID = "the header states a file of"


@pytest.mark.parametrize("value", EXTREMES)
def test_class_data_outside_the_file(value: int) -> None:
    raw = sample().write()
    dex = opened(with_u4(raw, class_data_at(raw), value))
    assert [problem.what for problem in dex.problems] == ["class data lie outside the file (1; the first here)"]
    assert (len(dex.methods.method), len(dex.fields.field)) == (0, 0)


def test_the_definitions_before_a_break_are_kept() -> None:
    dex = opened(with_class_data(bytes([0, 0, 2, 0, 0, 9, 0x80])))
    assert dex.methods.method.tolist() == []
    dex = opened(with_class_data(bytes([0, 0, 2, 0, 0, 9, 0, 1, 9])))
    assert dex.methods.method.tolist() == [0]
    assert "class data break off (1; the first here)" in [problem.what for problem in dex.problems]


@pytest.mark.parametrize("step", [2, 0xFFFF, 0xFFFFFFFF])
def test_a_method_that_does_not_exist(step: int) -> None:
    dex = opened(with_class_data(bytes([0, 0, 2, 0, 0, 9, 0]) + w.uleb128(step) + bytes([9, 0])))
    said = "classes define a field or method that is not in the table of ids (1; the first here)"
    assert dex.methods.method.tolist() == [0]
    assert said in [problem.what for problem in dex.problems]


def test_the_second_definition_of_a_method_is_said() -> None:
    dex = opened(with_class_data(bytes([0, 0, 2, 0, 1, 9, 0, 0, 1, 4])))
    assert (dex.methods.method.tolist(), dex.methods.access.tolist()) == ([1], [9])
    said = "fields or methods are defined more than once (1; the first here)"
    assert said in [problem.what for problem in dex.problems]


@pytest.mark.parametrize("count", EXTREMES)
def test_counts_beyond_the_file(count: int) -> None:
    for place in range(4):
        head = b"".join(w.uleb128(count) if place == part else b"\0" for part in range(4))
        assert "class data break off (1; the first here)" in said_of(with_class_data(head))


def test_class_data_that_many_classes_share_are_read_up_to_the_limit() -> None:
    names = [f"LA{n};" for n in range(200)]
    ids = [w.MethodId(names[0], f"m{n}", w.Proto("V")) for n in range(100)]
    raw = w.write([w.Class(names[0], direct=[w.Method(id_) for id_ in ids]), *(w.Class(name) for name in names[1:])])
    shared = struct.unpack_from("<I", raw, class_data_at(raw))[0]
    for row in range(200):
        raw = with_u4(raw, class_data_at(raw, row), shared)
    dex = opened(raw)
    assert len(dex.methods.method) == 100
    twice, cut = (problem.what for problem in dex.problems)
    assert twice.startswith("fields or methods are defined more than once (")
    assert cut.startswith("class data are shared so often that reading them all would take too long (")
    read = int(twice.partition("(")[2].partition(";")[0]) + 100
    assert read <= MAX_SHARING * 100 + 4 * 200
