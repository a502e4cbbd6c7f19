"""Code units of the instructions that tests of links need, and programs of test classes with their links."""

from collections.abc import Sequence

from assay.bytecode.program.part import Part
from assay.bytecode.program.program import Program
from assay.bytecode.provenance.bodies import Bodies, Body
from assay.bytecode.provenance.links import Component, Link, Links
from assay.reference.models import Models
from tests.bytecode import dex_writer as w
from tests.bytecode.program import kin as k
from tests.bytecode.program.opened import only, program

OBJECT, STRING, RUNNABLE = k.OBJECT, "Ljava/lang/String;", "Ljava/lang/Runnable;"
VOID = w.Proto("V")
MODELS = """
schema = "assay-models/1"
reference = "written for this test"
verified = "unverified"
model = [
  {class = "out.Pool", methods = "later", parameters = 1, calls = "arg1.run()", kind = "post"},
  {class = "out.Pool", methods = "pass", parameters = 2, calls = "arg1.take(arg2, ?)", kind = "task"},
  {class = "out.Pool", methods = "each", parameters = 1, calls = "arg1.see(this[])", kind = "lambda"},
  {class = "out.Bag", methods = "add", parameters = 1, flows = "arg1 -> this[]"},
  {class = "out.Bag", methods = "get", parameters = 0, flows = "this[] -> return"},
  {class = "out.Bag", methods = "same", parameters = 0, flows = "this -> return"},
  {class = "out.Worker", methods = "<init>", parameters = 1, flows = "arg1 -> this.target"},
  {class = "out.Worker", methods = "start", parameters = 0, calls = "this.run(); this.target.run()", kind = "thread"},
  {class = "out.Job", methods = "begin", parameters = 1, calls = "this.work(arg1); this.done(call1)", kind = "task"},
]
"""


def proto(returns: str, *parameters: str) -> w.Proto:
    return w.Proto(returns, parameters)


def call(opcode: int, owner: str, name: str, of: w.Proto, *registers: int) -> list[w.Unit]:
    return w.invoke(opcode, w.MethodId(owner, name, of), *registers)


def virtual(owner: str, name: str, of: w.Proto, *registers: int) -> list[w.Unit]:
    return call(k.VIRTUAL, owner, name, of, *registers)


def interfaced(owner: str, name: str, of: w.Proto, *registers: int) -> list[w.Unit]:
    return call(k.INTERFACED, owner, name, of, *registers)


def statically(owner: str, name: str, of: w.Proto, *registers: int) -> list[w.Unit]:
    return call(k.STATICALLY, owner, name, of, *registers)


def new(register: int, name: str) -> list[w.Unit]:
    return [0x22 | register << 8, w.Index("type", name)]


def made(register: int, name: str, *captured: int, of: w.Proto = VOID) -> list[w.Unit]:
    """A new instance with a call of its constructor."""
    return [*new(register, name), *call(k.DIRECT, name, "<init>", of, register, *captured)]


def result(register: int) -> list[w.Unit]:
    return [0x0C | register << 8]


def given_back(register: int) -> list[w.Unit]:
    return [0x11 | register << 8]


def constant(register: int, value: int) -> list[w.Unit]:
    return [0x12 | register << 8 | value << 12]


def text(register: int, value: str) -> list[w.Unit]:
    return [0x1A | register << 8, w.Index("string", value)]


def class_of(register: int, name: str) -> list[w.Unit]:
    return [0x1C | register << 8, w.Index("type", name)]


def put(value: int, at: int, field: w.FieldId) -> list[w.Unit]:
    return [0x5B | value << 8 | at << 12, w.Index("field", field)]


def got(into: int, at: int, field: w.FieldId) -> list[w.Unit]:
    return [0x54 | into << 8 | at << 12, w.Index("field", field)]


def put_static(value: int, field: w.FieldId) -> list[w.Unit]:
    return [0x69 | value << 8, w.Index("field", field)]


def got_static(into: int, field: w.FieldId) -> list[w.Unit]:
    return [0x62 | into << 8, w.Index("field", field)]


def array(into: int, size: int, of: str) -> list[w.Unit]:
    return [0x23 | into << 8 | size << 12, w.Index("type", of)]


def put_element(value: int, of: int, index: int) -> list[w.Unit]:
    return [0x4D | value << 8, of | index << 8]


def got_element(into: int, of: int, index: int) -> list[w.Unit]:
    return [0x46 | into << 8, of | index << 8]


def method(owner: str, name: str, of: w.Proto, code: list[w.Unit], access: int = k.PUBLIC) -> w.Method:
    return k.method(owner, name, access, code, of)


def static(owner: str, name: str, of: w.Proto, code: list[w.Unit]) -> w.Method:
    return method(owner, name, of, code, k.PUBLIC | k.STATIC)


def constructor(owner: str, code: list[w.Unit] | None = None, of: w.Proto = VOID) -> w.Method:
    return method(owner, "<init>", of, code or [], k.PUBLIC | k.CONSTRUCTOR)


def runner(name: str, *methods: w.Method, above: str = OBJECT, interfaces: tuple[str, ...] = (RUNNABLE,)) -> k.Kin:
    """A class with a constructor, and with run()."""
    own = (constructor(name), method(name, "run", VOID, []), *methods)
    return k.kin(name, *own, superclass=above, interfaces=interfaces)


class Linked:
    """A program of test classes, and what the bench says of it; instructions by number of their opcode."""

    def __init__(
        self, *classes: k.Kin, components: Sequence[str] | None = None, parts: Sequence[Part] = (),
        actions: tuple[str, ...] = (),
    ) -> None:  # fmt: skip
        self.program: Program = Program(parts) if parts else program(list(classes))
        self.bodies = Bodies(self.program)
        declared = None if components is None else {each.encode(): Component("any", actions) for each in components}
        self.links = Links(self.program, self.bodies, Models.parse([("test", MODELS)]), declared)

    def id(self, name: str) -> int:
        return only(self.program, name)

    def body(self, name: str) -> Body:
        found = self.bodies.of(self.id(name))
        assert found is not None
        return found

    def row(self, name: str, opcode: str, number: int = 0) -> int:
        """The row of an instruction of a method: the one of this number among those of an opcode."""
        body = self.body(name)
        return [row for row in range(body.rows) if body.opcode(row).startswith(opcode)][number]

    def value(self, name: str, opcode: str, number: int = 0) -> int:
        return self.body(name).value_of(self.row(name, opcode, number))

    def into(self, name: str) -> tuple[Link, ...]:
        return self.links.into(self.id(name))

    def uses(self, name: str, opcode: str, number: int = 0) -> set[tuple[str, str, int]]:
        """Where an object goes that an instruction makes: method, opcode and operand of each use."""
        found = self.links.heap.uses(self.id(name), self.value(name, opcode, number))
        return {
            (self.program.method_name(u.definition), self._opcode(u.definition, u.row), u.operand) for u in found.uses
        }

    def lost(self, name: str, opcode: str, number: int = 0) -> list[str]:
        return [each.why for each in self.links.heap.uses(self.id(name), self.value(name, opcode, number)).lost]

    def _opcode(self, definition: int, row: int) -> str:
        body = self.bodies.of(definition)
        assert body is not None
        return body.opcode(row)
