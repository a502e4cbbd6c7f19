"""What an app puts into intents that leave it, by the key of the extra and whom the intent is for."""

from collections.abc import Iterator

from assay.applications.tracing import Tracing
from assay.bytecode.provenance.bodies import Call
from assay.bytecode.provenance.receivers import objects
from assay.bytecode.provenance.terms import Kind
from assay.bytecode.sinks.calls import PlacedCall, called
from assay.facts.comparisons.offered import Offered
from assay.facts.comparisons.outside import INTENT, Handle

_WAYS = {"effect.broadcast": "broadcast", "effect.schedule": "service", "effect.navigate": "activity"}
_INTENT = b"Landroid/content/Intent;"
_PUTS = (b"putExtra", b"putStringArrayListExtra", b"putCharSequenceArrayListExtra", b"putParcelableArrayListExtra")
_LISTS = ("[Ljava/lang/String;", "Ljava/util/ArrayList;", "Ljava/io/Serializable;", "[Ljava/lang/CharSequence;",
          "[Landroid/os/Parcelable;", "Landroid/os/Bundle;")  # fmt: skip
"""Types of extras that can hold a list."""
MOST_PUT = 200
"""Most calls of an app that put such an extra into an intent which are looked at."""
MOST_NAMES = 4
"""Most actions, classes or packages that one intent may have."""


class Intents:
    """Finds the extras of the intents of one app; `cut`: calls that were not looked at."""

    def __init__(self, tracing: Tracing) -> None:
        """Take what follows values."""
        self._tracing, self._evaluator, self.cut = tracing, tracing.evaluator, 0

    def all(self) -> Iterator[Offered]:
        """Yield each extra that can hold a list, of intents that are sent and named, in the order of code."""
        calls = [at for at in called(self._evaluator.ground, (_INTENT,), _PUTS) if _holds_many(at.call)]
        self.cut = max(0, len(calls) - MOST_PUT)
        for at in calls[:MOST_PUT]:
            yield from self._put(at)

    def _put(self, at: PlacedCall) -> Iterator[Offered]:
        definition = at.body.definition
        key = self._evaluator.constant(definition, at.call.arguments[1])
        intent = self._evaluator.term(definition, at.call.arguments[0])
        names = [*self._named(intent, ".component"), *self._named(intent, ".action")]
        if not isinstance(key, str) or not names:
            return
        term = self._evaluator.term(definition, at.call.arguments[2])
        when = self._tracing.gates.execution.within(definition, at.call.row, ())
        for way in self._sent(intent):
            for name in names[:MOST_NAMES]:
                for recipient in (self._named(intent, ".package") or [""])[:MOST_NAMES]:
                    handle = Handle(INTENT, way, _dotted(name), key)
                    yield Offered(handle, definition, at.call.row, term, recipient=recipient, when=when)

    def _named(self, intent: int, part: str) -> list[str]:
        held = self._evaluator.inside(intent, part)
        below = (self._evaluator.terms[each] for each in self._evaluator.terms.below(held))
        return list(dict.fromkeys(str(own.value) for own in below if own.kind is Kind.CONSTANT and own.value))

    def _sent(self, intent: int) -> list[str]:
        """Return the ways in which an intent is sent."""
        ground, ways = self._evaluator.ground, set[str]()
        for each in objects(self._evaluator.terms, intent):
            made = ground.made(each)
            for use in () if made is None else ground.uses(*made, self._evaluator.terms[each].context):
                body = self._tracing.bodies.of(use.definition)
                call = None if body is None else body.call(use.row)
                model = None if call is None else ground.model(call)
                if model is not None and model.sink in _WAYS:
                    ways.add(_WAYS[model.sink])
        return sorted(ways)


def _holds_many(call: Call) -> bool:
    kind = call.prototype.decode("utf-8", "replace").partition(";")[2]
    return len(call.arguments) == 3 and kind.startswith(_LISTS)


def _dotted(name: str) -> str:
    return name[1:-1].replace("/", ".") if name.startswith("L") and name.endswith(";") else name
