"""Which instructions lie between a backward branch and its target."""

import pytest

from assay.bytecode.loops import loop_depth
from tests.bytecode import dex_writer as w
from tests.bytecode.samples import method, one_class, opened


def depths(*codes: list[w.Unit]) -> list[int]:
    raw = one_class(*(method(code, f"m{n}") for n, code in enumerate(codes)))
    depth: list[int] = loop_depth(opened(raw).instructions).tolist()
    return depth


@pytest.mark.parametrize(
    "back",
    [[0x28 | 0xFE << 8], [0x29, 0xFFFE], [0x2A, 0xFFFE, 0xFFFF], [0x32, 0xFFFE], [0x38, 0xFFFE], [0x3D, 0xFFFE]],
)
def test_from_the_target_to_the_branch(back: list[w.Unit]) -> None:
    assert depths([0x12, 0x12, 0x12, *back, 0x0E]) == [0, 1, 1, 1, 0]


def test_loops_in_loops() -> None:
    inner, outer = [0x38, 0xFFFF], [0x38, 0xFFFC]
    assert depths([0x12, 0x12, *inner, *outer, 0x0E]) == [1, 2, 2, 1, 0]


def test_forward_branches_and_payloads_are_no_loops() -> None:
    assert depths([0x28 | 2 << 8, 0x12, 0x0E]) == [0, 0, 0]
    assert depths([0x38, 2, 0x0E]) == [0, 0]


@pytest.mark.parametrize("step", [0x8000, 0xFFFA])
def test_a_branch_to_nowhere_is_no_loop(step: int) -> None:
    assert depths([0x12, 0x13, 0, 0x38, step, 0x0E], [0x0E]) == [0, 0, 0, 0, 0]


def test_a_branch_into_the_middle_of_an_instruction_is_no_loop() -> None:
    assert depths([0x13, 0, 0x38, 0xFFFF, 0x0E]) == [0, 0, 0]


def test_methods_do_not_reach_into_each_other() -> None:
    assert depths([0x12, 0x28 | 0xFF << 8], [0x28 | 0xFF << 8, 0x0E]) == [1, 1, 0, 0]
