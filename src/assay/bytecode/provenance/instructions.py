"""What an instruction writes: constants, copies, objects, elements, fields, results of calls, arithmetic."""

from collections.abc import Callable

from assay.bytecode.provenance.bodies import Body
from assay.bytecode.provenance.entering import Parameters
from assay.bytecode.provenance.fields import Fields
from assay.bytecode.provenance.folding import folded
from assay.bytecode.provenance.ground import Ground, answers, inside, value
from assay.bytecode.provenance.links_record import Context
from assay.bytecode.provenance.machine import Work
from assay.bytecode.provenance.naming import string_named, type_named
from assay.bytecode.provenance.results import Results
from assay.bytecode.provenance.tables import LOOKUP, looked_up
from assay.bytecode.provenance.terms import Guard, Kind, Term
from assay.bytecode.strings import text_of

Rule = Callable[[Body, int, Context], Work]


class Instructions:
    """Rules for values."""

    def __init__(self, ground: Ground) -> None:
        """Make the rules that instructions need."""
        self._ground, self._terms = ground, ground.terms
        self._parameters, self._fields, self._results = Parameters(ground), Fields(ground), Results(ground)
        self._stems: tuple[tuple[str, Rule], ...] = (
            ("move-result", self._result), ("move-exception", self._thrown), ("move", self._copied),
            ("const-string", self._string), ("const-class", self._class), ("const-method", self._operation),
            ("const", self._number), ("new-", self._made), ("aget", self._element), ("iget", self._fields.of_object),
            ("sget", self._fields.static),
        )  # fmt: skip

    def rule(self, definition: int, number: int, context: Context) -> Work:
        """Work out a value."""
        body = self._ground.bodies.of(definition)
        if body is None or number < 0:
            return self._terms.unknown("no path leads here" if body else "no code", definition=definition)
        if number >= body.values.first_junction:
            return (yield from self._junction(body, number, context))
        if (row := body.row_of(number)) is None:
            if number not in body.parameters:
                return self._terms.unknown("never written", definition=definition)
            return (yield from self._parameters.rule(definition, body.parameters.index(number), context))
        name = body.opcode(row)
        chosen = next((rule for stem, rule in self._stems if name.startswith(stem)), self._operation)
        return (yield from chosen(body, row, context))

    def _junction(self, body: Body, number: int, context: Context) -> Work:
        incoming = self._ground.incoming(body.definition)
        found: list[tuple[int, Guard | None]] = []
        for met, edge in incoming.of(number) if incoming is not None else []:
            term = yield value(body.definition, met, context)
            source = -1 if edge is None else int(body.flow.edges.source[edge])
            found.append((term, None if edge is None else Guard(body.definition, context, source, edge)))
        first = int(body.values.junction_block[number - body.values.first_junction])
        pc = body.pc(int(body.flow.blocks.first[first]))
        return self._terms.choice(found, definition=body.definition, pc=pc)

    def _copied(self, body: Body, row: int, context: Context) -> Work:
        return (yield value(body.definition, body.reads(row)[0], context))

    def _result(self, body: Body, row: int, context: Context) -> Work:
        producer = body.producer(row)
        if producer is None:
            return self._terms.unknown("a result of nothing", definition=body.definition, pc=body.pc(row))
        if body.call(producer) is None:
            return (yield from self._made(body, producer, context))
        return (yield from self._results.rule(body, producer, context))

    def _thrown(self, body: Body, row: int, _: Context) -> Work:
        yield from ()
        return self._terms.unknown("exception", definition=body.definition, pc=body.pc(row))

    def _string(self, body: Body, row: int, _: Context) -> Work:
        yield from ()
        return self._terms.constant("string", text_of(string_named(body.part.columns, body.operands[row][1])))

    def _class(self, body: Body, row: int, _: Context) -> Work:
        yield from ()
        return self._terms.constant("class", text_of(type_named(body.part.columns, body.operands[row][1])))

    def _number(self, body: Body, row: int, _: Context) -> Work:
        yield from ()
        name = body.opcode(row)
        low, high = body.operands[row][1:]
        shift = {"const/high16": 16, "const-wide/high16": 48}.get(name, 0)
        number = (low & 0xFFFFFFFF) | high << 32 if name == "const-wide" else low << shift
        return self._terms.constant("int", number)

    def _made(self, body: Body, row: int, context: Context) -> Work:
        operand = body.operands[row][2 if body.opcode(row) == "new-array" else 1]
        name = text_of(type_named(body.part.columns, operand))
        made = Term(kind=Kind.OBJECT, name=name, definition=body.definition, pc=body.pc(row), context=context)
        term = self._terms.add(made)
        if body.opcode(row) != "new-instance":
            return term
        return (yield from self._results.constructed(body, row, term, context))

    def _element(self, body: Body, row: int, context: Context) -> Work:
        array, at = body.reads(row)
        holder = yield value(body.definition, array, context)
        index = yield value(body.definition, at, context)
        place = self._terms[index]
        key = str(place.value) if place.kind is Kind.CONSTANT else ""
        found = yield inside(holder, f"[{key}]")
        if body.opcode(row) != "aget-object" and looked_up(self._terms, found, index):
            return self._terms.add(
                Term(
                    kind=Kind.OPERATION, name=LOOKUP, inputs=(found, index), definition=body.definition,
                    pc=body.pc(row), context=context,
                )
            )  # fmt: skip
        return found

    def _operation(self, body: Body, row: int, context: Context) -> Work:
        found = yield from answers(value(body.definition, each, context) for each in body.reads(row))
        name, literal = body.opcode(row), "/lit" in body.opcode(row)
        if name.startswith("rsub-int"):
            literal = True
        if literal:
            found.append(self._terms.constant("int", body.operands[row][2]))
        if (known := folded(name, [self._terms[each] for each in found])) is not None:
            return self._terms.constant("int", known)
        if name.startswith(("instance-of", "const-method")):
            operand = body.operands[row][2 if name.startswith("instance-of") else 1]
            name = f"{name} {text_of(type_named(body.part.columns, operand))}" if "instance" in name else name
        return self._terms.add(
            Term(
                kind=Kind.OPERATION, name=name, inputs=tuple(found), definition=body.definition, pc=body.pc(row),
                context=context,
            )
        )  # fmt: skip
