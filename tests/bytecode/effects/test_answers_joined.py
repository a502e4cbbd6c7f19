"""Comparisons of one text with several words whose answers are joined without branches."""

import pytest

from assay.bytecode.gates.truth import Truth
from tests.bytecode.effects import followed as f

OR, AND = 0x96, 0x95
"""or-int and and-int of registers."""


@pytest.mark.parametrize(("joined", "match"), [(OR, Truth.NO), (AND, Truth.YES)])
def test_what_is_sent_unless_one_of_them_matches(joined: int, match: Truth) -> None:
    both = [*f.asks("has", "Z", 0), *f.asks("has", "Z", 2), joined, 0x0200]
    found = f.what_follows(both, (f.IF_NEZ, 0, -1, "end"), f.send(), "end")
    assert found.consequences == ("refused",)
    assert found.supposed is not None
    (effect,) = found.effects
    assert found.supposed.match.guard_of(effect.definition, effect.row, effect.context) is match
    assert found.supposed.plain.guard_of(effect.definition, effect.row, effect.context) is Truth.YES
