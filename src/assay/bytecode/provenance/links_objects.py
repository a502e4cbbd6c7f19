"""Which objects a value can be: backwards through copies, junctions, fields, parameters and results, within a budget.

It follows direct calls alone, so that links can be found with it; what it does not find it says by `complete`.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from assay.bytecode.program.program import Program
from assay.bytecode.provenance.bodies import Bodies, Body, Call
from assay.bytecode.provenance.heap_body import COPIES, field_key_at, type_at, value_at
from assay.bytecode.provenance.links_direct import DirectLinks
from assay.bytecode.provenance.links_models import CallModels
from assay.bytecode.provenance.uses_index import UsesIndex

MOST_STEPS = 400
"""Most values that are looked at for one question."""
MOST_WRITERS = 32
"""Most writers of a field that are followed."""


class Made(NamedTuple):
    """An object: the class of the program it is of, -1 for a lambda; where it is made, by definition and row.

    A row of -1 stands for `this` of that definition, which may be of a class below too.
    """

    class_id: int
    definition: int
    row: int


class Objects(NamedTuple):
    """The objects that a value can be, in order; `complete`: it can be no other of the program."""

    made: tuple[Made, ...]
    complete: bool


class ObjectSearch:
    """Answers are kept by definition and value."""

    def __init__(
        self, program: Program, bodies: Bodies, models: CallModels, index: UsesIndex, direct: DirectLinks
    ) -> None:
        """Keep what is searched."""
        self._program, self._bodies, self._models, self._index = program, bodies, models, index
        self._direct = direct
        self._known: dict[tuple[int, int], Objects] = {}

    def of(self, definition: int, value: int) -> Objects:
        """Return the objects behind a value of a definition."""
        key = (definition, value)
        if key not in self._known:
            self._known[key] = self._search(key)
        return self._known[key]

    def classes(self, definition: int, value: int) -> set[int] | None:
        """Return the classes of the objects behind a value, None where it may be others; lambdas are -1."""
        found = self.of(definition, value)
        open_ = any(each.row < 0 for each in found.made)
        return {each.class_id for each in found.made} if found.complete and not open_ else None

    def _search(self, start: tuple[int, int]) -> Objects:
        made: set[Made] = set()
        seen, todo, complete = {start}, [start], True
        while todo and len(seen) <= MOST_STEPS:
            definition, value = todo.pop()
            body = self._bodies.of(definition)
            further = None if body is None else self._step(body, value, made.add)
            complete = complete and further is not None
            new = [each for each in further or () if each not in seen]
            seen.update(new)
            todo += new
        return Objects(tuple(sorted(made)), complete and not todo)

    def _step(self, body: Body, value: int, add: Callable[[Made], None]) -> list[tuple[int, int]] | None:
        """Return what a value comes from, and add what is made here; None where that is not known."""
        if value < 0:
            return None
        if value >= body.values.first_junction:
            row = value - body.values.first_junction
            first, end = body.values.meeting_starts[row : row + 2].tolist()
            return [(body.definition, each) for each in body.values.meeting[first:end].tolist()]
        made_at = body.row_of(value)
        return self._parameter(body, value, add) if made_at is None else self._instruction(body, made_at, add)

    def _instruction(self, body: Body, row: int, add: Callable[[Made], None]) -> list[tuple[int, int]] | None:
        name = body.opcode(row)
        if name.startswith(COPIES):
            return [(body.definition, body.reads(row)[0])]
        if name == "new-instance":
            class_id = self._bodies.boundary.find_class(type_at(body, row))
            if class_id is not None:
                add(Made(class_id, body.definition, row))
            return []
        if name.startswith("const"):
            return []
        if name.startswith(("iget-object", "sget-object")):
            return self._field(body, row)
        producer = body.producer(row)
        call = None if producer is None else body.call(producer)
        return None if call is None else self._result(body, call, add)

    def _field(self, body: Body, row: int) -> list[tuple[int, int]] | None:
        part = int(self._program.definition_part[body.definition])
        key = field_key_at(self._index, part, body, row)
        places = self._index.writers_of_field(key)
        if not places or len(places) > MOST_WRITERS:
            return None
        found = []
        for place in places:
            writer = self._bodies.of(place.definition)
            at = None if writer is None else writer.row_at(place.pc)
            if writer is None or at is None:
                return None
            found.append((place.definition, writer.reads(at)[0]))
        return found

    def _parameter(self, body: Body, value: int, add: Callable[[Made], None]) -> list[tuple[int, int]] | None:
        if value not in body.parameters:
            return None
        at = body.parameters.index(value)
        if at == 0 and not body.static:
            owner = int(self._program.linked.definition_classes[body.definition])
            add(Made(owner, body.definition, -1))
            return []
        links, complete = self._direct.into(body.definition)
        bound = [(link.caller, link.arguments[at]) for link in links if at < len(link.arguments)]
        open_ = not links or not complete or bool(self._bodies.boundary.callbacks[body.definition])
        return None if open_ else [(caller, each) for caller, each in bound if each is not None]

    def _result(self, body: Body, call: Call, add: Callable[[Made], None]) -> list[tuple[int, int]] | None:
        if not call.owner and body.opcode(call.row).startswith("invoke-custom"):
            add(Made(-1, body.definition, call.row))
            return []
        same = list(self._same(body, call))
        if same:
            return same
        if not call.targets or call.capped:
            return None
        returned = [(each, value) for each in call.targets for value in self._returned(each)]
        return returned or None

    def _same(self, body: Body, call: Call) -> Iterator[tuple[int, int]]:
        """Yield the operands that the model of a call says it returns."""
        model = self._models.of(call)
        for flow in model.flows if model is not None else ():
            if flow.op == "copy" and flow.target.root == "return" and not flow.target.selector + flow.source.selector:
                value = value_at(body, call, flow.source)
                if value is not None:
                    yield body.definition, value

    def _returned(self, definition: int) -> list[int]:
        body = self._bodies.of(definition)
        return [] if body is None else [value for _, value in body.returns]
