"""The call graph as a graph, and at its limits."""

import numpy as np
import pytest

from assay.bytecode.program import calls as graph
from assay.bytecode.program import planning
from assay.bytecode.program.calls import Precision
from assay.bytecode.program.program import Program
from assay.bytecode.program.statistics import statistics
from tests.bytecode import dex_writer as w
from tests.bytecode.program import kin as k
from tests.bytecode.program.opened import only, program

STATIC = k.PUBLIC | k.STATIC


def ladder() -> Program:
    """main -> a -> b <-> c, b -> outside; nothing calls main."""
    to_a, to_b, to_c = (k.call(k.STATICALLY, owner, name) for owner, name in (("LM;", "a"), ("LN;", "b"), ("LN;", "c")))
    main, a = k.method("LM;", "main", STATIC, to_a * 2), k.method("LM;", "a", STATIC, to_b)
    b = k.method("LN;", "b", STATIC, [*to_c, *k.call(k.STATICALLY, "LX;", "x")])
    return program([k.kin("LM;", main, a)], [k.kin("LN;", b, k.method("LN;", "c", STATIC, to_b))])


def test_callers_and_callees() -> None:
    opened = ladder()
    main, a, b, c = (only(opened, name) for name in ("LM;->main()V", "LM;->a()V", "LN;->b()V", "LN;->c()V"))
    assert opened.callees(main).tolist() == [a]
    assert len(opened.calls.from_definition(main)) == 2
    assert opened.callers(a).tolist() == [main]
    assert opened.callers(b).tolist() == sorted([a, c])
    assert opened.callees(b).tolist() == [c]
    assert opened.callers(main).tolist() == []
    for wrong in (-1, 4):
        with pytest.raises(IndexError):
            opened.callers(wrong)
        with pytest.raises(IndexError):
            opened.callees(wrong)


def test_bottom_up_comes_from_the_callees() -> None:
    opened = ladder()
    main, a, b, c = (only(opened, name) for name in ("LM;->main()V", "LM;->a()V", "LN;->b()V", "LN;->c()V"))
    order = opened.calls.bottom_up.tolist()
    assert sorted(order) == [0, 1, 2, 3]
    assert {*order[:2]} == {b, c}
    assert order[2:] == [a, main]
    assert opened.calls.components[b] == opened.calls.components[c] != opened.calls.components[a]


def test_what_is_counted_is_what_is_there() -> None:
    counts = statistics(ladder().calls)
    assert counts.sites == {**dict.fromkeys(counts.sites, 0), "exact": 5, "outside": 1}
    assert counts.edges == counts.sites
    assert counts.followed == 5
    assert counts.fan_out == dict.fromkeys(("0", "1", "2", "5", "10", "20", "50", "more"), 0)


def test_fewer_targets_are_listed_where_there_would_be_too_many_edges() -> None:
    classes = [k.kin("LA;", k.method("LA;", "m"))]
    classes += [k.kin(f"LB{n};", k.method(f"LB{n};", "m", code=k.new(f"LB{n};")), superclass="LA;") for n in range(4)]
    caller = k.kin("LM;", k.method("LM;", "call", STATIC, k.call(k.VIRTUAL, "LA;", "m") * 2))
    opened = program([*classes, caller])
    found, shadowed = opened._sites
    nodes = opened.resolver.nodes_of(opened.linked.names.method_types)
    calls = opened.calls
    assert calls.fan_out.tolist() == [4] * 8
    plan = planning.plan(found, opened.meant, calls.site_keys, opened.linked, opened.hierarchy, opened.resolver,
                         opened.resolved, nodes)  # fmt: skip
    enough, few = (  # each site counts for two besides its targets
        graph.edges(found, plan, calls.targets, opened.linked, shadowed, limit=limit) for limit in (12, 11)
    )
    assert enough.fan_out.tolist() == [4] * 8
    assert few.fan_out.tolist() == [4] * 2
    assert few.precision.tolist() == [Precision.CAPPED] * 2
    assert few.cap < 4


def test_instructions_that_the_runtime_refuses_are_listed() -> None:
    target = k.kin(
        "LT;", k.method("LT;", "virtual"), k.method("LT;", "static", STATIC), k.method("LT;", "p", k.PRIVATE)
    )
    right = [(k.VIRTUAL, "virtual"), (k.STATICALLY, "static"), (k.DIRECT, "p")]
    wrong = [(k.STATICALLY, "virtual"), (k.DIRECT, "virtual"), (k.VIRTUAL, "static"), (k.DIRECT, "static"),
             (k.STATICALLY, "p"), (k.VIRTUAL, "p")]  # fmt: skip
    code = [unit for opcode, name in (*right, *wrong) for unit in k.call(opcode, "LT;", name)]
    opened = program([target, k.kin("LM;", k.method("LM;", "call", STATIC, code))])
    assert opened.mismatched.tolist() == list(range(3, 9))
    assert sorted(set(opened.calls.site.tolist())) == list(range(9))


def test_precision_of_what_calls_by_name_polymorphic_and_native() -> None:
    named = w.MethodId("Ljava/lang/Class;", "forName", w.Proto("V"))
    handle = w.MethodId("Ljava/lang/invoke/MethodHandle;", "invoke", w.Proto("V"))
    code: list[w.Unit] = [
        *w.invoke(k.STATICALLY, named), *k.call(k.STATICALLY, "LM;", "native"),
        *k.call(k.DIRECT, "Ldalvik/system/DexClassLoader;", "<init>"),
        0xFA | 1 << 12, w.Index("method", handle), 0, w.Index("proto", w.Proto("V")),
    ]  # fmt: skip
    main = k.kin("LM;", k.method("LM;", "call", STATIC, code), k.method("LM;", "native", STATIC | k.NATIVE))
    opened = program([main])
    assert opened.calls.precision.tolist() == [
        Precision.REFLECTIVE, Precision.NATIVE, Precision.OUTSIDE, Precision.POLYMORPHIC,
    ]  # fmt: skip
    assert np.flatnonzero(opened.calls.callee >= 0).tolist() == [1]
    call = only(opened, "LM;->call()V")
    assert [(each.definition, each.pc, each.sort, each.name) for each in opened.unknowns] == [
        (call, 0, "reflection", b"forName"),
        (call, 6, "loading of code", b"<init>"),
        (only(opened, "LM;->native()V"), 0, "native method", b"native"),
    ]
