"""What all rules of provenance stand on: the program, its bodies, links and models, and the terms made so far."""

from collections.abc import Generator, Iterable, Mapping
from functools import lru_cache

from assay.bytecode.program.program import Program
from assay.bytecode.provenance.bodies import Bodies, Body, Call
from assay.bytecode.provenance.boundary import Boundary
from assay.bytecode.provenance.heap_body import field_at
from assay.bytecode.provenance.heap_record import Use
from assay.bytecode.provenance.links import Links
from assay.bytecode.provenance.links_dispatch import Dispatch
from assay.bytecode.provenance.links_models import CallModels
from assay.bytecode.provenance.links_record import Component, Context, Link
from assay.bytecode.provenance.machine import Question
from assay.bytecode.provenance.meeting import Incoming
from assay.bytecode.provenance.naming import method_named
from assay.bytecode.provenance.shapes import Shapes
from assay.bytecode.provenance.terms import Guard, Kind, Term, Terms
from assay.bytecode.strings import text_of
from assay.reference.models import Models
from assay.reference.models_records import Model

INTO, OPERANDS = 20, 25
"""What looking for ways into a method counts, and how many operands looked at for an object count as one."""


class Ground:
    """Everything is made once for a program."""

    def __init__(
        self, program: Program, models: Models, components: Mapping[bytes, Component] | None = None,
        layout_names: frozenset[bytes] | None = None, package: str = "", bodies: Bodies | None = None,
    ) -> None:  # fmt: skip
        """Make what rules share; `components` and `layout_names` as `Links` takes them, `package` the app's own.

        `bodies`: up to a boundary that was made of the same, where there are any already.
        """
        self.program, self.models = program, models
        self.bodies = bodies or Bodies(program, Boundary(program, models.packages, package))
        self.boundary = self.bodies.boundary
        self.links = Links(program, self.bodies, models, components, layout_names)
        self.heap, self.index = self.links.heap, self.links.index
        self.spent = 0
        self.calls, self.dispatch, self.terms = (
            CallModels(program, models, self.boundary), Dispatch(program, self.boundary), Terms(),
        )  # fmt: skip
        self.shapes = Shapes(program, models, self.dispatch)
        self.model = self.calls.of
        self.find_class = self.boundary.find_class
        self.made_here = lru_cache(maxsize=8192)(self._made_here)
        self.incoming = lru_cache(maxsize=1024)(self._incoming)

    def into(self, definition: int) -> tuple[Link, ...]:
        """Return the ways into a definition; looking for them counts as `INTO` steps."""
        self.spent += INTO
        return self.links.into(definition)

    def uses(self, definition: int, number: int, context: Context) -> tuple[Use, ...]:
        """Return where an object is used; so many operands looked at count as one step."""
        found = self.heap.uses(definition, number, context)
        self.spent += found.steps // OPERANDS
        return found.uses

    def guard(self, definition: int, row: int, context: Context) -> Guard | None:
        """Return the guard of control passing an instruction."""
        body = self.bodies.of(definition)
        return Guard(definition, context, body.block(row), -1, row) if body is not None else None

    def library(self, call: Call) -> Model | None:
        """Return the model that speaks of just the class which a call names, or of its shape; it goes before code."""
        owner = self.shapes.of(call.owner) or call.owner
        model = self.models.find((owner,), call.name, call.prototype)
        return model if model is not None and model.owner == owner else None

    def above(self, definition: int) -> Model | None:
        """Return the model of the platform's method that a definition overrides."""
        owner = self.dispatch.owner(definition)
        if owner < 0:
            return None
        own, name, prototype = self.key(definition)
        outside = [each for each in self.calls.owners(own)[1:] if self.find_class(each) is None]
        return self.models.find(outside, name, prototype)

    def key(self, definition: int) -> tuple[bytes, bytes, bytes]:
        """Return class, name and prototype of a definition."""
        columns = self.program.parts[int(self.program.definition_part[definition])].columns
        return method_named(columns, int(columns.definition_methods[int(self.program.definition_row[definition])]))

    def field(self, body: Body, row: int) -> int:
        """Return the number of the field that an instruction names (`UsesIndex.field_key`); -1 for none."""
        field = field_at(body, row)
        if not 0 <= field < len(body.part.columns.field_names):
            return -1
        return self.index.field_key(int(self.program.definition_part[body.definition]), field)

    def made(self, term: int) -> tuple[int, int] | None:
        """Return the definition and value at which an object or a call's result begins; None for the platform's own."""
        own = self.terms[term]
        body = self.bodies.of(own.definition) if own.definition >= 0 and own.pc >= 0 else None
        row = None if body is None else body.row_at(own.pc)
        if body is None or row is None:
            return None
        value = body.value_of(row) if own.kind is Kind.OBJECT else None
        if (call := body.call(row)) is not None:
            value = call.arguments[0] if call.name == b"<init>" and call.arguments else body.result(row)
        elif body.opcode(row).startswith("filled-new-array"):
            value = body.result(row)
        return None if value is None or value < 0 else (own.definition, value)

    def same(self, one: int, other: int) -> bool:
        """Return whether two objects may be one: made at one place, by ways that agree as far as both are known."""
        if one == other:
            return True
        a, b = self.terms[one], self.terms[other]
        if a.pc < 0 and b.pc < 0 and a.kind is b.kind is Kind.OBJECT:
            return self._kin(a.name, b.name)
        short, long = sorted((a.context, b.context), key=len)
        agree = not short or long[-len(short) :] == short
        return (a.definition, a.pc) == (b.definition, b.pc) and a.pc >= 0 and agree

    def component(self, definition: int) -> int | None:
        """Return the object on which the platform calls a method, where no code makes objects of its class."""
        owner = self.dispatch.owner(definition)
        if owner < 0 or self.made_here(owner):
            return None
        return self.terms.add(Term(kind=Kind.OBJECT, name=self.program.class_name(owner)))

    def _kin(self, one: str, other: str) -> bool:
        a, b = (self.program.find_class(name.encode()) for name in (one, other))
        if a is None or b is None:
            return one == other
        return a == b or b in self.program.supertypes(a).tolist() or a in self.program.supertypes(b).tolist()

    def _made_here(self, class_id: int) -> bool:
        """Return whether code makes objects of a class or of one below it."""
        classes = [class_id, *self.program.subtypes(class_id).tolist()]
        return any(self.index.made(each) for each in classes)

    def _incoming(self, definition: int) -> Incoming | None:
        body = self.bodies.of(definition)
        return None if body is None else Incoming(body)


def answers(questions: Iterable[Question]) -> Generator[Question, int, list[int]]:
    """Ask several questions; return the answers in order."""
    found: list[int] = []
    for each in questions:
        found += [(yield each)]
    return found


def value(definition: int, number: int, context: Context) -> Question:
    """Ask for the term of a value."""
    return Question("value", (definition, number, context))


def inside(term: int, selector: str) -> Question:
    """Ask for what an object holds: ``[]`` elements, ``[key]``, ``.part``, empty for its text."""
    return Question("inside", (term, selector))


def named(call: Call) -> str:
    """Return the method that a call names like ``Lx/A;->m(I)V``."""
    return f"{text_of(call.owner)}->{text_of(call.name)}{text_of(call.prototype)}"
