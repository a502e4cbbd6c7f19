"""What the parameters of a method are: what its callers hand over, or what the platform does."""

from assay.bytecode.provenance.ground import Ground, answers, inside, value
from assay.bytecode.provenance.links_callbacks import BRIDGE
from assay.bytecode.provenance.links_record import Context, Link
from assay.bytecode.provenance.machine import Work
from assay.bytecode.provenance.terms import Guard, Kind, Term

MOST_CALLERS = 24
"""Most ways into a method that are followed where it is not said by which it was come into."""


MOST_CALLS = 48
"""Most calls of a method in the whole program at which its callers are looked at in that case."""
MOST_MADE = 3
"""Most places where objects of a class are made that stand for `this` in that case; with more, callers do."""


class Parameters:
    """Rules for what registers hold at the beginning."""

    def __init__(self, ground: Ground) -> None:
        """Keep the ground."""
        self._ground = ground

    def rule(self, definition: int, position: int, context: Context) -> Work:
        """Work out a parameter, `this` first."""
        if context:
            return (yield from self.bound(context[-1], position, context[:-1]))
        if position == 0 and (itself := self._itself(definition)) is not None:
            return itself
        if position == 0 and (made := self._made(definition)):
            found = yield from answers(value(*each, ()) for each in made)
            return self._ground.terms.choice([(each, None) for each in found])
        if len(self._ground.program.calls.to_definition(definition)) > MOST_CALLS:
            return self._ground.terms.unknown("too many callers", definition=definition)
        return (yield from self._callers(definition, position))

    def bound(self, link: Link, position: int, outer: Context) -> Work:
        """Work out what a link binds a parameter to."""
        found: list[tuple[int, Guard | None]] = []
        given = link.arguments[position] if position < len(link.arguments) else None
        if given is not None:
            found.append(((yield value(link.caller, given, outer)), None))
        for each in link.elsewhere:
            if each.parameter == position:
                way = outer if each.definition == link.caller else ()
                found.append(((yield value(each.definition, each.value, way)), None))
        if not found:
            return self._platform(link.callee, position, link)
        term = self._ground.terms.choice(found)
        return (yield inside(term, "[]")) if position in link.elements else term

    def _callers(self, definition: int, position: int) -> Work:
        links = self._ground.into(definition)
        found: list[tuple[int, Guard | None]] = []
        for link in links[:MOST_CALLERS]:
            term = yield from self.bound(link, position, ())
            found.append((term, self._ground.guard(link.caller, link.row, ())))
        if len(links) > MOST_CALLERS:
            found.append((self._ground.terms.unknown("too many callers", definition=definition), None))
        if not links or self._ground.links.is_root(definition):
            found.append((self._platform(definition, position, None), None))
        return self._ground.terms.choice(found)

    def _made(self, definition: int) -> list[tuple[int, int]]:
        """Return definition and value of each place where an object is made that answers with a definition.

        Nothing where there are more than `MOST_MADE`, and for constructors, whose callers say more.
        """
        body = self._ground.bodies.of(definition)
        if body is None or body.static or body.key[1] == b"<init>":
            return []
        heirs = self._ground.dispatch.heirs(definition)
        places = [place for each in heirs[: MOST_MADE + 1] for place in self._ground.index.made(each)]
        if len(heirs) > MOST_MADE or len(places) > MOST_MADE:
            return []
        bodies = [(self._ground.bodies.of(place.definition), place) for place in places]
        return [
            (place.definition, each.value_of(row))
            for each, place in bodies
            if each is not None and (row := each.row_at(place.pc)) is not None
        ]

    def _itself(self, definition: int) -> int | None:
        body = self._ground.bodies.of(definition)
        return None if body is None or body.static else self._ground.component(definition)

    def _platform(self, definition: int, position: int, link: Link | None) -> int:
        """Return what the platform hands over."""
        body = self._ground.bodies.of(definition)
        if position == 0 and (found := self._itself(definition)) is not None:
            return found
        number = position + 1 if body is not None and body.static else position
        model = self._ground.above(definition)
        label = (self._given(link, number) if link else "") or (model.given(number) if model else "")
        name = f"{self._ground.program.method_name(definition)}#{number}"
        return self._ground.terms.add(
            Term(kind=Kind.PARAMETER, name=name, value=label or None, definition=definition, model=model)
        )

    def _given(self, link: Link, number: int) -> str:
        """Return the label that the model of the call at a link has for an argument of its callback."""
        body = self._ground.bodies.of(link.caller)
        call = None if body is None else body.call(link.row)
        if call is not None and call.name == BRIDGE and link.kind == "listener":
            return "text.page"
        model = None if call is None else self._ground.model(call)
        if model is None:
            return ""
        name = self._ground.key(link.callee)[1].decode("utf-8", "replace")
        for each in model.calls:
            if each.method == name and 0 < number <= len(each.arguments):
                return each.arguments[number - 1].source
        return ""
