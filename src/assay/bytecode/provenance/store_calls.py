"""The calls of a program that write to named stores, by the kind of store."""

from functools import cached_property
from typing import NamedTuple

import numpy as np

from assay.bytecode.program.names import descriptors
from assay.bytecode.provenance.bodies import Call
from assay.bytecode.provenance.ground import Ground
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
            found: list[Writer] = []
            for method, model in self._methods:
                if model.store is not None and model.store.kind == kind:
                    found += self._calls(method, model)
            self._known[kind] = sorted(found, key=lambda each: each[:2])[:MOST_WRITERS]
        return self._known[kind]

    @cached_property
    def _methods(self) -> list[tuple[int, Model]]:
        """The method ids by running number whose model says that they write to a store."""
        names = self._ground.program.linked.names
        wanted = {each.name for each in self._ground.models.stores() if _writes(each.model)}
        symbols = [symbol for name in sorted(wanted) if (symbol := names.symbol(name)) >= 0]
        signatures = np.flatnonzero(np.isin(names.method_keys >> 32, symbols))
        rows = np.flatnonzero(np.isin(names.method_signatures, signatures)).tolist()
        found = []
        for row in rows:
            model = self._model(row)
            if model is not None and _writes(model):
                found.append((row, model))
        return found

    def _model(self, method: int) -> Model | None:
        part, row = self._part(method)
        owner, name, prototype = self._ground.program.parts[part].columns.method_key(row)
        if descriptors(prototype) is None:
            return None
        return self._ground.model(Call(0, 0, owner, name, prototype, False, (), ()))  # noqa: FBT003 - a value

    def _part(self, method: int) -> tuple[int, int]:
        starts = self._ground.program.linked.names.method_starts
        part = int(np.searchsorted(starts, method, "right")) - 1
        return part, method - int(starts[part])

    def _calls(self, method: int, model: Model) -> list[Writer]:
        part, row = self._part(method)
        columns = self._ground.program.parts[part].columns
        first, end = columns.method_user_starts[row : row + 2].tolist()
        users = columns.method_users[first:end]
        owners = np.searchsorted(columns.reference_starts, users, "right") - 1
        definitions = (owners + int(self._ground.program.linked.definition_starts[part])).tolist()
        found = []
        for definition, pc in zip(definitions, columns.reference_pcs[users].tolist(), strict=True):
            body = self._ground.bodies.of(definition)
            at = None if body is None else body.row_at(pc)
            if at is not None:
                found.append(Writer(definition, at, model))
        return found


def _writes(model: Model) -> bool:
    return model.store is not None and model.store.access == "write"
