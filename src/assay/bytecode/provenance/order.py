"""Whether pieces of a text are written in an order that is known: one after the other, each once."""

from itertools import pairwise

from assay.bytecode.provenance.ground import Ground
from assay.bytecode.provenance.writes import Found


class Order:
    """Looks at the control flow between writes."""

    def __init__(self, ground: Ground) -> None:
        """Keep the ground."""
        self._ground = ground

    def known(self, found: list[Found]) -> bool:
        """Return whether all writes are in one method, none in a loop, and each comes on every way behind the last."""
        places = {(each.definition, each.context) for each in found}
        body = self._ground.bodies.of(found[0].definition) if len(places) == 1 else None
        if body is None:
            return False
        blocks = [body.block(each.row) for each in found]
        if any(body.flow.loop_at(block) is not None for block in blocks):
            return False
        above = body.flow.dominators.tolist()
        return all(_dominates(above, one, other) for one, other in pairwise(blocks))


def _dominates(above: list[int], one: int, other: int) -> bool:
    """Return whether every way to a block leads through another."""
    while other != one:
        if other < 0 or above[other] == other:
            return False
        other = above[other]
    return True
