"""What terms may be in one world."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from assay.bytecode.gates import java
from assay.bytecode.gates.calls import CallValues, Meanings
from assay.bytecode.gates.possible import (
    FREE,
    NEVER,
    SOME,
    UNKNOWN,
    Possible,
    Rest,
    Thing,
    computed,
    just,
    union,
)
from assay.bytecode.gates.truth import Truth
from assay.bytecode.gates.variables import assumed, missing
from assay.bytecode.gates.worlds import ABSENT, FREELY, World
from assay.bytecode.provenance.origins import label_of
from assay.bytecode.provenance.terms import KEYED, Guard, Kind, Term

MAX_DEPTH = 40
"""Most terms within each other; deeper ones are unknown."""


_CONTENT = ("resource:", "asset:", "file:", "provider:", "table:")
"""Stores that hold something although the program writes nothing there."""


MAX_ROUNDS = 24
"""Most times round that a counter is followed."""
_COUNTED = ("add-", "or-", "xor-")


class Instead(NamedTuple):
    """Another world to look at: whether a guard holds `here` and not there, and the values there."""

    here: Callable[[Guard], bool]
    values: "Valuation | None"


class Valuation:
    """Values of terms in one world; `truth` gives that of what guards their alternatives.

    `given`: values that are taken for granted; `instead`: the world in which the opposite is. What is otherwise there
    goes before all other alternatives.
    """

    def __init__(
        self, meanings: Meanings, world: World, truth: Callable[[Guard], Truth],
        given: Callable[[int], Possible | None], instead: Instead,
    ) -> None:  # fmt: skip
        """Take the world."""
        self._meanings, self.world, self._truth, self._instead = meanings, world, truth, instead
        self._given = given
        self._known: dict[int, Possible] = {}
        self._calls = CallValues(meanings, world, self.of)
        self._open: set[int] = set()

    def of(self, number: int) -> Possible:
        """Return what a term may be; within itself, what it begins with."""
        if number in self._known:
            return self._known[number]
        if number in self._open:
            return self._begun(number)
        if len(self._open) >= MAX_DEPTH or not self._meanings.spend():
            return UNKNOWN
        self._open.add(number)
        given = self._given(number)
        found = self._of(number, self._meanings.term(number)) if given is None else given
        self._open.discard(number)
        self._known[number] = found
        return found

    def _begun(self, number: int) -> Possible:
        """Return what a value that depends on itself begins with: the constants among its alternatives."""
        inputs = [self._meanings.term(each) for each in self._meanings.term(number).inputs]
        return union((just(each.value), Truth.YES) for each in inputs if each.kind is Kind.CONSTANT)

    @property
    def going_round(self) -> bool:
        """Whether values are being worked out whose alternatives wait for the answer."""
        return bool(self._open)

    def _of(self, number: int, term: Term) -> Possible:
        if self._meanings.is_content(number):
            return SOME
        name = self._meanings.served_name(number)
        if self.world.anything and (name or term.kind is Kind.STORE or label_of(term).startswith("variable.")):
            return FREE
        if name:
            return FREE if self.world.heard else self._served(name, term)
        if term.kind is Kind.OBJECT:
            return just(Thing(number, self._meanings.made_once(term)))
        if term.kind in {Kind.STORE, Kind.CALL}:
            return self._store(number, term) if term.kind is Kind.STORE else self._calls.of(number, term)
        return self._plain(number, term)

    def _plain(self, number: int, term: Term) -> Possible:
        match term.kind:
            case Kind.CONSTANT:
                return just(term.value)
            case Kind.CHOICE:
                return self.chosen(self._meanings.alternatives(number))
            case Kind.OPERATION:
                return self._operation(term)
            case Kind.CONTENT:
                return self._content(term)
        return {Kind.UNKNOWN: UNKNOWN, Kind.CUT: NEVER}.get(term.kind, FREE)

    def _content(self, term: Term) -> Possible:
        """Return the text that pieces make, or what was written under a key; elements of a list are data."""
        if term.name == "text":
            return computed(lambda *parts: "".join(map(java.shown, parts)), [self.of(each) for each in term.inputs[1:]])
        if term.name == "pieces":
            return SOME
        found = self._written_under(term)
        if term.name != "[]":
            return found
        return SOME if found.never else found._replace(rest=min(found.rest, Rest.SOME))

    def _written_under(self, term: Term) -> Possible:
        held = self._meanings.term(term.inputs[0]).model if term.inputs else None
        if len(term.inputs) == 1 and held is not None and any(flow.op == "split" for flow in held.flows):
            return self.of(term.inputs[0])
        guards = term.guards[1:] or (None,) * len(term.inputs[1:])
        return union((self.of(each), self._holds(guard)) for each, guard in zip(term.inputs[1:], guards, strict=True))

    def _served(self, name: str, term: Term) -> Possible:
        served = self.world.served
        if served is not None and name in served:
            return just(served[name])
        return just(0) if term.kind is Kind.CONTENT else missing(term, self._default(term))

    def _stands(self, number: int) -> bool:
        """Return whether a term is what a server has sent in this world: it goes before a default."""
        served = self.world.served
        return served is not None and any(self._meanings.served_name(each) in served for each in self._read(number))

    def _absent(self, number: int) -> bool:
        """Return whether a term is what a server could have sent, and has not: a default stands in its place."""
        if self.world.heard or self.world.anything:
            return False
        read = self._read(number)
        return any(self._meanings.served_name(each) for each in read) and not self._stands(number)

    def _read(self, number: int) -> tuple[int, ...]:
        """Return the term itself, or what it is a plain choice of."""
        term = self._meanings.term(number)
        contents = [each for each in term.inputs if self._meanings.term(each).kind is Kind.CONTENT]
        return tuple(contents) if term.kind is Kind.CHOICE and len(contents) == len(term.inputs) else (number,)

    def _default(self, term: Term) -> Possible | None:
        """Return what stands in the place of what a server did not send, None where that is not said."""
        if term.kind is Kind.FIELD:
            own = [self.of(each) for each in term.inputs[1:]]
            return union((value, Truth.YES) for value in own) if own else None
        return self._calls.default(term) if term.kind is Kind.CALL else None

    def reference(self, number: int) -> Possible:
        """Return what a reference may be, where it matters whether it is null: what boxes hold is not."""
        term, found = self._meanings.term(number), self.of(number)
        boxed = term.kind is Kind.CHOICE and any(isinstance(each, int) for each in found.known)
        if not boxed or number in self._open or self._given(number) is not None:
            return found
        self._open.add(number)
        found = self.chosen(self._meanings.alternatives(number), self._boxed)
        self._open.discard(number)
        return found

    def _boxed(self, number: int) -> Possible:
        found, kind = self.of(number), self._meanings.term(number).kind
        if kind is Kind.CONSTANT or not any(isinstance(each, int) for each in found.known):
            return found
        sure, maybe = ({Thing(-1) if isinstance(each, int) else each for each in own} for own in found[:2])
        return Possible(frozenset(sure), frozenset(maybe - sure), found.rest)

    def chosen(
        self, inputs: Iterable[tuple[int, Guard | None]], of: Callable[[int], Possible] | None = None
    ) -> Possible:
        """Return the alternatives whose guards hold; those that exceptions lead to where no other gives a value."""
        of = of or self.of
        plain: list[tuple[Possible, Truth]] = []
        caught: list[tuple[int, Guard | None]] = []
        pairs = list(inputs)
        if any(guard is None and self._stands(each) for each, guard in pairs):
            pairs = [pair for pair in pairs if pair[1] is not None or self._stands(pair[0])]
        elif not all(self._absent(each) for each, _ in pairs):
            pairs = [pair for pair in pairs if not self._absent(pair[0])]
        if self._overwritten(pairs):
            pairs = [pair for pair in pairs if not self._meanings.begins(pair[1])]
        for each, guard in [pair for pair in pairs if self._first(*pair)] or pairs:
            if guard is not None and self._meanings.caught(guard):
                caught.append((each, guard))
            elif truth := self._holds(guard):
                plain.append((of(each), truth))
        found = union(plain)
        if not found.never or not caught:
            return found
        return union((of(each), self._holds(guard)) for each, guard in caught)

    @property
    def unheard(self) -> bool:
        """Whether no server ever sent anything."""
        return self.world.served is None and not self.world.heard and not self.world.anything

    def _overwritten(self, pairs: list[tuple[int, Guard | None]]) -> bool:
        """Return whether what a field begins with is gone: what a server sent was certainly written over it."""
        if self.world.served is None or self.world.heard:
            return False
        later = [guard for _, guard in pairs if guard is not None and not self._meanings.begins(guard)]
        return any(self._meanings.answered(guard) and self._holds(guard) is Truth.YES for guard in later)

    def _first(self, number: int, guard: Guard | None) -> bool:
        """Return whether an alternative is there, or is what it is, in this world alone."""
        there = self._instead.values
        if there is None or not self._holds(guard):
            return False
        if guard is not None and self._instead.here(guard):
            return True
        own = self.of(number)
        return not own.never and own != there.of(number)

    def _holds(self, guard: Guard | None) -> Truth:
        return Truth.YES if guard is None else self._truth(guard)

    def _store(self, number: int, term: Term) -> Possible:
        """Return what was written and can have been, the default where nothing was."""
        if (stands := self.world.stored.get(term.name)) is not None:
            return FREE if stands == FREELY else self.of(term.inputs[0]) if stands == ABSENT else just(stands)
        if name := self._meanings.chosen_name(number):
            if name in self.world.chosen:
                return just(self.world.chosen[name])
        elif (own := assumed(label_of(term), "get", self.world)) is not None:
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
        if not written and default == just(None) and term.name.startswith(_CONTENT):
            return SOME
        return union(written if certain else [*written, (default, Truth.YES)])

    def _written(self, number: int, guard: Guard | None) -> Truth:
        """Return whether a write has happened: not by a server that never sent anything, not by the user."""
        if self.world.served is None and self._meanings.served(number):
            return Truth.NO
        if guard is not None and self._meanings.by_user(guard):
            return Truth.NO
        return self._holds(guard)

    def _operation(self, term: Term) -> Possible:
        if term.name == KEYED:
            return self._calls.keyed(term)
        if term.name == "required" and self._absent(term.inputs[0]):
            return NEVER
        if any(self._meanings.term(each).kind is Kind.CUT for each in term.inputs):
            return self._round(term)
        return self._computed(term.name, [self.of(each) for each in term.inputs])

    def _computed(self, name: str, operands: list[Possible]) -> Possible:
        if name in {"required", "check-cast", "move", KEYED} and operands:
            return operands[0]
        if name.startswith("rem-") and operands and not operands[0].known and operands[0].rest is Rest.FREE:
            return _remainders(operands[1]) if len(operands) > 1 else FREE
        decisive = just(int(name.startswith("or-int"))) if name.startswith(("or-int", "and-int")) else NEVER
        free = [each for each in operands if each.rest is not Rest.NOTHING]
        if free and decisive in operands and not any(each.never for each in operands):
            return decisive  # one answer is enough, whatever the others are
        if len(operands) == 1:
            return computed(lambda a: java.unary(name, a), operands)
        return computed(lambda a, b: java.binary(name, a, b), operands) if len(operands) == 2 else FREE

    def _round(self, term: Term) -> Possible:
        """Return what a number becomes in a loop, from nothing on: by what is added each time round, or put to it."""
        cut = [self._meanings.term(each).kind is Kind.CUT for each in term.inputs]
        if len(cut) != 2 or all(cut) or not term.name.startswith(_COUNTED):
            return NEVER
        found, step = just(0), self.of(term.inputs[cut.index(False)])
        for _ in range(MAX_ROUNDS if len(step.known) == 1 and step.rest is Rest.NOTHING else 1):
            operands = [found, step] if cut[0] else [step, found]
            made = computed(lambda a, b: java.binary(term.name, a, b), operands)
            found = union([(found, Truth.YES), (made, Truth.YES)])
        return found._replace(sure=found.sure - {0}) if found.rest is Rest.NOTHING else found


def _remainders(divisor: Possible) -> Possible:
    """Return all remainders of any number that is not negative by a small known divisor."""
    known = [each for each in divisor.known if isinstance(each, int) and 0 < each <= 256]
    return just(*range(known[0])) if len(known) == 1 and len(divisor.known) == 1 else FREE
