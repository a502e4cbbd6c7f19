"""The two sides of a comparison: which values they are, where their content begins, and what that is called."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from assay.bytecode.provenance.bodies import Body
from assay.bytecode.provenance.origins import CONSTANT, UNFOLLOWED, Origin, is_native
from assay.bytecode.provenance.terms import Kind, Term, Terms

LISTS = {
    "list.network": "downloaded", "network.response": "downloaded", "list.push": "pushed", "text.push": "pushed",
    "list.provider": "provider", "list.file": "file", "list.asset": "asset", "list.resource": "resource",
    "list.database": "database", "list.preference": "preference", CONSTANT: "constants",
}  # fmt: skip
"""What a list is called by the label at its beginning."""
REMOTE = {"downloaded": "yes", "pushed": "yes", "constants": "no", "resource": "no", "asset": "no"}
"""Whether a server can change a list, by what it is called; of all others that is not known."""
SERVED = frozenset({"network.response", "list.network"})
_MANY = frozenset({
    b"getStringArrayListExtra", b"getStringArrayExtra", b"getSerializableExtra", b"getParcelableArrayListExtra",
    b"getCharSequenceArrayListExtra", b"getCharSequenceArrayExtra", b"getStringArrayList", b"getStringArray",
    b"getCharSequenceArrayList", b"getCharSequenceArray", b"getSerializable", b"getParcelableArrayList",
})  # fmt: skip
"""Methods of intents and bundles that give an extra which can hold a list."""
_ADVERTISEMENT = re.compile(
    r"(?<![a-z])(ads?|adverts?|advertis\w*|sponsor\w*|banners?|promos?|promotions?|creatives?)(?![a-z])", re.IGNORECASE
)
_HUMPS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_DEVICE = frozenset({"variable.model", "variable.build", "variable.device-id"})
"""Properties of the handset that are texts to be compared; other variables are conditions."""
MOST_DETAILS = 12
UNKNOWN = "unknown"
"""What a side is called of which no more is known than that it begins in native code."""


class Side(NamedTuple):
    """Origins of one side under one word (`downloaded`, `typed`, …)."""

    word: str
    origins: tuple[Origin, ...]


class Sides(NamedTuple):
    """What begins a side, by word; `unfollowed`: ways that could not be followed to their beginning.

    `gate`: a property of the handset or its owner begins it, so that what is asked is a condition and no text.
    What native code gives is a side of its own, `UNKNOWN`, where nothing else begins it.
    """

    known: tuple[Side, ...]
    unfollowed: tuple[Origin, ...]
    gate: bool = False

    @property
    def told(self) -> bool:
        """Whether a beginning is known by more than that it lies in native code."""
        return any(side.word != UNKNOWN for side in self.known)


def value_at(body: Body, operand: tuple[int, int]) -> int | None:
    """Return the value of an operand, given as (row, number) like `Site.text`; None where there is none."""
    row, number = operand
    if row < 0 or number < 0:
        return None
    call = body.call(row)
    values = call.arguments if call is not None else tuple(value for _, value in body.values.read(row))
    return values[number] if number < len(values) and values[number] >= 0 else None


def list_side(terms: Terms, found: Iterable[Origin]) -> Sides:
    """Return where a list begins; constants beside another beginning are only what stands there until it comes.

    Of an intent only extras of a type that holds many things are a list.
    """

    def word(origin: Origin) -> str:
        if origin.label == "text.intent":
            return "intent" if _is_many(terms[origin.term]) else ""
        return LISTS.get(origin.label, "")

    sides = _sides(terms, found, word)
    others = tuple(side for side in sides.known if side.word != "constants")
    return sides._replace(known=others or sides.known)


def _is_many(term: Term) -> bool:
    return term.model is not None and term.model.name in _MANY


def text_side(terms: Terms, found: Iterable[Origin]) -> Sides:
    """Return where a text begins; what a server sent is told apart by the names on its way."""

    def word(origin: Origin) -> str:
        if origin.label in SERVED:
            return "advertisement" if _speaks_of_advertisements(terms, origin.way) else "feed"
        if origin.label == "list.push":
            return "push"
        return origin.label.removeprefix("text.") if origin.label.startswith("text.") else _identified(origin.label)

    return _sides(terms, found, word)


def _identified(label: str) -> str:
    return "device" if label.startswith("identifier.") or label in _DEVICE else ""


def _sides(terms: Terms, found: Iterable[Origin], word: Callable[[Origin], str]) -> Sides:
    known: dict[str, list[Origin]] = {}
    lost, gate = [], False
    natives: list[Origin] = []
    for origin in found:
        gate = gate or (origin.label.startswith("variable.") and origin.label not in _DEVICE)
        if name := word(origin):
            known.setdefault(name, []).append(origin)
        elif origin.label == UNFOLLOWED:
            lost.append(origin)
            natives += [origin] if _is_native(terms[origin.term]) else []
    if natives and not known:
        known[UNKNOWN] = natives
    return Sides(tuple(Side(name, tuple(each)) for name, each in known.items()), tuple(lost), gate)


def _is_native(term: Term) -> bool:
    """Return whether native code gives a text, or an object that may hold texts."""
    return is_native(term) and term.name.rpartition(")")[2].startswith(("L", "["))


def _speaks_of_advertisements(terms: Terms, way: Sequence[int]) -> bool:
    return any(_ADVERTISEMENT.search(_HUMPS.sub(" ", name)) for name in _names(terms, way))


def _names(terms: Terms, way: Sequence[int]) -> Iterator[str]:
    """Yield names along a way: of fields and stores, and the constants that calls are asked with."""
    for number in way:
        term = terms[number]
        if term.kind in {Kind.FIELD, Kind.STORE}:
            yield term.name
        for each in term.inputs:
            below = terms[each]
            if below.kind is Kind.CONSTANT and isinstance(below.value, str):
                yield below.value
    yield from addresses(terms, way[-1])


def details(terms: Terms, origins: Iterable[Origin]) -> tuple[str, ...]:
    """Return what is known of beginnings: the call or store and the constant texts it is asked with, at most some."""
    found: dict[str, None] = {}
    for origin in origins:
        term = terms[origin.term]
        found[f"{term.kind}:{term.name}" if term.kind is not Kind.CONSTANT else f"constant:{term.value}"] = None
        for text in addresses(terms, origin.term):
            found[text] = None
    return tuple(found)[:MOST_DETAILS]


def addresses(terms: Terms, number: int) -> Iterator[str]:
    """Yield the constant texts with slashes that a term is made with: addresses and parts of them."""
    for each in terms.below(number):
        value = terms[each].value
        if terms[each].kind is Kind.CONSTANT and isinstance(value, str) and "/" in value:
            yield f"address:{value}"
