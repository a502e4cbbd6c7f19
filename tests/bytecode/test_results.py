"""Whether the result of a call decides something soon."""

import numpy as np
import pytest

from assay.bytecode.results import WINDOW, feeds_decision
from tests.bytecode import dex_writer as w
from tests.bytecode.samples import CONTAINS, method, one_class, opened

CALL = w.invoke(0x6E, CONTAINS, 0, 1)
RESULT = [0x0A | 3 << 8]  # move-result v3
TEST = [0x38 | 3 << 8, 2]  # if-eqz v3
OTHER: list[w.Unit] = [0x12 | 2 << 8]  # const/4 v2


def decides(*code: w.Unit) -> bool:
    raw = one_class(method([*CALL, *code, 0x0E]), method([0x39, 3], "n"))
    found = feeds_decision(opened(raw).instructions, np.array([0]), np.array([0]))
    return bool(found[0])


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
        [*RESULT, 0x01 | 4 << 8 | 3 << 12, 0x0F | 4 << 8],  # move v4, v3; return v4
        [*RESULT, 0xDF | 3 << 8, 3 | 1 << 8, 0x0F | 3 << 8],  # xor-int/lit8 v3, v3, 1
        [*RESULT, 0x28 | 2 << 8, 0x0E, *TEST],  # goto over a return
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
        [*RESULT, 0x27 | 4 << 8, *TEST],
        [*RESULT, 0x28 | 0xFF << 8, *TEST],
        [*RESULT, 0x0E, *TEST],
        [*OTHER, *RESULT, *TEST],
    ],
)
def test_what_does_not(code: list[w.Unit]) -> None:
    assert not decides(*code)


def test_the_window() -> None:
    assert decides(*RESULT, *OTHER * (WINDOW - 1), *TEST)
    assert not decides(*RESULT, *OTHER * WINDOW, *TEST)


def test_a_call_at_the_very_end_of_the_code() -> None:
    raw = one_class(method([*CALL]), method([*CALL, *RESULT], "n"))
    code = opened(raw).instructions
    assert feeds_decision(code, np.array([0, 1]), np.array([0, 1])).tolist() == [False, False]
