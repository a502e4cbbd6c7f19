"""The gate of a place: its formula, its variables, and its truth under every profile.

Before anything was sent, settings at their defaults, is one world of a profile; what servers can send and users can
choose are others. Those of servers are gone through as combinations of what the code compares their variables with.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import product
from typing import NamedTuple, Protocol

import msgspec

from assay.bytecode.gates import java
from assay.bytecode.gates.evaluation import Evaluation
from assay.bytecode.gates.execution import Execution, WaysIn
from assay.bytecode.gates.formula import Branch, Formula, branches, conjunction, evaluated, kept, printed, reasons
from assay.bytecode.gates.meanings import MAX_STEPS, TermMeanings
from assay.bytecode.gates.possible import Scalar
from assay.bytecode.gates.shown import condition
from assay.bytecode.gates.subjects import Subject, Subjects
from assay.bytecode.gates.supposed import NOTHING, Supposed
from assay.bytecode.gates.truth import Truth
from assay.bytecode.gates.variables import SERVER, USER, Variable
from assay.bytecode.gates.worlds import World, language
from assay.bytecode.provenance.bodies import Bodies
from assay.bytecode.provenance.evaluator import Evaluator
from assay.bytecode.provenance.terms import Term
from assay.reference.profiles import Profile

MAX_WORLDS = 1024
"""Most combinations of what servers send, or of what users choose, that are gone through for one profile."""
MAX_TERMS = 4_000
"""Most steps of the value graph for one question of a gate, or of what follows from a comparison."""
OTHER = "\x00other"
"""Stands for a string that the code compares with nothing."""
_NUMBERS = (0, 1)
_OF_PROFILES = frozenset(
    {"variable.market", "variable.locale", "variable.language", "variable.sim-country", "variable.network-country"}
)
"""Labels of what a profile says, whoever controls it: nobody chooses it anew within one."""


class Line(NamedTuple):
    """The gate under one profile. `unset`: nothing was sent, settings at their defaults; the others: in some world."""

    profile: str
    unset: Truth
    server_opens: Truth
    server_closes: Truth
    user_opens: Truth


class Condition(NamedTuple):
    """A branch of a gate: what it keeps from happening, where, what it says and of what, why parts are unknown."""

    stage: str
    definition: int
    row: int
    text: str
    variables: tuple[Variable, ...]
    constants: tuple[str, ...]
    lost: tuple[str, ...]


class Whole(NamedTuple):
    """A condition with what its branches depend on, and what is supposed of the comparison: on a match, and without."""

    formula: Formula
    subjects: Mapping[Branch, Subject]
    given: tuple[Supposed, Supposed]


class Gate(NamedTuple):
    """`formula` as text; `conditions` in their order; `lines`: one a profile; `lost`: what could not be followed.

    `whole`: the formula, to be judged in other worlds.
    """

    formula: str
    conditions: tuple[Condition, ...]
    lines: tuple[Line, ...]
    lost: tuple[str, ...]
    whole: Whole | None = None


class Supposing(Protocol):
    """What is supposed of a comparison: see `assay.bytecode.effects.supposing.Worlds`."""

    @property
    def given(self) -> tuple[Supposed, Supposed]:
        """What it gives on a match, and without one."""

    def apart(self, branch: Branch) -> bool:
        """Return whether a match alone makes a difference to a branch."""


class Gates:
    """Makes the gates of places in one program."""

    def __init__(self, bodies: Bodies, terms: Evaluator, links: WaysIn) -> None:
        """Keep what is asked."""
        self._bodies, self._terms, self._refused = bodies, terms, 0
        self.execution = Execution(bodies, links)
        self._meanings = TermMeanings(terms, self.execution)
        self._subjects = Subjects(bodies, terms, self._meanings, self.execution)

    def of(
        self, stages: Mapping[str, Formula], profiles: Iterable[Profile], supposing: Supposing | None = None
    ) -> Gate:
        """Return what has to hold in all of some stages; `execution` makes their formulas.

        `supposing`: a match of the comparison.
        """
        apart = (lambda _: False) if supposing is None else supposing.apart
        gated = {stage: kept(formula, lambda branch: self._asks(branch, apart)) for stage, formula in stages.items()}
        whole = conjunction(gated.values())
        found = {branch: self._subjects.of(branch) for branch in branches(whole)}
        given = (NOTHING, NOTHING) if supposing is None else supposing.given
        lines = tuple(self._lines(whole, found, profiles, given))
        conditions = [self._condition(stage, each) for stage, part in gated.items() for each in branches(part)]
        lost = [*reasons(whole), *(why for subject in found.values() for why in subject.lost)]
        text = printed(whole, lambda branch: condition(found[branch], branch, self._opcode(branch), self._terms.terms))
        judged = Whole(whole, found, given)
        return Gate(text, tuple(dict.fromkeys(conditions)), lines, tuple(dict.fromkeys(lost)), judged)

    def truth(self, whole: Whole, world: World) -> Truth:
        """Return the truth of a condition in a world, where the comparison matches."""
        return self._truth(whole.formula, world, whole.given)

    def below(self, number: int) -> Iterator[Term]:
        """Yield a term and those that it is made of."""
        yield from map(self._meanings.term, self._meanings.below(number))

    def begin(self, steps: int = MAX_STEPS) -> None:
        """Begin a new question, with so many steps to work out truths, and `MAX_TERMS` to work out terms for them."""
        self._meanings.left = steps
        self._refused = self._terms.machine.refused
        self._terms.machine.allow(MAX_TERMS)

    @property
    def exhausted(self) -> bool:
        """Whether the steps of the question did not suffice."""
        return self._meanings.left < 0 or self._terms.machine.refused > self._refused

    @property
    def spent(self) -> int:
        """Steps of all questions so far."""
        return self._meanings.spent

    def depends(self, branch: Branch) -> bool:
        """Return whether a branch depends on a variable of a gate, whatever else it depends on."""
        return bool(self._subjects.of(branch).variables)

    def about(self, content: Iterable[int]) -> None:
        """Take terms of a list and of a text: what a server sends in them is no switch, and what is asked of them data.

        It stands until other terms are taken.
        """
        self._meanings.content, self._meanings.held = frozenset(), frozenset()
        held = {each for term in content for each in self._meanings.below(term)}
        self._meanings.content = frozenset({self._meanings.stored_name(each) for each in held} - {""})
        self._meanings.held = frozenset(each for term in content for each in self._meanings.passing(term))
        self._subjects.forget()

    def _asks(self, branch: Branch, apart: Callable[[Branch], bool]) -> bool:
        subject = self._subjects.of(branch)
        return subject.gate or (bool(subject.variables) and apart(branch))

    def _condition(self, stage: str, branch: Branch) -> Condition:
        subject = self._subjects.of(branch)
        text = condition(subject, branch, self._opcode(branch), self._terms.terms)
        constants = sorted({str(each) for each in subject.constants if each is not None})
        variables = tuple(sorted({variable for variable, _ in subject.variables}))
        return Condition(stage, branch.definition, branch.row, text, variables, tuple(constants), subject.lost)

    def _opcode(self, branch: Branch) -> str:
        body = self._bodies.of(branch.definition)
        return "" if body is None else body.opcode(branch.row)

    def _lines(
        self, formula: Formula, found: Mapping[Branch, Subject], profiles: Iterable[Profile],
        given: tuple[Supposed, Supposed],
    ) -> Iterator[Line]:  # fmt: skip
        """Yield one line a profile; those that agree in all that the gate asks of a handset have the same truth."""
        asked = {variable.source for subject in found.values() for variable, _ in subject.variables}
        known: dict[tuple[str, ...], Line] = {}
        for profile in profiles:
            alike = tuple(value for source, value in said(profile) if source in asked)
            if alike not in known:
                known[alike] = self._line(formula, found, profile, given)
            yield known[alike]._replace(profile=profile.id)

    def _line(
        self, formula: Formula, found: Mapping[Branch, Subject], profile: Profile, given: tuple[Supposed, Supposed]
    ) -> Line:  # fmt: skip
        unset = self._truth(formula, World(profile), given)
        if self._truth(formula, World(profile, served={}, heard=True), given) is Truth.NO:
            opens, closes = Truth.NO, Truth.YES
        else:
            opens, closes = self._ends(formula, self._worlds(found, profile, SERVER), given)
        user, _ = self._ends(formula, self._worlds(found, profile, USER), given)
        return Line(profile.id, unset, opens, closes, max(unset, user))

    def _ends(self, formula: Formula, worlds: Iterable[World], given: tuple[Supposed, Supposed]) -> tuple[Truth, Truth]:
        """Return whether some of the worlds opens the gate, and whether some closes it.

        Of more than `MAX_WORLDS` the rest is not gone through: what none of these showed may still be so.
        """
        opens = closes = Truth.NO
        for number, world in enumerate(worlds):
            if number == MAX_WORLDS:
                return max(opens, Truth.MAYBE), max(closes, Truth.MAYBE)
            truth = self._truth(formula, world, given)
            opens, closes = max(opens, truth), max(closes, Truth(Truth.YES - truth))
            if opens is closes is Truth.YES:
                break
        return opens, closes

    def _worlds(self, found: Mapping[Branch, Subject], profile: Profile, who: str) -> Iterator[World]:
        """Yield the worlds that differ in what one of the two decides: those of a server are such that it was heard."""
        domains = self._domains(found, profile, who)
        if not domains:
            if who == SERVER:
                yield World(profile)
            return
        for values in product(*domains.values()):
            chosen = {name: value for name, value in zip(domains, values, strict=True) if value is not _MISSING}
            yield World(profile, served=chosen) if who == SERVER else World(profile, chosen=chosen)

    def _domains(self, found: Mapping[Branch, Subject], profile: Profile, who: str) -> dict[str, list[Scalar]]:
        names: dict[str, set[Scalar]] = {}
        for subject in found.values():
            for variable, number in subject.variables:
                if variable.controller != who or variable.source in _OF_PROFILES:
                    continue
                compared = names.setdefault(variable.name, set())
                if not self._terms.terms[number].name.endswith(")Z"):  # a truth value has but two
                    compared.update(subject.constants, self._encoded(subject))
        own = {profile.market, profile.locale, language(profile), profile.sim_country}
        return {name: _domain(constants, own) for name, constants in sorted(names.items())}

    def _encoded(self, subject: Subject) -> list[Scalar]:
        """Return the constants of a test as they are sent where the code decodes what is sent."""
        models = (term.model for operand in subject.operands for term in self.below(operand))
        if not any(flow.op == "decode-base64" for model in models if model is not None for flow in model.flows):
            return []
        return [java.CHANGES["encode-base64"](each) for each in subject.constants if isinstance(each, str)]

    def _truth(self, formula: Formula, world: World, given: tuple[Supposed, Supposed]) -> Truth:
        """Return the truth where the comparison matches; in the other world of the pair it does not."""
        plain = self.evaluation(world, given[1])
        match = self.evaluation(world, given[0]._replace(instead=plain))
        return evaluated(formula, lambda branch: self._told(match, branch))

    def _told(self, world: Evaluation, branch: Branch) -> Truth:
        """Return the truth of a branch; of a test of settled variables alone that may go either way it is not known."""
        truth = world.branch(branch)
        if truth is not Truth.YES or branch.keys or branch.exception or branch.result:
            return truth
        subject = self._subjects.of(branch)
        if not subject.gate or not subject.variables or not all(one.settled for one, _ in subject.variables):
            return truth
        other = msgspec.structs.replace(branch, taken=not branch.taken)
        return Truth.MAYBE if world.branch(other) is Truth.YES else truth

    def evaluation(self, world: World, supposed: Supposed = NOTHING) -> Evaluation:
        """Return truth in one world, with results of instructions supposed."""
        return Evaluation(self._bodies, self._terms, self.execution, self._meanings, world, supposed)


_MISSING = object()


def said(profile: Profile) -> Iterator[tuple[str, str]]:
    """Yield what a profile says, by the labels of variables; a server may compare with any of it."""
    yield "variable.market", profile.market
    yield "variable.locale", profile.locale
    yield "variable.language", profile.locale
    yield "variable.sim-country", profile.sim_country
    yield "variable.network-country", profile.sim_country


def _domain(constants: set[Scalar], own: set[str]) -> list[Scalar]:
    """Return the values that make a difference to comparisons with some constants; `_MISSING` first.

    `own`: what the handset says of itself, with which a server may compare.
    """
    numbers = {each for each in constants if isinstance(each, int)}
    around = {near for each in numbers - {0, 1} for near in (each - 1, each, each + 1)} | set(_NUMBERS)
    texts = {each for each in constants if isinstance(each, str)}
    more: list[Scalar] = [_MISSING, *sorted(around)]  # type: ignore[list-item]
    return [*more, *sorted(texts | own | {"", OTHER, "true", "false", "1", "0"} if texts else ())]
