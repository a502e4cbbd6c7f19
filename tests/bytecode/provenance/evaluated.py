"""Programs of test classes and what their values are, as the bench has it."""

from assay.bytecode.program.part import Part
from assay.bytecode.program.program import Program
from assay.bytecode.provenance.evaluator import Evaluator
from assay.bytecode.provenance.links import Context, Link
from assay.bytecode.provenance.terms import Kind, Term
from assay.reference.models import Models
from tests.bytecode.program import kin as k
from tests.bytecode.program.opened import only, program

MODELS = """
schema = "assay-models/1"
reference = "written for this test"
verified = "unverified"
[[class]]
names = "out.Bag"
models = [
  {methods = "<init>", parameters = 1, flows = "arg1[] -> this[]"},
  {methods = "add", parameters = 1, flows = "arg1 -> this[]"},
  {methods = "addAll", parameters = 1, flows = "arg1[] -> this[]"},
  {methods = "get", parameters = 0, flows = "this[] -> return"},
  {methods = "turn", parameters = 0, flows = "this[] -> return[] iterate"},
  {methods = "same", parameters = 0, flows = "this -> return"},
  {methods = "of", parameters = 1, flows = "arg1[] -> return[] view"},
]
[[class]]
names = "out.Turn"
models = [
  {methods = "next", parameters = 0, flows = "this[] -> return"},
]
[[class]]
names = "out.Map"
models = [
  {methods = "put", parameters = 2, flows = "arg2 -> this[arg1]"},
  {methods = "get", parameters = 1, flows = "this[arg1] -> return"},
]
[[class]]
names = "out.Text"
models = [
  {methods = "append", parameters = 1, flows = "arg1 -> this concat; this -> return"},
  {methods = "show", parameters = 0, flows = "this -> return to-string"},
]
[[class]]
names = "out.Words"
models = [
  {methods = "lower", parameters = 1, flows = "arg1 -> return lower"},
  {methods = "cut", parameters = 3, flows = "arg1 -> return substring"},
  {methods = "split", parameters = 1, flows = "arg1 -> return[] split"},
  {methods = "long", parameters = 1, flows = "arg1 -> return length"},
  {methods = "place", parameters = 1, test = "index-of(arg1, arg1)"},
]
[[class]]
names = "java.lang.Integer"
models = [{methods = "valueOf", parameters = 1, flows = "arg1 -> return number"}]
[[class]]
names = "out.Json"
models = [
  {methods = "read", parameters = 2, flows = "arg1 -> return parse-json"},
  {methods = "field", parameters = 1, flows = "this -> return json-field"},
]
[[class]]
names = "out.Screen"
models = [
  {methods = "typed", parameters = 0, source = "text.typed"},
  {methods = "onTyped", parameters = 1, parameter_sources = "arg1=text.typed"},
]
[[class]]
names = "out.Entry"
models = [{methods = "show", parameters = 0, source = "text.typed"}]
[[class]]
names = "out.View"
models = [{methods = "show", parameters = 0, flows = "this -> return derive"}]
[[class]]
names = "out.Later"
models = [
  {methods = "<init>", parameters = 1, flows = "call1 -> this.result", calls = "arg1.call()", kind = "future"},
  {methods = "get", parameters = 0, flows = "this.result -> return"},
  {methods = "at", parameters = 1, flows = "call1 -> return", calls = "arg1.call()"},
]
[[class]]
names = "out.Net"
models = [
  {methods = "fetch", parameters = 0, source = "network.response"},
  {methods = "get", parameters = 1, source = "network.response"},
  {methods = "body", parameters = 0, sink = "effect.network"},
]
[[class]]
names = "out.Prefs"
models = [
  {methods = "open", parameters = 1, store = "preference open name=arg1"},
  {methods = "edit", parameters = 0, flows = "this -> return"},
  {methods = "read", parameters = 2, store = "preference read name=this key=arg1 default=arg2"},
  {methods = "write", flows = "this -> return", store = "preference write key=arg1 name=this value=arg2"},
]
[[class]]
names = "out.File"
models = [
  {methods = "in", parameters = 1, store = "file read name=arg1 value=return"},
  {methods = "out", parameters = 1, store = "file write name=arg1 value=return"},
]
[[class]]
names = "out.Stream"
models = [
  {methods = "write", parameters = 1, flows = "arg1 -> this concat"},
]
[[class]]
names = "out.Writer"
models = [
  {methods = "<init>", parameters = 1, flows = "this -> arg1 view"},
  {methods = "write", parameters = 1, flows = "arg1 -> this concat"},
]
[[field]]
class = "out.Build"
names = "BRAND"
source = "variable.build"
"""


class Evaluated:
    """A program, and the terms of values by name of the method and number among the instructions of an opcode."""

    def __init__(self, *classes: k.Kin, parts: tuple[Part, ...] = (), budget: int = 4000) -> None:
        self.program: Program = Program(parts) if parts else program(list(classes))
        self.evaluator = Evaluator(self.program, Models.parse([("test", MODELS)]), budget=budget)
        self.terms = self.evaluator.terms

    def id(self, name: str) -> int:
        return only(self.program, name)

    def row(self, name: str, opcode: str, number: int = 0) -> int:
        body = self.evaluator.bodies.of(self.id(name))
        assert body is not None
        return [row for row in range(body.rows) if body.opcode(row).startswith(opcode)][number]

    def read(self, name: str, opcode: str = "return", number: int = 0, operand: int = 0, context: Context = ()) -> int:
        """The term of an operand of an instruction."""
        body = self.evaluator.bodies.of(self.id(name))
        assert body is not None
        return self.evaluator.term(self.id(name), body.reads(self.row(name, opcode, number))[operand], context)

    def returned(self, name: str, context: Context = ()) -> Term:
        return self.terms[self.read(name, context=context)]

    def shown(self, name: str, context: Context = ()) -> str:
        return self.evaluator.describe(self.read(name, context=context))

    def ends(self, name: str, context: Context = ()) -> list[object]:
        """Constants, labels and names of the leaves of what a method returns, objects left out."""
        return [
            self._end(each) for each in self.evaluator.leaves(self.read(name, context=context)) if self._tells(each)
        ]

    def link(self, name: str, number: int = 0) -> Link:
        return self.evaluator.links.into(self.id(name))[number]

    def _tells(self, term: int) -> bool:
        return self.terms[term].kind is not Kind.OBJECT

    def _end(self, term: int) -> object:
        own = self.terms[term]
        return own.value if own.kind is Kind.CONSTANT else self.evaluator.source(term) or own.name
