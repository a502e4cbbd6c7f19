"""Behind which gate a consequence stands that a match keeps away, however the condition is written."""

from itertools import permutations

import pytest

from tests.bytecode.effects import conditions as c
from tests.bytecode.effects import followed as f

GATES = ("gate", "!gate")


def gated(*items: f.Item, number: int) -> dict[str, str]:
    """Whether the gate of what a match keeps away is open where the market is CN and where it is LT."""
    found = f.compared(*items, number=number)
    assert found.outcome.consequences == ("refused",)
    return f.truths(found)


def returning(condition: c.Condition) -> dict[str, str]:
    """if (condition) return; send();"""
    coded = c.Coded(condition, "then")
    return gated(*coded.items, "then", [0x0E], "else", f.send(), number=coded.match)


def wrapping(condition: c.Condition) -> dict[str, str]:
    """if (!(condition)) send();"""
    coded = c.Coded(condition, "else")
    return gated(*coded.items, "else", f.send(), "then", number=coded.match)


def expected(condition: c.Condition) -> dict[str, str]:
    return {place: "YES" if c.matters(condition, gate=gate) else "NO" for place, gate in (("CN", True), ("LT", False))}


TWO = [condition for order in permutations(("match", "gate")) for condition in c.trees(order)]
BESIDE: list[c.Condition] = [
    ("other", "||", "match"), ("match", "||", "other"), ("other", "&&", "match"), ("match", "&&", "other"),
]  # fmt: skip
"""Without any gate: whatever else is asked, the consequence follows everywhere."""
THREE: list[c.Condition] = [
    ("gate", "&&", ("other", "&&", "match")),
    ("gate", "&&", ("match", "&&", "other")),
    ("gate", "&&", ("other", "||", "match")),
    ("gate", "||", ("match", "&&", "other")),
    (("match", "&&", "gate"), "||", "other"),
    ("match", "&&", ("gate", "&&", "other")),
    (("gate", "&&", "match"), "||", "other"),
    (("other", "||", "match"), "&&", "gate"),
    ("other", "||", ("match", "&&", "gate")),
    ("other", "||", ("match", "||", "gate")),
    (("other", "&&", "match"), "||", "gate"),
    ("gate", "||", ("other", "||", "match")),
]


@pytest.mark.parametrize("condition", [*TWO, *BESIDE, *THREE], ids=c.shown)
def test_what_a_match_keeps_away_stands_behind_the_gate_that_is_asked_with_it(condition: c.Condition) -> None:
    for each in (condition, c.negated(condition)):
        assert returning(each) == expected(each)
        assert wrapping(each) == expected(each)


def test_a_gate_that_is_asked_with_a_match_opens_in_one_place_and_shuts_in_the_other() -> None:
    assert returning(("gate", "&&", "match")) == {"CN": "YES", "LT": "NO"}
    assert returning(("match", "&&", "gate")) == {"CN": "YES", "LT": "NO"}
    assert returning(("!gate", "&&", "match")) == {"CN": "NO", "LT": "YES"}
    assert returning(("gate", "||", "match")) == {"CN": "NO", "LT": "YES"}
    assert returning("match") == {"CN": "YES", "LT": "YES"}


def test_a_condition_within_another_is_the_same_gate() -> None:
    """if (gate) { if (match) return; log(); } send();"""
    asked: list[f.Item] = [f.asks("contains", "Z"), (f.IF_EQZ, 0, -1, "after"), [0x0E], "after", f.log()]
    for gate, gates in (("gate", {"CN": "YES", "LT": "NO"}), ("!gate", {"CN": "NO", "LT": "YES"})):
        coded = c.Coded(gate, "then").items
        assert gated(*coded, "then", *asked, "else", f.send(), number=2) == gates
