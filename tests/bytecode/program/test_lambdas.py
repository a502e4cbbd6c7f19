"""What invoke-custom leads to."""

from assay.bytecode.program.calls import Calls, Precision
from assay.bytecode.program.lambdas import Bootstrap
from assay.bytecode.program.program import Program
from tests.bytecode import dex_items as items
from tests.bytecode import dex_parts as parts
from tests.bytecode import dex_writer as w
from tests.bytecode.program import kin as k
from tests.bytecode.program.opened import part

METAFACTORY = items.MethodId("Ljava/lang/invoke/LambdaMetafactory;", "metafactory", items.Proto("V"))
OWN = items.MethodId("LMain;", "link", items.Proto("V"))
BODY = items.MethodId("LMain;", "body", items.Proto("V"))
SHOWN = items.MethodId("LBase;", "shown", items.Proto("V"))
INVOKE_STATIC, INVOKE_INSTANCE = 4, 5
HANDLES: list[tuple[int, items.MethodId | items.FieldId]] = [
    (INVOKE_STATIC, METAFACTORY), (INVOKE_STATIC, OWN), (INVOKE_STATIC, BODY), (INVOKE_INSTANCE, SHOWN),
]  # fmt: skip


def site(bootstrap: int, implementation: int | None) -> list[parts.Value]:
    proto = parts.Value(parts.METHOD_TYPE, items.Proto("V"))
    found = [parts.Value(parts.METHOD_HANDLE, bootstrap), parts.Value(parts.STRING, "run"), proto]
    return found if implementation is None else [*found, proto, parts.Value(parts.METHOD_HANDLE, implementation), proto]


def opened(*sites: list[parts.Value], called: int = 0) -> Program:
    code: list[w.Unit] = [0xFC, w.Index("call_site", called), 0]
    static = k.PUBLIC | k.STATIC
    others = (k.method("LMain;", name, static) for name in ("link", "body"))
    main = k.kin("LMain;", k.method("LMain;", "call", static, code), *others)
    base = k.kin("LBase;", k.method("LBase;", "shown"))
    below = k.kin("LBelow;", k.method("LBelow;", "shown", code=k.new("LBelow;")), superclass="LBase;")
    raw = k.write([main, base, below], version="038", call_sites=list(sites), handles=HANDLES)
    return Program([part(raw)])


def reached(program: Program) -> set[str]:
    calls: Calls = program.calls
    assert set(calls.precision.tolist()) == {Precision.BOOTSTRAP}
    return {program.method_name(row) if row >= 0 else "" for row in calls.callee.tolist()}


def test_a_lambda_leads_to_its_body() -> None:
    program = opened(site(0, 2))
    assert reached(program) == {"LMain;->body()V"}
    assert program.unknowns == ()


def test_a_method_reference_leads_to_what_its_receiver_may_be() -> None:
    assert reached(opened(site(0, 3))) == {"LBelow;->shown()V"}


def test_an_unknown_bootstrap_method_is_an_unknown_edge_to_it() -> None:
    program = opened(site(1, None))
    assert reached(program) == {"LMain;->link()V"}
    (unknown,) = program.unknowns
    assert (unknown.sort, unknown.owner, unknown.name) == ("bootstrap method", b"LMain;", b"link")
    assert program.meant.bootstraps.tolist() == [Bootstrap.UNKNOWN]


def test_a_call_site_that_is_no_such_thing_is_an_unknown_edge_to_nowhere() -> None:
    for broken in ([], [parts.Value(parts.INT, 1)], [parts.Value(parts.METHOD_HANDLE, 0x7FFF)]):
        program = opened(broken)
        assert reached(program) == {""}
        assert [(each.sort, each.name) for each in program.unknowns] == [("bootstrap method", b"")]
