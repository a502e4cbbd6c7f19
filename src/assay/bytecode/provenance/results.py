"""What calls give: what callees return, what the models of platform calls say, what constructors make."""

from assay.bytecode.call_sites import CallSite, implementation, recipe
from assay.bytecode.provenance.bodies import Body, Call
from assay.bytecode.provenance.ground import Ground, answers, inside, named, value
from assay.bytecode.provenance.joining import pieces
from assay.bytecode.provenance.links_record import Context
from assay.bytecode.provenance.machine import Work
from assay.bytecode.provenance.placing import Placing
from assay.bytecode.provenance.receivers import Chosen, Receivers
from assay.bytecode.provenance.reflected import property_read
from assay.bytecode.provenance.returns import returned
from assay.bytecode.provenance.stores import Stores
from assay.bytecode.provenance.tables import is_plain_map
from assay.bytecode.provenance.terms import KEYED, Guard, Kind, Term
from assay.bytecode.strings import text_of
from assay.reference.models_records import Flow, Model

THROUGH = frozenset({"copy", "element", "iterate"})
"""Operations whose result is the thing itself, or one of the things in it."""
_ONE_OF = THROUGH - {"copy"}
_BOXES = {
    b"Ljava/lang/Integer;": b"(I)", b"Ljava/lang/Long;": b"(J)", b"Ljava/lang/Short;": b"(S)",
    b"Ljava/lang/Byte;": b"(B)", b"Ljava/lang/Boolean;": b"(Z)", b"Ljava/lang/Character;": b"(C)",
    b"Ljava/lang/Float;": b"(F)", b"Ljava/lang/Double;": b"(D)",
}  # fmt: skip
"""Classes that hold one value of a primitive type, and the parameters of what puts it in."""

_INSISTENT = (b"Lorg/json/JSONObject;", b"Lorg/json/JSONArray;")
_OBJECTS = (b"get", b"getJSONObject", b"getJSONArray")
"""Documents whose getters end by an exception where nothing is there, and those that give no plain value."""

MOST_TARGETS = 6
"""Most definitions that one call is followed into; one that may reach more is not followed."""


class Results:
    """Rules for calls."""

    def __init__(self, ground: Ground) -> None:
        """Keep the ground."""
        self._ground, self._terms = ground, ground.terms
        self._placing, self._receivers, self._stores = Placing(ground), Receivers(ground), Stores(ground)

    def rule(self, body: Body, row: int, context: Context) -> Work:
        """Work out the result of the call at a row."""
        call = body.call(row)
        assert call is not None  # noqa: S101 - the caller looked
        if body.opcode(row).startswith("invoke-custom"):
            return (yield from self._custom(body, call, context))
        if (library := self._ground.library(call)) is not None:
            model = yield from self._receivers.model(body, call, context)
            return (yield from self.platform(body, call, model or library, context))
        links = [link for link in self._ground.links.out_of(body.definition, row) if link.result]
        chosen = yield from self._receivers.choose(body, call, links, context)
        found: list[tuple[int, Guard | None]] = []
        many = len(chosen.links) > MOST_TARGETS or call.capped
        if not many and not chosen.outside and len(chosen.links) > 1 and chosen.receiver is not None:
            return (yield from self._told_apart(body, call, chosen, chosen.receiver, context))
        for link in chosen.links if not many else ():
            found += yield from returned(self._ground, link, context)
        if many:
            found.append((self._terms.unknown("too many callees", definition=body.definition, pc=call.pc), None))
        if chosen.outside or not found:
            model = yield from self._receivers.model(body, call, context)
            found.append(((yield from self.platform(body, call, model, context)), None))
        return self._terms.choice(found, definition=body.definition, pc=call.pc)

    def _told_apart(self, body: Body, call: Call, chosen: Chosen, receiver: int, context: Context) -> Work:
        """Work out what a call gives by its receivers: what each answers stands under the guard of that one."""
        own = self._terms[receiver]
        found: list[tuple[int, Guard | None]] = []
        if own.kind is Kind.CHOICE and own.guards:
            for each, guard in zip(own.inputs, own.guards, strict=True):
                if self._terms[each].kind is not Kind.CONSTANT:
                    found.append(((yield from self._told_apart(body, call, chosen, each, context)), guard))
        else:
            for link in self._receivers.of_object(call, chosen, receiver):
                found += yield from returned(self._ground, link, context)
        return self._terms.choice(found, definition=body.definition, pc=call.pc)

    def constructed(self, body: Body, row: int, made: int, context: Context) -> Work:
        """Work out a new instance: a constructor of the platform that says what the object is made of stands for it."""
        call = next((each for at in body.readers(body.value_of(row)) if (each := self._init(body, row, at))), None)
        model = None if call is None or call.targets else self._ground.model(call)
        if call is None or model is None:
            return made
        flows = [flow for flow in model.flows if flow.target.root == "this" and not flow.target.selector]
        same = [flow for flow in flows if flow.op == "copy" and not flow.source.selector]
        if same:
            return (yield from self._copied(body, call, same, context))
        if model.store is not None and model.store.access == "read":
            return (yield from self._stores.read(body, call, model, context))
        if model.source or model.store or any(flow.op != "concat" for flow in flows):
            return (yield from self._called(body, call, model, context, made))
        return made

    def platform(self, body: Body, call: Call, model: Model | None, context: Context) -> Work:
        """Work out the result of a call whose code is not followed."""
        if (read := (yield from property_read(self._ground, body, call, context))) is not None:
            return read
        flows = [each for each in model.flows if each.target.root == "return"] if model else []
        handed = THROUGH | {"number"} if boxes(call) else THROUGH
        through = [each for each in flows if not each.target.selector and each.op in handed]
        if model is not None and model.store is not None and model.store.access == "read":
            return (yield from self._stores.read(body, call, model, context))
        keeps = model is not None and model.source
        if through and not keeps:
            found = yield from self._copied(body, call, through, context)
            return self._required(body, call, found, context) if _insists(call) else found
        return (yield from self._called(body, call, model, context, None))

    def _required(self, body: Body, call: Call, found: int, context: Context) -> int:
        """Return what a call gives that ends by an exception where it is missing."""
        return self._terms.add(
            Term(
                kind=Kind.OPERATION, name="required", inputs=(found,), definition=body.definition, pc=call.pc,
                context=context,
            )
        )  # fmt: skip

    def _init(self, body: Body, made: int, row: int) -> Call | None:
        call = body.call(row)
        own = call is not None and call.name == b"<init>" and call.arguments[:1] == (body.value_of(made),)
        return call if own else None

    def _copied(self, body: Body, call: Call, flows: list[Flow], context: Context) -> Work:
        found: list[tuple[int, Guard | None]] = []
        for flow in flows:
            term = yield from self._placing.at(body, call, flow.source, context)
            if flow.op in _ONE_OF and not flow.source.selector:
                term = yield inside(term, "[]")
            found.append((term, None))
        whole = self._terms.choice(found, definition=body.definition, pc=call.pc)
        return (yield from self._by_key(body, call, flows, whole, context))

    def _by_key(self, body: Body, call: Call, flows: list[Flow], whole: int, context: Context) -> Work:
        """Work out a read from a map of plain values by a key that is no constant, which tells what it is."""
        by = [flow.source for flow in flows if flow.source.key is not None]
        if len(by) != 1 or len(call.arguments) < 2 or call.name not in {b"get", b"getOrDefault"}:
            return whole
        key = yield value(body.definition, call.arguments[1], context)
        map_ = yield value(body.definition, call.arguments[0], context)
        own = self._terms[key]
        if own.kind is Kind.CONSTANT or not is_plain_map(self._terms, map_, whole):
            return whole
        more = yield from answers(value(body.definition, each, context) for each in call.arguments[2:])
        return self._terms.add(
            Term(
                kind=Kind.OPERATION, name=KEYED, inputs=(whole, key, map_, *more), definition=body.definition,
                pc=call.pc, context=context,
            )
        )  # fmt: skip

    def _called(self, body: Body, call: Call, model: Model | None, context: Context, made: int | None) -> Work:
        """Keep the call; operands of which it reads what they hold stand for that."""
        found: list[int] = [] if made is None else [made]
        for at in range(len(found), len(call.arguments)):
            found += [(yield from self._placing.operand(body, call, model, at, context))]
        return self._terms.add(
            Term(
                kind=Kind.CALL, name=named(call), inputs=tuple(found), definition=body.definition, pc=call.pc,
                context=context, model=model,
            )
        )  # fmt: skip

    def _custom(self, body: Body, call: Call, context: Context) -> Work:
        """Work out what an invoke-custom makes: a text from pieces, a lambda, or something unknown."""
        index = body.operands[call.row][1]
        site = body.dex.call_site(index) if 0 <= index < len(body.dex.tables.call_sites) else CallSite()
        given = yield from answers(value(body.definition, each, context) for each in call.arguments)
        made = text_of(call.prototype.rpartition(b")")[2])
        if implementation(site, body.dex.tables, body.dex.names) is not None:
            own = Term(kind=Kind.OBJECT, name=made, definition=body.definition, pc=call.pc, context=context)
            return self._terms.add(own)
        place = recipe(site, body.dex.tables, body.dex.names)
        if place is None:
            return self._terms.unknown("bootstrap method", tuple(given), definition=body.definition, pc=call.pc)
        own = Term(kind=Kind.OBJECT, name=made, definition=body.definition, pc=call.pc, context=context)
        parts = pieces(body, site, place, given, self._terms)
        return self._terms.add(
            Term(
                kind=Kind.CONTENT, name="text", inputs=(self._terms.add(own), *parts), definition=body.definition,
                pc=call.pc, context=context,
            )
        )  # fmt: skip


def boxes(call: Call) -> bool:
    """Return whether a call only puts a primitive value into an object."""
    given = _BOXES.get(call.owner)
    return given is not None and call.name == b"valueOf" and call.prototype.startswith(given)


def _insists(call: Call) -> bool:
    """Return whether a read of a document ends by an exception where what is asked for is missing."""
    return call.owner in _INSISTENT and call.name.startswith(b"get") and call.name not in _OBJECTS
