"""What following values forwards asks of one body: junctions behind a value, results, constants of types."""

from assay.bytecode.columns.record import UNNAMED
from assay.bytecode.provenance.bodies import Body, Call
from assay.bytecode.provenance.uses_index import UsesIndex
from assay.reference.models_records import Place

COPIES = ("move-object", "move/", "move-wide")
"""Beginnings of opcodes that copy a register; check-cast leaves the value where it is."""


def junctions(body: Body, value: int) -> tuple[int, ...]:
    """Return the junctions in which a value meets others, ascending."""
    return body.meets.get(value, ())


def type_at(body: Body, row: int) -> bytes:
    """Return the type that an instruction with a type as its last operand names."""
    _, b, c = body.operands[row]
    name = body.opcode(row)
    index = c if name.startswith(("new-array", "instance-of")) else b
    types = len(body.part.columns.type_strings)
    return body.part.columns.descriptor(index) if 0 <= index < types else UNNAMED


def field_at(body: Body, row: int) -> int:
    """Return the field id that an instruction names, of its part."""
    _, b, c = body.operands[row]
    return c if body.opcode(row).startswith(("iget", "iput")) else b


def field_key_at(users: UsesIndex, part: int, body: Body, row: int) -> int:
    """Return the number of the field that an instruction names (`UsesIndex.field_key`); -1 for one in no table."""
    field = field_at(body, row)
    return users.field_key(part, field) if 0 <= field < len(body.part.columns.field_names) else -1


def value_at(body: Body, call: Call, place: Place) -> int | None:
    """Return the value at the root of a place of a call: an argument, the receiver or the result."""
    if place.root == "return":
        return body.result(call.row)
    at = operand_at(call, place)
    return None if at is None else call.arguments[at]


def operand_at(call: Call, place: Place) -> int | None:
    """Return which of `Call.arguments` a place names, None where the call has no such one."""
    at = place.operand
    if at is not None and call.static:
        at = at - 1 if at else None
    return at if at is not None and 0 <= at < len(call.arguments) else None
