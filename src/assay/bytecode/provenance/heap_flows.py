"""How the model of a call moves an operand that is an object, or that holds one."""

from typing import NamedTuple

from assay.bytecode.provenance.bodies import Call
from assay.bytecode.provenance.heap_body import operand_at
from assay.reference.models_records import Flow, Model, Place

_SAME_CONTENT = frozenset({"copy", "view", "iterate", "element", "select", "sort"})
"""Operations that hand on the very objects that are in something; ``copy`` alone hands on the thing itself."""


class Moves(NamedTuple):
    """Where an operand goes: depths at which the result holds it, and operands (number, depth) that hold it then."""

    results: tuple[int, ...]
    operands: tuple[tuple[int, int], ...]


def moves(model: Model, call: Call, at: int | None, depth: int) -> Moves:
    """Return where the operand `at` of a call goes that is an object (depth 0), or holds it.

    For `at` None the way back: which operands the result, holding an object at `depth`, is the same as.
    """
    if at is None:
        found = [flow for flow in model.flows if flow.target.root == "return" and not flow.target.selector]
        plain = [flow for flow in found if not flow.source.selector and flow.op in _SAME_CONTENT]
        return Moves((), _placed(call, [(flow.source, depth) for flow in plain]))
    own = [flow for flow in model.flows if operand_at(call, flow.source) == at]
    reached = [(flow.target, after) for flow in own if (after := _after(flow, depth)) is not None]
    results = tuple(after for place, after in reached if place.root == "return")
    return Moves(results, _placed(call, reached))


def _after(flow: Flow, depth: int) -> int | None:
    """Return the depth behind a flow, None where the object does not go this way."""
    inner, outer = bool(flow.source.selector), bool(flow.target.selector)
    if flow.op not in _SAME_CONTENT or depth < inner:
        return None
    if flow.op == "element" and not inner:
        return depth - 1 if depth else None
    if not inner and not outer:
        return depth if depth or flow.op == "copy" else None
    return depth - inner + outer


def _placed(call: Call, reached: list[tuple[Place, int]]) -> tuple[tuple[int, int], ...]:
    found = [(operand_at(call, place), depth) for place, depth in reached if place.root != "return"]
    return tuple((operand, depth) for operand, depth in found if operand is not None)
