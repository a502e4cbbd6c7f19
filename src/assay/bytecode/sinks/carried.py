"""What a call with an effect is given: the content of its operands, part by part, and where that begins."""

from collections.abc import Iterator
from typing import NamedTuple

from assay.bytecode.provenance.bodies import Body, Call
from assay.bytecode.provenance.evaluator import Evaluator
from assay.bytecode.provenance.links_record import Context
from assay.bytecode.provenance.origins import BEGINNING, Origin, origins
from assay.bytecode.provenance.terms import Kind
from assay.bytecode.sinks.calls import operand
from assay.reference.models_records import Model

PARTS = (
    "[]", ".url", ".body", ".header", ".request", ".data", ".action", ".component", ".package", ".text", ".extras",
    ".file",
)  # fmt: skip
"""Selectors under which models put what requests, intents and messages are made of."""
ADDRESSED = {"effect.sms": (1,), "effect.store": (), "effect.insert": ()}
"""Arguments that say who gets it, or where, and are not sent themselves; by label."""
MOST_DEPTH = 8
"""Most steps into parts of parts, and into streams whose content is written elsewhere."""
MOST_AROUND = 3
"""Most calls on results of calls that belong to one value."""
MOST_PIECES = 64
"""Most pieces of one call."""


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


def pieces(evaluator: Evaluator, term: int) -> Iterator[Piece]:
    """Yield what a term holds: its text, its parts, and what is written to streams that stand in it; each once."""
    seen: set[int] = set()
    todo = [(term, "", 0)]
    while todo and len(seen) < MOST_PIECES:
        each, part, depth = todo.pop(0)
        text = evaluator.text(each)
        if text not in seen:
            seen.add(text)
            yield Piece(part, text)
        if depth >= MOST_DEPTH:
            continue
        for selector in ("", *PARTS):
            held = evaluator.inside(each, selector)
            if held not in seen and _filled(evaluator, held):
                seen.add(held)
                yield Piece(part or selector, held)
                todo.append((held, part or selector, depth + 1))
        todo += [(stream, part, depth + 1) for stream in _streams(evaluator, text) if stream not in seen]


def carried(evaluator: Evaluator, definition: int, values: tuple[int, ...], context: Context) -> tuple[Carried, ...]:
    """Return where the content of values begins, each beginning once, under the first part that it is found in."""
    found: dict[int, Carried] = {}
    for value in values:
        for piece in pieces(evaluator, evaluator.term(definition, value, context)):
            for origin in origins(evaluator.terms, piece.term):
                if origin.label != BEGINNING:
                    found.setdefault(origin.term, Carried(piece.part, origin))
    return tuple(found.values())


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
