"""Where a result goes on its way to what follows: back to callers, and through fields."""

from itertools import permutations

import pytest

from tests.bytecode import dex_writer as w
from tests.bytecode.effects import conditions as c
from tests.bytecode.effects import followed as f
from tests.bytecode.provenance import linked as l

BLOCKED = w.FieldId(f.MAIN, "blocked", l.OBJECT)
OTHER = w.FieldId(f.MAIN, "other", l.OBJECT)


def later(field: w.FieldId) -> w.Method:
    """Another method, that says something where a field holds something."""
    code = f.laid(l.got_static(0, field), (f.IF_EQZ, 0, -1, "end"), f.toast(), "end", [0x0E])
    return l.static(f.MAIN, "later", l.VOID, code)


def test_a_result_that_is_kept_in_a_field_is_followed_to_who_reads_it() -> None:
    found = f.what_follows(
        f.asks("get", l.OBJECT), l.put_static(0, BLOCKED), operator="look-up", more=(later(BLOCKED),)
    )
    assert found.consequences == ("message",)


def test_who_reads_another_field_does_not_follow() -> None:
    found = f.what_follows(f.asks("get", l.OBJECT), l.put_static(0, BLOCKED), operator="look-up", more=(later(OTHER),))
    assert found.consequences == ()


@pytest.mark.parametrize("order", [*permutations(("match", "gate")), *permutations(("match", "gate", "other"))])
def test_whether_a_match_does_something_or_keeps_it_away_however_much_is_asked_beside_it(
    order: tuple[str, ...],
) -> None:
    """if (condition) toast(); else send(); with all conditions of the questions in their order."""
    for condition in c.trees(order):
        coded = c.Coded(condition, "then")
        found = f.what_follows(*coded.items, "then", f.toast(), [0x0E], "else", f.send(), number=coded.match)
        told = {effect.consequence: effect.suppressed for effect in found.effects}
        assert told == {"message": False, "refused": True}, c.shown(condition)


@pytest.mark.parametrize("order", [*permutations(("!match", "gate")), *permutations(("!match", "gate", "other"))])
def test_whether_it_does_where_the_match_is_denied(order: tuple[str, ...]) -> None:
    for condition in c.trees(order):
        coded = c.Coded(condition, "then")
        found = f.what_follows(*coded.items, "then", f.toast(), [0x0E], "else", f.send(), number=coded.match)
        told = {(effect.consequence, effect.sink): effect.suppressed for effect in found.effects}
        assert told == {("refused", "effect.toast"): True, ("reported", "effect.sms"): False}, c.shown(condition)
