"""Ways backwards from a value, one edge at a time, each with the steps that a witness takes there."""

from collections.abc import Iterator

from assay.bytecode.program.program import Program
from assay.bytecode.provenance.bodies import Bodies, Body, Call
from assay.bytecode.provenance.heap_body import COPIES, field_at
from assay.bytecode.provenance.links import Links
from assay.bytecode.provenance.links_models import CallModels
from assay.bytecode.provenance.store_calls import StoreCalls
from assay.bytecode.witness.handing import Handing
from assay.bytecode.witness.stored import Edge, Node, Stored
from assay.bytecode.witness.writing import Step, Steps, Writer


class Backwards:
    """All edges of a value that a witness can show."""

    def __init__(
        self, program: Program, bodies: Bodies, links: Links, models: CallModels, stores: StoreCalls, writer: Writer
    ) -> None:  # fmt: skip
        """Keep what is asked."""
        self._program, self._bodies, self._links, self._models, self._writer = program, bodies, links, models, writer
        self._stores, self._handing = Stored(bodies, models, stores, writer), Handing(bodies, links, writer)

    def edges(self, node: Node) -> Iterator[Edge]:
        """Yield the edges of a value, those within its method first."""
        body = self._bodies.of(node.definition)
        if body is None or node.value < 0:
            return
        if node.value >= body.values.first_junction:
            yield from (Edge(Node(node.definition, each), ()) for each in body.values.sources(node.value))
            return
        row = body.row_of(node.value)
        yield from self._entered(body, node.value) if row is None else self._written(body, row)
        yield from self._changed(body, node.value)

    def _entered(self, body: Body, value: int) -> Iterator[Edge]:
        if value not in body.parameters:
            return
        yield from self._edge(None, self._writer.step(body, -1, "parameter", to=value))
        at = body.parameters.index(value)
        for link in self._links.into(body.definition):
            caller = self._bodies.of(link.caller)
            given = link.arguments[at] if at < len(link.arguments) else None
            if link.kind == "call" and caller is not None and given is not None:
                for register, read in caller.values.read(link.row):
                    if read == given:
                        step = self._writer.step(caller, link.row, "argument", register=register)
                        yield from self._edge(Node(link.caller, given), step)
        yield from self._handing.entered(body, at)

    def _written(self, body: Body, row: int) -> Iterator[Edge]:
        name, to = body.opcode(row), body.operands[row][0]
        producer = body.producer(row)
        if producer is not None:
            yield from self._resulting(body, producer, to)
        elif name.startswith(COPIES):
            yield Edge(Node(body.definition, body.reads(row)[0]), ())
        elif name.startswith("const"):
            yield from self._edge(None, self._writer.step(body, row, "constant", to=to))
        elif name.startswith(("iget", "sget")):
            yield from self._stored(body, row, to)
        elif name.startswith("new-"):
            yield from self._edge(None, self._writer.step(body, row, "made", to=to))
        else:
            yield from self._operands(body, row, to)

    def _stored(self, body: Body, row: int, to: int) -> Iterator[Edge]:
        yield from self._edge(None, self._writer.step(body, row, "source", to=to))
        part = int(self._program.definition_part[body.definition])
        for definition, place in self._links.heap.readers_of_field(part, field_at(body, row)):
            reader = self._bodies.of(definition)
            read = self._writer.step(body, row, "field-read", to=to)
            if reader is not None and (definition, place) != (body.definition, row):
                for edge in self._changed(reader, reader.value_of(place)):
                    steps = (*edge.steps, read)
                    yield from self._edge(edge.node, *steps)
        for definition, place in self._links.heap.writers_of_field(part, field_at(body, row)):
            writer = self._bodies.of(definition)
            if writer is not None:
                register, value = writer.values.read(place)[0]
                steps = (
                    self._writer.step(writer, place, "field-write", register=register),
                    self._writer.step(body, row, "field-read", to=to),
                )
                yield from self._edge(Node(definition, value), *steps)
        if body.opcode(row).startswith("iget"):
            yield from self._operands(body, row, to)

    def _resulting(self, body: Body, row: int, to: int) -> Iterator[Edge]:
        call = body.call(row)
        found = [self._bodies.of(target) for target in (call.targets if call is not None else ())]
        called = [each for each in found if each is not None]
        for callee in called:
            for place, value in callee.returns:
                steps = (
                    self._writer.step(callee, place, "return", register=callee.operands[place][0]),
                    self._writer.step(body, row, "result", to=to),
                )
                yield from self._edge(Node(callee.definition, value), *steps)
        yield from self._edge(None, self._writer.step(body, row, "source", to=to))
        yield from self._read(body, row, body.value_of(row + 1), to)
        yield from self._handing.returned(body, row, to)
        if not called:
            yield from self._operands(body, row, to)

    def _read(self, body: Body, row: int, value: int, to: int) -> Iterator[Edge]:
        """Yield what was written into the store that a value is read from."""
        store = self._stores.read(body, row, value)
        if store is not None:
            yield from self._stores.edges(body, row, to, store, (self.edges, self._changed))

    def _operands(self, body: Body, row: int, to: int) -> Iterator[Edge]:
        for register, value in body.values.read(row):
            yield from self._edge(
                Node(body.definition, value), self._writer.step(body, row, "through", register=register, to=to)
            )

    def _changed(self, body: Body, value: int) -> Iterator[Edge]:
        """Yield what is put into an object after it came to be: by calls on it, into the elements of an array."""
        made = body.row_of(value)
        if made is not None and body.opcode(made) == "new-instance":
            yield from self._opened(body, value, body.operands[made][0])
        for row in body.readers(value):
            holder = self._holder(body, row, value)
            if holder is None:
                continue
            back = self._back(body, made)
            for register, read in body.values.read(row):
                if read != value and (not body.opcode(row).startswith("aput") or register == body.operands[row][0]):
                    into = self._writer.step(body, row, "through", register=register, to=holder)
                    yield from self._edge(Node(body.definition, read), into, *back)

    def _opened(self, body: Body, value: int, to: int) -> Iterator[Edge]:
        """Yield where an object comes from that reads a store: the call that opens it, and what was written there."""
        for row in body.readers(value):
            if self._stores.read(body, row, value) is not None:
                yield from self._edge(None, self._writer.step(body, row, "source", to=to))
                yield from self._read(body, row, value, to)

    def _holder(self, body: Body, row: int, value: int) -> int | None:
        """Return the register of an object that an instruction puts something into, None where it does not."""
        reads = body.values.read(row)
        if body.opcode(row).startswith("aput"):
            return reads[1][0] if reads[1][1] == value else None
        call = body.call(row)
        if call is None or call.targets or value not in call.arguments:
            return None
        return next((register for register, read in reads if read == value), None) if self._fills(call, value) else None

    def _fills(self, call: Call, value: int) -> bool:
        """Say whether a call puts something into an argument: as its model says, without one into its receiver."""
        model = self._models.of(call)
        at = call.arguments.index(value)
        if model is None:
            return at == 0 and not call.static
        operands = (flow.target.operand for flow in model.flows)
        return any(operand is not None and operand - call.static == at for operand in operands)

    def _back(self, body: Body, made: int | None) -> Steps:
        """Return the step back to where an object came to be, none for a parameter."""
        if made is None:
            return ()
        producer = body.producer(made)
        step = self._writer.step(body, made if producer is None else producer, "object", to=body.operands[made][0])
        return () if step is None else (step,)

    def _edge(self, node: Node | None, *steps: Step | None) -> Iterator[Edge]:
        """Yield the edge, unless one of its steps is at an instruction that the plain reader does not reach."""
        found = tuple(step for step in steps if step is not None)
        if len(found) == len(steps):
            yield Edge(node, found)
