"""Who gets what a call sends, as far as the code says: addresses, numbers, names of files and components."""

import re
from collections.abc import Iterator
from typing import Any

from assay.bytecode.provenance.bodies import Body, Call
from assay.bytecode.provenance.evaluator import Evaluator
from assay.bytecode.provenance.links_record import Context
from assay.bytecode.provenance.machine import Work
from assay.bytecode.provenance.origins import label_of
from assay.bytecode.provenance.store_names import StoreNames
from assay.bytecode.provenance.terms import Kind, Terms
from assay.bytecode.sinks.calls import operand
from assay.bytecode.sinks.carried import ADDRESSED, Piece
from assay.reference.models_records import Model

MOST_RECIPIENTS = 12
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,30}:(?=[/\w?*#+])")
NAMED = {".component": "component:", ".package": "package:", ".action": "action:"}
"""What stands before the name of a component, a package and an action, by the part of an intent."""


_ADDRESSING = frozenset(
    {"effect.network", "effect.connect", "effect.navigate", "effect.broadcast", "effect.call", "effect.install"}
)


def is_address(text: str) -> bool:
    """Say whether a text begins as an address: with the name of a scheme."""
    return _ADDRESS.match(text) is not None


class Recipients:
    """Reads recipients of calls."""

    def __init__(self, evaluator: Evaluator) -> None:
        """Take what follows values."""
        self._evaluator = evaluator
        self._names = StoreNames(evaluator.ground)

    def of(self, body: Body, call: Call, model: Model, context: Context, pieces: tuple[Piece, ...]) -> tuple[str, ...]:
        """Return what the code says of the recipient, in the order in which it is found, at most some."""
        found: dict[str, None] = {}
        for argument in ADDRESSED.get(model.sink, ()):
            if (value := operand(call, argument)) is not None:
                found.update(dict.fromkeys(self.texts(self._evaluator.term(body.definition, value, context))))
        if model.store is not None:
            named = self._answer(self._names.of(body, call, model.store, context))
            found[f"{model.store.kind}:{named.shown}"] = None
        told = any(piece.part in {".url", ".data"} for piece in pieces)
        for piece in pieces if model.sink in _ADDRESSING else ():
            found.update(dict.fromkeys(() if told and not piece.part else self._named(piece)))
        return tuple(found)[:MOST_RECIPIENTS]

    def addresses(self, term: int) -> Iterator[str]:
        """Yield the constant beginnings of addresses that a term is made with, whole where they are known whole."""
        terms = self._evaluator.terms
        for each in _made_of(terms, term):
            own = terms[each]
            if own.kind is Kind.CONTENT and own.name == "text":
                if is_address(text := self._joined(own.inputs[1:])):
                    yield text
            elif own.kind is Kind.CONSTANT and isinstance(own.value, str) and is_address(own.value):
                yield own.value

    def _named(self, piece: Piece) -> Iterator[str]:
        if piece.part in NAMED:
            yield from (NAMED[piece.part] + text for text in self.texts(piece.term))
        elif piece.part in {"", ".url", ".request", ".data"}:
            yield from _longest(self.addresses(piece.term))

    def _joined(self, inputs: tuple[int, ...]) -> str:
        """Return the constants with which a text begins."""
        taken = ""
        for each in inputs:
            own = self._evaluator.terms[each]
            if own.kind is not Kind.CONSTANT:
                break
            taken += "" if own.value is None else str(own.value)
        return taken

    def texts(self, term: int) -> Iterator[str]:
        """Yield constant texts that a term is made of."""
        for each in self._evaluator.terms.below(self._evaluator.text(term)):
            own = self._evaluator.terms[each]
            if own.kind is Kind.CONSTANT and isinstance(own.value, str) and own.value:
                yield own.value

    def _answer(self, work: Any) -> Any:  # noqa: ANN401 - a generator of questions with any return
        """Work through questions and return what the work returns."""
        return answered(self._evaluator, work)


def answered(evaluator: Evaluator, work: Work | Any) -> Any:  # noqa: ANN401
    """Ask all questions of a work one after the other, and return what it returns."""
    try:
        question = next(work)
        while True:
            question = work.send(evaluator.machine.ask(question))
    except StopIteration as end:
        return end.value


def _made_of(terms: Terms, term: int) -> Iterator[int]:
    """Yield what a term is made of, depth first, without going behind what has a label: a response has its own."""
    seen, todo = {term}, [term]
    while todo:
        each = todo.pop()
        yield each
        more = () if each != term and label_of(terms[each]) else terms.followed(each)
        fresh = [one for one in dict.fromkeys(more) if one not in seen]
        seen.update(fresh)
        todo += reversed(fresh)


def _longest(texts: Iterator[str]) -> Iterator[str]:
    """Yield texts that are no beginning of another."""
    taken = tuple(dict.fromkeys(texts))
    yield from (each for each in taken if not any(one != each and one.startswith(each) for one in taken))
