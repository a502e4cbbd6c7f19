"""One walk forwards from an object; `heap` keeps the answers."""

from collections import deque
from collections.abc import Callable
from typing import NamedTuple

from assay.bytecode.program.access import NATIVE
from assay.bytecode.program.program import Program
from assay.bytecode.provenance.bodies import Bodies, Body, Call
from assay.bytecode.provenance.heap_body import COPIES, field_key_at, junctions
from assay.bytecode.provenance.heap_flows import Moves, moves
from assay.bytecode.provenance.heap_record import Lost, Use, Uses
from assay.bytecode.provenance.links_direct import DirectLinks, direct
from assay.bytecode.provenance.links_dispatch import Dispatch
from assay.bytecode.provenance.links_models import CallModels, shown
from assay.bytecode.provenance.links_record import Context, Link, entered
from assay.bytecode.provenance.uses_index import UsesIndex

MOST_READERS = 80
"""Most readers of one field that are followed."""
MOST_DEPTH = 3
"""Most things that hold one another around an object."""


class Known(NamedTuple):
    """What a walk reads."""

    program: Program
    bodies: Bodies
    models: CallModels
    users: UsesIndex
    direct: DirectLinks
    dispatch: Dispatch
    callbacks: Callable[[Body, Call, int, int], list[Link]]


class State(NamedTuple):
    """A value that is the object, or holds it at `depth` 1 and more."""

    definition: int
    value: int
    context: Context
    depth: int


class Walk:
    """Goes from state to state; each is looked at once."""

    def __init__(self, known: Known, class_id: int, most_steps: int, *, whole: bool = False) -> None:
        """Follow an object of a class, -1 where that is not known; `whole`: stop where it is lost."""
        self._whole = whole
        self._known, self._class, self._left = known, class_id, most_steps
        self._most = most_steps
        self._seen: set[State] = set()
        self._holds: set[State] = set()
        self._todo: deque[State] = deque()
        self._uses: set[Use] = set()
        self._lost: set[Lost] = set()

    def run(self, definition: int, value: int, context: Context) -> Uses:
        """Return the uses of a value."""
        self.push(State(definition, value, context, 0))
        while self._todo and self._left > 0 and not (self._whole and self._lost):
            self._visit(self._todo.popleft())
        if self._todo:
            self.lose(definition, -1, f"more than {self._most} operands")
        ordered = sorted(self._uses, key=_order)
        own, held = ([use for use in ordered if (use.depth > 0) == deep] for deep in (False, True))
        return Uses(tuple(own), tuple(held), tuple(sorted(self._lost)), self._most - max(self._left, 0))

    def push(self, state: State) -> None:
        """Follow a value too."""
        if state.value >= 0 and 0 <= state.depth <= MOST_DEPTH:
            before = len(self._seen)
            self._seen.add(state)
            if len(self._seen) > before:
                self._todo.append(state)

    def lose(self, definition: int, row: int, why: str) -> None:
        """Say where the object is not followed."""
        self._lost.add(Lost(definition, row, why))

    def _visit(self, state: State) -> None:
        body = self._known.bodies.of(state.definition)
        if body is None:
            self.lose(state.definition, -1, "code that cannot be read")
            return
        for row in body.readers(state.value):
            self._read(body, row, state)
        for each in junctions(body, state.value):
            self.push(state._replace(value=each))

    def _read(self, body: Body, row: int, state: State) -> None:
        call = body.call(row)
        operands = body.reads(row) if call is None else call.arguments
        for at, value in enumerate(operands):
            if value != state.value:
                continue
            self._left -= 1
            self._uses.add(Use(body.definition, row, at, state.context, value, state.depth))
            if call is not None:
                self._called(body, call, at, state)
            else:
                self._moved(body, row, at, state)

    def _moved(self, body: Body, row: int, at: int, state: State) -> None:
        name = body.opcode(row)
        if name.startswith(COPIES):
            self.push(state._replace(value=body.value_of(row)))
        elif name.startswith(("iput", "sput")) and at == 0:
            self._stored(body, row, state)
        elif name.startswith("aput") and at == 0:
            self.hold(state._replace(value=body.reads(row)[1], depth=state.depth + 1))
        elif name.startswith("aget") and at == 0:
            self.push(state._replace(value=body.value_of(row), depth=state.depth - 1))
        elif name.startswith("filled-new-array"):
            self.push(state._replace(value=_or_none(body.result(row)), depth=state.depth + 1))
        elif name.startswith("return"):
            self._returned(body, row, state)
        elif name == "throw":
            self.lose(body.definition, row, "thrown")

    def _stored(self, body: Body, row: int, state: State) -> None:
        """Go on at all readers of a field."""
        part = int(self._known.program.definition_part[body.definition])
        key = field_key_at(self._known.users, part, body, row)
        places = self._known.users.readers_of_field(key)
        if len(places) > MOST_READERS:
            self.lose(body.definition, row, f"a field with {len(places)} readers")
        for place in places[:MOST_READERS]:
            reader = self._known.bodies.of(place.definition)
            at = None if reader is None else reader.row_at(place.pc)
            if reader is not None and at is not None:
                self.push(State(place.definition, reader.value_of(at), (), state.depth))

    def _returned(self, body: Body, row: int, state: State) -> None:
        """Go on at the result of the call that the context names, or of all calls where it names none."""
        if state.context:
            self._back(body, row, state.context[-1], state._replace(context=state.context[:-1]))
            return
        links, complete = self._known.direct.into(body.definition)
        if not complete or not links or self._known.bodies.boundary.callbacks[body.definition]:
            self.lose(body.definition, row, "returned to callers that are not known")
        for link in links:
            self._back(body, row, link, state)

    def _back(self, body: Body, row: int, link: Link, state: State) -> None:
        caller = self._known.bodies.of(link.caller)
        if link.result and caller is not None:
            self.push(State(link.caller, _or_none(caller.result(link.row)), state.context, state.depth))
        elif not link.result:
            self.lose(body.definition, row, "returned to the platform")

    def _called(self, body: Body, call: Call, at: int, state: State) -> None:
        targets = self._targets(body, call, at, state)
        for target in targets:
            self._enter(direct(body, call, target), at, state)
        model = self._known.models.of(call)
        if model is not None:
            self._modelled(body, call, at, state, moves(model, call, at, state.depth))
        elif not targets and (call.name != b"<init>" or not _receiver(call, at)):
            self.lose(body.definition, call.row, f"passed to {shown(call)}")
        if call.capped:
            self.lose(body.definition, call.row, f"passed to {shown(call)}, which has more targets than are listed")
        self._called_back(body, call, at, state)

    def _targets(self, body: Body, call: Call, at: int, state: State) -> tuple[int, ...]:
        """Return what a call reaches; on the object itself, what its class answers with."""
        virtual = body.opcode(call.row).startswith(("invoke-virtual", "invoke-interface"))
        if at == 0 and virtual and state.depth == 0 and self._class >= 0:
            found = self._known.dispatch.target(self._class, call.name, call.prototype)
            return call.targets if found is None else (found,)
        return call.targets

    def _called_back(self, body: Body, call: Call, at: int, state: State) -> None:
        """Go on at the parameters of callbacks that are bound to this operand, as `this` or as an argument."""
        value = call.arguments[at]
        for link in self._known.callbacks(body, call, at, self._class if state.depth == 0 else -1):
            for parameter, bound in enumerate(link.arguments):
                if bound == value:
                    below = state.depth - (parameter in link.elements)
                    self._parameter(link, parameter, state._replace(depth=below))

    def _enter(self, link: Link, at: int, state: State) -> None:
        access = int(self._known.program.linked.definition_access[link.callee])
        if access & NATIVE:
            self.lose(link.caller, link.row, "passed to a native method")
        self._parameter(link, at, state)

    def _parameter(self, link: Link, at: int, state: State) -> None:
        callee = self._known.bodies.of(link.callee)
        if callee is not None and at < len(callee.parameters):
            context = entered(state.context, link)
            self.push(State(link.callee, callee.parameters[at], context, state.depth))

    def _modelled(self, body: Body, call: Call, at: int, state: State, found: Moves) -> None:
        """Go on where the model of a call moves the operand: to its result, or into what another operand holds."""
        for depth in found.results:
            self.push(state._replace(value=_or_none(body.result(call.row)), depth=depth))
        for operand, depth in found.operands:
            if operand != at:
                self.hold(state._replace(value=call.arguments[operand], depth=depth))

    def hold(self, state: State) -> None:
        """Follow something that holds the object from where it comes from: other ways lead there than this value."""
        todo = [state]
        while todo and self._left > 0:
            each = todo.pop()
            if each.value < 0 or each.depth > MOST_DEPTH or each in self._holds:
                continue
            self._left -= 1
            self._holds.add(each)
            self.push(each)
            body = self._known.bodies.of(each.definition)
            if body is not None:
                todo += self._behind(body, each)

    def _behind(self, body: Body, state: State) -> list[State]:
        """Return what a value that holds the object comes from."""
        value = state.value
        if value >= body.values.first_junction:
            row = value - body.values.first_junction
            first, end = body.values.meeting_starts[row : row + 2].tolist()
            return [state._replace(value=each) for each in body.values.meeting[first:end].tolist()]
        at = body.row_of(value)
        if at is None:
            return self._callers(body, state)
        name = body.opcode(at)
        if name.startswith(COPIES):
            return [state._replace(value=body.reads(at)[0])]
        if name.startswith(("iget", "sget")):
            return self._cell(body, at, state)
        producer = body.producer(at)
        call = None if producer is None else body.call(producer)
        return [] if call is None else self._made_by(body, call, state)

    def _cell(self, body: Body, row: int, state: State) -> list[State]:
        """Follow all readers of the field that something is read from; return what is written to it."""
        self._stored(body, row, state)
        part = int(self._known.program.definition_part[body.definition])
        places = self._known.users.writers_of_field(field_key_at(self._known.users, part, body, row))
        found = []
        for place in places[:MOST_READERS]:
            writer = self._known.bodies.of(place.definition)
            at = None if writer is None else writer.row_at(place.pc)
            if writer is not None and at is not None:
                found.append(State(place.definition, writer.reads(at)[0], (), state.depth))
        return found

    def _callers(self, body: Body, state: State) -> list[State]:
        """Return what a parameter is bound to, by the context or by all calls."""
        if state.value not in body.parameters:
            return []
        at = body.parameters.index(state.value)
        links = state.context[-1:] or self._known.direct.into(body.definition)[0]
        context = state.context[:-1]
        bound = [(link.caller, link.arguments[at]) for link in links if at < len(link.arguments)]
        return [State(caller, value, context, state.depth) for caller, value in bound if value is not None]

    def _made_by(self, body: Body, call: Call, state: State) -> list[State]:
        """Return what the result of a call is the same as: an operand that the model names, or what callees return."""
        model = self._known.models.of(call)
        same = () if model is None else moves(model, call, None, state.depth).operands
        found = [state._replace(value=call.arguments[operand], depth=depth) for operand, depth in same]
        for target in () if body.opcode(call.row).startswith("invoke-custom") else call.targets:
            callee = self._known.bodies.of(target)
            context = entered(state.context, direct(body, call, target))
            values = [] if callee is None else [value for _, value in callee.returns]
            found += [State(target, value, context, state.depth) for value in values]
        return found


def _order(use: Use) -> tuple[object, ...]:
    context = use.context
    places = tuple([(link.caller, link.row, link.callee, link.kind) for link in context]) if context else ()
    return (use.definition, use.row, use.operand, use.depth, use.value, places)


def _or_none(value: int | None) -> int:
    return -1 if value is None else value


def _receiver(call: Call, at: int) -> bool:
    return at == 0 and not call.static
