"""Three values of truth."""

from itertools import product

import pytest

from assay.bytecode.gates.truth import Truth, all_of, any_of

NO, MAYBE, YES = Truth


@pytest.mark.parametrize(("truths", "both", "either"), [
    ((), YES, NO), ((YES,), YES, YES), ((YES, MAYBE), MAYBE, YES), ((NO, MAYBE), NO, MAYBE), ((NO, YES), NO, YES),
    ((MAYBE, MAYBE), MAYBE, MAYBE), ((NO, NO), NO, NO),
])  # fmt: skip
def test_what_holds_of_several(truths: tuple[Truth, ...], both: Truth, either: Truth) -> None:
    assert all_of(truths) is both
    assert any_of(truths) is either


def test_maybe_stands_for_either_side() -> None:
    for a, b in product(Truth, repeat=2):
        sides = [[NO, YES] if one is MAYBE else [one] for one in (a, b)]
        outcomes = {min(pair) for pair in product(*sides)}
        assert all_of((a, b)) is (MAYBE if len(outcomes) == 2 else outcomes.pop())
