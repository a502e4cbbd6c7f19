"""What is taken for granted in a world: what instructions give, and how branches go, whichever way led to them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from assay.bytecode.gates.possible import SOME, Possible, Thing, just
from assay.bytecode.gates.truth import Truth
from assay.bytecode.provenance.links_record import Context
from assay.bytecode.provenance.terms import Kind, Term, Terms

if TYPE_CHECKING:
    from assay.bytecode.gates.evaluation import Evaluation

_HAS = frozenset({
    "moveToFirst", "moveToNext", "moveToLast", "getCount", "hasNext", "isPresent", "size", "length", "find", "matches",
    "lookingAt", "hitEnd", "getInt", "getLong", "getShort", "count", "cardinality", "nonEmpty", "any",
    "simpleQueryForLong",
})  # fmt: skip
"""Asked of a result that holds something on a match alone: rows of a table, elements that were kept, a find."""
_LACKS = frozenset({"isEmpty", "isAfterLast", "isNull", "none"})
_GIVES = frozenset({"getString", "group", "next", "get", "getBlob", "toMatchResult"})
_THROUGH = frozenset({"stream", "iterator", "findFirst", "findAny", "values", "keySet", "entrySet", "filter", "map"})

T = TypeVar("T")
Place = tuple[int, int]
Way = tuple[int, int, bool]


class Supposed(NamedTuple):
    """What is taken for granted; each under the ways of coming to its method for which it is.

    `values`: what the call at a place (definition, offset of its code) gives; `terms`: the same by numbers of terms;
    `branches`: how a branch goes, by definition, row and whether its test holds.
    `instead`: a world of the same profile in which the opposite is supposed. An alternative that is possible here and
    not there has then come to be, and goes before all others.
    """

    values: Mapping[Place, Mapping[Context, Possible]] = {}
    terms: Mapping[int, Possible] = {}
    branches: Mapping[Way, Mapping[Context, Truth]] = {}
    instead: "Evaluation | None" = None

    @property
    def empty(self) -> bool:
        """Whether nothing is supposed at all."""
        return not (self.values or self.terms or self.branches)

    def of(self, terms: Terms, number: int) -> Possible | None:
        """Return what a term gives, None where nothing is supposed of it."""
        if number in self.terms:
            return self.terms[number]
        own = terms[number]
        if own.kind is not Kind.CALL:
            return None
        under = self.values.get((own.definition, own.pc))
        found = None if under is None else fitting(under, own.context)
        return self._asked(terms, own) if found is None else found

    def branch(self, definition: int, row: int, context: Context, *, taken: bool) -> Truth | None:
        """Return whether a branch goes one way, None where nothing is supposed of it."""
        under = self.branches.get((definition, row, taken))
        return None if under is None else fitting(under, context)

    def _asked(self, terms: Terms, own: Term) -> Possible | None:
        """Return what a call gives that asks a supposed result: whether it holds rows, elements, a find."""
        if not own.inputs or not (self.values or self.terms):
            return None
        name = own.method
        if name not in _HAS | _LACKS | _GIVES | _THROUGH:
            return None
        held = self._holds(self.of(terms, own.inputs[0]))
        if held is None:
            return None
        if name in _THROUGH:
            return just(Thing(own.inputs[0])) if held else just(None)
        if name in _GIVES:
            return SOME if held else None
        return just(int(held == (name in _HAS)))

    def _holds(self, found: Possible | None) -> bool | None:
        """Return whether a supposed result is one of a match; only references tell it."""
        known = set() if found is None else found.known
        if len(known) != 1 or (found is not None and found.rest):
            return None
        one = next(iter(known))
        return None if isinstance(one, int | str) else one is not None


def fitting(under: Mapping[Context, T], context: Context) -> T | None:
    """Return what stands under a way into a method, or under one that says more or less of the same way."""
    if context in under:
        return under[context]
    return next((found for each, found in under.items() if same_way(each, context)), None)


def same_way(one: Context, other: Context) -> bool:
    """Return whether two ways into a method are the same as far as both are known, from the last call outwards."""
    return all(
        (a.caller, a.row, a.callee) == (b.caller, b.row, b.callee)
        for a, b in zip(reversed(one), reversed(other), strict=False)
    )


NOTHING = Supposed()
