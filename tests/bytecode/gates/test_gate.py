"""What a gate says where not all worlds were gone through."""

from collections.abc import Iterable

import pytest

from assay.bytecode.gates.formula import OPEN, Formula
from assay.bytecode.gates.gate import MAX_WORLDS, Gates
from assay.bytecode.gates.supposed import NOTHING, Supposed
from assay.bytecode.gates.truth import Truth
from assay.bytecode.gates.worlds import UNKNOWN_MARKET, World


class _Always(Gates):
    """Gates of one truth in every world."""

    def __init__(self, truth: Truth) -> None:
        self.always, self.asked = truth, 0

    def _truth(self, formula: Formula, world: World, given: tuple[Supposed, Supposed]) -> Truth:
        del formula, world, given
        self.asked += 1
        return self.always

    def ends(self, worlds: Iterable[World]) -> tuple[Truth, Truth]:
        return self._ends(OPEN, worlds, (NOTHING, NOTHING))


@pytest.mark.parametrize(("truth", "within", "beyond"), [
    (Truth.NO, (Truth.NO, Truth.YES), (Truth.MAYBE, Truth.YES)),
    (Truth.YES, (Truth.YES, Truth.NO), (Truth.YES, Truth.MAYBE)),
])  # fmt: skip
def test_what_no_world_within_the_limit_shows_is_unknown_beyond_it(
    truth: Truth, within: tuple[Truth, Truth], beyond: tuple[Truth, Truth]
) -> None:
    gates, world = _Always(truth), World(UNKNOWN_MARKET)
    assert gates.ends([world] * MAX_WORLDS) == within
    gates.asked = 0
    assert gates.ends([world] * (MAX_WORLDS + 1)) == beyond
    assert gates.asked == MAX_WORLDS
