"""Whether what a field begins with is gone where it is read: by what is written at the start, or before a first use."""

from collections.abc import Iterable

from assay.bytecode.gates.answered import Answered
from assay.bytecode.gates.execution import Execution
from assay.bytecode.gates.formula import OPEN, branches
from assay.bytecode.provenance.evaluator import Evaluator
from assay.bytecode.provenance.terms import Guard, Kind, Term

_APPLICATION = b"Landroid/app/Application;"
_STARTS = frozenset({b"onCreate", b"attachBaseContext"})
_EMPTY = frozenset({None, 0})


class Beginnings:
    """Looks at the writes among the alternatives of a read."""

    def __init__(self, terms: Evaluator, execution: Execution, answered: Answered) -> None:
        """Keep what is asked."""
        self._terms, self._execution, self._answered = terms, execution, answered
        self._known: dict[int, bool] = {}

    def gone(self, number: int) -> bool:
        """Return whether one of the writes has happened wherever a read runs."""
        if number not in self._known:
            self._known[number] = self._gone(self._terms.terms[number])
        return self._known[number]

    def _gone(self, own: Term) -> bool:
        if own.kind is not Kind.CHOICE or None not in own.guards:
            return False
        begins = [self._terms.terms[each] for each, guard in zip(own.inputs, own.guards, strict=True) if guard is None]
        if any(each.kind is not Kind.CONSTANT or each.value not in _EMPTY for each in begins):
            return False
        writes = [guard for guard in own.guards if guard is not None and guard.row >= 0]
        return any(self._made_before(own, guard) or self._at_start(guard) for guard in writes)

    def _made_before(self, own: Term, guard: Guard) -> bool:
        """Return whether a method writes a field where it finds it empty, and then reads it."""
        body = self._terms.bodies.of(guard.definition)
        if body is None or guard.definition != own.definition or own.pc <= body.pc(guard.row):
            return False
        formula = self._execution.of_block(guard.definition, guard.block, guard.context)
        tests = [
            body.opcode(each.row) in {"if-eqz", "if-nez"} and self._reads(each.row, own, guard)
            for each in branches(formula)
        ]
        return bool(tests) and all(tests)

    def _reads(self, row: int, own: Term, guard: Guard) -> bool:
        """Return whether a test reads the same field."""
        body = self._terms.bodies.of(guard.definition)
        values: Iterable[int] = () if body is None else body.reads(row)
        asked = [self._terms.terms[self._terms.term(guard.definition, each, guard.context)] for each in values]
        return any((each.kind, each.inputs, each.guards) == (own.kind, own.inputs, own.guards) for each in asked)

    def _at_start(self, guard: Guard) -> bool:
        """Return whether the application writes whenever it starts, not only once a server has answered."""
        place = guard.definition, guard.row, guard.context
        if self._execution.reached(*place) != OPEN or self._answered.before(*place):
            return False
        roots = self._execution.roots(guard.context[0].caller if guard.context else guard.definition)
        return bool(roots) and all(map(self._starts, roots))

    def _starts(self, definition: int) -> bool:
        owner, name, _ = self._terms.ground.key(definition)
        return name in _STARTS and self._terms.ground.calls.is_below(owner, _APPLICATION)
