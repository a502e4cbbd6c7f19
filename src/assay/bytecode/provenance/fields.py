"""What fields hold: what the program writes to them, on the same object; else what an object was read from."""

from collections.abc import Generator

from assay.bytecode.provenance.bodies import Body
from assay.bytecode.provenance.ground import Ground, inside, value
from assay.bytecode.provenance.heap_body import field_at
from assay.bytecode.provenance.initial import Initial
from assay.bytecode.provenance.links_record import Context
from assay.bytecode.provenance.machine import Question, Work
from assay.bytecode.provenance.naming import field_named
from assay.bytecode.provenance.receivers import objects
from assay.bytecode.provenance.terms import Guard, Kind, Term
from assay.bytecode.provenance.ways import Ways
from assay.bytecode.strings import text_of

PARSED = frozenset({"parse-json", "parse-xml", "parse-protobuf", "json-field", "parse-properties"})
"""Operations that make objects whose fields nothing in the program writes."""
SENT = frozenset({"network.response", "list.network", "list.push", "text.push"})
"""Sources of objects that a library has made out of what a server sent."""
MOST_WRITERS = 96
"""Most instructions that write one field, all objects together."""
MOST_APART = 6
"""Most alternatives of an object whose fields are read apart, each under the condition of its alternative."""

Pairs = list[tuple[int, Guard | None]]
_SHOWN = (Kind.CALL, Kind.CONTENT, Kind.FIELD, Kind.STORE, Kind.PARAMETER, Kind.UNKNOWN)


class Fields:
    """Rules for reads of fields."""

    def __init__(self, ground: Ground) -> None:
        """Keep the ground."""
        self._ground, self._terms = ground, ground.terms
        self._ways, self._initial = Ways(ground), Initial(ground)

    def static(self, body: Body, row: int, _: Context) -> Work:
        """Work out a read of a static field: all that is written to it, and what it begins with."""
        key, named = self._field(body, row)
        if (held := self._outside(named)) is not None:
            return held
        found: Pairs = []
        for definition, at in self._writers(body, row):
            term = yield value(definition, self._written(definition, at), ())
            found.append((term, self._ground.guard(definition, at, ())))
        if (begins := self._initial.static(key, written=bool(found))) is not None:
            found.append((begins, None))
        return self._terms.choice(found, definition=body.definition, pc=body.pc(row))

    def of_object(self, body: Body, row: int, context: Context) -> Work:
        """Work out a read of a field of an object."""
        holder = yield value(body.definition, body.reads(row)[0], context)
        return (yield Question("field", (holder, body.definition, row)))

    def read(self, holder: int, definition: int, row: int) -> Work:
        """Work out the field that an instruction reads of what a term is."""
        body = self._ground.bodies.of(definition)
        assert body is not None  # noqa: S101 - the question came from there
        _, named = self._field(body, row)
        if (held := self._outside(named)) is not None:
            return (yield from self._of_platform(holder, held, text_of(named[1])))
        found: Pairs = []
        for each, guard in self._apart(holder):
            found.append(((yield Question("field", (each, definition, row))), guard))
        if found:
            return self._terms.choice(found, definition=definition, pc=body.pc(row))
        behind = objects(self._terms, holder)
        known = frozenset(each for each in behind if self._is_object(each))
        if known:
            found += yield from self._of(known, body, row)
        others = [each for each in behind if each not in known and self._terms[each].kind is not Kind.CONSTANT]
        if others or not behind:
            found += yield from self._of_unknown(others, body, row, named)
        return self._terms.choice(found, definition=definition, pc=body.pc(row))

    def _of_platform(self, holder: int, held: int, name: str) -> Work:
        """Work out a field of an object of the platform: what was put into it, else something of the object."""
        own = self._terms[held]
        if own.kind is Kind.CONSTANT or own.held is not None:
            return held
        content = yield inside(holder, f".{name}")
        if len(self._terms[content].inputs) > 1 or self._terms[content].kind is Kind.CONSTANT:
            return content
        return self._terms.add(Term(kind=Kind.CALL, name=own.name, inputs=(holder,)))

    def _apart(self, holder: int) -> Pairs:
        """Return the alternatives of a holder that conditions decide, where they are few enough to be read apart."""
        own = self._terms[holder]
        if own.kind is not Kind.CHOICE or not any(own.guards) or len(own.inputs) > MOST_APART:
            return []
        pairs = zip(own.inputs, own.guards, strict=True)
        return [(each, guard) for each, guard in pairs if self._terms[each].kind not in {Kind.CONSTANT, Kind.CUT}]

    def _of(self, wanted: frozenset[int], body: Body, row: int) -> Generator[Question, int, Pairs]:
        """Work out what is written to the field of some objects."""
        found: Pairs = []
        constructed = False
        for definition, at in self._writers(body, row):
            writer = self._ground.bodies.of(definition)
            if writer is None or not writer.opcode(at).startswith("iput"):
                continue
            for context in (yield from self._ways.to_object(definition, writer.reads(at)[1], wanted)):
                term = yield value(definition, writer.reads(at)[0], context)
                found.append((term, self._ground.guard(definition, at, context)))
                constructed = constructed or writer.key[1] == b"<init>"
        if not constructed:
            found.append((self._initial.default(body, row), None))
        return found

    def _of_unknown(
        self, holders: list[int], body: Body, row: int, named: tuple[bytes, bytes, bytes]
    ) -> Generator[Question, int, Pairs]:
        """Work out the field of objects that are not known: what they were parsed into, or any that is written."""
        writers = self._writers(body, row)
        read = [each for each in holders if not writers or self._parsed(each)]
        found: Pairs = []
        for each in read:
            name = self._initial.remote_name(body, row) or text_of(named[1])
            own = Term(kind=Kind.FIELD, name=name, inputs=(each,), definition=body.definition, pc=body.pc(row))
            found.append((self._terms.add(own), None))
        if len(read) == len(holders) and holders:
            return found
        for definition, at in writers:
            term = yield value(definition, self._written(definition, at), ())
            found.append((term, self._ground.guard(definition, at, ())))
        return found

    def _is_object(self, term: int) -> bool:
        own = self._terms[term]
        return own.kind is Kind.OBJECT and self._ground.find_class(own.name.encode()) is not None

    def _parsed(self, term: int) -> bool:
        """Return whether an object comes out of a text."""
        for each in self._terms.below(term):
            own = self._terms[each]
            if own.kind is Kind.FIELD:
                return True
            if own.kind is Kind.PARAMETER and own.value is not None:
                return own.value in SENT
            if own.model is not None and own.kind is Kind.CALL:
                return own.model.source in SENT or any(flow.op in PARSED for flow in own.model.flows)
            if own.kind not in _SHOWN:
                return False
        return False

    def _outside(self, named: tuple[bytes, bytes, bytes]) -> int | None:
        """Return the read of a field that no class of the program has; None for the program's own."""
        owner, name, type_ = named
        if self._ground.find_class(owner) is not None:
            return None
        held = self._ground.models.field((owner,), name)
        if held is not None and held.value:
            return self._terms.constant("string", held.value)
        shown = f"{text_of(owner)}->{text_of(name)}:{text_of(type_)}"
        return self._terms.add(Term(kind=Kind.CALL, name=shown, held=held))

    def _field(self, body: Body, row: int) -> tuple[int, tuple[bytes, bytes, bytes]]:
        """Return the number of the field that an instruction names, and class, name and type."""
        named = field_named(body.part.columns, field_at(body, row))
        return self._ground.field(body, row), named

    def _writers(self, body: Body, row: int) -> list[tuple[int, int]]:
        part = int(self._ground.program.definition_part[body.definition])
        known = self._ground.field(body, row) >= 0
        return self._ground.heap.writers_of_field(part, field_at(body, row))[:MOST_WRITERS] if known else []

    def _written(self, definition: int, row: int) -> int:
        body = self._ground.bodies.of(definition)
        return -1 if body is None else body.reads(row)[0]
