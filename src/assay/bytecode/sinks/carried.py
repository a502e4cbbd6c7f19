"""What a call with an effect is given: the content of its operands, part by part, and where that begins."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from assay.bytecode.provenance.bodies import Body, Call
from assay.bytecode.provenance.evaluator import Evaluator
from assay.bytecode.provenance.links_record import Context
from assay.bytecode.provenance.origins import BEGINNING, Origin, origins
from assay.bytecode.provenance.terms import Kind
from assay.bytecode.sinks.calls import operand
from assay.reference.models_records import Model

_REQUEST = ("[]", ".url", ".body", ".header", ".request", ".text")
_INTENT = ("[]", ".data", ".action", ".component", ".package", ".extras")
PARTS = {
    "effect.network": _REQUEST, "effect.connect": _REQUEST, "effect.broadcast": _INTENT, "effect.navigate": _INTENT,
    "effect.call": _INTENT, "effect.install": _INTENT,
}  # fmt: skip
"""Selectors under which models put what requests and intents are made of, by label; all else has elements only."""
ADDRESSED = {"effect.sms": (1,), "effect.store": (), "effect.insert": ()}
"""Arguments that say who gets it, or where, and are not sent themselves; by label."""
MOST_DEPTH = 8
"""Most steps into parts of parts, and into streams whose content is written elsewhere."""
MOST_AROUND = 3
"""Most calls on results of calls that belong to one value."""
MOST_PIECES = 40
"""Most pieces of one value."""
MOST_STEPS = 6_000
"""Questions worked out for the pieces of one value after which no further piece is asked for."""


class Piece(NamedTuple):
    """Something that a call is given: `part` is the outermost selector that it stands under, empty for an operand."""

    part: str
    term: int


class Carried(NamedTuple):
    """A beginning of what a call is given, and the part that it comes in."""

    part: str
    origin: Origin


def given(body: Body, call: Call, model: Model) -> tuple[int, ...]:
    """Return the values that the effect of a call sends, writes or changes.

    A call that opens a stream to a store gives the stream: what is written to that is what is stored.
    """
    addressed = ADDRESSED.get(model.sink, ())
    values = [operand(call, each) for each in model.sink_args if each not in addressed]
    if not values and model.store is not None and model.store.value is not None:
        place = model.store.value
        values = [body.result(call.row) if place.root == "return" else operand(call, place.operand or 0)]
    return tuple(each for each in values if each is not None)


def around(body: Body, values: tuple[int, ...]) -> tuple[int, ...]:
    """Return values with the results of calls on them, and on these: streams and builders that belong to them."""
    found = dict.fromkeys(values)
    todo = [(value, MOST_AROUND) for value in values]
    while todo:
        value, left = todo.pop()
        for row in body.readers(value) if left else ():
            call, result = body.call(row), body.result(row)
            if call is not None and result is not None and result not in found and call.arguments[:1] == (value,):
                found[result] = None
                todo.append((result, left - 1))
    return tuple(found)


class Pieces:
    """Takes apart what calls are handed; `steps`: questions worked out, `cut`: values that met a limit."""

    def __init__(self, evaluator: Evaluator) -> None:
        """Take what follows values."""
        self._evaluator = evaluator
        self.steps = self.cut = 0

    def of(self, term: int, label: str) -> tuple[Piece, ...]:
        """Return what a term holds: its text, its parts, and what is written to streams that stand in it; each once.

        `label` is that of the call's effect: it says which parts are asked for.
        """
        seen: set[int] = set()
        found: list[Piece] = []
        todo, end = [(term, "", 0)], self.steps + MOST_STEPS
        while todo and len(found) < MOST_PIECES and self.steps < end:
            each, part, depth = todo.pop(0)
            text = self._asked(self._evaluator.text, each)
            if text not in seen:
                seen.add(text)
                found.append(Piece(part, text))
            held = self._held(each, label) if depth < MOST_DEPTH else []
            inner = [(part or selector, below) for selector, below in held if below not in seen]
            inner += [
                (part, below) for below in _streams(self._evaluator, text) if depth < MOST_DEPTH and below not in seen
            ]
            seen.update(below for _, below in inner)
            found += [Piece(name, below) for name, below in inner]
            todo += [(below, name, depth + 1) for name, below in inner]
        self.cut += bool(todo)
        return tuple(found[:MOST_PIECES])

    def carried(self, definition: int, values: tuple[int, ...], context: Context, label: str) -> tuple[Carried, ...]:
        """Return where the content of values begins, each beginning once, under the first part it is found in."""
        found: dict[int, Carried] = {}
        for value in values:
            term = self._evaluator.term(definition, value, context)
            for piece in self.of(term, label):
                for origin in origins(self._evaluator.terms, piece.term):
                    if origin.label != BEGINNING:
                        found.setdefault(origin.term, Carried(piece.part, origin))
        return tuple(found.values())

    def _held(self, term: int, label: str) -> list[tuple[str, int]]:
        """Return what was written into a term, by selector."""
        found = []
        for selector in ("", *PARTS.get(label, ("[]",))):
            held = self._asked(self._evaluator.inside, term, selector)
            if _filled(self._evaluator, held):
                found.append((selector, held))
        return found

    def _asked(self, question: Callable[..., int], *given: object) -> int:
        """Ask, and count the work that it took; nothing where the answer is kept."""
        self._evaluator.machine.steps = 0
        answer = question(*given)
        self.steps += self._evaluator.machine.steps
        return answer


def _filled(evaluator: Evaluator, term: int) -> bool:
    """Return whether a content, or one of several, has been written."""
    terms = evaluator.terms
    own = terms[term]
    if own.kind is Kind.CHOICE:
        return any(_filled(evaluator, each) for each in own.inputs if terms[each].kind is not Kind.CHOICE)
    return own.kind is Kind.CONTENT and len(own.inputs) > 1


def _streams(evaluator: Evaluator, term: int) -> Iterator[int]:
    """Yield calls and objects at which a way ends although something may be written to them."""
    for origin in origins(evaluator.terms, term):
        own = evaluator.terms[origin.term]
        called = origin.label == BEGINNING and own.kind is Kind.CALL and own.model is not None
        if called or (own.kind is Kind.OBJECT and own.pc >= 0):
            yield origin.term
