"""Elements that a call leaves out of a collection by what a function says, which compares them."""

import pytest

from assay.bytecode.effects.effects import Effects
from assay.bytecode.gates.gate import Gates
from assay.bytecode.provenance.evaluator import Evaluator
from assay.bytecode.sites.record import Reason, Site, Typed
from assay.reference.models import Models
from tests.bytecode.effects import followed as f
from tests.bytecode.program import kin as k
from tests.bytecode.program.opened import only, program
from tests.bytecode.provenance import linked as l

MODELS = """
schema = "assay-models/1"
reference = "written for this test"
verified = "unverified"
[[class]]
names = "java.util.ArrayList"
models = [
  {methods = "add", flows = "arg1 -> this[]"},
  {methods = "removeIf filter stay", parameters = 1, calls = "arg1.test(this[])", kind = "lambda"},
]
[[class]]
names = "out.Screen"
models = [{methods = "typed", parameters = 0, source = "text.typed"}]
"""
LIST, TEST, PREDICATE = "Ljava/util/ArrayList;", "LTest;", "Ljava/util/function/Predicate;"
ASKED = l.proto("Z", l.OBJECT)


def predicate(*, opposite: bool) -> k.Kin:
    """Says whether some words hold what it is given, or the opposite."""
    ask = [*l.text(0, "word"), *l.virtual("Lout/Words;", "contains", ASKED, 0, 15), 0x0A]
    turned = [0x00DF, 0x0100] if opposite else []  # xor-int/lit8 v0, v0, 1
    asked = l.method(TEST, "test", ASKED, [*ask, *turned, 0x0F])
    return k.kin(TEST, l.constructor(TEST), asked, interfaces=(PREDICATE,))


def what_follows(name: str, *, opposite: bool) -> tuple[str, ...]:
    typed = [*l.statically("Lout/Screen;", "typed", l.proto(l.STRING)), *l.result(0)]
    held = [*l.made(1, LIST), *l.virtual(LIST, "add", ASKED, 1, 0), *l.made(2, TEST)]
    sieve = l.virtual(LIST, name, l.proto("Z", PREDICATE), 1, 2)
    start = l.static(f.MAIN, "start", l.VOID, [*typed, *held, *sieve, 0x0E])
    opened = program([k.kin(f.MAIN, start), predicate(opposite=opposite)])
    evaluator = Evaluator(opened, Models.parse([("test", MODELS)]))
    definition = only(opened, "LTest;->test(Ljava/lang/Object;)Z")
    body = evaluator.bodies.of(definition)
    assert body is not None
    row = next(each.row for each in body.calls)
    site = Site(
        definition=definition, row=row, pc=body.pc(row), family="substring", operator="contains", method=-1,
        text=(row, 1), list=(row, 0), symmetric=False, text_typed=Typed.YES, in_loop=False, decides=True,
        reason=Reason.KEPT, head=-1, score=50,
    )  # fmt: skip
    call = body.call(row)
    assert call is not None
    context = (evaluator.links.into(definition)[0],)
    words, text = (evaluator.term(definition, value, context) for value in call.arguments)
    gates = Gates(evaluator.bodies, evaluator, evaluator.links)
    return Effects(evaluator, gates).of(site, context, text, words).consequences


@pytest.mark.parametrize(
    ("name", "opposite", "consequences"),
    [
        ("removeIf", False, ("dropped",)),
        ("removeIf", True, ()),
        ("filter", True, ("dropped",)),
        ("filter", False, ()),
        ("stay", False, ()),
    ],
)
def test_what_is_left_out_on_a_match_is_dropped(name: str, consequences: tuple[str, ...], *, opposite: bool) -> None:
    assert what_follows(name, opposite=opposite) == consequences
