"""The calls of a program whose models say something that is asked for, found by name without reading other bodies."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import numpy as np

from assay.bytecode.program.names import descriptors
from assay.bytecode.provenance.bodies import Call
from assay.bytecode.provenance.ground import Ground
from assay.reference.models_records import Model


class ModelledCall(NamedTuple):
    """A call by its place, `pc` in 16-bit units from the definition's first instruction, and its model."""

    definition: int
    pc: int
    model: Model


def modelled_calls(
    ground: Ground, wanted: Callable[[Model], bool], among: Iterable[Model] | None = None
) -> list[ModelledCall]:
    """Return the calls whose model is wanted, in the order of definitions, then of code.

    `among`: models that hold all wanted ones; all of them where it is not given.
    """
    named = {model.name for model in (ground.models.all if among is None else among) if wanted(model)}
    found = [each for row, model in _methods(ground, named, wanted) for each in _users(ground, row, model)]
    return sorted(found, key=lambda each: each[:2])


def _methods(ground: Ground, named: set[bytes], wanted: Callable[[Model], bool]) -> Iterator[tuple[int, Model]]:
    """Yield the method ids, by running number over the parts, whose model is wanted."""
    names = ground.program.linked.names
    symbols = [symbol for name in sorted(named) if (symbol := names.symbol(name)) >= 0]
    signatures = np.flatnonzero(np.isin(names.method_keys >> 32, symbols))
    for row in np.flatnonzero(np.isin(names.method_signatures, signatures)).tolist():
        part, own = _part(ground, row)
        owner, name, prototype = ground.program.parts[part].columns.method_key(own)
        if descriptors(prototype) is None:
            continue
        model = ground.model(Call(0, 0, owner, name, prototype, False, (), ()))  # noqa: FBT003 - a value
        if model is not None and wanted(model):
            yield row, model


def _part(ground: Ground, method: int) -> tuple[int, int]:
    starts = ground.program.linked.names.method_starts
    part = int(np.searchsorted(starts, method, "right")) - 1
    return part, method - int(starts[part])


def _users(ground: Ground, method: int, model: Model) -> Iterator[ModelledCall]:
    part, row = _part(ground, method)
    columns = ground.program.parts[part].columns
    first, end = columns.method_user_starts[row : row + 2].tolist()
    users = columns.method_users[first:end]
    owners = np.searchsorted(columns.reference_starts, users, "right") - 1
    definitions = (owners + int(ground.program.linked.definition_starts[part])).tolist()
    for definition, pc in zip(definitions, columns.reference_pcs[users].tolist(), strict=True):
        yield ModelledCall(definition, pc, model)
