"""What follows from a comparison: calls with an effect that are made, or made otherwise, on a match alone.

The comparison is supposed to match in one world and not to in another, and every call with an effect on the ways of its
result is asked in both: in the method, in callers that get the result, in what either calls with it.
"""

from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from assay.bytecode.effects.bearing import Sides, bearers
from assay.bytecode.effects.record import Effect, Outcome
from assay.bytecode.effects.shutting import shut
from assay.bytecode.effects.sorting import Sorting
from assay.bytecode.effects.supposing import Ways, Worlds, worlds
from assay.bytecode.gates.evaluation import Evaluation
from assay.bytecode.gates.formula import OPEN, SHUT, Branch, Formula, branches, implied, replaced
from assay.bytecode.gates.gate import Gates
from assay.bytecode.gates.truth import Truth, all_of
from assay.bytecode.provenance.bodies import Body, Call
from assay.bytecode.provenance.evaluator import Evaluator
from assay.bytecode.provenance.heap_body import field_at
from assay.bytecode.provenance.links_record import Context, Link, entered
from assay.bytecode.sites.record import Site

MAX_METHODS = 160
"""Most methods that are gone through for what follows from one comparison."""
MAX_DOWN, MAX_UP = 8, 6
"""Most calls downwards from a method that has the result, and upwards to callers that get it."""
MAX_READERS, MAX_UP_READ = 12, 2
"""Most methods that read one field in which a result is kept, and calls upwards from each to those that get it."""
MAX_CALLERS = 8
"""Most callers beyond the way in that are asked what they do with the result."""


_STARTS = frozenset({"component", "broadcast", "service", "job", "intent"})
"""Links into components that are started by a message."""

Place = tuple[int, int, Context]
"""An instruction: definition, row, and the way there."""


class Frame(NamedTuple):
    """A method on the ways of the result; `match`, `plain`: whether it is entered at all in each world."""

    definition: int
    context: Context
    match: Truth
    plain: Truth
    down: int
    decided: tuple[int, int, Context]


class Effects:
    """Finds what follows from comparisons of one program."""

    def __init__(self, evaluator: Evaluator, gates: Gates) -> None:
        """Take what follows values and conditions."""
        self._evaluator, self._gates = evaluator, gates
        self._sorting = Sorting(evaluator)

    def of(self, site: Site, context: Context, text: int, words: int) -> Outcome:
        """Return what follows from a site that was come into by way of a context; its sides are two terms."""
        body = self._evaluator.bodies.of(site.definition)
        supposed = None if body is None else worlds(self._gates, self._evaluator, body, site, context)
        if supposed is None:
            return Outcome((), ("the result of the comparison could not be followed",))
        bearing = bearers(self._evaluator.bodies, site, context)
        search = _Search(self._evaluator, self._gates, self._sorting, supposed, Sides(text, words, bearing))
        search.run(site, context)
        if not search.found and body is not None and (beside := shut(self._evaluator, site, context)):
            search = self._beside(site, context, body, beside, search)
        effects = tuple(sorted(dict.fromkeys(search.found), key=_order))
        return Outcome(effects, tuple(dict.fromkeys(search.lost)), not search.differs, supposed)

    def _beside(self, site: Site, context: Context, body: Body, beside: Ways, closed: "_Search") -> "_Search":
        """Return what would follow if constants did not shut it off; the gate has them as they are."""
        opened = worlds(self._gates, self._evaluator, body, site, context, beside)
        if opened is None:
            return closed
        search = _Search(self._evaluator, self._gates, self._sorting, opened, closed.sides)
        search.run(site, context)
        return search


class _Search:
    """The search for the effects of one comparison in one context."""

    def __init__(self, evaluator: Evaluator, gates: Gates, sorting: Sorting, supposed: Worlds, sides: Sides) -> None:
        self._evaluator, self._gates, self._sorting = evaluator, gates, sorting
        self._worlds, self.sides = supposed, sides
        self.found: list[Effect] = []
        self.lost: list[str] = []
        self.differs = False
        self._seen: set[tuple[int, Context]] = set()
        self._way: frozenset[int] = frozenset()

    def run(self, site: Site, context: Context) -> None:
        """Go through the method of the site, its callers, and what they call."""
        self._way = frozenset({site.definition, *(link.caller for link in context), *self._triggers(site, context)})
        todo = list(self._up(site, context))
        while todo:
            frame = todo.pop(0)
            if (frame.definition, frame.context) in self._seen:
                continue
            if len(self._seen) >= MAX_METHODS:
                self.lost.append("more methods follow than are gone through")
                return
            self._seen.add((frame.definition, frame.context))
            todo += self._through(frame)

    def _triggers(self, site: Site, context: Context) -> Iterator[int]:
        """Yield the methods that start the component in which the way to the site begins."""
        for link in self._evaluator.links.into(context[0].caller if context else site.definition)[:MAX_CALLERS]:
            if link.kind in _STARTS:
                yield link.caller

    def _up(self, site: Site, context: Context) -> Iterator[Frame]:
        """Yield the method of the site, then the callers that its result can reach."""
        here = (site.definition, site.row, context)
        yield Frame(site.definition, context, Truth.YES, Truth.YES, 0, here)
        for at in range(len(context) - 1, -1, -1):
            yield Frame(context[at].caller, context[:at], Truth.YES, Truth.YES, 0, here)
        top = context[0].caller if context else site.definition
        yield from self._beyond(top, here, MAX_UP)

    def _beyond(self, definition: int, here: Place, up: int) -> Iterator[Frame]:
        """Yield the callers that get what a method above the way in gives."""
        callers = [link.caller for link in self._evaluator.links.into(definition) if link.result] if up else []
        if len(callers) > MAX_CALLERS:
            self.lost.append("more callers get the result than are gone through")
        for caller in callers[:MAX_CALLERS]:
            yield Frame(caller, (), Truth.YES, Truth.YES, 0, here)
            yield from self._beyond(caller, here, up - 1)

    def _through(self, frame: Frame) -> Iterator[Frame]:
        body = self._evaluator.bodies.of(frame.definition)
        if body is None:
            return
        for call in filter(self._sorting.matters, body.calls):
            match, plain, decided = self._reached(frame, call.row)
            self.differs = self.differs or match != plain
            if match is Truth.NO and plain is Truth.NO:
                continue
            place = (frame.definition, call.row, frame.context)
            self.found.extend(self._sorting.call(call, place, (match, plain), decided, self._worlds, self.sides))
            for link in self._down(frame, call, differs=match != plain):
                below = entered(frame.context, link)
                yield Frame(link.callee, below, match, plain, frame.down + 1, decided)
        self.found.extend(self._sorting.result(frame.definition, body, frame.context, self._worlds, frame.decided))
        yield from self._kept(frame, body)

    def _kept(self, frame: Frame, body: Body) -> Iterator[Frame]:
        """Yield the methods that read a field into which a match puts something else, and callers they give it to."""
        if frame.down >= MAX_DOWN:
            return
        for row in range(body.rows):
            if body.opcode(row).startswith(("iput", "sput")) and self._puts_apart(frame, body, row):
                self.differs = True
                here = (frame.definition, row, frame.context)
                yield from self._readers(frame, body, row, here)

    def _puts_apart(self, frame: Frame, body: Body, row: int) -> bool:
        """Return whether a write of a field is made in one world alone, or writes something else."""
        match, plain, _ = self._reached(frame, row)
        return match != plain or (match is not Truth.NO and self._apart(frame, body.reads(row)[0]))

    def _readers(self, frame: Frame, body: Body, row: int, here: Place) -> Iterator[Frame]:
        ground = self._evaluator.ground
        part = int(ground.program.definition_part[body.definition])
        found = dict.fromkeys(each for each, _ in ground.heap.readers_of_field(part, field_at(body, row)))
        if len(found) > MAX_READERS:
            self.lost.append("the result is kept in a field that more methods read than are gone through")
        for definition in list(found)[:MAX_READERS]:
            yield Frame(definition, (), Truth.YES, Truth.YES, frame.down + 1, here)
            yield from self._beyond(definition, here, MAX_UP_READ)

    def _reached(self, frame: Frame, row: int) -> tuple[Truth, Truth, Place]:
        """Return whether a call is made in each world; one for which a match suffices is not counted in the other.

        Another comparison beside this one may lead to the same call: what follows is then due to either. One that a
        match can lead past is not counted as made on a match: what decides beside it is for the gate to say.
        """
        formula = self._gates.execution.within(frame.definition, row, frame.context)
        match = all_of((frame.match, self._worlds.match.of(formula)))
        plain = all_of((frame.plain, self._worlds.plain.of(formula)))
        apart = [branch for branch in branches(formula) if self._differs(branch)]
        if apart and match is not Truth.NO and plain is not Truth.NO:
            match, plain = self._told_apart(formula, apart, match, plain)
        decided = (apart[-1].definition, apart[-1].row, apart[-1].context) if apart else frame.decided
        return match, plain, decided

    def _told_apart(self, formula: Formula, apart: list[Branch], match: Truth, plain: Truth) -> tuple[Truth, Truth]:
        """Return in which world a call is made that may be made in both: in that which asks for less beside it."""
        narrower = implied(*(_settled(formula, apart, world) for world in (self._worlds.match, self._worlds.plain)))
        if narrower is not None and narrower[0] != narrower[1]:
            return (Truth.NO, plain) if narrower[0] else (match, Truth.NO)
        if any(self._forced(branch) for branch in apart):
            return match, Truth.NO
        return (Truth.NO, plain) if any(self._escaped(branch) for branch in apart) else (match, plain)

    def _differs(self, branch: Branch) -> bool:
        if self._forced(branch) or self._escaped(branch):
            return True
        return self._worlds.match.branch(branch) != self._worlds.plain.branch(branch)

    def _escaped(self, branch: Branch) -> bool:
        """Return whether only a match, with whatever else is asked beside it, leads another way."""
        other = msgspec.structs.replace(branch, taken=not branch.taken)
        if branch.exception or branch.result or self._worlds.plain.branch(other) is not Truth.NO:
            return False
        return self._worlds.match.branch(other) is not Truth.NO

    def _forced(self, branch: Branch) -> bool:
        """Return whether only a match leaves no other way."""
        other = msgspec.structs.replace(branch, taken=not branch.taken)
        if branch.exception or branch.result or self._worlds.match.branch(other) is not Truth.NO:
            return False
        return self._worlds.match.branch(branch) is not Truth.NO and self._worlds.plain.branch(other) is not Truth.NO

    def _down(self, frame: Frame, call: Call, *, differs: bool) -> tuple[Link, ...]:
        """Return the links to what a call runs: where the call itself differs, or something that it passes does.

        What leads to the comparison again is another round of it, and does not follow from this one.
        """
        every = self._evaluator.links.out_of(frame.definition, call.row, frame.context)
        links = tuple(link for link in every if link.callee not in self._way)
        apart = differs or frame.match != frame.plain
        if not links or not (apart or any(self._apart(frame, value) for value in call.arguments if value >= 0)):
            return ()
        if frame.down >= MAX_DOWN:
            self.lost.append("calls follow more deeply than is gone through")
            return ()
        return links

    def _apart(self, frame: Frame, value: int) -> bool:
        """Return whether a value differs between the worlds."""
        term = self._evaluator.term(frame.definition, value, frame.context)
        return self._worlds.match.values.of(term) != self._worlds.plain.values.of(term)


def _settled(formula: Formula, apart: list[Branch], world: Evaluation) -> Formula:
    """Return a formula with the branches that a world decides decided, of those that the worlds tell apart."""

    def settled(branch: Branch) -> Formula:
        if branch not in apart:
            return Formula("branch", branch=branch)
        if world.branch(branch) is Truth.NO:
            return SHUT
        alone = not (branch.exception or branch.keys or branch.result)
        other = alone and world.branch(msgspec.structs.replace(branch, taken=not branch.taken)) is Truth.NO
        return OPEN if other else Formula("branch", branch=branch)

    return replaced(formula, settled)


def _order(effect: Effect) -> tuple[object, ...]:
    contexts = tuple((link.caller, link.row, link.callee) for link in effect.context)
    return (effect.suppressed, effect.definition, effect.row, contexts, effect.consequence)
