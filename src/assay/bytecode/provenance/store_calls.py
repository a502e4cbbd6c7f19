"""The calls of a program that write to named stores, by the kind of store."""

from typing import NamedTuple

from assay.bytecode.provenance.ground import Ground
from assay.bytecode.provenance.model_calls import ModelledCall, modelled_calls
from assay.reference.models_records import Model

MOST_WRITERS = 4096
"""Most writing calls of one kind of store that are looked at."""


class Writer(NamedTuple):
    """A call that writes: where it stands, and the model of it."""

    definition: int
    row: int
    model: Model


class StoreCalls:
    """Finds writers once for each kind."""

    def __init__(self, ground: Ground) -> None:
        """Keep the ground."""
        self._ground = ground
        self._known: dict[str, list[Writer]] = {}

    def writers(self, kind: str) -> list[Writer]:
        """Return the writers of a kind of store, by definition and code."""
        if kind not in self._known:
            among = [each.model for each in self._ground.models.stores()]
            calls = modelled_calls(self._ground, lambda model: _writes(model, kind), among)
            found = (self._writer(call) for call in calls)
            self._known[kind] = [writer for writer in found if writer is not None][:MOST_WRITERS]
        return self._known[kind]

    def _writer(self, call: ModelledCall) -> Writer | None:
        """Return a call by its row, None where its method cannot be read."""
        body = self._ground.bodies.of(call.definition)
        row = None if body is None else body.row_at(call.pc)
        return None if row is None else Writer(call.definition, row, call.model)


def _writes(model: Model, kind: str) -> bool:
    return model.store is not None and model.store.access == "write" and model.store.kind == kind
