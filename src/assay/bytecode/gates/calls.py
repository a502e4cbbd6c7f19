"""What calls of the platform give in one world: tests, changes of text, and what a profile says."""

from collections.abc import Callable
from typing import Protocol

from assay.bytecode.gates import java
from assay.bytecode.gates.possible import FREE, SOME, Possible, Rest, Scalar, Thing, computed, just, union
from assay.bytecode.gates.truth import Truth
from assay.bytecode.gates.variables import LOCALE_PARTS, assumed
from assay.bytecode.gates.worlds import World
from assay.bytecode.provenance.origins import label_of
from assay.bytecode.provenance.terms import Guard, Term
from assay.reference.models_files import parameters
from assay.reference.models_records import Predicate

_MAKE_TEXT = frozenset({"lower", "upper", "trim", "normalise", "concat", "substring", "replace", "format", "to-string",
                        "join", "decode-text", "iterate"})  # fmt: skip
"""Operations whose result is never null."""
_BOXES = ("valueOf", "booleanValue", "intValue", "longValue", "byteValue", "shortValue", "charValue")


class Meanings(Protocol):
    """What is asked about terms."""

    def term(self, number: int) -> Term:
        """Return a term by its number."""

    def chosen_name(self, number: int) -> str:
        """Return the name of the variable of the user that a term reads, empty where it reads none."""

    def elements(self, number: int) -> tuple[int, ...] | None:
        """Return the terms that a collection holds, None where they are not all known."""

    def under(self, map_: int, key: Scalar) -> int | None:
        """Return the term of what a map holds under a key, None where nothing is written there."""

    def below(self, number: int) -> tuple[int, ...]:
        """Return a term and all that it is made of."""

    def served_name(self, number: int) -> str:
        """Return the name of the variable of a server that a term reads, empty where it reads none."""

    def served(self, number: int) -> bool:
        """Return whether anything of a term comes from a server."""

    def spend(self) -> bool:
        """Count a step of the question that is being answered, and return whether there was one left."""

    def is_content(self, number: int) -> bool:
        """Return whether a term reads what the list or the text itself is made of."""

    def by_user(self, guard: Guard) -> bool:
        """Return whether what a guard stands for only happens when the user does something."""

    def made_once(self, term: Term) -> bool:
        """Return whether an object is the only one that is made where it is made."""

    def answered(self, guard: Guard) -> bool:
        """Return whether what a guard stands for only happens once a server has answered."""

    def alternatives(self, number: int) -> list[tuple[int, Guard | None]]:
        """Return the alternatives of a choice that there are wherever it is asked for."""

    def begins(self, guard: Guard | None) -> bool:
        """Return whether what is written under a guard is what a field begins with."""

    def caught(self, guard: Guard) -> bool:
        """Return whether only exceptions lead to what a guard stands for."""


class CallValues:
    """Values of calls in one world; `of` gives those of their operands."""

    def __init__(self, meanings: Meanings, world: World, of: Callable[[int], Possible]) -> None:
        """Take the world."""
        self._meanings, self._world, self._of = meanings, world, of

    def default(self, term: Term) -> Possible | None:
        """Return what a call takes where what it reads is missing: its last argument, where it has a second."""
        many = parameters(term.name[term.name.find("(") :].encode()) or 0
        return self._of(term.inputs[-1]) if many > 1 and term.inputs else None

    def of(self, number: int, term: Term) -> Possible:
        """Return what a call gives."""
        name, source = term.method, label_of(term)
        if term.name in java.FIELDS:
            return just(java.FIELDS[term.name])
        if source == "variable.locale" and name not in LOCALE_PARTS and not term.name.endswith("Ljava/lang/String;"):
            return just(Thing(number))
        if (own := assumed(source, name, self._world)) is not None:
            return own
        if source == "variable.user-setting":
            chosen = self._meanings.chosen_name(number)
            return just(self._world.chosen[chosen]) if chosen in self._world.chosen else self.default(term) or just(0)
        if term.model is not None and term.model.test is not None:
            return self._test(term, term.model.test)
        return self._known_method(term, name)

    def keyed(self, term: Term) -> Possible:
        """Return what stands under the keys that are asked for, anything that is held where these are not all known."""
        held, key, map_ = term.inputs[:3]
        asked = self._of(key)
        if asked.rest is not Rest.NOTHING or any(isinstance(each, Thing) for each in asked.known):
            return self._of(held)
        missing = self._of(term.inputs[3]) if len(term.inputs) > 3 else just(None)
        found = [(self._meanings.under(map_, each), Truth.YES if each in asked.sure else Truth.MAYBE)
                 for each in sorted(asked.known, key=str)]  # fmt: skip
        return union((missing if each is None else self._of(each), truth) for each, truth in found)

    def _known_method(self, term: Term, name: str) -> Possible:
        """Return what a method of the platform gives that is computed here."""
        owner = term.name.partition("->")[0]
        if owner == "Ljava/util/Locale;" and name in LOCALE_PARTS and term.inputs and self._of_locale(term.inputs[0]):
            return assumed("variable.locale", name, self._world) or FREE
        operands = [self._of(each) for each in term.inputs]
        if (owner, name) in java.METHODS and len(operands) == java.METHODS[owner, name][0]:
            return computed(java.METHODS[owner, name][1], operands)
        if name == "format" and owner == "Ljava/lang/String;" and len(term.inputs) > 1:
            given = [self._of(each) for each in self._meanings.term(term.inputs[-1]).inputs[1:]]
            return computed(java.formatted, [operands[-2], *given])
        return operands[0] if name in _BOXES and operands else self._changed(term)

    def _of_locale(self, number: int) -> bool:
        return any(label_of(self._meanings.term(each)) == "variable.locale" for each in self._meanings.below(number))

    def _changed(self, term: Term) -> Possible:
        """Return what an operation of a model makes of the one operand that becomes the result."""
        root = "this" if term.method == "<init>" else "return"
        flows = [] if term.model is None else [flow for flow in term.model.flows if flow.target.root == root]
        for flow in flows:
            at = term.operand(flow.source)
            if flow.op == "split" and at is not None:
                return self._pieces(at, term)
            if not flow.source.selector and not flow.target.selector and flow.op in java.CHANGES and at is not None:
                made = computed(java.CHANGES[flow.op], [self._of(at)])
                return (
                    made._replace(rest=Rest.SOME)
                    if made.rest in {Rest.FREE, Rest.SOME} and flow.op in _MAKE_TEXT
                    else made
                )
        return SOME if any(flow.op in _MAKE_TEXT for flow in flows) else FREE

    def _pieces(self, whole: int, term: Term) -> Possible:
        """Return the pieces of a text that is split at a plain separator: any of them."""
        text, separators = self._of(whole), [self._of(each) for each in term.inputs if each != whole]
        plain = [one for one in (separators[0].known if separators else ()) if isinstance(one, str) and one]
        if not plain or text.rest is not Rest.NOTHING:
            return SOME
        split = [(frozenset(java.split(one, plain[0])), one in text.sure) for one in text.known if isinstance(one, str)]
        return union((Possible(pieces), Truth.YES if sure else Truth.MAYBE) for pieces, sure in split)

    def _test(self, term: Term, test: Predicate) -> Possible:
        at = [term.operand(place) for place in test.operands]
        operands = [each for each in at if each is not None]
        if test.name in {"contains-member", "contains-key"} and len(operands) == 2:
            found = self._member(*operands)
        elif test.name == "is-empty" and operands:
            found = computed(lambda a: int(a in {"", None}), [self._text(operands[0])])
        elif test.name in java.PREDICATES and len(operands) == 2:
            found = self._predicate(test.name, operands)
        elif test.name in java.COMPARISONS and len(operands) == 2:
            return computed(java.COMPARISONS[test.name], [self._of(each) for each in operands])
        else:
            return FREE
        return computed(lambda a: int(not a), [found]) if test.negated else found

    def _text(self, number: int) -> Possible:
        """Return a value where it is a string or null, free where it is a collection."""
        value = self._of(number)
        return FREE if any(isinstance(each, Thing) for each in value.known) else value

    def _predicate(self, name: str, operands: list[int]) -> Possible:
        first, second = (self._of(each) for each in operands)
        if None in first.known and not name.startswith("equals"):
            first = first._replace(sure=first.sure - {None}, maybe=first.maybe - {None})
        return computed(lambda a, b: int(_applied(name, a, b)), [first, second])

    def _member(self, collection: int, member: int) -> Possible:
        """Return whether a collection whose elements are all known holds a value."""
        elements = self._meanings.elements(collection)
        if elements is None:
            return FREE
        held = union((self._of(each), Truth.YES) for each in elements)
        asked = self._of(member)
        if held.rest is not Rest.NOTHING:
            return Possible(rest=max(held.rest, asked.rest))
        return computed(lambda a: int(a in held.known), [asked])


def _applied(name: str, a: Scalar, b: Scalar) -> bool:
    if a is None or b is None:
        return name.startswith("equals") and a is b
    return java.PREDICATES[name](a, b)
