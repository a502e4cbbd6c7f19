"""What a call reaches, by the objects behind its receiver: a definition of the program, the platform, or both."""

from collections.abc import Generator
from typing import NamedTuple

from assay.bytecode.provenance.bodies import Body, Call
from assay.bytecode.provenance.ground import Ground, value
from assay.bytecode.provenance.links_record import Context, Link
from assay.bytecode.provenance.machine import Question
from assay.bytecode.provenance.terms import Kind, Terms
from assay.reference.models import OBJECT
from assay.reference.models_records import Model


class Chosen(NamedTuple):
    """The links that are followed, and whether the call may leave the program.

    `receiver`: the term of the receiver, where the classes of all objects behind it are known.
    """

    links: list[Link]
    outside: bool
    receiver: int | None = None


class Receivers:
    """Chooses among the definitions that a call may reach."""

    def __init__(self, ground: Ground) -> None:
        """Keep the ground."""
        self._ground = ground

    def choose(self, body: Body, call: Call, links: list[Link], context: Context) -> Generator[Question, int, Chosen]:
        """Return what is followed. The receiver is only looked at where it decides something."""
        foreign = call.owner.startswith(b"[") or self._ground.find_class(call.owner) is None
        direct = not body.opcode(call.row).startswith(("invoke-virtual", "invoke-interface"))
        if not links or direct or not (foreign or len(links) > 1):
            return Chosen(links, outside=not links)
        term = yield value(body.definition, call.arguments[0], context)
        terms = self._ground.terms
        found = [each for each in objects(terms, term) if terms[each].kind is not Kind.CONSTANT]
        classes = [self._class(each) for each in found]
        if all(each is not None for each in classes) and classes:
            chosen = self._answering(call, links, {each for each in classes if each is not None})
            return chosen._replace(receiver=term)
        modelled = self._ground.model(call) is not None
        if foreign and modelled:
            return Chosen([], outside=True)
        return Chosen(links, outside=foreign)

    def _answering(self, call: Call, links: list[Link], classes: set[int]) -> Chosen:
        """Return the links to what objects of some classes answer with; -1 for a class of the platform."""
        targets = {self._ground.dispatch.target(each, call.name, call.prototype) for each in classes if each >= 0}
        kept = [link for link in links if link.kind != "call" or link.callee in targets]
        missed = targets - {link.callee for link in kept} - {None}
        kept += [links[0]._replace(callee=each) for each in sorted(each for each in missed if each is not None)]
        outside = -1 in classes or None in targets
        return Chosen(kept if kept or outside else links, outside)

    def model(self, body: Body, call: Call, context: Context) -> Generator[Question, int, Model | None]:
        """Return the model of a call of the platform's: by the class that its receiver is known to be."""
        stated = self._ground.model(call)
        if not body.opcode(call.row).startswith(("invoke-virtual", "invoke-interface")) or not call.arguments:
            return stated
        behind = objects(self._ground.terms, (yield value(body.definition, call.arguments[0], context)))
        found = {self._made(each) for each in behind if self._ground.terms[each].kind is not Kind.CONSTANT}
        name = found.pop() if len(found) == 1 else b""
        own = self._ground.models.find(self._ground.calls.owners(name), call.name, call.prototype) if name else None
        return stated if own is None or own.owner == OBJECT else own

    def _made(self, term: int) -> bytes:
        """Return the class of an object that is made somewhere, nothing for any other term."""
        own = self._ground.terms[term]
        return own.name.encode("utf-8", "surrogatepass") if own.kind is Kind.OBJECT else b""

    def of_object(self, call: Call, chosen: Chosen, term: int) -> list[Link]:
        """Return which of the links that were chosen are followed on a part of the receiver."""
        found = (self._class(each) for each in objects(self._ground.terms, term))
        classes = {each for each in found if each is not None}
        return self._answering(call, chosen.links, classes).links if classes else []

    def _class(self, term: int) -> int | None:
        """Return the class of an object, -1 for one of the platform's, None where it is not known."""
        own = self._ground.terms[term]
        if own.kind is not Kind.OBJECT or own.pc < 0:
            return None
        found = self._ground.find_class(own.name.encode())
        return -1 if found is None else found


def objects(terms: Terms, term: int) -> tuple[int, ...]:
    """Return the terms that a value may be: through choices, elements, and what was written to stores; in order."""
    if (known := terms.behind.get(term)) is None:
        known = terms.behind[term] = _objects(terms, term)
    return known


def _objects(terms: Terms, term: int) -> tuple[int, ...]:
    found: dict[int, None] = {}
    seen, todo = {term}, [term]
    while todo:
        each = todo.pop()
        own = terms[each]
        more: tuple[int, ...] = ()
        if own.kind is Kind.CHOICE or own.kind is Kind.STORE:
            more = own.inputs
        elif own.kind is Kind.CONTENT and own.name not in {"text", "pieces"}:
            more = own.inputs[1:]
        if own.kind is Kind.CUT:
            continue
        if not more:
            found[each] = None
        fresh = [one for one in more if one not in seen]
        seen.update(fresh)
        todo += reversed(fresh)
    return tuple(found)
