"""The gate of a place: its formula, its variables, and its truth under every profile.

Before anything was sent, settings at their defaults, is one world of a profile; what servers can send and users can
choose are others. Those of servers are gone through as combinations of what the code compares their variables with.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, product
from typing import NamedTuple

from assay.bytecode.gates.execution import Execution, WaysIn
from assay.bytecode.gates.formula import Branch, Formula, branches, conjunction, evaluated, kept, printed, reasons
from assay.bytecode.gates.java import tested
from assay.bytecode.gates.meanings import TermMeanings, Terms
from assay.bytecode.gates.possible import Scalar, computed
from assay.bytecode.gates.shown import condition
from assay.bytecode.gates.subjects import Subject, Subjects
from assay.bytecode.gates.truth import Truth, any_of
from assay.bytecode.gates.valuation import Valuation
from assay.bytecode.gates.variables import SERVER, USER, Variable
from assay.bytecode.gates.worlds import World
from assay.bytecode.provenance.bodies import Bodies
from assay.bytecode.provenance.links_record import Context
from assay.bytecode.provenance.terms import Guard
from assay.reference.profiles import Profile

MAX_WORLDS = 1024
"""Most combinations of values of servers that are gone through for one profile."""
OTHER = "\x00other"
"""Stands for a string that the code compares with nothing."""
_NUMBERS = (0, 1, 100)


class Line(NamedTuple):
    """The gate under one profile. `unset`: nothing was sent, settings at their defaults; the others: in some world."""

    profile: str
    unset: Truth
    server_opens: Truth
    server_closes: Truth
    user_opens: Truth


class Condition(NamedTuple):
    """A branch of a gate: where it is, what it says, the variables and constants in it, and why parts are unknown."""

    definition: int
    row: int
    text: str
    variables: tuple[Variable, ...]
    constants: tuple[str, ...]
    lost: tuple[str, ...]


class Gate(NamedTuple):
    """`formula` as text; `conditions` in their order; `lines`: one a profile; `lost`: what could not be followed."""

    formula: str
    conditions: tuple[Condition, ...]
    lines: tuple[Line, ...]
    lost: tuple[str, ...]


class Gates:
    """Makes the gates of places in one program."""

    def __init__(self, bodies: Bodies, terms: Terms, links: WaysIn) -> None:
        """Keep what is asked."""
        self._bodies, self._terms = bodies, terms
        self.execution = Execution(bodies, links)
        self._meanings = TermMeanings(terms, self.execution)
        self._subjects = Subjects(bodies, terms, self._meanings, self.execution)

    def of(
        self, places: Sequence[tuple[int, int, Context]], profiles: Iterable[Profile], content: Iterable[int] = ()
    ) -> Gate:
        """Return what has to hold for all of some places (definition, row, context) to be reached.

        `content`: terms of a list; what a server sends in them is no switch.
        """
        self._meanings.content = frozenset()
        names = {self._meanings.served_name(each) for term in content for each in self._meanings.below(term)}
        self._meanings.content = frozenset(names - {""})
        formula = conjunction(self.execution.reached(*place) for place in places)
        return self.shown(formula, profiles)

    def shown(self, formula: Formula, profiles: Iterable[Profile]) -> Gate:
        """Return the gate of a formula."""
        gated = kept(formula, lambda branch: self._subjects.of(branch).gate)
        found = {branch: self._subjects.of(branch) for branch in branches(gated)}
        lines = tuple(self._line(gated, found, profile) for profile in profiles)
        conditions = tuple(self._condition(branch, subject) for branch, subject in found.items())
        lost = [*reasons(gated), *(why for subject in found.values() for why in subject.lost)]
        text = printed(gated, lambda branch: condition(found[branch], branch, self._opcode(branch)))
        return Gate(text, tuple(dict.fromkeys(conditions)), lines, tuple(dict.fromkeys(lost)))

    def _condition(self, branch: Branch, subject: Subject) -> Condition:
        text = condition(subject, branch, self._opcode(branch))
        constants = sorted({str(each) for each in subject.constants if each is not None})
        variables = tuple(sorted({variable for variable, _ in subject.variables}))
        return Condition(branch.definition, branch.row, text, variables, tuple(constants), subject.lost)

    def _opcode(self, branch: Branch) -> str:
        body = self._bodies.of(branch.definition)
        return "" if body is None else body.opcode(branch.row)

    def _line(self, formula: Formula, found: Mapping[Branch, Subject], profile: Profile) -> Line:
        unset = self._truth(formula, World(profile))
        server = [self._truth(formula, world) for world in self._worlds(found, profile, SERVER)]
        user = [self._truth(formula, world) for world in self._worlds(found, profile, USER)]
        return Line(profile.id, unset, any_of(server), any_of(map(_opposite, server)), any_of([unset, *user]))

    def _worlds(self, found: Mapping[Branch, Subject], profile: Profile, who: str) -> Iterator[World]:
        """Yield the worlds that differ in what one of the two decides: those of a server are such that it was heard."""
        domains = self._domains(found, who)
        if not domains:
            if who == SERVER:
                yield World(profile)
            return
        for values in islice(product(*domains.values()), MAX_WORLDS):
            chosen = {name: value for name, value in zip(domains, values, strict=True) if value is not _MISSING}
            yield World(profile, served=chosen) if who == SERVER else World(profile, chosen=chosen)

    def _domains(self, found: Mapping[Branch, Subject], who: str) -> dict[str, list[Scalar]]:
        names: dict[str, set[Scalar]] = {}
        for subject in found.values():
            for variable, _ in subject.variables:
                if variable.controller == who:
                    names.setdefault(variable.name, set()).update(subject.constants)
        return {name: _domain(constants) for name, constants in sorted(names.items())}

    def _truth(self, formula: Formula, world: World) -> Truth:
        return _Evaluation(self._bodies, self._terms, self.execution, self._meanings, world).of(formula)


class _Evaluation:
    """Truth in one world: of branches by the values of what they test, of guards by their branches."""

    def __init__(
        self, bodies: Bodies, terms: Terms, execution: Execution, meanings: TermMeanings, world: World
    ) -> None:
        self._bodies, self._terms, self._execution = bodies, terms, execution
        self._values = Valuation(meanings, world, self._guard)
        self._branches: dict[Branch, Truth] = {}
        self._guards: dict[Guard, Truth] = {}

    def of(self, formula: Formula) -> Truth:
        return evaluated(formula, self._branch)

    def _guard(self, guard: Guard) -> Truth:
        if guard not in self._guards:
            self._guards[guard] = Truth.YES  # within itself: what comes round in a loop
            edge = [] if guard.edge < 0 else [self._execution.branch_edge(guard.definition, guard.edge, guard.context)]
            block = self._execution.of_block(guard.definition, guard.block, guard.context)
            self._guards[guard] = self.of(conjunction([block, *edge]))
        return self._guards[guard]

    def _branch(self, branch: Branch) -> Truth:
        if branch not in self._branches:
            self._branches[branch] = Truth.YES
            self._branches[branch] = self._tested(branch)
        return self._branches[branch]

    def _tested(self, branch: Branch) -> Truth:
        body = self._bodies.of(branch.definition)
        if body is None or branch.exception:
            return Truth.YES if branch.exception else Truth.MAYBE
        name = body.opcode(branch.row)
        terms = [self._terms.term(branch.definition, each, branch.context) for each in body.reads(branch.row)]
        values = [self._values.of(each) for each in terms]
        if "switch" in name:
            return values[0].can(lambda a: (a in branch.keys) == branch.taken)
        test, zero = name.removeprefix("if-"), name.endswith("z")
        if zero:
            outcome = computed(lambda a: int(tested(test[:-1], a, 0)), values[:1])
        else:
            outcome = computed(lambda a, b: int(tested(test, a, b)), values[:2])
        return outcome.can(lambda a: a == int(branch.taken))


_MISSING = object()


def _domain(constants: set[Scalar]) -> list[Scalar]:
    """Return the values that make a difference to comparisons with some constants; `_MISSING` first."""
    numbers = {each for each in constants if isinstance(each, int)}
    around = {near for each in numbers for near in (each - 1, each, each + 1)} | set(_NUMBERS)
    texts = {each for each in constants if isinstance(each, str)}
    more: list[Scalar] = [_MISSING, *sorted(around)]  # type: ignore[list-item]
    return [*more, *sorted(texts | ({"", OTHER, "true", "false", "1", "0"} if texts else set()))]


def _opposite(truth: Truth) -> Truth:
    return Truth(Truth.YES - truth)
