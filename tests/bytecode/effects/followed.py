"""One method that compares, as code with labels, and what follows from its comparison as the bench has it."""

from typing import Any, NamedTuple

from assay.applications.tracing import Tracing
from assay.bytecode.effects.effects import Effects
from assay.bytecode.effects.record import Outcome
from assay.bytecode.gates.gate import Gates
from assay.bytecode.provenance.evaluator import Evaluator
from assay.bytecode.provenance.links_record import Component, Context
from assay.bytecode.sites.record import Reason, Site, Typed
from assay.facts.comparisons.found import Finder, Found
from assay.reference.models import Models
from tests.bytecode import dex_writer as w
from tests.bytecode.program import kin as k
from tests.bytecode.program.opened import only, program
from tests.bytecode.provenance import linked as l

MODELS = '''
schema = "assay-models/1"
reference = "written for this test"
verified = "unverified"
[[class]]
names = "out.Acts"
models = [
  {methods = "toast", sink = "effect.toast"},
  {methods = "send", sink = "effect.sms", sink_args = [1]},
  {methods = "log", sink = "effect.log", sink_args = [1]},
  {methods = "mark", sink = "effect.error", sink_args = [1]},
]
[[class]]
names = "out.Conn"
models = [{methods = "body", parameters = 0, sink = "effect.network"}]
[[class]]
names = "out.File"
models = [{methods = "open", parameters = 1, sink = "effect.store", store = "file write name=arg1 value=return"}]
[[class]]
names = "out.Stream out.Writer"
models = [
  {methods = "<init>", parameters = 1, flows = "this -> arg1 view"},
  {methods = "write", parameters = 1, flows = "arg1 -> this concat"},
  {methods = "close", parameters = 0, sink = "effect.stop", sink_args = [0]},
]
[[class]]
names = "out.Intent"
models = [
  {methods = "<init>", parameters = 1, flows = "arg1 -> this.action"},
  {methods = "kind", parameters = 1, flows = "arg1 -> this.type"},
  {methods = "put", parameters = 2, flows = "arg2 -> this[arg1]"},
]
[[class]]
names = "out.Desk"
[[class.models]]
methods = "start"
sink = "effect.navigate"
sink_args = [1]
sink_when = """
arg1.action=INSTALL effect.install; arg1.type=package effect.install; arg1.action=CALL effect.call; \
arg1.action=SEND effect.broadcast"""
[[class]]
names = "out.Screen"
models = [
  {methods = "typed", parameters = 0, source = "text.typed"},
  {methods = "market", parameters = 0, source = "variable.market"},
  {methods = "clock", parameters = 0, source = "variable.time"},
]
[[class]]
names = "out.Market"
models = [{methods = "is", parameters = 1, test = "equals(this, arg1)"}]
'''
OWN = Models.parse([("test", MODELS)])
ACTS, BOTH = "Lout/Acts;", l.proto("V", l.STRING, l.OBJECT)
HOME, MAIN, NAME = "LHome;", "LMain;", "LMain;->m(Ljava/lang/String;Ljava/lang/Object;)V"
TEXT, WORDS = 14, 15
WORD = (*l.text(1, "word"),)
GOTO = 0x29
IF_EQ, IF_NE, IF_LT, IF_GE, IF_EQZ, IF_NEZ, IF_LTZ, IF_GEZ, IF_GTZ, IF_LEZ = (
    0x32, 0x33, 0x34, 0x35, 0x38, 0x39, 0x3A, 0x3B, 0x3C, 0x3D,
)  # fmt: skip

Item = list[w.Unit] | str | tuple[int, int, int, str]
"""Units of an instruction, a label, or a branch: opcode, registers (the second -1 for tests against zero), label."""


def laid(*items: Item) -> list[w.Unit]:
    """Units with branches led to their labels."""
    places, at = {}, 0
    for item in items:
        if isinstance(item, str):
            places[item] = at
        at += 0 if isinstance(item, str) else 2 if isinstance(item, tuple) else len(item)
    units: list[w.Unit] = []
    for item in items:
        if isinstance(item, tuple):
            opcode, one, other, label = item
            away = (places[label] - len(units)) & 0xFFFF
            high = one << 8 if other < 0 else one << 8 | other << 12
            units += [opcode | high, away]
        elif not isinstance(item, str):
            units += item
    return units


def toast() -> list[w.Unit]:
    return l.statically(ACTS, "toast", l.VOID)


def send() -> list[w.Unit]:
    return l.statically(ACTS, "send", l.proto("V", l.STRING), TEXT)


def log() -> list[w.Unit]:
    return l.statically(ACTS, "log", l.proto("V", l.STRING), TEXT)


def asks(name: str, gives: str, into: int = 0) -> list[w.Unit]:
    """Asks the words for the text."""
    return [*l.virtual("Lout/Words;", name, l.proto(gives, l.STRING), WORDS, TEXT), *_result(gives, into)]


def _result(gives: str, into: int) -> list[w.Unit]:
    return [(0x0C if gives[0] in "L[" else 0x0A) | into << 8]


class Written(NamedTuple):
    """A program, the comparison in it, and what stands for the way into it."""

    evaluator: Evaluator
    site: Site
    context: Context
    sides: tuple[int, ...]


def written(
    *items: Item, operator: str = "contains", family: str = "substring", at: str = "invoke", number: int = 0,
    more: tuple[w.Method, ...] = (), models: Models = OWN, words: tuple[w.Unit, ...] = WORD,
) -> Written:  # fmt: skip
    """The instruction of an opcode, the so manieth of them, in a method of a text and words, as a comparison.

    `words`: what its caller does to have words in v1.
    """
    own = l.static(MAIN, "m", BOTH, laid(*items, [0x0E]))
    typed = [*l.statically("Lout/Screen;", "typed", l.proto(l.STRING)), *l.result(0), *words]
    start = l.static(MAIN, "start", l.VOID, [*typed, *l.statically(MAIN, "m", BOTH, 0, 1), 0x0E])
    begin = l.method(HOME, "onCreate", l.proto("V", "Landroid/os/Bundle;"), l.statically(MAIN, "start", l.VOID))
    opened = program([k.kin(MAIN, own, start, *more), k.kin(HOME, begin, superclass="Landroid/app/Activity;")])
    evaluator = Evaluator(opened, models, {HOME.encode(): Component("activity")})
    definition = only(opened, NAME)
    body = evaluator.bodies.of(definition)
    assert body is not None
    row = [each for each in range(body.rows) if body.opcode(each).startswith(at)][number]
    site = Site(
        definition=definition, row=row, pc=body.pc(row), family=family, operator=operator, method=-1,
        text=(row, 1 if at == "invoke" else 0), list=(row, 0), symmetric=False, text_typed=Typed.YES, in_loop=False,
        decides=True, reason=Reason.KEPT, head=-1, score=50,
    )  # fmt: skip
    context = (evaluator.links.into(definition)[0],)
    sides = tuple(evaluator.term(definition, value, context) for value in body.parameters)
    return Written(evaluator, site, context, sides)


def what_follows(*items: Item, **more: Any) -> Outcome:
    """What follows from a comparison as it is `written`."""
    found = written(*items, **more)
    gates = Gates(found.evaluator.bodies, found.evaluator, found.evaluator.links)
    return Effects(found.evaluator, gates).of(found.site, found.context, *found.sides)


class Traced(Tracing):
    """What follows values, conditions and effects through a written program."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.__dict__["evaluator"] = evaluator


def compared(*items: Item, **more: Any) -> Found:
    """The one comparison that is found at the site of what is `written`, with its gate."""
    program = written(*items, **more)
    (found,) = Finder(Traced(program.evaluator)).at(program.site)
    return found


def truths(found: Found) -> dict[str, str]:
    """Whether a gate is open where the market is CN and where it is LT, before anything was sent."""
    lines = {line.profile: line.unset.name for line in found.gate.lines}
    return {"CN": lines["cn"], "LT": lines["eu-lt"]}
