"""What an app puts into intents that leave it, by the key of the extra and whom the intent is for."""

from collections.abc import Iterator
from typing import NamedTuple

from assay.applications.tracing import Tracing
from assay.bytecode.provenance.model_calls import ModelledCall, modelled_calls
from assay.bytecode.provenance.receivers import objects
from assay.bytecode.provenance.terms import Kind
from assay.bytecode.sinks.calls import operand, placed
from assay.facts.comparisons.offered import Offered
from assay.facts.comparisons.outside import INTENT, Handle
from assay.reference.models_records import Model

_WAYS = {"effect.broadcast": "broadcast", "effect.schedule": "service", "effect.navigate": "activity"}
_INTENT = b"Landroid/content/Intent;"
_LISTS = ("[Ljava/lang/String;", "Ljava/util/ArrayList;", "Ljava/io/Serializable;", "[Ljava/lang/CharSequence;",
          "[Ljava/lang/Object;", "Ljava/util/List;", "Ljava/util/Set;", "Landroid/os/Bundle;")  # fmt: skip
"""Types of extras that can hold a list; of texts only those are told that a list of a known origin stands in."""
MOST_SENT = 400
"""Most calls of an app that send an intent which are looked at."""
MOST_EXTRAS = 24
"""Most extras of one intent."""
MOST_NAMES = 4
"""Most actions, classes or packages that one intent may have."""


class _Extra(NamedTuple):
    key: str
    term: int


class Intents:
    """Finds the extras of the intents of one app; `cut`: calls that were not looked at."""

    def __init__(self, tracing: Tracing) -> None:
        """Take what follows values."""
        self._tracing, self._evaluator, self.cut = tracing, tracing.evaluator, 0

    def all(self) -> Iterator[Offered]:
        """Yield each extra of each intent that is sent and named, in the order of code."""
        calls = modelled_calls(self._evaluator.ground, _sends)
        self.cut = max(0, len(calls) - MOST_SENT)
        for call in calls[:MOST_SENT]:
            yield from self._sent(call)

    def _sent(self, sender: ModelledCall) -> Iterator[Offered]:
        at = placed(self._evaluator.ground, sender.definition, sender.pc)
        value = None if at is None else operand(at.call, sender.model.sink_args[0])
        if at is None or value is None:
            return
        intent = self._evaluator.term(sender.definition, value)
        names = [*self._named(intent, ".component"), *self._named(intent, ".action")]
        recipients = self._named(intent, ".package") or [""]
        when = self._tracing.gates.execution.within(sender.definition, at.call.row, ())
        for extra in self._extras(intent) if names else ():
            for name in names[:MOST_NAMES]:
                handle = Handle(INTENT, _WAYS[sender.model.sink], _dotted(name), extra.key)
                for recipient in recipients[:MOST_NAMES]:
                    yield Offered(handle, sender.definition, at.call.row, extra.term, recipient=recipient, when=when)

    def _named(self, intent: int, part: str) -> list[str]:
        held = self._evaluator.inside(intent, part)
        below = (self._evaluator.terms[each] for each in self._evaluator.terms.below(held))
        return list(dict.fromkeys(str(own.value) for own in below if own.kind is Kind.CONSTANT and own.value))

    def _extras(self, intent: int) -> list[_Extra]:
        """Return what is put into an intent under constant keys, by the calls that put it there."""
        found: dict[_Extra, None] = {}
        for each in objects(self._evaluator.terms, intent):
            made = self._evaluator.ground.made(each)
            uses = () if made is None else self._evaluator.ground.uses(*made, self._evaluator.terms[each].context)
            for use in uses:
                found.update(dict.fromkeys(self._put(use.definition, use.row, use.operand)))
        return list(found)[:MOST_EXTRAS]

    def _put(self, definition: int, row: int, number: int) -> Iterator[_Extra]:
        body = self._tracing.bodies.of(definition)
        call = None if body is None else body.call(row)
        if (
            call is None
            or number
            or call.owner != _INTENT
            or not call.name.startswith(b"put")
            or len(call.arguments) < 3
        ):
            return
        key = self._evaluator.constant(definition, call.arguments[1])
        if isinstance(key, str) and call.prototype.decode("utf-8", "replace").partition(";")[2].startswith(_LISTS):
            yield _Extra(key, self._evaluator.term(definition, call.arguments[2]))


def _dotted(name: str) -> str:
    return name[1:-1].replace("/", ".") if name.startswith("L") and name.endswith(";") else name


def _sends(model: Model) -> bool:
    return model.sink in _WAYS and model.sink_args[:1] == (1,) and not model.owner.endswith(b"PendingIntent;")
