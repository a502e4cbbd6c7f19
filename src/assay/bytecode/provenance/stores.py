"""Reads of named stores, joined with all that the program writes there under the same name."""

from collections.abc import Generator

from assay.bytecode.provenance.bodies import Body, Call
from assay.bytecode.provenance.ground import Ground, inside, value
from assay.bytecode.provenance.heap_body import operand_at, value_at
from assay.bytecode.provenance.links_record import Context
from assay.bytecode.provenance.machine import Question, Work
from assay.bytecode.provenance.placing import Placing
from assay.bytecode.provenance.store_calls import StoreCalls, Writer
from assay.bytecode.provenance.store_names import Named, StoreNames
from assay.bytecode.provenance.terms import Guard, Kind, Term
from assay.bytecode.provenance.ways import Ways
from assay.reference.models_records import Model, Place, Store

MOST_READ_WAYS = 24
"""Most ways into a read whose name hangs on how it was come into that are told apart."""


class Stores:
    """Rules for reads of stores."""

    def __init__(self, ground: Ground) -> None:
        """Keep the ground."""
        self._ground, self._terms = ground, ground.terms
        self._placing, self._ways, self._calls = Placing(ground), Ways(ground), StoreCalls(ground)
        self._names = StoreNames(ground)

    def read(self, body: Body, call: Call, model: Model, context: Context) -> Work:
        """Work out what a read gives, by each way in which its name differs."""
        assert model.store is not None  # noqa: S101 - the caller looked
        found: list[tuple[int, Guard | None]] = []
        contexts = [context] if context else self._contexts(body, call, model.store)[:MOST_READ_WAYS]
        for each in contexts:
            named = yield from self._names.of(body, call, model.store, each)
            default = yield from self._default(body, call, model.store, each)
            term = yield Question("store", (model.store.kind, named, default, body.definition, call.pc, each))
            guard = None if each == context or not each else self._ground.guard(each[0].caller, each[0].row, ())
            found.append((term, guard))
        return self._terms.choice(found, definition=body.definition, pc=call.pc)

    def opened(self, number: int) -> Work:
        """Work out what a file holds that a call opens without reading it; the term itself where it opens none."""
        term = self._terms[number]
        store = None if term.kind is not Kind.CALL or term.model is None else term.model.store
        body = None if store is None or term.definition < 0 else self._ground.bodies.of(term.definition)
        row = None if body is None else body.row_at(term.pc)
        call = None if body is None or row is None else body.call(row)
        if body is None or call is None or store is None or (store.kind, store.access) != ("file", "open"):
            return number
        named = yield from self._names.of(body, call, store, term.context)
        nothing = self._terms.constant("null", None)
        return (yield Question("store", ("file", named, nothing, term.definition, term.pc, term.context)))

    def rule(self, kind: str, named: Named, default: int, definition: int, pc: int, context: Context) -> Work:
        """Work out what a store holds under a name: the default, then what writers write."""
        found: list[tuple[int, Guard | None]] = [(default, None)]
        for writer in self._calls.writers(kind):
            found += yield from self._written(writer, named)
        found = list(dict.fromkeys(found))
        body = self._ground.bodies.of(definition)
        row = None if body is None else body.row_at(pc)
        call = None if body is None or row is None else body.call(row)
        model = None if call is None else self._ground.model(call)
        return self._terms.add(
            Term(
                kind=Kind.STORE, name=f"{kind}:{named.shown}", inputs=tuple(term for term, _ in found),
                guards=tuple(guard for _, guard in found), definition=definition, pc=pc, context=context, model=model,
            )
        )  # fmt: skip

    def _written(self, writer: Writer, wanted: Named) -> Generator[Question, int, list[tuple[int, Guard | None]]]:
        """Work out what a call writes, where it writes under a wanted name."""
        body, store = self._ground.bodies.of(writer.definition), writer.model.store
        call = None if body is None else body.call(writer.row)
        if body is None or call is None or store is None:
            return []
        found = []
        for context in self._contexts(body, call, store):
            named = yield from self._names.of(body, call, store, context, wanted)
            if named.meets(wanted):
                term = yield from self._value(body, call, store, context)
                found.append((term, self._ground.guard(writer.definition, writer.row, context)))
        return found

    def _contexts(self, body: Body, call: Call, store: Store) -> list[Context]:
        """Return the ways by which the key or the name of a store differ; one without links where they do not."""
        for place in (store.key, store.name):
            number = None if place is None else value_at(body, call, place)
            if number is not None and number >= 0:
                contexts = [way.context for way in self._ways.of(body.definition, number)]
                if contexts != [()]:
                    return contexts
        return [()]

    def _value(self, body: Body, call: Call, store: Store, context: Context) -> Work:
        place = store.value or Place("return")
        if place.root == "return":
            result = body.result(call.row)
            if result is None:
                return self._terms.unknown("a result that is not used", definition=body.definition, pc=call.pc)
            return (yield from self._filled((yield value(body.definition, result, context))))
        if operand_at(call, place) is None:
            return self._terms.unknown(f"what stands at {place.root}", definition=body.definition, pc=call.pc)
        term = yield from self._placing.at(body, call, place, context)
        return (yield from self._filled(term))

    def _filled(self, term: int) -> Work:
        """Return what was written into a stream that writes to the store; a plain value as it is."""
        own = self._terms[term]
        if own.kind in {Kind.CALL, Kind.OBJECT} and (own.kind is Kind.OBJECT or _writes(own.model)):
            return self._placing.filled((yield inside(term, "")), term)
        return term

    def _default(self, body: Body, call: Call, store: Store, context: Context) -> Work:
        if store.default is None or operand_at(call, store.default) is None:
            yield from ()
            return self._terms.constant("null", None)
        return (yield from self._placing.at(body, call, store.default, context))


def _writes(model: Model | None) -> bool:
    return model is not None and model.store is not None and model.store.access == "write"
