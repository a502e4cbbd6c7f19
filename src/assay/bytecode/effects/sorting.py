"""Which consequence a call is, told by what it does, by whether it carries the text, and by where it differs."""

from collections.abc import Iterator

from assay.bytecode.effects.bearing import Sides, parts
from assay.bytecode.effects.record import Effect
from assay.bytecode.effects.sieves import leaves_out
from assay.bytecode.effects.supposing import Worlds
from assay.bytecode.gates.evaluation import Evaluation
from assay.bytecode.gates.possible import Possible, Rest
from assay.bytecode.gates.truth import Truth
from assay.bytecode.provenance.bodies import Body, Call
from assay.bytecode.provenance.evaluator import Evaluator
from assay.bytecode.provenance.links_record import Context
from assay.bytecode.provenance.origins import label_of, origins
from assay.bytecode.provenance.terms import Kind, Term
from assay.reference.models_records import Model

Place = tuple[int, int, Context]

_ON_MATCH = {
    "effect.toast": "message", "effect.dialog": "message", "effect.notification": "message", "effect.error": "message",
    "effect.speak": "message", "effect.hide": "hidden",
}  # fmt: skip
_CARRIED = {
    "effect.log": "logged", "effect.network": "reported", "effect.connect": "reported", "effect.sms": "reported",
    "effect.store": "stored", "effect.insert": "stored", "effect.broadcast": "reported",
}  # fmt: skip
"""Effects on a match that count where they carry the text or the word."""
_SUPPRESSED = {
    "effect.store": "refused", "effect.insert": "refused", "effect.sms": "refused", "effect.network": "refused",
    "effect.broadcast": "refused", "effect.call": "refused", "effect.speak": "refused", "effect.install": "install",
    "effect.navigate": "navigation", "effect.connect": "connection", "effect.show": "dropped",
    "effect.notification": "hidden", "effect.toast": "refused", "effect.dialog": "refused",
}  # fmt: skip
"""Effects that are missing on a match."""
_ADDRESSES = frozenset({"text.url"})
_MASKS = frozenset({"replace"})
_ADDS = frozenset({"add", "addFirst", "addLast", "offer", "push", "put", "addElement", "append"})
_COLLECTIONS = ("Ljava/util/", "Landroid/widget/ArrayAdapter;")
_REMOVES = frozenset({b"remove", b"removeFirst", b"removeLast", b"poll", b"pop"})
_OWN_RESOURCES = 0x7F
"""The package of an app's own resources, in the upper byte of their numbers. Source: Android, "aapt2"."""
MOST_TEXTS = 8
"""Most texts that are kept of one call."""
_QUIET = frozenset({"effect.log"})
_CLEARED = frozenset({"effect.error"})
"""Effects that a call with null takes back. Source: Android, "TextView.setError"."""
_RESULTS = {
    "shouldOverrideUrlLoading": "navigation", "shouldInterceptRequest": "navigation", "filter": "refused",
    "onQueryTextSubmit": "refused", "commitText": "refused", "onTextContextMenuItem": "refused",
}  # fmt: skip
"""What it means where a callback of the platform gives another result on a match."""


class Sorting:
    """Sorts calls and results of one program into consequences."""

    def __init__(self, evaluator: Evaluator) -> None:
        """Take what follows values."""
        self._evaluator = evaluator

    def call(
        self, call: Call, place: Place, reached: tuple[Truth, Truth], decided: Place, worlds: Worlds,
        sides: Sides,
    ) -> Iterator[Effect]:  # fmt: skip
        """Yield the effect of a call, where it is made on a match alone, otherwise alone, or with other values."""
        model = self._evaluator.ground.model(call)
        match, plain = reached
        api = f"{call.owner.decode('utf-8', 'backslashreplace')}->{call.name.decode('utf-8', 'backslashreplace')}"
        word, suppressed = "", False
        if match is not Truth.NO and plain is Truth.NO:
            sink = self._sink(model, place, call, worlds, match=True)
            word = _ON_MATCH.get(sink, "") or self._stopped(sink, place, call, worlds, sides)
            carried = _CARRIED.get(sink, "") or ("dropped" if self._removes(call) else "")
            word = word or (carried if carried and self._carries(place, call, sides) else "")
        elif match is Truth.NO:
            sink, suppressed = self._sink(model, place, call, worlds, match=False), True
            word = self._missing(sink, place, call, sides)
        else:
            sink, word = self._changed(model, place, call, worlds, sides)
        if word:
            texts = self._texts(place, call, sides)
            changed = match is not Truth.NO and plain is not Truth.NO
            yield Effect(word, suppressed, *place, decided, api, sink, texts, changed)

    def matters(self, call: Call) -> bool:
        """Return whether a call can be an effect, or lead to one."""
        model = self._evaluator.ground.model(call)
        if model is None or call.targets:
            return True
        changes = call.name in _REMOVES or call.name.decode("utf-8", "backslashreplace") in _ADDS
        return bool(model.sink or model.sink_when or model.calls or changes)

    def _removes(self, call: Call) -> bool:
        """Return whether a call takes something out of a collection."""
        return call.name in _REMOVES and call.owner.startswith((b"Ljava/util/", b"Landroid/widget/ArrayAdapter;"))

    def result(self, definition: int, body: Body, context: Context, worlds: Worlds, decided: Place) -> Iterator[Effect]:
        """Yield what it means that a callback of the platform gives another result on a match."""
        name = body.key[1].decode("utf-8", "backslashreplace")
        word = _RESULTS.get(name, "")
        if not word or self._evaluator.ground.above(definition) is None:
            return
        for row, value in body.returns:
            term = self._evaluator.term(definition, value, context)
            formula = worlds.match.guard_of(definition, row, context)
            apart, suppressed = formula != worlds.plain.guard_of(definition, row, context), False
            if apart or worlds.match.values.of(term) != worlds.plain.values.of(term):
                yield Effect(word, suppressed, definition, row, context, decided, name, "result")
                return

    def _sink(self, model: Model | None, place: Place, call: Call, worlds: Worlds, *, match: bool) -> str:
        """Return the label of what a call does, by the constants that it is given in one world."""
        if model is None:
            return ""
        world = worlds.match if match else worlds.plain
        for when in model.sink_when:
            at = when.argument - (1 if call.static else 0)
            if 0 <= at < len(call.arguments):
                term = self._evaluator.term(place[0], call.arguments[at], place[2])
                term = self._evaluator.inside(term, when.part) if when.part else term
                if world.values.of(term).known == frozenset({when.constant}):
                    return when.sink
        return "" if model.sink in _CLEARED and self._is_null(model, place, call, world) else model.sink

    def _is_null(self, model: Model, place: Place, call: Call, world: Evaluation) -> bool:
        """Return whether what a call has its effect with is null in a world."""
        given = [at - (1 if call.static else 0) for at in model.sink_args]
        values = [call.arguments[at] for at in given if 0 <= at < len(call.arguments)]
        terms = [self._evaluator.term(place[0], value, place[2]) for value in values if value >= 0]
        return any(_is_nothing(world.values.of(term)) for term in terms)

    def _missing(self, sink: str, place: Place, call: Call, sides: Sides) -> str:
        if sink in {"effect.network", "effect.connect"} and self._labels(sides.text) & _ADDRESSES:
            return "connection"
        if sink in _SUPPRESSED and sink not in _QUIET:
            return _SUPPRESSED[sink]
        owner = call.owner.decode("utf-8", "backslashreplace")
        added = call.name.decode("utf-8", "backslashreplace") in _ADDS and owner.startswith(_COLLECTIONS)
        return "dropped" if added and self._carries(place, call, sides) else ""

    def _stopped(self, sink: str, place: Place, call: Call, worlds: Worlds, sides: Sides) -> str:
        """Return what is stopped, by what the text is; what only a match began is not stopped, but ends."""
        if sink != "effect.stop" or (not call.static and self._only_on_match(place, call.arguments[0], worlds)):
            return ""
        labels = self._labels(sides.text)
        if "text.url" in labels or "text.page" in labels:
            return "navigation"
        return "hidden" if "text.notification" in labels else "refused"

    def _only_on_match(self, place: Place, value: int, worlds: Worlds) -> bool:
        """Return whether what a value is comes from places that nothing but a match leads to."""
        found = self._evaluator.objects(place[0], value, place[2])
        return bool(found) and all(self._made_on_match(self._evaluator.terms[each], worlds) for each in found)

    def _made_on_match(self, made: Term, worlds: Worlds) -> bool:
        body = self._evaluator.bodies.of(made.definition) if made.pc >= 0 else None
        row = None if body is None else body.row_at(made.pc)
        way = [(link.caller, link.row, made.context[:at]) for at, link in enumerate(made.context)]
        places = way if row is None else [*way, (made.definition, row, made.context)]
        return any(worlds.plain.guard_of(*each) is Truth.NO for each in places)

    def _changed(self, model: Model | None, place: Place, call: Call, worlds: Worlds, sides: Sides) -> tuple[str, str]:
        """Return what a call does on a match that it does in both worlds, but with other values."""
        if leaves_out(self._evaluator, call, place, worlds) and self._holds(place, call.arguments[0], sides.text):
            return "", "dropped"
        if model is None or not (model.sink or model.sink_when):
            return "", ""
        match, plain = (self._sink(model, place, call, worlds, match=each) for each in (True, False))
        if match != plain:
            return match, _ON_MATCH.get(match, "")
        if match in {"effect.show", "effect.store", "effect.insert", "effect.network", "effect.sms"} and any(
            self._masked(place, each, worlds, sides) for each in call.arguments
        ):
            return match, "masked"
        return match, ""

    def _masked(self, place: Place, value: int, worlds: Worlds, sides: Sides) -> bool:
        """Return whether a value is a changed text on a match, and the text itself otherwise."""
        if value < 0:
            return False
        terms = self._evaluator.terms
        term = self._evaluator.term(place[0], value, place[2])
        if terms[term].kind is not Kind.CHOICE or not self._shared(term, sides.text):
            return False
        taken = [
            {each for each, guard in zip(terms[term].inputs, terms[term].guards, strict=True)
             if guard is None or world.guard(guard) is not Truth.NO}
            for world in (worlds.match, worlds.plain)
        ]  # fmt: skip
        return taken[0] != taken[1]

    def _carries(self, place: Place, call: Call, sides: Sides) -> bool:
        """Return whether a call is given the text or the word or what holds one, or opens what that is written to."""
        body = self._evaluator.bodies.of(place[0])
        result = None if body is None else body.result(call.row)
        given = [value for value in (*call.arguments, -1 if result is None else result) if value >= 0]
        if not sides.bearing.get((place[0], place[2]), frozenset()).isdisjoint(given):
            return True
        own = [self._evaluator.term(place[0], value, place[2]) for value in given]
        if any(self._shared(term, side) for term in own for side in (sides.text, sides.words)):
            return True
        return any(self._bears(place, value, sides.text) for value in given)

    def _bears(self, place: Place, value: int, text: int) -> bool:
        """Return whether the method reads the text from an object, so that who is given the object is given it."""
        body = self._evaluator.bodies.of(place[0])
        if body is None or (not body.static and value == body.parameters[0]):
            return False
        read = [self._evaluator.term(place[0], each, place[2]) for each in parts(body, value)]
        return any(self._shared(term, text) for term in read)

    def _holds(self, place: Place, value: int, text: int) -> bool:
        """Return whether the text is an element of a collection, or is read from one."""
        held = self._evaluator.elements(self._evaluator.term(place[0], value, place[2]))
        return self._shared(held, text) or held in self._evaluator.terms.below(text)

    def _shared(self, term: int, side: int) -> bool:
        """Return whether two terms begin at one place that is no constant."""
        return bool(self._begins(term) & self._begins(side))

    def _begins(self, term: int) -> frozenset[int]:
        terms = self._evaluator.terms
        own = self._evaluator.text(term)
        return frozenset(each.term for each in origins(terms, own) if terms[each.term].kind is not Kind.CONSTANT)

    def _labels(self, term: int) -> frozenset[str]:
        """Return what a text is called by its beginnings, those of elements too: of what is bound to a query."""
        terms = self._evaluator.terms
        both = (term, self._evaluator.elements(term))
        return frozenset(label_of(terms[each.term]) for one in both for each in origins(terms, one))

    def _texts(self, place: Place, call: Call, sides: Sides) -> tuple[str, ...]:
        """Return the constants and resources that a call is given, without those that text and words come from."""
        terms, found = self._evaluator.terms, dict[str, None]()
        given = [self._evaluator.term(place[0], value, place[2]) for value in call.arguments if value >= 0]
        seen, todo = self._own(sides), given[::-1]
        while todo:
            each = todo.pop()
            if each in seen and terms[each].kind is not Kind.CONSTANT:
                continue
            seen.add(each)
            todo += terms.followed(each)[::-1]
            if shown := _shown(terms[each]):
                found[shown] = None
        return tuple(found)[:MOST_TEXTS]

    def _own(self, sides: Sides) -> set[int]:
        """Return the terms that the text and the words come from."""
        evaluator = self._evaluator
        both = [each for side in (sides.text, sides.words) for each in (side, evaluator.elements(side))]
        return {one for each in both for one in evaluator.terms.below(each)}


def _is_nothing(value: Possible) -> bool:
    return value.rest is Rest.NOTHING and bool(value.known) and value.known <= {None, 0}


def _shown(term: Term) -> str:
    """Return a constant text, or the number of a resource, empty for anything else."""
    number = term.value
    if term.kind is Kind.STORE and term.name.startswith("resource:"):
        number = int(named) if (named := term.name.partition(":")[2]).isdecimal() else None
    elif term.kind is not Kind.CONSTANT or isinstance(number, str):
        return "" if number is None or not str(number).strip() or term.kind is not Kind.CONSTANT else str(number)
    return f"resource:0x{number:08x}" if isinstance(number, int) and number >> 24 == _OWN_RESOURCES else ""
