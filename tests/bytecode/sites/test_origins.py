"""Where operands come from: along branches, round loops, and no further than the limits."""

import numpy as np
import pytest

from assay.bytecode.flow.graph import graph_of
from assay.bytecode.sites.callables import callables
from assay.bytecode.sites.origins import columns_of, origins
from assay.bytecode.sites.tracing import CUT, IS_TEXT, MAX_ROWS, NUMBER, PLAIN, SELF, SEVERAL, TEXT, Questions
from tests.bytecode import dex_writer as w
from tests.bytecode.samples import CONTAINS, method, one_class, opened

NOP: w.Unit = 0x00
CALL = w.invoke(0x6E, CONTAINS, 1, 2)


def asked(code: list[w.Unit], row: int, register: int, own: int = -1) -> tuple[int, int, int]:
    dex = opened(one_class(method([*code, 0x0E])))
    question = Questions(np.array([row]), np.array([register]), np.array([PLAIN], np.uint8), np.array([own]))
    found = origins(columns_of(dex, graph_of(dex, [0])), callables(dex), question)
    return int(found.kinds[0]), int(found.first[0]), int(found.string[0])


def test_a_constant() -> None:
    kinds, first, string = asked([*w.const_string(2, "word"), *CALL], 1, 2)
    assert (kinds, first, string >= 0) == (TEXT | IS_TEXT, 0, True)


def test_copies_are_followed() -> None:
    copy = [0x07 | 2 << 8 | 3 << 12]  # move-object v2, v3
    assert asked([*w.const_string(3, "word"), *copy, *CALL], 2, 2)[:2] == (TEXT | IS_TEXT, 0)


def test_both_ways_into_a_block() -> None:
    """if-eqz v0 over the second constant."""
    code = [*w.const_string(2, "one"), 0x38, 4, *w.const_string(2, "other"), *CALL]
    assert asked(code, 3, 2)[0] == TEXT | IS_TEXT | SEVERAL


def test_a_question_at_the_beginning_of_a_block_looks_into_the_one_before() -> None:
    """The call stands first in its block, behind a test of something else."""
    code = [*w.const_string(2, "one"), 0x38, 2, *CALL]
    assert asked(code, 2, 2)[0] == TEXT | IS_TEXT


def test_round_a_loop() -> None:
    """The value that a call's place feeds itself: const/4 v2, then add-int/lit8 v2, v2, 1 and back."""
    code: list[w.Unit] = [0x12 | 2 << 8, 0xD8 | 2 << 8, 2 | 1 << 8, 0x28 | 0xFE << 8]
    kinds, _, _ = asked(code, 1, 2, own=1)
    assert kinds == NUMBER | SELF


@pytest.mark.parametrize(("rows", "cut"), [(MAX_ROWS, False), (MAX_ROWS + 1, True)])
def test_as_many_instructions_as_the_limit(rows: int, cut: bool) -> None:  # noqa: FBT001 - a case
    kinds, _, _ = asked([*w.const_string(2, "word"), *[NOP] * (rows - 1), *CALL], rows, 2)
    assert kinds == (CUT if cut else TEXT | IS_TEXT)


def test_a_register_that_the_call_has_not_asks_nothing() -> None:
    assert asked([*CALL], 0, -1) == (0, -1, -1)
