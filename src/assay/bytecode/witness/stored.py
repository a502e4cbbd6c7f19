"""Ways through named stores: from what a call writes to what another reads there, under a key that both are given."""

from collections import deque
from collections.abc import Callable, Iterator
from typing import NamedTuple

from assay.bytecode.provenance.bodies import Bodies, Body, Call
from assay.bytecode.provenance.heap_body import operand_at, value_at
from assay.bytecode.provenance.links_models import CallModels
from assay.bytecode.provenance.store_calls import StoreCalls
from assay.bytecode.witness.writing import Step, Steps, Writer
from assay.reference.models_records import Place, Store

MOST_KEYS, MOST_KEY_NODES = 8, 60
"""Constants of which a key is put together, and values gone through for them, at most."""


class Node(NamedTuple):
    """A value of a definition."""

    definition: int
    value: int


class Edge(NamedTuple):
    """Where a value comes from: another one, `node`, or nothing further (None); `steps` in the order of control."""

    node: Node | None
    steps: Steps


Edges = Callable[[Node], Iterator[Edge]]
Changed = Callable[[Body, int], Iterator[Edge]]


class Stored:
    """Finds the writers of what a call reads."""

    def __init__(self, bodies: Bodies, models: CallModels, calls: StoreCalls, writer: Writer) -> None:
        """Keep what is asked."""
        self._bodies, self._models, self._calls, self._writer = bodies, models, calls, writer
        self._keys: dict[tuple[int, int], dict[str, Steps]] = {}

    def read(self, body: Body, row: int, value: int) -> Store | None:
        """Return the store that a call reads a value from, None where it reads none, or gives it elsewhere."""
        call = body.call(row)
        model = None if call is None else self._models.of(call)
        store = None if model is None else model.store
        if call is None or store is None or store.access != "read":
            return None
        return store if value_at(body, call, store.value or Place("return")) == value else None

    def edges(self, body: Body, row: int, to: int, store: Store, back: tuple[Edges, Changed]) -> Iterator[Edge]:
        """Yield the edges to what writers of the same key write; `to`: the register that has what is read."""
        keys = self._of(body, row, store, back[0])
        for writer in self._calls.writers(store.kind) if keys else ():
            other, written = self._bodies.of(writer.definition), writer.model.store
            if other is None or written is None:
                continue
            same = self._of(other, writer.row, written, back[0])
            key = max(keys, key=len)
            read = self._writer.step(body, row, "store-read", to=to, store=store.kind, key=list(keys[key]))
            if keys.keys() == same.keys() and read is not None:
                for edge in self._written(other, writer.row, written, list(same[key]), back[1]):
                    yield Edge(edge.node, (*edge.steps, read))

    def _written(self, body: Body, row: int, store: Store, key: list[Step], changed: Changed) -> Iterator[Edge]:
        call = body.call(row)
        place = store.value or Place("return")
        value = None if call is None else value_at(body, call, place)
        if call is None or value is None or value < 0:
            return
        register = _register(body, row, call, place, value)
        step = None if register is None else self._writer.step(
            body, row, "store-write", register=register, store=store.kind, key=key)  # fmt: skip
        if step is None:
            return
        if place.root not in {"return", "this"}:
            yield Edge(Node(body.definition, value), (step,))
        for edge in changed(body, value):
            yield Edge(edge.node, (*edge.steps, step))

    def _of(self, body: Body, row: int, store: Store, edges: Edges) -> dict[str, Steps]:
        """Return the constants that a call's key, or else its name, is made of, each with its trail to the call."""
        place = (body.definition, row)
        if place not in self._keys:
            call = body.call(row)
            named = store.key or store.name
            at = None if call is None or named is None else operand_at(call, named)
            self._keys[place] = {} if call is None or at is None else self._trails(body, row, call.arguments[at], edges)
        return self._keys[place]

    def _trails(self, body: Body, row: int, value: int, edges: Edges) -> dict[str, Steps]:
        register = next((register for register, read in body.values.read(row) if read == value), None)
        end = None if register is None else self._writer.step(body, row, "through", register=register)
        if end is None:
            return {}
        found: dict[str, Steps] = {}
        begin = Node(body.definition, value)
        seen, todo = {begin}, deque[tuple[Node, Steps]]([(begin, (end,))])
        while todo and len(seen) < MOST_KEY_NODES and len(found) < MOST_KEYS:
            at, behind = todo.popleft()
            for edge in edges(at):
                steps = (*edge.steps, *behind)
                if edge.node is not None and edge.node not in seen:
                    seen.add(edge.node)
                    todo.append((edge.node, steps))
                elif edge.node is None and edge.steps[0]["kind"] == "constant":
                    text = edge.steps[0]["value"]
                    if isinstance(text, str) and self._writer.follows(steps):
                        found.setdefault(text, steps)
        return found


def _register(body: Body, row: int, call: Call, place: Place, value: int) -> int | None:
    if place.root == "return":
        result = body.result(call.row)
        at = None if result is None else body.row_of(result)
        return None if at is None else body.operands[at][0]
    return next((register for register, read in body.values.read(row) if read == value), None)
