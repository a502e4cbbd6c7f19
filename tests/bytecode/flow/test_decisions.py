"""Whether the result of a call decides something."""

import numpy as np
import pytest

from assay.bytecode.flow.decisions import MAX_STATES, feeds_decision
from assay.bytecode.flow.graph import graph_of
from tests.bytecode import dex_writer as w
from tests.bytecode.samples import CONTAINS, method, one_class, opened

CALL = w.invoke(0x6E, CONTAINS, 0, 1)
RESULT = [0x0A | 3 << 8]  # move-result v3
TEST = [0x38 | 3 << 8, 2]  # if-eqz v3
OTHER: list[w.Unit] = [0x12 | 2 << 8]  # const/4 v2


def looked_at(*code: w.Unit) -> tuple[bool, bool]:
    raw = one_class(method([*CALL, *code, 0x0E]), method([0x39, 3], "n"))
    found, broken = feeds_decision(graph_of(opened(raw), [0, 1]), np.array([0]))
    return bool(found[0]), bool(broken[0])


def decides(*code: w.Unit) -> bool:
    return looked_at(*code)[0]


@pytest.mark.parametrize(
    "code",
    [
        [*RESULT, *TEST],
        [*RESULT, 0x39 | 3 << 8, 2],
        [*RESULT, 0x0F | 3 << 8],
        [0x0C | 3 << 8, 0x11 | 3 << 8],
        [*RESULT, 0x2B | 3 << 8, 0, 0],
        [*RESULT, 0x32 | 3 << 8 | 1 << 12, 2],
        [*RESULT, 0x33 | 1 << 8 | 3 << 12, 2],
        [*RESULT, *OTHER, *TEST],
        [*RESULT, *OTHER * 500, *TEST],
        [*RESULT, 0x01 | 4 << 8 | 3 << 12, 0x0F | 4 << 8],  # move v4, v3; return v4
        [*RESULT, 0x01 | 4 << 8 | 3 << 12, *TEST],  # the copy is not the only one
        [*RESULT, 0x01 | 4 << 8 | 3 << 12, 0x12 | 3 << 8, 0x0F | 4 << 8],
        [*RESULT, 0xDF | 3 << 8, 3 | 1 << 8, 0x0F | 3 << 8],  # xor-int/lit8 v3, v3, 1
        [*RESULT, 0x95 | 4 << 8, 1 | 3 << 8, 0x0F | 4 << 8],  # and-int v4, v1, v3
        [*RESULT, 0xB6 | 3 << 8 | 1 << 12, *TEST],  # or-int/2addr v3, v1
        [*RESULT, 0xB6 | 1 << 8 | 3 << 12, 0x0F | 1 << 8],  # or-int/2addr v1, v3
        [*RESULT, 0x28 | 2 << 8, 0x0E, *TEST],  # goto over a return
        [*RESULT, 0x38 | 4 << 8, 3, 0x0E, *TEST],  # behind a test of something else
        [*RESULT, 0x28 | 3 << 8, *TEST, 0x28 | 0xFE << 8],  # goto back to the test
    ],
)
def test_what_decides(code: list[w.Unit]) -> None:
    assert decides(*code)


@pytest.mark.parametrize(
    "code",
    [
        [],
        TEST,
        RESULT,
        [*RESULT, 0x38 | 4 << 8, 2],
        [*RESULT, 0x0F | 4 << 8, *TEST],
        [*RESULT, 0x12 | 3 << 8, *TEST],
        [*RESULT, 0x16 | 2 << 8, 0, *TEST],  # const-wide/16 v2 overwrites v3 too
        [*RESULT, 0x01 | 3 << 8 | 4 << 12, *TEST],  # move v3, v4
        [*RESULT, 0x95 | 3 << 8, 1 | 2 << 8, *TEST],  # and-int v3, v1, v2
        [*RESULT, 0x27 | 4 << 8, *TEST],
        [*RESULT, 0x28 | 0xFF << 8, *TEST],
        [*RESULT, 0x0E, *TEST],
        [*OTHER, *RESULT, *TEST],
    ],
)
def test_what_does_not(code: list[w.Unit]) -> None:
    assert looked_at(*code) == (False, False)


def test_over_the_limit_is_told() -> None:
    """A chain of n tests of something else is n + 2 blocks behind the call."""
    other: list[w.Unit] = [0x38 | 4 << 8, 2]
    assert looked_at(*RESULT, *other * (MAX_STATES - 2)) == (False, False)
    assert looked_at(*RESULT, *other * (MAX_STATES - 1), *[0x0E] * 2) == (False, False)
    assert looked_at(*RESULT, *other * MAX_STATES, *TEST) == (False, True)
    assert looked_at(*RESULT, *TEST, *other * MAX_STATES) == (True, False)


def test_a_call_at_the_very_end_of_the_code() -> None:
    raw = one_class(method([*CALL]), method([*CALL, *RESULT], "n"))
    found, _ = feeds_decision(graph_of(opened(raw), [0, 1]), np.array([0, 1]))
    assert found.tolist() == [False, False]
