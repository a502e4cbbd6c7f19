"""The value graph on demand: what a value of a definition may be, and what that holds."""

from collections.abc import Mapping

from assay.bytecode.program.program import Program
from assay.bytecode.provenance import describing
from assay.bytecode.provenance.bodies import Bodies
from assay.bytecode.provenance.contents import Contents
from assay.bytecode.provenance.fields import Fields
from assay.bytecode.provenance.ground import Ground, inside, value
from assay.bytecode.provenance.instructions import Instructions
from assay.bytecode.provenance.links_record import Component, Context
from assay.bytecode.provenance.machine import BUDGET, Answers, Machine, Question, Work
from assay.bytecode.provenance.placing import Placing
from assay.bytecode.provenance.receivers import objects
from assay.bytecode.provenance.stores import Stores
from assay.bytecode.provenance.terms import Kind, Terms
from assay.bytecode.provenance.texts import Constant, Known, Texts
from assay.reference.models import Models


class Evaluator:
    """Answers are kept; terms are numbers in `terms`. All orders follow from the program alone.

    `machine.exhausted` counts the questions that met the budget; what was not looked at then is an UNKNOWN ``budget``.
    """

    def __init__(
        self, program: Program, models: Models, components: Mapping[bytes, Component] | None = None,
        layout_names: frozenset[bytes] | None = None, package: str = "", budget: int = BUDGET,
        bodies: Bodies | None = None,
    ) -> None:  # fmt: skip
        """Keep the program and what models say; `components`, `layout_names` as `Links` takes them.

        `package`: the app's, whose code is followed whatever its name.

        `budget`: steps for one question. `bodies`: as `Ground` takes them.
        """
        self.ground = Ground(program, models, components, layout_names, package, bodies)
        self.terms: Terms = self.ground.terms
        self.bodies, self.links = self.ground.bodies, self.ground.links
        self.machine = Machine(
            self._begin,
            Answers(lambda: self.terms.cut("cycle"), lambda: self.terms.unknown("budget")),
            lambda: self.ground.spent,
            budget,
        )
        self._texts, self._placing = Texts(self.terms), Placing(self.ground)
        self._instructions, self._contents = Instructions(self.ground), Contents(self.ground)
        self._fields, self._stores = Fields(self.ground), Stores(self.ground)

    def term(self, definition: int, number: int, context: Context = ()) -> int:
        """Return what a value of a definition may be, come into by way of `context`."""
        return self.machine.ask(value(definition, number, context))

    def inside(self, term: int, selector: str) -> int:
        """Return what a term holds: ``[]`` its elements, ``[key]``, ``.part``, empty its text."""
        return self.machine.ask(inside(term, selector))

    def text(self, term: int) -> int:
        """Return what stands for a term where its text is read: of a builder what was put together."""
        return self.machine.ask(Question("held", (term,)))

    def opened(self, term: int) -> int:
        """Return what the file holds that a call opens for others to read; the term itself where it opens none."""
        return self.machine.ask(Question("opened", (term,)))

    def elements(self, term: int) -> int:
        """Return what a list operand holds: the CONTENT of a collection, an array, a store; or a choice of them."""
        return self.inside(term, "[]")

    def objects(self, definition: int, number: int, context: Context = ()) -> tuple[int, ...]:
        """Return the terms behind a value: through choices, elements and stores, in order."""
        return objects(self.terms, self.term(definition, number, context))

    def constant(self, definition: int, number: int, context: Context = ()) -> Constant:
        """Return the one constant that a value is; None where it is none, or may be several."""
        found = self.constants(self.text(self.term(definition, number, context)))
        return found[0] if found is not None and len(found) == 1 else None

    def constants(self, term: int) -> Known | None:
        """Return the constants that a term may be, in the order of alternatives; None where it may be another."""
        return self._texts.of(term)

    def leaves(self, term: int) -> tuple[int, ...]:
        """Return the terms without inputs that a term is made of, in order."""
        return self.terms.leaves(term)

    def path(self, term: int, leaf: int) -> tuple[int, ...]:
        """Return the shortest way from a term to one that it is made of, both included."""
        return self.terms.path(term, leaf)

    def remote_name(self, term: int) -> str:
        """Return the name under which a message has a value: of a field read from one, or the key of a JSON read."""
        own = self.terms[term]
        if own.kind is Kind.FIELD:
            return own.name
        if own.kind is Kind.CONTENT and own.name[:1] == "[" and self.terms[own.inputs[0]].kind is not Kind.OBJECT:
            return own.name[1:-1]
        if own.kind is not Kind.CALL or own.model is None or len(own.inputs) < 2:
            return ""
        named = any(flow.op == "json-field" or flow.source.key is not None for flow in own.model.flows)
        return (self._texts.one(own.inputs[1]) or "") if named else ""

    def source(self, term: int) -> str:
        """Return the label of what a term is, empty where it has none."""
        own = self.terms[term]
        if own.kind is Kind.PARAMETER:
            return str(own.value or "")
        if own.held is not None:
            return own.held.source
        return own.model.source if own.model is not None and own.kind is not Kind.FIELD else ""

    def describe(self, term: int) -> str:
        """Return a short expression."""
        return describing.describe(self.terms, term)

    def _begin(self, question: Question) -> Work:
        """Begin the work on a question."""
        rules = {
            "value": self._instructions.rule,
            "inside": self._contents.rule,
            "field": self._fields.read,
            "store": self._stores.rule,
            "held": self._placing.held,
            "opened": self._stores.opened,
        }
        return rules[question.rule](*question.given)  # type: ignore[operator,no-any-return]
