"""Texts in which something was replaced, held against what they were before: the same where nothing matched."""

from collections.abc import Iterator
from typing import NamedTuple

from assay.bytecode.gates.possible import Possible, just
from assay.bytecode.gates.truth import Truth
from assay.bytecode.provenance.bodies import Body, Call
from assay.bytecode.provenance.evaluator import Evaluator
from assay.bytecode.provenance.links_record import Context
from assay.bytecode.provenance.terms import Kind
from assay.bytecode.sites.record import Site

_EQUAL = frozenset({b"equals", b"contentEquals", b"equalsIgnoreCase", b"areEqual"})
"""Methods that hold two texts against each other."""
_SAME = {"eq": True, "ne": False, "lt": False, "gt": False, "le": True, "ge": True}
"""How tests of two numbers go that are the same."""


class Compared(NamedTuple):
    """What is supposed of tests that hold a text against what was left of it; like the members of `Supposed`."""

    values: dict[tuple[int, int], dict[Context, Possible]]
    branches: dict[tuple[int, int, bool], dict[Context, Truth]]


class Replaced:
    """A replacement, the call at a site that was come into by way of a context."""

    def __init__(self, evaluator: Evaluator, site: Site, call: Call, context: Context) -> None:
        """Look up what the text was before."""
        self._evaluator, self._site, self._call, self._context = evaluator, site, call, context
        self._made: dict[int, bool] = {}
        number = site.text[1] if site.text[0] == site.row else -1
        before = call.arguments[number : number + 1] if number >= 0 else ()
        terms = [evaluator.term(site.definition, each, context) for each in before if each >= 0]
        below = {each for term in terms for each in evaluator.terms.below(term)}
        self._before = {
            each for each in below if evaluator.terms[each].kind is not Kind.CONSTANT and not self._is_changed(each)
        }

    def compared(self, *, match: bool) -> Compared:
        """Return how tests go that hold both against each other: in the method of the site, and in its callers."""
        found = Compared({}, {})
        for definition, context in self._frames():
            body = self._evaluator.bodies.of(definition)
            if body is not None:
                self._calls(body, context, found, match=match)
                self._tests(body, context, found, match=match)
        return found

    def _frames(self) -> Iterator[tuple[int, Context]]:
        yield self._site.definition, self._context
        for at in range(len(self._context) - 1, -1, -1):
            yield self._context[at].caller, self._context[:at]

    def _calls(self, body: Body, context: Context, found: Compared, *, match: bool) -> None:
        for call in body.calls:
            if call.name in _EQUAL and len(call.arguments) == 2 and self._are_both(body, context, call.arguments):
                found.values[body.definition, call.pc] = {context: just(int(not match))}

    def _tests(self, body: Body, context: Context, found: Compared, *, match: bool) -> None:
        for row in range(body.rows):
            test = body.opcode(row).removeprefix("if-")
            if test in _SAME and (left := self._left(body, context, row)) is not None:
                holds = _SAME[test] if not match else self._differs(test, left)
                if holds is not None:
                    for taken in (True, False):
                        way = Truth.YES if taken == holds else Truth.NO
                        found.branches[body.definition, row, taken] = {context: way}

    def _left(self, body: Body, context: Context, row: int) -> int | None:
        """Return which operand is what is left, or its length, where the other is what was before; None for others."""
        reads = body.reads(row)
        measured = [self._measured(body, each) for each in reads]
        pair = [each for each in measured if each is not None]
        changed = [self._changed(body, context, each) for each in (pair if len(pair) == len(reads) else reads)]
        return changed.index(True) if set(changed) == {True, False} else None

    def _measured(self, body: Body, value: int) -> int | None:
        """Return the text of which a value is the length."""
        row = body.row_of(value)
        producer = None if row is None else body.producer(row)
        call = None if producer is None else body.call(producer)
        return call.arguments[0] if call is not None and call.name == b"length" and call.arguments else None

    def _differs(self, test: str, left: int) -> bool | None:
        """Return how a test goes of two that differ; None where that hangs on which is longer, and it is not known."""
        if test in {"eq", "ne"}:
            return test == "ne"
        return (test in {"lt", "le"}) == (left == 0) if self._takes_out() else None

    def _are_both(self, body: Body, context: Context, values: tuple[int, ...]) -> bool:
        return {self._changed(body, context, each) for each in values} == {True, False}

    def _changed(self, body: Body, context: Context, value: int) -> bool | None:
        """Return whether a value is what is left of the text; None where it is neither that nor the text before."""
        if value < 0:
            return None
        term = self._evaluator.term(body.definition, value, context)
        if self._is_changed(term):
            return True
        return False if term in self._before else None

    def _is_changed(self, term: int) -> bool:
        """Return whether a term is made of what the replacement gives."""
        if term not in self._made:
            self._made[term] = any(map(self._is_replacement, self._evaluator.terms.below(term)))
        return self._made[term]

    def _is_replacement(self, term: int) -> bool:
        own = self._evaluator.terms[term]
        return own.kind is Kind.CALL and (own.definition, own.pc) == (self._site.definition, self._call.pc)

    def _takes_out(self) -> bool:
        """Return whether the text is shorter for what is replaced: by nothing at all."""
        last = self._call.arguments[-1]
        return last >= 0 and self._evaluator.constant(self._site.definition, last, self._context) == ""
