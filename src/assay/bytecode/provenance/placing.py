"""What stands at a place of a call as models name places: a receiver, an argument, or something that one holds."""

from collections.abc import Generator

from assay.bytecode.provenance.bodies import Body, Call
from assay.bytecode.provenance.ground import Ground, inside, value
from assay.bytecode.provenance.heap_body import operand_at
from assay.bytecode.provenance.links_record import Context
from assay.bytecode.provenance.machine import Question, Work
from assay.bytecode.provenance.references import referred
from assay.bytecode.provenance.returns import Pairs, returned
from assay.bytecode.provenance.terms import Guard, Kind, Term
from assay.reference.models_records import Callback, Model, Place

HANDED_ON = frozenset({"copy", "iterate", "element", "select", "sort"})
"""Operations for which an operand stands as it is: what it holds is asked for behind the call."""


def under(key: int | str | None) -> str:
    """Return the selector of what stands under a constant key; that of the empty one is no other's."""
    return f"[{key}]" if key != "" else '[""]'


class Placing:
    """Rules for places."""

    def __init__(self, ground: Ground) -> None:
        """Keep the ground."""
        self._ground, self._terms = ground, ground.terms

    def at(self, body: Body, call: Call, place: Place, context: Context) -> Work:
        """Work out what stands at a place that is an operand."""
        if str(place.root).startswith("call"):
            return (yield from self._called_back(body, call, place, context))
        operand = operand_at(call, place)
        if operand is None:
            return self._terms.unknown(f"what stands at {place.root}", definition=body.definition, pc=call.pc)
        term = yield value(body.definition, call.arguments[operand], context)
        if not place.selector:
            return term
        selector = yield from self.selector(body, call, place, context)
        return (yield inside(term, selector))

    def _called_back(self, body: Body, call: Call, place: Place, context: Context) -> Work:
        """Work out what a callback of a call gives: what each method that it may run returns."""
        found: list[tuple[int, Guard | None]] = []
        number = int(str(place.root).removeprefix("call")) - 1
        for link in self._ground.links.called_back(body, call, number):
            found += yield from returned(self._ground, link, context)
        model = self._ground.model(call)
        for callback in () if found or model is None else model.calls[number : number + 1]:
            found += yield from self._referred(body, call, callback, context)
        if not found:
            return self._terms.unknown(f"what {place.root} gives", definition=body.definition, pc=call.pc)
        term = self._terms.choice(found, definition=body.definition, pc=call.pc)
        return (yield inside(term, place.selector)) if place.selector else term

    def _referred(self, body: Body, call: Call, callback: Callback, context: Context) -> Pairs:
        """Work out what a callback gives that is a reference to a method of the platform."""
        given: list[int] = []
        for each in callback.arguments:
            if each.place is None:
                given.append(self._terms.unknown("what is handed over", definition=body.definition, pc=call.pc))
            else:
                given.append((yield from self.at(body, call, each.place, context)))
        return (yield from referred(self._ground, body, call, callback, given, context))

    def selector(self, body: Body, call: Call, place: Place, context: Context) -> Generator[Question, int, str]:
        """Work out the selector of a place, a key replaced by the constant that it is."""
        key = None if place.key is None else operand_at(call, Place(place.key))
        if key is None:
            return "[]" if place.key is not None else place.selector
        term = self._terms[(yield value(body.definition, call.arguments[key], context))]
        return under(term.value) if term.kind is Kind.CONSTANT else "[]"

    def operand(self, body: Body, call: Call, model: Model | None, at: int, context: Context) -> Work:
        """Work out an operand of a call that is kept: what it holds where the call's result comes from that."""
        term = yield value(body.definition, call.arguments[at], context)
        flows = [each for each in model.flows if operand_at(call, each.source) == at] if model else []
        wanted = [each for each in flows if each.target.root in {"return", "this"} and each.op not in HANDED_ON]
        if not wanted and model is not None:
            return term
        selectors = {each.source.selector for each in wanted}
        if len(selectors) == 1 and selectors != {""}:
            place = wanted[0].source
            held = yield inside(term, (yield from self.selector(body, call, place, context)))
            return self.filled(held, term)
        return (yield from self.held(term))

    def held(self, term: int) -> Work:
        """Work out what stands for an object where its text or bytes are read: what was written into it."""
        own = self._terms[term]
        if not self._written_to(own) or not self._platform(own.name):
            yield from ()
            return term
        return self.filled((yield inside(term, "")), term)

    def _written_to(self, own: Term) -> bool:
        """Return whether a term is an object, or a file, a connection or the like that a call opens for writing."""
        model = own.model if own.kind is Kind.CALL else None
        opened = model is not None and (model.sink or (model.store is not None and model.store.access == "write"))
        return own.kind is Kind.OBJECT or bool(opened)

    def filled(self, content: int, term: int) -> int:
        """Return the content, or the term itself where nothing is known to be in it."""
        own = self._terms[content]
        empty = own.kind is Kind.CONTENT and len(own.inputs) < 2
        return term if empty or own.kind is Kind.UNKNOWN else content

    def _platform(self, name: str) -> bool:
        return name.startswith("[") or self._ground.find_class(name.encode()) is None
