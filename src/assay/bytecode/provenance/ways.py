"""By which ways a method was come into, so that objects are told apart: callers of parameters that decide something."""

from collections.abc import Generator
from typing import NamedTuple

from assay.bytecode.provenance.bodies import Body
from assay.bytecode.provenance.ground import Ground, value
from assay.bytecode.provenance.links_record import MOST_CONTEXT, Context, Link
from assay.bytecode.provenance.machine import Question
from assay.bytecode.provenance.receivers import objects

MOST_WAYS = 200
"""Most ways into a method that are told apart; where there are more, none is."""
MOST_LINKS = 4
"""Most links that such a way has."""


class Way(NamedTuple):
    """A context, and what a value of the method is there: (definition, value), to be worked out without a context."""

    context: Context
    definition: int
    value: int


class Ways:
    """Finds ways; those into a definition by one parameter are kept."""

    def __init__(self, ground: Ground) -> None:
        """Keep the ground."""
        self._ground = ground
        self._known: dict[tuple[int, int], tuple[Way, ...]] = {}

    def of(self, definition: int, number: int) -> tuple[Way, ...]:
        """Return the ways by which a value that is a parameter gets what it is; one without links for any other."""
        key = (definition, self._plain(definition, number))
        if key not in self._known:
            self._known[key] = self._found(*key)
        return self._known[key]

    def to_object(
        self, definition: int, number: int, wanted: frozenset[int]
    ) -> Generator[Question, int, list[Context]]:
        """Return the contexts in which a value may be one of some objects; an empty one where all are."""
        root = self._root(definition, number)
        if root != self._plain(definition, number):
            return (yield from self._by_root(definition, number, root, wanted))
        found: list[Context] = []
        for way in self.of(definition, number):
            term = yield value(way.definition, way.value, ())
            behind = objects(self._ground.terms, term)
            found += [self._through(way, each) for each in sorted(wanted) if self.may_be(behind, frozenset({each}))]
        return list(dict.fromkeys(found))

    def _by_root(
        self, definition: int, number: int, root: int, wanted: frozenset[int]
    ) -> Generator[Question, int, list[Context]]:
        """Return the same for what is read from the fields of a parameter: by the ways that one gets what it is."""
        found: list[Context] = []
        for way in self.of(definition, root):
            term = yield value(definition, number, way.context)
            if self.may_be(objects(self._ground.terms, term), wanted):
                found.append(way.context)
        return found

    def _root(self, definition: int, number: int) -> int:
        """Return the value from whose fields another is read, itself where it is not read from any."""
        body = self._ground.bodies.of(definition)
        while body is not None:
            number = self._plain(definition, number)
            row = body.row_of(number)
            if row is None or not body.opcode(row).startswith("iget"):
                break
            number = body.reads(row)[0]
        return number

    def _through(self, way: Way, term: int) -> Context:
        """Return the context of a way; where it begins in the method that makes the object, that one's before it."""
        own = self._ground.terms[term]
        before = own.context if own.definition == way.definition else ()
        return (*before, *way.context)[-MOST_CONTEXT:]

    def may_be(self, found: tuple[int, ...], wanted: frozenset[int]) -> bool:
        """Return whether one of some objects may be one of others."""
        if not wanted.isdisjoint(found):
            return True
        at = self._ground.terms.place
        places = {at(each) for each in wanted}
        near = [each for each in found if at(each) in places]
        return any(self._ground.same(one, other) for one in near for other in wanted)

    def _found(self, definition: int, number: int) -> tuple[Way, ...]:
        done: list[Way] = []
        todo = [Way((), definition, number)]
        while todo:
            way = todo.pop(0)
            further = self._further(way) if len(way.context) < min(MOST_LINKS, MOST_CONTEXT) else []
            if not further:
                done.append(way)
            todo += further
            if len(done) + len(todo) > MOST_WAYS:
                return (Way((), definition, number),)
        return tuple(done)

    def _further(self, way: Way) -> list[Way]:
        """Return the ways one link longer, none where the value is no parameter that callers hand over."""
        body = self._ground.bodies.of(way.definition)
        if body is None or way.value not in body.parameters:
            return []
        position = body.parameters.index(way.value)
        if position == 0 and not body.static and self._ground.component(way.definition) is not None:
            return []
        links = self._ground.into(way.definition)
        if self._ground.links.is_root(way.definition) or not all(_given(each, position) for each in links):
            return []
        return [self._by(way, link, position) for link in links if link not in way.context]

    def _by(self, way: Way, link: Link, position: int) -> Way:
        given = link.arguments[position]
        assert given is not None  # noqa: S101 - the caller looked
        return Way((link, *way.context), link.caller, self._plain(link.caller, given))

    def _plain(self, definition: int, number: int) -> int:
        """Return the value behind copies."""
        body = self._ground.bodies.of(definition)
        while body is not None and (row := _copy(body, number)) is not None:
            number = body.reads(row)[0]
        return number


def _copy(body: Body, number: int) -> int | None:
    row = body.row_of(number)
    name = "" if row is None else body.opcode(row)
    return row if name.startswith("move") and not name.startswith(("move-result", "move-exception")) else None


def _given(link: Link, position: int) -> bool:
    return position < len(link.arguments) and link.arguments[position] is not None
