"""Objects that are told apart by where they are made: constants of an enumeration."""

import pytest

from tests.bytecode import dex_writer as w
from tests.bytecode.effects import conditions as c
from tests.bytecode.effects import followed as f
from tests.bytecode.program import kin as k
from tests.bytecode.provenance import linked as l

ONE, OTHER = (w.FieldId(f.MAIN, name, l.OBJECT) for name in ("ONE", "OTHER"))
CHOSEN = l.proto(l.OBJECT)
MADE = {"<clinit>": True, "begin": False}
"""Methods in which the two objects are made, and whether each is then the only one of its place."""


def chosen(*, inside: str) -> tuple[w.Method, ...]:
    """A method that makes two objects for two fields, and one that gives the first where the market is CN."""
    making = [*l.new(0, "Lout/Mode;"), *l.put_static(0, ONE), *l.new(0, "Lout/Mode;"), *l.put_static(0, OTHER)]
    maker = k.method(f.MAIN, inside, k.STATIC | (k.CONSTRUCTOR if inside == "<clinit>" else 0), making)
    asked = c.Coded("gate", "then").items
    code = f.laid(*asked, "then", l.got_static(0, ONE), [0x0011], "else", l.got_static(0, OTHER), [0x0011])
    return maker, l.static(f.MAIN, "chosen", CHOSEN, code)


@pytest.mark.parametrize(("inside", "told"), MADE.items())
def test_constants_of_an_enumeration_are_told_apart_by_their_places(inside: str, *, told: bool) -> None:
    """if (chosen() == ONE && match) return; send();"""
    asked = [*l.statically(f.MAIN, "chosen", CHOSEN), *l.result(1), *l.got_static(2, ONE)]
    match: list[f.Item] = [f.asks("contains", "Z"), (f.IF_NEZ, 0, -1, "end"), f.send(), "end"]
    begin = l.statically(f.MAIN, "begin", l.VOID) if inside == "begin" else []
    code: list[f.Item] = [begin, asked, (f.IF_NE, 1, 2, "end"), *match]
    found = f.compared(*code, number=1 + bool(begin), more=chosen(inside=inside))
    truths = f.truths(found)
    assert truths == {"CN": "YES", "LT": "NO"} if told else truths["LT"] != "NO"
