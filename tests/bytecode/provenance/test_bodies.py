"""What the code of one definition gives and takes, against methods written out by hand."""

import pytest

from assay.bytecode.provenance import bodies as module
from assay.bytecode.provenance.bodies import Bodies, Body
from tests.bytecode import dex_writer as w
from tests.bytecode.program import kin as k
from tests.bytecode.program.opened import only, program

PROTO = w.Proto("Ljava/lang/String;", ("J", "Ljava/lang/String;", "D"))
CALLED = w.MethodId("LA;", "m", PROTO)
CODE: list[w.Unit] = [
    0x0012,  # 0: const/4 v0, 0
    *w.invoke(0x70, CALLED, 10, 11, 12, 13, 14),  # 1: invoke-direct m(this, long, string, half of a double)
    0x000C,  # 2: move-result-object v0
    0x0011,  # 3: return-object v0
]


def body(*methods: w.Method) -> Body:
    opened = program([k.kin("LA;", *methods)])
    found = Bodies(opened).of(only(opened, f"LA;->{methods[0].id.name}{methods[0].id.proto}"))
    assert found is not None
    return found


def test_parameters_and_arguments_count_wide_ones_once() -> None:
    found = body(k.method("LA;", "m", k.PRIVATE, CODE, PROTO))
    assert found.key == (b"LA;", b"m", b"(JLjava/lang/String;D)Ljava/lang/String;")
    assert found.registers == 16
    assert found.parameters == (10, 11, 13, 14)
    call = found.call(1)
    assert call is not None
    assert call.arguments == (10, 11, 13, 14)
    assert (call.owner, call.name, call.static, call.pc) == (b"LA;", b"m", False, 1)
    assert call.targets == (found.definition,)
    assert found.reads(1) == (10, 11, 12, 13, 14)
    assert [found.call(row) for row in (0, 2, 3)] == [None, None, None]


def test_results_returns_and_readers() -> None:
    found = body(k.method("LA;", "m", k.PRIVATE, CODE, PROTO))
    assert found.result(1) == found.value_of(2) == 18
    assert found.producer(2) == 1
    assert found.row_of(18) == 2
    assert found.row_of(3) is None
    assert found.returns == [(3, 18)]
    assert found.readers(18) == [3]
    assert found.readers(10) == [1]
    assert [found.result(0), found.producer(1), found.producer(0)] == [None, None, None]
    assert [found.row_at(pc) for pc in (0, 1, 2, 4, 5, 99)] == [0, 1, None, 2, 3, None]


def test_more_parameters_than_registers_are_none() -> None:
    made = k.method("LA;", "m", k.PRIVATE, [0x0012], PROTO)
    made.registers = 5
    assert body(made).parameters == ()
    made.registers = 6
    assert body(made).parameters == (0, 1, 3, 4)


def test_definitions_without_code_have_no_body() -> None:
    opened = program([k.kin("LA;", k.method("LA;", "n", k.NATIVE), k.method("LA;", "m", k.STATIC, [0x0012]))])
    bodies = Bodies(opened)
    assert bodies.of(only(opened, "LA;->n()V")) is None
    static = bodies.of(only(opened, "LA;->m()V"))
    assert static is not None
    assert static.parameters == ()
    for outside in (-1, 2, 1 << 31):
        with pytest.raises(IndexError):
            bodies.of(outside)
    for row in (-1, static.rows):
        with pytest.raises(IndexError):
            static.reads(row)


def test_the_body_asked_for_longest_ago_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_KEPT", 2)
    opened = program([k.kin("LA;", *(k.method("LA;", name, k.STATIC) for name in ("m", "n", "o")))])
    bodies = Bodies(opened)
    first, second = bodies.of(0), bodies.of(1)
    assert bodies.of(0) is first
    bodies.of(2)
    assert bodies.of(0) is first
    assert bodies.of(1) is not second
