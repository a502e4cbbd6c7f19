"""Overriding across packages, and its limits."""

import numpy as np
import pytest

from assay.bytecode.program.overrides import Overrides, _with_blocked
from tests.bytecode.program import kin as k
from tests.bytecode.program.opened import only, program


def test_a_package_keeps_methods_apart_unless_one_between_opens_them() -> None:
    top = k.kin("Lp/A;", k.method("Lp/A;", "m", 0))
    stranger = k.kin("Lq/B;", k.method("Lq/B;", "m"), superclass="Lp/A;")
    apart = program([top, stranger])
    assert apart.overrides(only(apart, "Lq/B;->m()V")).tolist() == []
    opener = k.kin("Lp/O;", k.method("Lp/O;", "m"), superclass="Lp/A;")
    heir = k.kin("Lq/B;", k.method("Lq/B;", "m"), superclass="Lp/O;")
    opened = program([top, opener, heir])
    above = {opened.method_name(row) for row in opened.overrides(only(opened, "Lq/B;->m()V"))}
    assert above == {"Lp/O;->m()V", "Lp/A;->m()V"}


def test_constructors_and_class_initialisers_override_nothing() -> None:
    for name, access in (("<init>", k.PUBLIC), ("<init>", k.PUBLIC | k.CONSTRUCTOR), ("<clinit>", 0)):
        opened = program([k.kin("LA;", k.method("LA;", name, access)),
                          k.kin("LB;", k.method("LB;", name, access), superclass="LA;")])  # fmt: skip
        assert len(opened.override_pairs.uppers) == 0


def test_a_method_that_is_inherited_implements_an_interface() -> None:
    flags = k.PUBLIC | k.INTERFACE | k.ABSTRACT
    wanted = k.kin("LI;", k.method("LI;", "m", k.PUBLIC | k.ABSTRACT), flags=flags)
    opened = program([wanted, k.kin("LA;", k.method("LA;", "m")), k.kin("LB;", superclass="LA;", interfaces=("LI;",))])
    assert opened.overridden_by(only(opened, "LI;->m()V")).tolist() == [only(opened, "LA;->m()V")]


def test_steps_are_a_limit_that_is_said() -> None:
    opened = program([k.kin("LA;", k.method("LA;", "m")), k.kin("LB;", k.method("LB;", "m"), superclass="LA;")])
    enough = Overrides(opened.linked, opened.hierarchy, opened.resolver, steps=3)
    assert enough.complete
    assert enough.uppers.tolist() == [0]
    assert not Overrides(opened.linked, opened.hierarchy, opened.resolver, steps=2).complete


@pytest.mark.parametrize(("steps", "every"), [(4, True), (3, False), (1, False), (0, False)])
def test_what_lies_between_is_looked_for_in_bounded_steps(steps: int, every: bool) -> None:  # noqa: FBT001
    pairs = np.array([2, 1], np.int32), np.array([1, 0], np.int32)
    blocked = np.array([2], np.int32), np.array([0], np.int32)
    (lower, upper), done = _with_blocked(pairs, blocked, steps)
    assert done == every
    found = list(zip(lower.tolist(), upper.tolist(), strict=True))
    assert found == [(2, 1), (1, 0)] + [(2, 0)] * every
