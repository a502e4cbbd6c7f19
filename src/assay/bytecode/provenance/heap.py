"""Where an object goes: forwards from a value through copies, junctions, calls, fields, arrays and collections.

Contexts are matched: what is returned goes to the call it came in by. Fields are one cell each over all objects, keys
of collections are not told apart. What is not followed is listed.
"""

from collections.abc import Callable, Iterable

from assay.bytecode.program.program import Program
from assay.bytecode.provenance.bodies import Bodies, Body, Call
from assay.bytecode.provenance.heap_body import type_at
from assay.bytecode.provenance.heap_record import Uses
from assay.bytecode.provenance.heap_walk import Known, Walk
from assay.bytecode.provenance.links_direct import DirectLinks
from assay.bytecode.provenance.links_dispatch import Dispatch
from assay.bytecode.provenance.links_models import CallModels
from assay.bytecode.provenance.links_record import Context, Link
from assay.bytecode.provenance.uses_index import Place, UsesIndex

MOST_STEPS = 1_500
"""Most operands that are looked at for one object."""
SHORT_STEPS = 600
"""Most operands where only all uses would do."""

Callbacks = Callable[[Body, Call, int, int], list[Link]]
"""Says for a call, one of its arguments and the class of that (-1: not known) what the platform calls back."""


class Heap:
    """Answers are kept by definition, value and context."""

    def __init__(
        self, program: Program, bodies: Bodies, models: CallModels, index: UsesIndex, direct: DirectLinks,
        dispatch: Dispatch, callbacks: Callbacks, most_steps: int = MOST_STEPS,
    ) -> None:  # fmt: skip
        """Keep what is followed."""
        self._index, self._bodies, self._program = index, bodies, program
        self._reads = Known(program, bodies, models, index, direct, dispatch, callbacks)
        self._most_steps = most_steps
        self._known: dict[tuple[int, int, Context, int], Uses] = {}

    def uses(self, definition: int, value: int, context: Context = (), class_id: int | None = None) -> Uses:
        """Return everywhere an object is used that a value of a definition is; `class_id` where its class is known."""
        known = self.class_of(definition, value) if class_id is None else class_id
        key = (definition, value, context, known)
        if key not in self._known:
            self._known[key] = Walk(self._reads, known, self._most_steps).run(definition, value, context)
        return self._known[key]

    def whole(self, definition: int, value: int, class_id: int) -> Uses | None:
        """Return all uses of an object of a class; None where it is lost, or more than a short way is to go."""
        key = (definition, value, (), class_id)
        if key not in self._known:
            walk = Walk(self._reads, class_id, SHORT_STEPS, whole=True).run(definition, value, ())
            if not walk.complete:
                return None
            self._known[key] = walk
        return self._known[key] if self._known[key].complete else None

    def class_of(self, definition: int, value: int) -> int:
        """Return the class of the program of which an object is made there, -1 for anything else."""
        body = self._bodies.of(definition)
        row = None if body is None else body.row_of(value)
        if body is None or row is None or body.opcode(row) != "new-instance":
            return -1
        found = self._bodies.boundary.find_class(type_at(body, row))
        return -1 if found is None else found

    def writers_of_field(self, part: int, field_id: int) -> list[tuple[int, int]]:
        """Return definition and row of each instruction that writes what a field id of a part means."""
        return self._rows(self._index.writers_of_field(self._index.field_key(part, field_id)))

    def readers_of_field(self, part: int, field_id: int) -> list[tuple[int, int]]:
        """Return definition and row of each instruction that reads what a field id of a part means."""
        return self._rows(self._index.readers_of_field(self._index.field_key(part, field_id)))

    def _rows(self, places: Iterable[Place]) -> list[tuple[int, int]]:
        found = []
        for place in places:
            body = self._bodies.of(place.definition)
            row = None if body is None else body.row_at(place.pc)
            if row is not None:
                found.append((place.definition, row))
        return found
