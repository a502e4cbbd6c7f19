import numpy as np
import pytest

from assay.bytecode.constants import arguments, constants, definition_of, handed_to, row_at
from tests.bytecode import dex_writer as w
from tests.bytecode.samples import CONTAINS, method, one_class, opened

LOAD: list[w.Unit] = [0x14 | 3 << 8, 0x0002, 0x7F03]  # const v3, 0x7f030002
CALL = w.invoke(0x6E, CONTAINS, 1, 3)
OTHER = w.invoke(0x6E, CONTAINS, 1, 2)


def taker(*code: w.Unit) -> int | None:
    return handed_to(opened(one_class(method([*LOAD, *code, 0x0E]))), 0)


def test_both_ways_of_loading_32_bits_are_found_and_shorter_ones_are_not() -> None:
    code: list[w.Unit] = [
        *LOAD,
        *(0x15 | 1 << 8, 0x8001),  # const/high16 v1, 0x80010000
        *(0x13 | 1 << 8, 0x7F03),  # const/16
        *(0x17, 0x0002, 0x7F03),  # const-wide/32
        *(0x14, 0xFFFF, 0xFFFF),  # const v0, -1
        0x0E,
    ]
    dex = opened(one_class(method([0x0E], "a"), method(code, "b")))
    found = constants(dex)
    assert found.values.tolist() == [0x7F030002, 0x80010000, 0xFFFFFFFF]
    assert found.values.dtype == np.uint32
    assert [definition_of(dex.instructions, row) for row in found.rows.tolist()] == [1, 1, 1]


@pytest.mark.parametrize(
    "code",
    [
        CALL,
        [*OTHER, *CALL],
        [0x12 | 2 << 8, *CALL],  # const/4 v2
        [0x38 | 2 << 8, 2, *CALL],  # if-eqz v2
        [0x74 | 1 << 8, w.Index("method", CONTAINS), 3],  # invoke-virtual/range {v3}
    ],
)
def test_the_call_that_takes_it_next(code: list[w.Unit]) -> None:
    assert taker(*code) is not None


@pytest.mark.parametrize(
    "code",
    [
        [],
        OTHER,
        [0x12 | 3 << 8, *CALL],  # const/4 v3
        [0x28 | 1 << 8, *CALL],  # goto
        [0x0E, *CALL],
        [0x27 | 1 << 8, *CALL],  # throw v1
        [*([0x00] * 30), *CALL],  # beyond the window
        [0x74 | 1 << 8, w.Index("method", CONTAINS), 4],  # invoke-virtual/range {v4}
    ],
)
def test_no_call_is_seen(code: list[w.Unit]) -> None:
    assert taker(*code) is None


def test_a_call_of_the_next_method_takes_nothing() -> None:
    dex = opened(one_class(method(list(LOAD), "a"), method([*CALL, 0x0E], "b")))
    assert handed_to(dex, 0) is None


def test_arguments_are_the_registers_in_order() -> None:
    units: list[w.Unit] = [
        *w.invoke(0x6E, CONTAINS, 5, 4, 3, 2, 1),
        *(0x74 | 3 << 8, w.Index("method", CONTAINS), 7),
        0x0E,
    ]
    code = opened(one_class(method(units))).instructions
    assert arguments(code, 0) == (5, 4, 3, 2, 1)
    assert arguments(code, 1) == (7, 8, 9)


def test_an_instruction_is_found_by_its_offset_and_nothing_else_is() -> None:
    code = opened(one_class(method([*LOAD, 0x0E], "a"), method([*LOAD, 0x0E], "b"))).instructions
    assert [row_at(code, 1, pc) for pc in (0, 1, 3, 4)] == [2, None, 3, None]
