"""What terms may be in one world."""

from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

from assay.bytecode.gates import java
from assay.bytecode.gates.possible import (
    FREE,
    NEVER,
    SOME,
    UNKNOWN,
    Possible,
    Rest,
    Scalar,
    Thing,
    computed,
    just,
    union,
)
from assay.bytecode.gates.truth import Truth
from assay.bytecode.gates.variables import assumed, labelled, method_name, missing
from assay.bytecode.gates.worlds import World
from assay.bytecode.provenance.terms import Guard, Kind, Term
from assay.reference.models_files import parameters
from assay.reference.models_records import Place, Predicate

MAX_DEPTH = 200
"""Most terms within each other; deeper ones are unknown."""
_MAKE_TEXT = frozenset({"lower", "upper", "trim", "normalise", "concat", "substring", "replace", "format", "to-string",
                        "join", "decode-text", "iterate"})  # fmt: skip
"""Operations whose result is never null."""
_BOXES = ("valueOf", "booleanValue", "intValue", "longValue", "byteValue", "shortValue", "charValue")


class Meanings(Protocol):
    """What is asked of gates about terms."""

    def term(self, number: int) -> Term:
        """Return a term by its number."""

    def served_name(self, number: int) -> str:
        """Return the name of the variable of a server that a term reads, empty where it reads none."""

    def chosen_name(self, number: int) -> str:
        """Return the name of the variable of the user that a term reads, empty where it reads none."""

    def served(self, number: int) -> bool:
        """Return whether anything of a term comes from a server."""

    def reader(self, number: int) -> str:
        """Return the bare name of the call that reads what a term is, empty where none does."""

    def by_user(self, guard: Guard) -> bool:
        """Return whether what a guard stands for only happens when the user does something."""

    def caught(self, guard: Guard) -> bool:
        """Return whether only exceptions lead to what a guard stands for."""

    def elements(self, number: int) -> tuple[int, ...] | None:
        """Return the terms that a collection holds, None where they are not all known."""


class Valuation:
    """Values of terms in one world; `truth` gives that of what guards their alternatives.

    `supposed`: values that are taken for granted; `first`: whether an alternative goes before all others.
    """

    def __init__(
        self, meanings: Meanings, world: World, truth: Callable[[Guard], Truth], supposed: Mapping[int, Possible],
        first: Callable[[Guard], bool],
    ) -> None:  # fmt: skip
        """Take the world."""
        self._meanings, self.world, self._truth, self._first = meanings, world, truth, first
        self._known: dict[int, Possible] = dict(supposed)
        self._open: set[int] = set()

    def of(self, number: int) -> Possible:
        """Return what a term may be; free within itself."""
        if number in self._known:
            return self._known[number]
        if number in self._open:
            return NEVER
        if len(self._open) >= MAX_DEPTH:
            return UNKNOWN
        self._open.add(number)
        found = self._of(number, self._meanings.term(number))
        self._open.discard(number)
        self._known[number] = found
        return found

    def _of(self, number: int, term: Term) -> Possible:
        name = self._meanings.served_name(number)
        if self.world.anything and (name or term.kind is Kind.STORE or labelled(term).startswith("variable.")):
            return FREE
        if name:
            return self._served(name, number, term)
        if term.kind is Kind.OBJECT:
            return just(Thing(number))
        if term.kind in {Kind.STORE, Kind.CALL}:
            return (self._store if term.kind is Kind.STORE else self._call)(number, term)
        return self._plain(term)

    def _plain(self, term: Term) -> Possible:
        match term.kind:
            case Kind.CONSTANT:
                return just(term.value)
            case Kind.CHOICE:
                return self._choice(zip(term.inputs, term.guards, strict=True))
            case Kind.OPERATION:
                return self._operation(term)
            case Kind.CONTENT:
                return self._content(term)
        return {Kind.UNKNOWN: UNKNOWN, Kind.CUT: NEVER}.get(term.kind, FREE)

    def _content(self, term: Term) -> Possible:
        """Return the text that pieces make, or what was written under a key; elements of a list are data."""
        if term.name == "text":
            return computed(lambda *parts: "".join(map(java.shown, parts)), [self.of(each) for each in term.inputs[1:]])
        found = self._written_under(term)
        if term.name != "[]":
            return found
        return SOME if found.never else found._replace(rest=min(found.rest, Rest.SOME))

    def _written_under(self, term: Term) -> Possible:
        guards = term.guards[1:] or (None,) * len(term.inputs[1:])
        return union((self.of(each), self._holds(guard)) for each, guard in zip(term.inputs[1:], guards, strict=True))

    def _served(self, name: str, number: int, term: Term) -> Possible:
        served = self.world.served
        if served is not None and name in served:
            return just(served[name])
        if term.kind is Kind.CONTENT:
            return NEVER if self._meanings.reader(number).startswith("get") else just(0)
        return missing(term, self._default(term))

    def _stands(self, number: int) -> bool:
        """Return whether a term is what a server has sent in this world: it goes before a default."""
        served = self.world.served
        return served is not None and self._meanings.served_name(number) in served

    def _default(self, term: Term) -> Possible | None:
        """Return what a call that reads a field takes where it is missing: its last argument, where it has a second."""
        if term.kind is Kind.FIELD:
            own = [self.of(each) for each in term.inputs[1:]]
            return union((value, Truth.YES) for value in own) if own else None
        many = parameters(term.name.partition("(")[1] and term.name[term.name.index("(") :].encode()) or 0
        return self.of(term.inputs[-1]) if term.kind is Kind.CALL and many > 1 and term.inputs else None

    def _choice(self, inputs: Iterable[tuple[int, Guard | None]]) -> Possible:
        """Return the alternatives whose guards hold; those that exceptions lead to where no other gives a value."""
        plain: list[tuple[Possible, Truth]] = []
        caught: list[tuple[int, Guard | None]] = []
        pairs = list(inputs)
        if any(guard is None and self._stands(each) for each, guard in pairs):
            pairs = [pair for pair in pairs if pair[1] is not None or self._stands(pair[0])]
        for each, guard in [pair for pair in pairs if pair[1] is not None and self._first(pair[1])] or pairs:
            if guard is not None and self._meanings.caught(guard):
                caught.append((each, guard))
            elif truth := self._holds(guard):
                plain.append((self.of(each), truth))
        found = union(plain)
        if not found.never or not caught:
            return found
        return union((self.of(each), self._holds(guard)) for each, guard in caught)

    def _holds(self, guard: Guard | None) -> Truth:
        return Truth.YES if guard is None else self._truth(guard)

    def _store(self, number: int, term: Term) -> Possible:
        """Return what was written and can have been, the default where nothing was."""
        if name := self._meanings.chosen_name(number):
            if name in self.world.chosen:
                return just(self.world.chosen[name])
        elif (own := assumed(labelled(term), "get", self.world)) is not None:
            return own
        written: list[tuple[Possible, Truth]] = []
        certain = False
        for each, guard in zip(term.inputs[1:], term.guards[1:], strict=True):
            truth = self._written(each, guard)
            value = self.of(each) if truth else NEVER
            if value.never:
                continue
            written.append((value, truth))
            certain = certain or truth is Truth.YES
        default = self.of(term.inputs[0])
        return union(written if certain else [*written, (default, Truth.YES)])

    def _written(self, number: int, guard: Guard | None) -> Truth:
        """Return whether a write has happened: not by a server that never sent anything, not by the user."""
        if self.world.served is None and self._meanings.served(number):
            return Truth.NO
        if guard is not None and self._meanings.by_user(guard):
            return Truth.NO
        return self._holds(guard)

    def _operation(self, term: Term) -> Possible:
        operands = [self.of(each) for each in term.inputs]
        if term.name in {"check-cast", "move"} and operands:
            return operands[0]
        if term.name.startswith("rem-") and operands and not operands[0].known and operands[0].rest is Rest.FREE:
            return _remainders(operands[1]) if len(operands) > 1 else FREE
        if len(operands) == 1:
            return computed(lambda a: java.unary(term.name, a), operands)
        if len(operands) == 2:
            return computed(lambda a, b: java.binary(term.name, a, b), operands)
        return FREE

    def _call(self, number: int, term: Term) -> Possible:
        model, name = term.model, method_name(term)
        if model is None:
            return self._unmodelled(term, name)
        if (own := assumed(model.source, name, self.world)) is not None:
            return own
        if model.source == "variable.user-setting":
            chosen = self._meanings.chosen_name(number)
            return just(self.world.chosen[chosen]) if chosen in self.world.chosen else self._default(term) or just(0)
        return self._unmodelled(term, name) if model.test is None else self._test(term, model.test)

    def _changed(self, term: Term) -> Possible:
        """Return what an operation of a model makes of the one operand that becomes the result."""
        flows = [] if term.model is None else [flow for flow in term.model.flows if flow.target.root == "return"]
        for flow in flows:
            at = self._operand(term, flow.source)
            if not flow.source.selector and flow.op in java.CHANGES and at is not None:
                made = computed(java.CHANGES[flow.op], [self.of(at)])
                return (
                    made._replace(rest=Rest.SOME)
                    if made.rest in {Rest.FREE, Rest.SOME} and flow.op in _MAKE_TEXT
                    else made
                )
        return SOME if any(flow.op in _MAKE_TEXT for flow in flows) else FREE

    def _unmodelled(self, term: Term, name: str) -> Possible:
        if name in _BOXES and term.inputs:
            return self.of(term.inputs[0])
        if name == "hashCode" and term.inputs:
            return computed(lambda a: java.hash_code(java.text(a)), [self.of(term.inputs[0])])
        return self._changed(term)

    def _test(self, term: Term, test: Predicate) -> Possible:
        at = [self._operand(term, place) for place in test.operands]
        operands = [each for each in at if each is not None]
        if test.name in {"contains-member", "contains-key"} and len(operands) == 2:
            found = self._member(*operands)
        elif test.name == "is-empty" and operands:
            found = computed(lambda a: int(a in {"", None}), [self._text(operands[0])])
        elif test.name in java.PREDICATES and len(operands) == 2:
            found = self._predicate(test.name, operands)
        elif test.name in java.COMPARISONS and len(operands) == 2:
            return computed(java.COMPARISONS[test.name], [self.of(each) for each in operands])
        else:
            return FREE
        return computed(lambda a: int(not a), [found]) if test.negated else found

    def _text(self, number: int) -> Possible:
        """Return a value where it is a string or null, free where it is a collection."""
        value = self.of(number)
        return FREE if any(isinstance(each, Thing) for each in value.known) else value

    def _predicate(self, name: str, operands: list[int]) -> Possible:
        first, second = (self.of(each) for each in operands)
        if None in first.known and not name.startswith("equals"):
            first = first._replace(sure=first.sure - {None}, maybe=first.maybe - {None})
        return computed(lambda a, b: int(_applied(name, a, b)), [first, second])

    def _member(self, collection: int, member: int) -> Possible:
        """Return whether a collection whose elements are all known holds a value."""
        elements = self._meanings.elements(collection)
        if elements is None:
            return FREE
        held = union((self.of(each), Truth.YES) for each in elements)
        asked = self.of(member)
        if held.rest is not Rest.NOTHING:
            return Possible(rest=max(held.rest, asked.rest))
        return computed(lambda a: int(a in held.known), [asked])

    def _operand(self, term: Term, place: Place) -> int | None:
        """Return the input of a call at a place, counted without a receiver where the call has none."""
        at = place.operand
        many = parameters(term.name[term.name.index("(") :].encode()) or 0
        if at is not None and len(term.inputs) <= many:
            at -= 1
        return term.inputs[at] if at is not None and 0 <= at < len(term.inputs) else None


def _applied(name: str, a: Scalar, b: Scalar) -> bool:
    if a is None or b is None:
        return name.startswith("equals") and a is b
    return java.PREDICATES[name](a, b)


def _remainders(divisor: Possible) -> Possible:
    """Return all remainders of any number that is not negative by a small known divisor."""
    known = [each for each in divisor.known if isinstance(each, int) and 0 < each <= 256]
    return just(*range(known[0])) if len(known) == 1 and len(divisor.known) == 1 else FREE
