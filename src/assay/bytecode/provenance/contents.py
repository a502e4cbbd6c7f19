"""What objects hold: elements, elements under a key, named parts, text; from the writes that reach them."""

from collections.abc import Generator

from assay.bytecode.provenance.bodies import Body, Call
from assay.bytecode.provenance.ground import Ground, answers, inside, value
from assay.bytecode.provenance.heap_body import operand_at
from assay.bytecode.provenance.links_record import Context
from assay.bytecode.provenance.machine import Question, Work
from assay.bytecode.provenance.order import Order
from assay.bytecode.provenance.placing import Placing
from assay.bytecode.provenance.receivers import objects
from assay.bytecode.provenance.terms import MOST_INPUTS, SAME, Guard, Kind, Term
from assay.bytecode.provenance.ways import Ways
from assay.bytecode.provenance.writes import Found, Pieces, Write, Writes, fits
from assay.reference.models_records import Flow, Place


class Contents:
    """Rules for what is in something."""

    def __init__(self, ground: Ground) -> None:
        """Keep the ground."""
        self._ground, self._terms = ground, ground.terms
        self._placing, self._ways = Placing(ground), Ways(ground)
        self._writes, self._order = Writes(ground, self._placing), Order(ground)

    def rule(self, term: int, selector: str) -> Work:
        """Work out what a term holds."""
        own = self._terms[term]
        if own.kind in {Kind.CONSTANT, Kind.CUT} or own.name in {"text", "pieces"}:
            return term
        if own.kind in {Kind.OBJECT, Kind.CALL}:
            return (yield from self._held(term, selector))
        if own.kind in {Kind.CHOICE, Kind.STORE}:
            return (yield from (self._each if own.kind is Kind.CHOICE else self._stored)(term, selector))
        if own.kind is Kind.CONTENT and len(own.inputs) > 1:
            return (yield from self._of_all(term, own.inputs[1:], selector))
        return self._content(term, [], selector, None)

    def _each(self, term: int, selector: str) -> Work:
        own = self._terms[term]
        found: list[tuple[int, Guard | None]] = []
        for each, guard in zip(own.inputs, own.guards, strict=True):
            found.append(((yield inside(each, selector)), guard))
        return self._terms.choice(found, definition=own.definition, pc=own.pc)

    def _of_all(self, term: int, behind: tuple[int, ...], selector: str) -> Work:
        found = yield from answers(inside(each, selector) for each in behind)
        own = self._terms[term]
        return self._terms.choice([(each, None) for each in found], definition=own.definition, pc=own.pc)

    def _stored(self, term: int, selector: str) -> Work:
        own = self._terms[term]
        wanted = [each for each in own.inputs if self._terms[each].kind is not Kind.CONSTANT]
        found = yield from answers(inside(each, selector) for each in wanted)
        return self._content(term, found, selector, None)

    def _held(self, term: int, selector: str) -> Work:
        """Work out what was written into an object, or into what a call gives."""
        found: list[Found] = []
        own = self._terms[term]
        place = self._ground.made(term)
        body = None if place is None else self._ground.bodies.of(place[0])
        if body is not None and place is not None:
            row = body.row_at(own.pc)
            if row is not None:
                found += yield from self._begins(body, row, own, selector)
            for write in self._writes.to(*place, own.context):
                if (write.definition, write.row) == (own.definition, row) and own.kind is Kind.CALL:
                    continue
                found += yield from self._accepted(write, term, selector)
        texts = [each for each in found if each.joined]
        name = selector
        if texts:
            name = "text" if self._order.known(texts) else "pieces"
        return self._content(term, [each.term for each in found], selector, name)

    def _content(self, term: int, found: list[int], selector: str, name: str | None) -> int:
        own = self._terms[term]
        ordered = found if name == "text" else list(dict.fromkeys(found))
        if len(ordered) > MOST_INPUTS * 16:
            ordered = [*ordered[: MOST_INPUTS * 16], self._terms.unknown("too many writes")]
        inputs = (term, *(each for each in ordered if each != term))
        return self._terms.add(
            Term(
                kind=Kind.CONTENT, name=(selector if name is None else name) or "text", inputs=inputs,
                definition=own.definition, pc=own.pc, context=own.context,
            )
        )  # fmt: skip

    def _begins(self, body: Body, row: int, own: Term, selector: str) -> Pieces:
        """Work out what an object holds from its making on: elements of a filled array, what a model says."""
        call = body.call(row)
        if call is not None:
            return (yield from self._modelled(body, call, own, selector))
        found: list[Found] = []
        if body.opcode(row).startswith("filled-new-array") and selector[:1] == "[":
            for at, each in enumerate(body.reads(row)):
                if selector in {"[]", f"[{at}]"}:
                    found.append(Found((yield value(body.definition, each, own.context))))
        return found

    def _modelled(self, body: Body, call: Call, own: Term, selector: str) -> Pieces:
        root = "this" if call.name == b"<init>" else "return"
        found: list[Found] = []
        for flow in own.model.flows if own.model is not None else ():
            if flow.target.root == root and flow.op in SAME:
                term = yield from self._flowing(body, call, flow, selector, own.context)
                if term is not None:
                    found.append(Found(term))
        return found

    def _flowing(
        self, body: Body, call: Call, flow: Flow, selector: str, context: Context
    ) -> Generator[Question, int, int | None]:
        """Work out what a flow into a call's result puts under a selector, None where it goes elsewhere."""
        if operand_at(call, flow.source) is None and not str(flow.source.root).startswith("call"):
            return None
        if not flow.target.selector:
            term = yield from self._placing.at(body, call, flow.source, context)
            return (yield inside(term, selector))
        known = yield from self._placing.selector(body, call, flow.target, context)
        if not fits(known, selector):
            return None
        if flow.source.selector == "[]" and flow.target.selector == "[]" and selector != "[]":
            term = yield from self._placing.at(body, call, Place(flow.source.root), context)
            return (yield inside(term, selector))
        return (yield from self._placing.at(body, call, flow.source, context))

    def _accepted(self, write: Write, term: int, selector: str) -> Pieces:
        """Work out what a write puts in, where it is into this very object: by the ways in which it is."""
        behind = objects(self._terms, (yield value(write.definition, write.holder, write.context)))
        wanted = frozenset({term})
        if not self._ways.may_be(behind, wanted):
            return []
        contexts = [write.context]
        if len(behind) > 1 and not write.context:
            contexts = (yield from self._ways.to_object(write.definition, write.holder, wanted)) or contexts
        found: list[Found] = []
        for context in contexts:
            found += yield from self._writes.written(write, selector, context)
        return found
