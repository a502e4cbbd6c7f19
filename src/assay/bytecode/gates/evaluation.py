"""Truth in one world: of branches by the values of what they test, of guards by their branches."""

from assay.bytecode.gates.execution import Execution
from assay.bytecode.gates.formula import Branch, Formula, conjunction, evaluated
from assay.bytecode.gates.java import tested
from assay.bytecode.gates.meanings import TermMeanings
from assay.bytecode.gates.possible import FREE, Possible, computed
from assay.bytecode.gates.supposed import NOTHING, Supposed
from assay.bytecode.gates.truth import Truth
from assay.bytecode.gates.valuation import Instead, Valuation
from assay.bytecode.gates.worlds import World
from assay.bytecode.provenance.bodies import Bodies, Body
from assay.bytecode.provenance.evaluator import Evaluator
from assay.bytecode.provenance.heap_body import field_at, type_at
from assay.bytecode.provenance.links_record import Context, entered
from assay.bytecode.provenance.naming import field_named
from assay.bytecode.provenance.terms import Guard, Kind


class Evaluation:
    """Truth in one world; everything is worked out once."""

    values: Valuation

    def __init__(
        self, bodies: Bodies, terms: Evaluator, execution: Execution, meanings: TermMeanings, world: World,
        supposed: Supposed = NOTHING,
    ) -> None:  # fmt: skip
        """Take the world and what is supposed in it."""
        self._bodies, self._terms, self._execution, self._supposed = bodies, terms, execution, supposed
        self._meanings = meanings
        instead: Valuation | None = None if supposed.instead is None else supposed.instead.values
        self.values = Valuation(meanings, world, self.guard, self._given, Instead(self._comes_only_here, instead))
        self._branches: dict[Branch, Truth] = {}
        self._guards: dict[Guard, Truth] = {}

    def of(self, formula: Formula) -> Truth:
        """Return the truth of a formula."""
        return evaluated(formula, self.branch)

    def guard(self, guard: Guard) -> Truth:
        """Return whether control passes what a guard stands for."""
        if guard not in self._guards:
            self._guards[guard] = Truth.YES  # within itself: what comes round in a loop
            if self.values.unheard and self._meanings.answered(guard):
                self._guards[guard] = Truth.NO
                return Truth.NO
            edge = [] if guard.edge < 0 else [self._execution.branch_edge(guard.definition, guard.edge, guard.context)]
            block = self._execution.of_block(guard.definition, guard.block, guard.context)
            self._guards[guard] = self.of(conjunction([block, *edge]))
        return self._guards[guard]

    def guard_of(self, definition: int, row: int, context: Context) -> Truth:
        """Return whether an instruction runs once its method was entered."""
        return self.of(self._execution.within(definition, row, context))

    def branch(self, branch: Branch) -> Truth:
        """Return whether a branch is taken its way, once it is reached."""
        if branch not in self._branches:
            if not self._meanings.spend():
                return Truth.MAYBE
            self._branches[branch] = Truth.YES
            given = self._supposed.branch(branch.definition, branch.row, branch.context, taken=branch.taken)
            self._branches[branch] = self._tested(branch) if given is None else given
        return self._branches[branch]

    def _given(self, number: int) -> Possible | None:
        found = None if self._supposed.empty else self._supposed.of(self._terms.terms, number)
        return FREE if found is None and self._meanings.is_given_natively(number) else found

    def _comes_only_here(self, guard: Guard) -> bool:
        instead = self._supposed.instead
        return instead is not None and self.guard(guard) is Truth.YES and instead.guard(guard) is Truth.NO

    def _ends_apart(self, branch: Branch) -> Truth:
        """Return whether a method gives, or a call is given, something else than in the world of the opposite."""
        instead = self._supposed.instead
        if instead is None:
            return Truth.NO
        if any(self._apart(each, instead) for each in handed(self._bodies, self._terms, branch)):
            return Truth.YES
        every = ended(self._bodies, self._terms, branch)
        apart = any(self.values.chosen(ends) != instead.values.chosen(ends) for ends in every)
        return Truth.YES if apart else Truth.NO

    def _apart(self, number: int, instead: "Evaluation") -> bool:
        """Return whether a value is another here: of alternatives, others that control may lead to."""
        own = self._terms.terms[number]
        if own.kind is not Kind.CHOICE:
            return self.values.of(number) != instead.values.of(number)
        taken = [
            [each for each, guard in zip(own.inputs, own.guards, strict=True)
             if guard is None or world.guard(guard) is not Truth.NO]
            for world in (self, instead)
        ]  # fmt: skip
        return taken[0] != taken[1]

    def _tested(self, branch: Branch) -> Truth:
        if branch.result:
            return self._ends_apart(branch)
        body = self._bodies.of(branch.definition)
        if body is None or branch.exception:
            return Truth.YES if branch.exception else Truth.MAYBE
        name = body.opcode(branch.row)
        terms = [self._terms.term(branch.definition, each, branch.context) for each in body.reads(branch.row)]
        null = name in {"if-eqz", "if-nez"} and _is_box(body, branch.row)
        values = [(self.values.reference if null else self.values.of)(each) for each in terms]
        if any(self.values.of(each).never for each in terms if self._terms.terms[each].name == "required"):
            return Truth.NO  # ended by an exception before
        if self.values.going_round and any(value.never for value in values):
            return Truth.YES  # within itself: what comes round in a loop
        if "switch" in name:
            return values[0].can(lambda a: (a in branch.keys) == branch.taken)
        test = name.removeprefix("if-")
        if test[:2] in {"eq", "ne"}:
            values = [value.reference for value in values]
        if name.endswith("z"):
            outcome = computed(lambda a: int(tested(test[:-1], a, 0)), values[:1])
        else:
            outcome = computed(lambda a, b: int(tested(test, a, b)), values[:2])
        return outcome.can(lambda a: a == int(branch.taken))


_BOXES = frozenset(f"Ljava/lang/{name};".encode() for name in ("Boolean", "Integer", "Long", "Character"))


def _is_box(body: Body, row: int) -> bool:
    """Return whether an instruction tests a number or a truth value in a box, as far as what made it tells."""
    made = body.row_of(body.reads(row)[0])
    if made is None:
        return False
    name, producer = body.opcode(made), body.producer(made)
    if name in {"sget-object", "iget-object"}:
        return field_named(body.part.columns, field_at(body, made))[2] in _BOXES
    call = None if producer is None else body.call(producer)
    if name == "check-cast":
        return type_at(body, made) in _BOXES
    return call is not None and call.prototype.rpartition(b")")[2] in _BOXES


def returned(bodies: Bodies, terms: Evaluator, definition: int, context: Context) -> list[tuple[int, Guard]]:
    """Return what a method gives, each with the control flow under which it does."""
    if (body := bodies.of(definition)) is None:
        return []
    return [
        (terms.term(definition, value, context), Guard(definition, context, body.block(row), -1))
        for row, value in body.returns
    ]


def ended(bodies: Bodies, terms: Evaluator, branch: Branch) -> list[list[tuple[int, Guard]]]:
    """Return what the method of a place gives; at a call, what each method gives that it calls back."""
    body = bodies.of(branch.definition)
    if body is None or body.call(branch.row) is None:
        return [returned(bodies, terms, branch.definition, branch.context)]
    links = terms.links.out_of(branch.definition, branch.row, branch.context)
    return [returned(bodies, terms, link.callee, entered(branch.context, link)) for link in links]


def handed(bodies: Bodies, terms: Evaluator, branch: Branch) -> list[int]:
    """Return what the call at a place is given, nothing where there is none."""
    body = bodies.of(branch.definition)
    call = None if body is None else body.call(branch.row)
    given = () if call is None else (each for each in call.arguments if each >= 0)
    return [terms.term(branch.definition, each, branch.context) for each in given]
