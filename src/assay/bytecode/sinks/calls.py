"""Calls by their places in a program, and their operands as models count them."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from assay.bytecode.provenance.bodies import Body, Call
from assay.bytecode.provenance.ground import Ground
from assay.bytecode.provenance.model_calls import ModelledCall, modelled_calls

__all__ = ["ModelledCall", "PlacedCall", "called", "modelled_calls", "operand", "placed"]


class PlacedCall(NamedTuple):
    """A call in its method."""

    body: Body
    call: Call


def called(ground: Ground, owners: Iterable[bytes], names: Iterable[bytes]) -> Iterator[PlacedCall]:
    """Yield the calls of methods by name, in classes or in subclasses of the program, by name, definition and code."""
    taken = tuple(owners)
    for name in names:
        for place in ground.index.calls_named(taken, name):
            if (found := placed(ground, place.definition, place.pc)) is not None:
                yield found


def placed(ground: Ground, definition: int, pc: int) -> PlacedCall | None:
    """Return a call by its place, None where it cannot be read."""
    body = ground.bodies.of(definition)
    row = None if body is None else body.row_at(pc)
    call = None if body is None or row is None else body.call(row)
    return None if body is None or call is None else PlacedCall(body, call)


def operand(call: Call, argument: int) -> int | None:
    """Return the value of an argument as models count them: from 1, 0 is the receiver; None where there is none."""
    at = argument - call.static
    return call.arguments[at] if 0 <= at < len(call.arguments) and call.arguments[at] >= 0 else None
