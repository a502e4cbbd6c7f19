"""What an app writes to files where other apps can find it."""

from collections.abc import Iterator

from assay.applications.tracing import Tracing
from assay.bytecode.provenance.model_calls import ModelledCall, modelled_calls
from assay.bytecode.sinks.calls import PlacedCall, operand, placed
from assay.facts.comparisons.offered import Offered
from assay.facts.comparisons.outside import FILE, Handle, Names
from assay.reference.models_records import Model, Place, Store

_PRIVATE = frozenset({b"openFileOutput"})
MOST_WRITERS = 400
"""Most calls of an app that write a file whose names are looked at."""
MAX_STEPS = 10_000
"""Most steps of the value graph for the names of an app's files."""


class Files:
    """Finds the shared files that one app writes; `cut`: calls that were not looked at."""

    def __init__(self, tracing: Tracing) -> None:
        """Take what follows values."""
        self._tracing, self._names, self.cut = tracing, Names(tracing), 0

    def all(self) -> Iterator[Offered]:
        """Yield each shared file at each call that writes it, in the order of code."""
        ground = self._tracing.evaluator.ground
        calls = modelled_calls(ground, _writes, [each.model for each in ground.models.stores()])
        self.cut = max(0, len(calls) - MOST_WRITERS)
        begun = self._tracing.evaluator.machine.total
        for number, call in enumerate(calls[:MOST_WRITERS]):
            if self._tracing.evaluator.machine.total - begun > MAX_STEPS:
                self.cut = len(calls) - number
                return
            yield from self._written(call)

    def _written(self, writer: ModelledCall) -> Iterator[Offered]:
        evaluator = self._tracing.evaluator
        at, store = placed(evaluator.ground, writer.definition, writer.pc), writer.model.store
        path = "" if at is None or store is None else self._names.shared_file(*at, store, ())
        if at is None or store is None or not path:
            return
        term = self._content(at, store)
        when = self._tracing.gates.execution.within(writer.definition, at.call.row, ())
        yield Offered(Handle(FILE, "file", path), writer.definition, at.call.row, term, when=when)

    def _content(self, at: PlacedCall, store: Store) -> int:
        """Return the term of what a call writes, or of what is written to that which it opens."""
        evaluator, place = self._tracing.evaluator, store.value or Place("return")
        number = at.body.result(at.call.row) if place.root == "return" else operand(at.call, place.operand or 0)
        if number is None:
            return evaluator.terms.unknown("what is written", definition=at.body.definition, pc=at.call.pc)
        return evaluator.text(evaluator.term(at.body.definition, number))


def _writes(model: Model) -> bool:
    """Return whether a call writes a file, of any folder: one that has its own is no other app's."""
    writes = model.store is not None and model.store.kind == "file" and model.store.access == "write"
    return writes and model.name not in _PRIVATE
