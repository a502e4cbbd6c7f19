"""Supertypes and subtypes at their limits."""

from assay.bytecode.program.hierarchy import Hierarchy
from tests.bytecode.program import kin as k
from tests.bytecode.program.opened import program


def chain(length: int) -> list[k.Kin]:
    return [k.kin(f"LC{row};", superclass=f"LC{row + 1};") for row in range(length)]


def test_supertypes_that_do_not_fit_are_counted() -> None:
    linked = program(chain(4)).linked  # 1 + 2 + 3 + 4 pairs, the last supertype outside
    assert Hierarchy(linked, limit=10).cut == 0
    less = Hierarchy(linked, limit=9)
    assert less.cut == 1
    assert len(less.supertypes) <= 9


def test_a_class_that_is_its_own_superclass_and_one_in_a_ring_end() -> None:
    ring = [k.kin("LX;", superclass="LY;"), k.kin("LY;", superclass="LZ;"), k.kin("LZ;", superclass="LX;")]
    own = k.kin("LS;", k.method("LS;", "m", code=k.call(k.SUPER, "LS;", "m")), superclass="LS;", interfaces=("LS;",))
    opened = program([*ring, own, k.kin("LT;", superclass="LX;")])
    assert [opened.superclass(row) for row in range(5)] == [-1, -1, -1, -1, 0]
    assert opened.hierarchy.cyclic.tolist() == [0, 1, 2, 3]
    assert opened.problems[0].what == "4 classes are their own supertypes, LX; among them"
    assert opened.calls.callee.tolist() == [-1]


def test_depth_is_no_danger() -> None:
    count = 3_000
    opened = program([*chain(count), k.kin(f"LC{count};", k.method(f"LC{count};", "m"))])
    assert len(opened.subtypes(count)) == count
    assert len(opened.supertypes(0)) == count
    assert opened.external_supertypes(0) == (b"Ljava/lang/Object;",)
