"""Libraries that apps carry: models stand for their code, and what models do not say is unknown."""

from assay.bytecode.program.callbacks import CERTAIN, NOT
from assay.bytecode.provenance.boundary import Boundary
from assay.bytecode.provenance.evaluator import Evaluator
from assay.bytecode.provenance.terms import Kind, Term
from assay.reference.models import Models, models
from tests.bytecode.program import kin as k
from tests.bytecode.program.opened import only, program
from tests.bytecode.provenance import linked as l
from tests.bytecode.provenance.test_evaluator import GIVES

KNOWN = """
schema = "assay-models/1"
reference = "written for this test"
verified = "unverified"
packages = "out.lib"
model = [
  {class = "out.lib.Net", methods = "ask", parameters = 0, source = "network.response"},
  {class = "out.lib.Net", methods = "tell", parameters = 1, calls = "arg1.told(?network.response)", kind = "listener"},
]
"""
TAKE = l.proto("V", l.STRING)
TOLD = "LMine;->told(Ljava/lang/String;)V"
NET, LISTENER = "Lout/lib/Net;", "Lout/lib/Listener;"
M = "LMain;->m()Ljava/lang/String;"


def net(name: str = NET) -> k.Kin:
    """A library: ask() and plain() give constants, tell() calls its listener with one."""
    ask = l.static(name, "ask", GIVES, [*l.text(0, "of the library"), *l.given_back(0)])
    plain = l.static(name, "plain", GIVES, [*l.text(0, "of the library"), *l.given_back(0)])
    code = [*l.text(0, "of the library"), *l.interfaced(LISTENER, "told", TAKE, 15, 0), 0x0E]
    return k.kin(name, ask, plain, l.static(name, "tell", l.proto("V", LISTENER), code))


def opened(name: str, package: str = "", asked: str = NET) -> tuple[Evaluator, Term]:
    """What m() gives, which calls a method of the library and makes a listener known to it."""
    code = [*l.made(1, "LMine;"), *l.statically(asked, "tell", l.proto("V", LISTENER), 1),
            *l.statically(asked, name, GIVES), *l.result(0), *l.given_back(0)]  # fmt: skip
    told = l.method("LMine;", "told", TAKE, [0x0E])
    mine = k.kin("LMine;", l.constructor("LMine;"), told, interfaces=(LISTENER,))
    listener = k.kin(LISTENER, l.method(LISTENER, "told", TAKE, [], k.PUBLIC | k.ABSTRACT),
                     flags=k.INTERFACE | k.ABSTRACT)  # fmt: skip
    made = program([k.kin("LMain;", l.static("LMain;", "m", GIVES, code)), mine, listener, net(asked)])
    evaluator = Evaluator(made, Models.parse([("test", KNOWN)]), package=package)
    body = evaluator.bodies.of(only(made, M))
    assert body is not None
    return evaluator, evaluator.terms[evaluator.term(body.definition, body.returns[0][1])]


def test_a_method_with_a_model_is_what_the_model_says() -> None:
    evaluator, found = opened("ask")
    assert (found.kind, found.model and found.model.source) == (Kind.CALL, "network.response")
    assert evaluator.bodies.of(only(evaluator.ground.program, f"{NET}->ask(){l.STRING}")) is None


def test_a_method_without_a_model_is_unknown_and_its_code_is_not_followed() -> None:
    _, found = opened("plain")
    assert (found.kind, found.model) == (Kind.CALL, None)


def test_a_listener_is_called_back_by_the_model_alone() -> None:
    evaluator, _ = opened("plain")
    told = only(evaluator.ground.program, TOLD)
    (link,) = evaluator.links.into(told)
    assert (evaluator.ground.program.method_name(link.caller), link.kind) == (M, "listener")
    body = evaluator.bodies.of(told)
    assert body is not None
    assert evaluator.terms[evaluator.term(told, body.parameters[1], (link,))].value == "network.response"


def test_code_of_the_app_itself_is_followed_whatever_its_package() -> None:
    _, found = opened("plain", package="out.lib.app")
    assert found.value == "of the library"
    _, beside = opened("plain", package="out.library")
    assert beside.kind is Kind.CALL


def test_a_name_that_only_begins_alike_is_no_library() -> None:
    _, found = opened("plain", asked="Lout/library/Net;")
    assert found.value == "of the library"


def test_what_overrides_a_method_beyond_may_be_called_from_outside() -> None:
    evaluator, _ = opened("plain")
    boundary, made = evaluator.ground.boundary, evaluator.ground.program
    assert boundary.callbacks[only(made, TOLD)] == CERTAIN
    assert made.callbacks[only(made, TOLD)] != CERTAIN
    assert boundary.callbacks[only(made, f"{NET}->ask(){l.STRING}")] == NOT
    assert boundary.find_class(NET.encode()) is None
    assert boundary.find_class(b"LMine;") == made.find_class(b"LMine;")
    assert not Boundary(made).classes.any()


def test_the_packages_of_the_bench_name_whole_packages() -> None:
    found = models().packages
    assert b"Lretrofit2/" in found
    assert all(each.startswith(b"L") and each.endswith(b"/") and len(each) > 3 for each in found)
    assert list(found) == sorted(set(found))
