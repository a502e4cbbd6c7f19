"""What branches ask about: variables, constants, and what could not be followed; and whether that makes a gate."""

from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from assay.bytecode.gates.evaluation import ended, handed
from assay.bytecode.gates.execution import Execution
from assay.bytecode.gates.formula import Branch, branches
from assay.bytecode.gates.meanings import MAX_TERMS, TermMeanings
from assay.bytecode.gates.possible import Scalar
from assay.bytecode.gates.variables import REMOTE_SOURCES, SERVER, USER, Variable, controller
from assay.bytecode.provenance.bodies import Bodies
from assay.bytecode.provenance.evaluator import Evaluator
from assay.bytecode.provenance.origins import is_native, label_of
from assay.bytecode.provenance.terms import Guard, Kind, Term

_DATA = ("text.", "list.")
_PASSING = frozenset({Kind.CALL, Kind.CONTENT, Kind.STORE, Kind.FIELD, Kind.PARAMETER})
"""Kinds of terms of which a list or a text is made, beside constants and the objects that hold them."""
_NO_GATE = frozenset({"variable.time-zone", "variable.permission", "variable.screen-state", "variable.connectivity"})


class Subject(NamedTuple):
    """What a branch depends on. `operands`: terms that it tests; `data`: text or list entries are among them.

    `stores`: reads of preferences among what it depends on.
    """

    operands: tuple[int, ...]
    variables: tuple[tuple[Variable, int], ...]
    constants: tuple[Scalar, ...]
    lost: tuple[str, ...]
    data: bool
    fixed: bool = False
    stores: tuple[int, ...] = ()

    @property
    def gate(self) -> bool:
        """Whether it is a condition on something that someone controls, and not on the data that pass through."""
        return not self.data and bool(self.variables or self.lost or self.fixed)


def _is_data(term: Term) -> bool:
    label = label_of(term)
    return label.startswith(_DATA) and label not in REMOTE_SOURCES


def _is_setting(term: Term) -> bool:
    return term.kind is Kind.STORE and term.name.startswith("preference:")


class Subjects:
    """The subjects of branches, each worked out once."""

    def __init__(self, bodies: Bodies, terms: Evaluator, meanings: TermMeanings, execution: Execution) -> None:
        """Keep what is asked."""
        self._bodies, self._terms, self._meanings, self._execution = bodies, terms, meanings, execution
        self._known: dict[Branch, Subject] = {}
        self._touching: dict[int, bool] = {}

    def forget(self) -> None:
        """Forget what was found: what counts as content has changed."""
        self._known.clear()
        self._touching.clear()

    def of(self, branch: Branch) -> Subject:
        """Return what a branch depends on."""
        key = msgspec.structs.replace(branch, taken=True, keys=())
        if key not in self._known:
            self._known[key] = self._of(key)
        return self._known[key]

    def _of(self, branch: Branch) -> Subject:
        body = self._bodies.of(branch.definition)
        if body is None or branch.exception:
            return Subject((), (), (), (), data=False)
        if branch.result:
            ends = [each for one in ended(self._bodies, self._terms, branch) for each in one]
            given = (*handed(self._bodies, self._terms, branch), *(term for term, _ in ends))
            return self._walked((*given, *self._guarded(guard for _, guard in ends)))
        values = [value for value in body.reads(branch.row) if value >= 0]
        operands = tuple(self._terms.term(branch.definition, value, branch.context) for value in values)
        if not body.opcode(branch.row).endswith("z") or not any(map(self._holds_element, operands)):
            return self._walked(operands)
        return self._walked(tuple(self._without_elements(operands[0])))._replace(operands=operands)

    def _holds_element(self, number: int) -> bool:
        """Return whether a term may be an element of a collection."""
        term = self._meanings.term(number)
        return term.kind is Kind.CHOICE and any(map(self._is_element, term.inputs))

    def _is_element(self, number: int) -> bool:
        term = self._meanings.term(number)
        return (term.kind is Kind.CONTENT and term.name == "[]") or self._holds_element(number)

    def _without_elements(self, number: int) -> Iterable[int]:
        """Yield what a test against nothing asks: not elements, which are there, but what leads to either."""
        term = self._meanings.term(number)
        if term.kind is not Kind.CHOICE:
            yield from () if self._is_element(number) else (number,)
            return
        for each in term.inputs:
            yield from self._without_elements(each)
        yield from self._guarded(term.guards)

    def _walked(self, operands: tuple[int, ...]) -> Subject:
        """Go through all terms below, and through those of the conditions under which they were written."""
        variables: dict[Variable, int] = {}
        constants: dict[Scalar, None] = {}
        reasons: dict[str, None] = {}
        stores: list[int] = []
        data, fixed = False, bool(operands)
        seen, todo = dict.fromkeys(operands), list(operands)
        while todo and self._meanings.spend():
            number = todo.pop()
            term = self._meanings.term(number)
            variable = self.variable(number)
            held = number in self._meanings.held and (term.kind in _PASSING or is_native(term))
            if held:
                variable, data = None, True
            stores += [number] if _is_setting(term) and not held else []
            if variable is not None:
                variables.setdefault(variable, number)
            data = data or (variable is None and _is_data(term))
            fixed = fixed and term.kind in {Kind.CONSTANT, Kind.CHOICE} and len(constants) <= len(operands)
            if self._compares(term):
                data = True
                continue
            if term.kind is Kind.CONSTANT:
                constants[term.value] = None
            elif term.kind is Kind.UNKNOWN and not held:
                reasons[term.name] = None
            new = [each for each in self._below(term, variable) if each not in seen]
            seen.update(dict.fromkeys(new))
            todo += new[: max(0, MAX_TERMS + len(new) - len(seen))]
        reasons |= self._left(len(seen), todo)
        return Subject(
            operands,
            tuple(variables.items()),
            tuple(constants),
            tuple(reasons),
            data=data,
            fixed=fixed and len(constants) <= len(operands),
            stores=tuple(stores),
        )

    @staticmethod
    def _left(seen: int, todo: list[int]) -> dict[str, None]:
        """Return why a walk did not go through all that a branch depends on, nothing where it did."""
        more = {"a condition is made of more than is gone through": None} if seen > MAX_TERMS else {}
        return {**more, "more steps than the budget of one comparison": None} if todo else more

    def _below(self, term: Term, variable: Variable | None) -> Iterable[int]:
        """Yield what a term depends on: of what a server sends, only what stands in its place where it is missing."""
        if variable is not None and variable.controller == SERVER:
            return term.inputs[1:]
        if label_of(term) in REMOTE_SOURCES:
            return ()
        guarded = self._guarded(term.guards) if term.kind in {Kind.STORE, Kind.CHOICE} else ()
        return (*term.inputs, *guarded, *self._members(term))

    def _compares(self, term: Term) -> bool:
        """Return whether a call asks something of the list or the text itself."""
        test = term.model.test if term.kind is Kind.CALL and term.model is not None else None
        return test is not None and any(self._touches(each) for each in term.inputs)

    def _touches(self, number: int) -> bool:
        """Return whether a term holds something of the list or the text itself."""
        if number not in self._touching:
            self._touching[number] = any(map(self._passes, self._meanings.below(number)))
        return self._touching[number]

    def _passes(self, number: int) -> bool:
        """Return whether a term is a step on the way of the list or the text."""
        held = number in self._meanings.held and self._meanings.term(number).kind in _PASSING
        return held or self._meanings.is_content(number)

    def _members(self, term: Term) -> Iterable[int]:
        """Yield what the collection holds that a call looks into."""
        test = term.model.test if term.kind is Kind.CALL and term.model is not None else None
        if test is not None and test.name in {"contains-member", "contains-key"} and term.inputs:
            yield from self._meanings.elements(term.inputs[0]) or ()

    def _guarded(self, guards: Iterable[Guard | None]) -> Iterable[int]:
        """Yield the operands of the branches that alternatives depend on."""
        for guard in guards:
            if guard is None:
                continue
            formula = self._execution.of_block(guard.definition, guard.block, guard.context)
            for branch in branches(formula):
                body = self._bodies.of(branch.definition)
                if body is not None and not branch.exception:
                    values = [value for value in body.reads(branch.row) if value >= 0]
                    yield from (self._terms.term(branch.definition, value, branch.context) for value in values)

    def variable(self, number: int) -> Variable | None:
        """Return the variable that a term reads, None where it is none."""
        term = self._meanings.term(number)
        if name := self._meanings.served_name(number):
            return Variable(name, SERVER, self._default(number))
        if name := self._meanings.chosen_name(number):
            return Variable(name, USER, self._default(number))
        source = label_of(term)
        if source.startswith(("variable.", "identifier.")) and source not in _NO_GATE:
            name = term.name if term.kind is Kind.STORE else source.partition(".")[2]
            return Variable(name, controller(source), self._default(number), source)
        if term.kind is Kind.STORE and term.name.startswith("property:"):
            return Variable(term.name, controller("variable.build"), self._default(number))
        return None

    def _default(self, number: int) -> str:
        term = self._meanings.term(number)
        at = term.inputs[0] if term.kind is Kind.STORE and term.inputs else term.inputs[-1] if term.inputs else -1
        last = self._meanings.term(at) if at >= 0 else None
        if last is None or last.kind is not Kind.CONSTANT or last.value is None:
            return ""
        return str(last.value)
