"""Targets of virtual calls: what has instances, and how many are listed."""

import pytest

from assay.bytecode.program import dispatch, planning
from assay.bytecode.program.calls import Precision
from assay.bytecode.program.instances import entries
from assay.bytecode.program.program import Program
from tests.bytecode.program import kin as k
from tests.bytecode.program.opened import program

INTERFACE = k.PUBLIC | k.INTERFACE | k.ABSTRACT


def world(implementers: int, made: int) -> Program:
    """An interface with implementers, of which some are made, and one call of it."""
    wanted = k.kin("LI;", k.method("LI;", "m", k.PUBLIC | k.ABSTRACT), flags=INTERFACE)
    classes = [k.kin(f"LC{n:03};", k.method(f"LC{n:03};", "m"), interfaces=("LI;",)) for n in range(implementers)]
    code = [unit for each in classes[:made] for unit in k.new(each.name)]
    caller = k.method("LMain;", "call", k.PUBLIC | k.STATIC, [*code, *k.call(k.INTERFACED, "LI;", "m")])
    return program([wanted, *classes, k.kin("LMain;", caller)])


@pytest.mark.parametrize(("made", "rows"), [(1, 1), (3, 3), (dispatch.MAX_TARGETS, dispatch.MAX_TARGETS)])
def test_only_classes_with_instances_are_targets(made: int, rows: int) -> None:
    calls = world(made + 2, made).calls
    assert calls.precision.tolist() == [Precision.HIERARCHY] * rows
    assert calls.fan_out.tolist() == [made] * rows


def test_one_target_more_than_are_listed_leaves_the_number() -> None:
    opened = world(dispatch.MAX_TARGETS + 1, dispatch.MAX_TARGETS + 1)
    calls = opened.calls
    assert calls.precision.tolist() == [Precision.CAPPED]
    assert calls.fan_out.tolist() == [dispatch.MAX_TARGETS + 1]
    assert opened.method_name(int(calls.callee[0])) == "LI;->m()V"


def test_where_nothing_is_made_the_whole_hierarchy_counts() -> None:
    calls = world(4, 0).calls
    assert calls.fan_out.tolist() == [4] * 4
    assert calls.targets.how.tolist() == [dispatch.UNFILTERED]


def test_a_call_that_nothing_answers_stays_a_row() -> None:
    calls = world(0, 0).calls
    assert (calls.precision.tolist(), calls.fan_out.tolist()) == ([Precision.HIERARCHY], [0])


def test_a_class_is_below_object_by_its_interface_where_its_superclass_is_cut_off() -> None:
    """The superclass is its own superclass: what it declares answers for its subclass all the same."""
    own = k.kin("LE;", k.method("LE;", "m"), superclass="LE;")
    heir = k.kin("LA;", superclass="LE;", interfaces=("LI;",))
    code = [*k.new("LA;"), *k.call(k.VIRTUAL, k.OBJECT, "m")]
    caller = k.kin("LMain;", k.method("LMain;", "call", k.PUBLIC | k.STATIC, code))
    opened = program([own, heir, k.kin("LI;", flags=INTERFACE), caller, k.kin(k.OBJECT, superclass=None)])
    assert [opened.method_name(row) for row in opened.callees(1)] == ["LE;->m()V"]


def test_what_extends_something_outside_has_instances() -> None:
    base = k.kin("LBase;", k.method("LBase;", "m", k.PUBLIC | k.ABSTRACT), flags=k.PUBLIC | k.ABSTRACT,
                 superclass="Lext/View;")  # fmt: skip
    one, two = (k.kin(name, k.method(name, "m"), superclass="LBase;") for name in ("LOne;", "LTwo;"))
    caller = k.kin("LMain;", k.method("LMain;", "call", k.PUBLIC | k.STATIC, k.call(k.VIRTUAL, "LBase;", "m")))
    assert program([base, one, two, caller]).calls.fan_out.tolist() == [2, 2]


def test_steps_are_a_limit_that_is_said() -> None:
    opened = world(3, 3)
    answers = entries(opened.linked, opened.hierarchy, opened.override_pairs, opened.instantiated)
    nodes = opened.resolver.nodes_of(opened.linked.names.method_types)
    keys = planning.keys(opened.meant, opened.linked, nodes, opened.resolved.definitions)

    def found(steps: int, cap: int = dispatch.MAX_TARGETS) -> dispatch.Targets:
        return dispatch.targets(opened.linked, opened.hierarchy, answers, opened.instantiated, keys.nodes,
                                keys.signatures, keys.resolved, cap=cap, steps=steps)  # fmt: skip

    assert found(100).how.tolist() == [dispatch.FILTERED]
    few = found(2)
    assert few.how.tolist() == [dispatch.GIVEN_UP]
    assert few.fan_out[0] >= 3
    assert found(100, cap=3).sizes.tolist() == [3]
    assert found(100, cap=2).how.tolist() == [dispatch.MANY]


def test_reached_classes_count_as_reached_where_steps_do_not_suffice() -> None:
    top = k.kin("LA;", k.method("LA;", "m"))
    below = [k.kin(f"LB{n};", k.method(f"LB{n};", "m"), superclass="LA;") for n in range(3)]
    code = [unit for each in below for unit in k.new(each.name)]
    opened = program([top, *below, k.kin("LMain;", k.method("LMain;", "call", k.PUBLIC | k.STATIC, code))])

    def live(steps: int) -> list[int]:
        found = entries(opened.linked, opened.hierarchy, opened.override_pairs, opened.instantiated, steps)
        return [int(each) for each in found.live]

    assert live(100) == [0, 1, 1, 1]
    assert live(-1) == [1, 1, 1, 1]
