"""Where what a value holds begins: labels of sources, constants, stores nobody writes, and what was not followed.

Only ways along which content passes are followed: the name of a file or the key of a field is asked with, and is not
content. Which operands of a call pass content on is said by its model; of a call without model all may.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from assay.bytecode.program.names import descriptors
from assay.bytecode.provenance import commands
from assay.bytecode.provenance.tables import LOOKUP
from assay.bytecode.provenance.terms import NATIVE, Kind, Term, Terms
from assay.reference.models import models
from assay.reference.models_files import parameters
from assay.reference.models_records import Model

MAX_TERMS = 8_192
"""Most terms that are gone through for one value."""
CONSTANT, UNFOLLOWED, BEGINNING = "constant", "unfollowed", "beginning"
"""Labels of what has none of its own: constants of the code, what could not be followed, and anything else."""
_STORES = {"preference": "list.preference", "file": "list.file", "asset": "list.asset", "resource": "list.resource",
           "table": "list.database", "provider": "list.provider", "bundle-extra": "text.intent"}  # fmt: skip
"""What a store holds whose name says no more, and that the program does not write."""
_OUTPUT = "text.device"
"""The label of a command's output, whatever command it is."""
_EMPTY = frozenset({None, "", "[]", "{}", 0})
_JOINED = frozenset({"text", "pieces"})
_WORD = re.compile(r"[^\W\d_]{3}|[^\W\d_\x00-\x7f]")
"""What makes a constant that is joined with others a word: three letters, or one beyond ASCII; else it separates."""


_MARKET = re.compile(r"(^|[._-])(region|market|country|countrycode|area|sku|cust|csc|carrier)([._-]|$)", re.IGNORECASE)
_LOCALE = re.compile(r"(^|[._-])(locale|language|lang)([._-]|$)", re.IGNORECASE)


class Origin(NamedTuple):
    """Where content begins: its label, the term, and the terms in the order of the way there, itself last."""

    label: str
    term: int
    way: tuple[int, ...]


def label_of(term: Term) -> str:
    """Return the label of what a term is, empty without one."""
    if term.model is not None and term.kind is Kind.CALL and term.model.source:
        return term.model.source
    if term.held is not None and term.held.source:
        return term.held.source
    if term.kind is Kind.PARAMETER and isinstance(term.value, str):
        return term.value
    if term.kind is Kind.STORE:
        return _stored(*term.name.partition(":")[::2])
    return ""


def _stored(kind: str, name: str) -> str:
    """Return the label of what a store holds under a name; of a system property also by the words of its name."""
    for each in (name, name.partition("/")[2]) if kind == "bundle-extra" else (name,):
        if each and (key := models().key(kind, each)) is not None:
            return key.source
    if kind != "property":
        return ""
    return "variable.locale" if _LOCALE.search(name) else "variable.market" if _MARKET.search(name) else ""


def origins(terms: Terms, number: int) -> tuple[Origin, ...]:
    """Return where the content of a term begins, in the order in which it is found, each term once."""
    found: list[Origin] = []
    before: dict[int, int] = {number: -1}
    todo = [number]
    while todo and len(before) < MAX_TERMS:
        each = todo.pop()
        label = _ends(terms, each)
        if label:
            found.append(Origin(label, each, _way(before, each)))
            continue
        more = [one for one in dict.fromkeys(passed(terms, each)) if one not in before]
        before.update(dict.fromkeys(more, each))
        todo += reversed(more)
    if todo:
        found.append(Origin(UNFOLLOWED, number, (number,)))
    return tuple(found)


def _ends(terms: Terms, number: int) -> str:
    """Return the label with which a way ends at a term, empty where it goes on."""
    term = terms[number]
    if label := label_of(term):
        return (commands.given(terms, number) or label) if label == _OUTPUT else label
    if term.kind is Kind.UNKNOWN and not any(True for _ in passed(terms, number)):
        return UNFOLLOWED
    if term.kind is Kind.CONSTANT:
        return CONSTANT if term.value not in _EMPTY else "empty"
    if term.kind is Kind.CUT:
        return "empty"
    if term.kind is Kind.STORE and not any(True for _ in _written(terms, term)):
        return _STORES.get(term.name.partition(":")[0], BEGINNING)
    return "" if any(True for _ in passed(terms, number)) else _beginning(term)


def _beginning(term: Term) -> str:
    """Return the label of what nothing passes into: an object without content is empty."""
    return "empty" if term.kind in {Kind.OBJECT, Kind.CONTENT} else BEGINNING


def _written(terms: Terms, term: Term) -> Iterator[int]:
    """Yield what a program writes into a store, beside empty values and cuts."""
    for each in term.inputs[1:]:
        own = terms[each]
        if own.kind is not Kind.CUT and not (own.kind is Kind.CONSTANT and own.value in _EMPTY):
            yield each


def passed(terms: Terms, number: int) -> Iterator[int]:
    """Yield the inputs of a term from which content passes into it."""
    term = terms[number]
    if term.kind is Kind.CALL and term.model is not None:
        yield from _called(term, term.model)
    elif term.kind is Kind.FIELD:
        yield from term.inputs[:1]
    elif term.kind is Kind.OPERATION and term.name == LOOKUP:
        yield from term.inputs[1:]
    elif term.kind is Kind.CONTENT and term.name in _JOINED:
        yield from _joined(terms, terms.followed(number))
    elif is_native(term):
        yield from _handed(terms, term)
    else:
        yield from terms.followed(number)


def is_native(term: Term) -> bool:
    """Return whether a term stands for what a native method gives."""
    return term.kind is Kind.UNKNOWN and term.name.startswith(NATIVE)


def _handed(terms: Terms, term: Term) -> Iterator[int]:
    """Yield what a native method's result may be made of: of what it is given no numbers, and no constants alone."""
    types = (descriptors(term.name[term.name.find("(") :].encode("utf-8", "surrogatepass")) or [b"V"])[:-1]
    given = zip(reversed(term.inputs), reversed(types), strict=False)
    held = [each for each, type_ in given if type_.startswith((b"L", b"["))]
    if any(terms[each].kind is not Kind.CONSTANT for each in held):
        yield from reversed(held)


def _joined(terms: Terms, pieces: tuple[int, ...]) -> Iterator[int]:
    """Yield the pieces of a text without the constants that only separate others."""
    apart = [each for each in pieces if not _separates(terms[each])]
    yield from apart or pieces


def _separates(piece: Term) -> bool:
    shown = chr(piece.value) if isinstance(piece.value, int) and 0 <= piece.value < 0x110000 else str(piece.value)
    return piece.kind is Kind.CONSTANT and (len(shown) > 1 or not shown.isalpha()) and not _WORD.search(shown)


def _called(term: Term, model: Model) -> Iterator[int]:
    """Yield the operands of a call that flow into its result; where nothing does, those that flow into another."""
    result = [flow for flow in model.flows if flow.target.root == "return"]
    many = parameters(term.name[term.name.find("(") :].encode()) or 0
    if not result and len(term.inputs) <= many:  # what a call writes elsewhere stands for it with its sources alone
        yield from term.inputs if model.flows else ()
        return
    for flow in result or model.flows:
        if (operand := term.operand(flow.source)) is not None:
            yield operand


def _way(before: dict[int, int], number: int) -> tuple[int, ...]:
    way = [number]
    while (at := before[way[-1]]) >= 0:
        way.append(at)
    return tuple(reversed(way))
