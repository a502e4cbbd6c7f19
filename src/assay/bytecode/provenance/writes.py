"""Instructions that write into an object: array stores, array data, and calls whose models say so."""

from collections.abc import Generator
from typing import NamedTuple

from assay.bytecode.flow.payloads import array_data
from assay.bytecode.provenance.bodies import Body, Call
from assay.bytecode.provenance.ground import Ground, answers, named, value
from assay.bytecode.provenance.heap_body import field_at, operand_at
from assay.bytecode.provenance.links_record import Context
from assay.bytecode.provenance.machine import Question
from assay.bytecode.provenance.naming import Member, field_named
from assay.bytecode.provenance.placing import Placing
from assay.bytecode.provenance.terms import Kind, Term
from assay.bytecode.strings import text_of
from assay.reference.models_records import Flow

MOST_WRITES = 512
"""Most writes into one object that are looked at."""
PLAIN = frozenset({"copy", "concat", "join", "view", "iterate", "element", "select", "sort"})
"""Operations that put in what an operand is; for others the call itself stands, with its operands."""


class Write(NamedTuple):
    """An instruction that may write into an object; `holder` is the value that is the object there."""

    definition: int
    row: int
    holder: int
    context: Context
    flow: Flow | None


class Found(NamedTuple):
    """What is in an object; `joined`: it is a piece of a text, written at `row` of `definition`."""

    term: int
    joined: bool = False
    definition: int = -1
    row: int = -1
    context: Context = ()


Pieces = Generator[Question, int, list[Found]]
"""Work that finds what is in an object."""


class Writes:
    """Finds writes and works out what they put in."""

    def __init__(self, ground: Ground, placing: Placing) -> None:
        """Keep the ground."""
        self._ground, self._terms, self._placing = ground, ground.terms, placing
        self._known: dict[tuple[int, int, Context], list[Write]] = {}

    def to(self, definition: int, number: int, context: Context) -> list[Write]:
        """Return the writes that may be into an object, by definition, code and flow."""
        key = (definition, number, context)
        if key not in self._known:
            self._known[key] = self._find(*key)
        return self._known[key]

    def _find(self, definition: int, number: int, context: Context) -> list[Write]:
        found: list[Write] = []
        for use in self._ground.uses(definition, number, context):
            body = self._ground.bodies.of(use.definition)
            if body is None or len(found) >= MOST_WRITES:
                continue
            plain = Write(use.definition, use.row, use.value, use.context, None)
            if (call := body.call(use.row)) is not None:
                found += [plain._replace(flow=flow) for flow in self._flows(call, use.operand)]
            elif self._stores(body, use.row, use.operand):
                found.append(plain)
        return found

    def written(self, write: Write, selector: str, context: Context) -> Pieces:
        """Work out what a write puts under a selector."""
        body = self._ground.bodies.of(write.definition)
        assert body is not None  # noqa: S101 - the write came from it
        if write.flow is None:
            return (yield from self._stored(body, write.row, selector, context))
        call = body.call(write.row)
        assert call is not None  # noqa: S101 - a flow is one of a call
        return (yield from self._flowing(body, call, write.flow, selector, context))

    def _flows(self, call: Call, operand: int) -> list[Flow]:
        if call.targets and self._ground.library(call) is None and not self._foreign(call):
            return []
        model = self._ground.model(call)
        return [flow for flow in model.flows if operand_at(call, flow.target) == operand] if model is not None else []

    def _foreign(self, call: Call) -> bool:
        return self._ground.find_class(call.owner) is None

    def _stores(self, body: Body, row: int, operand: int) -> bool:
        name = body.opcode(row)
        if name.startswith("iput"):
            return operand == 1 and self._ground.find_class(self._named(body, row)[0]) is None
        return (name.startswith("aput") and operand == 1) or name == "fill-array-data"

    def _named(self, body: Body, row: int) -> Member:
        return field_named(body.part.columns, field_at(body, row))

    def _stored(self, body: Body, row: int, selector: str, context: Context) -> Pieces:
        if body.opcode(row) == "fill-array-data":
            return self._data(body, row, selector)
        if body.opcode(row).startswith("iput"):
            name = text_of(self._named(body, row)[1])
            given = [body.reads(row)[0]] if selector == f".{name}" else []
            return [Found(each) for each in (yield from answers(value(body.definition, one, context) for one in given))]
        put, _, index = body.reads(row)
        if selector == ".key":
            return [Found((yield value(body.definition, index, context)))]
        place = self._terms[(yield value(body.definition, index, context))]
        known = f"[{place.value}]" if place.kind is Kind.CONSTANT else "[]"
        return [Found((yield value(body.definition, put, context)))] if fits(known, selector) else []

    def _data(self, body: Body, row: int, selector: str) -> list[Found]:
        data = array_data(body.dex.units, body.flow.graph.code, row)
        numbers = data.values if data is not None else ()
        chosen = [each for at, each in enumerate(numbers) if selector in {"", "[]", f"[{at}]"}]
        return [Found(self._terms.constant("int", each)) for each in chosen]

    def _flowing(self, body: Body, call: Call, flow: Flow, selector: str, context: Context) -> Pieces:
        under = yield from self._placing.selector(body, call, flow.target, context)
        if not fits(under, selector):
            return []
        known = operand_at(call, flow.source) is not None or str(flow.source.root).startswith("call")
        if flow.op not in PLAIN or not known:
            return [Found((yield from self._whole(body, call, flow, context)))]
        term = yield from self._placing.at(body, call, flow.source, context)
        joined = flow.op in {"concat", "join"}
        if joined or not flow.target.selector:
            term = yield from self._placing.held(term)
        return [Found(term, joined, body.definition, call.row, context)]

    def _whole(self, body: Body, call: Call, flow: Flow, context: Context) -> Generator[Question, int, int]:
        """Keep a call that changes what it puts in; the object itself stands for itself."""
        inputs = []
        target = operand_at(call, flow.target)
        model = self._ground.model(call)
        for at, each in enumerate(call.arguments):
            if at != target:
                inputs.append((yield from self._placing.operand(body, call, model, at, context)))
            elif operand_at(call, flow.source) != target:
                continue
            else:
                inputs.append((yield value(body.definition, each, context)))
        return self._terms.add(
            Term(
                kind=Kind.CALL, name=named(call), inputs=tuple(inputs), definition=body.definition, pc=call.pc,
                context=context, model=model,
            )
        )  # fmt: skip


def fits(written: str, wanted: str) -> bool:
    """Return whether what is written under one selector is found under another."""
    if not written or not wanted or written == wanted:
        return True
    return written[:1] == wanted[:1] == "[" and "[]" in {written, wanted}
