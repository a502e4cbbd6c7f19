"""Loops that combine bytes or characters with a constant or a repeated key by exclusive or: told by shape alone."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from assay.bytecode.instructions import Instructions
from assay.bytecode.opcodes import OPCODES
from assay.bytecode.program.part import Part
from assay.bytecode.provenance.bodies import Body
from assay.facts.weaknesses.scene import Scene, Seen

MOST_METHODS = 2_000
"""Most methods with an exclusive or beside bytes or characters that are looked at in an app."""
_XOR = tuple(value for value, row in enumerate(OPCODES) if row.name.startswith("xor-int"))
_NARROW = tuple(value for value, row in enumerate(OPCODES) if row.name in {"int-to-byte", "int-to-char"})
_ELEMENTS = ("aget-byte", "aget-char")
_INTO = ("aput-byte", "aput-char")
_FORWARD = ("int-to-", "and-int")
_STEPS = 4


def homemade(scene: Scene) -> Iterator[Seen]:
    """Yield the loops in the order of definitions, one a method."""
    left = MOST_METHODS
    for number, part in enumerate(scene.ground.program.parts):
        base = int(scene.ground.program.linked.definition_starts[number])
        for row in _candidates(part):
            left -= 1
            body = scene.tracing.bodies.of(base + row) if left >= 0 else None
            if left < 0:
                scene.left_out += 1
            elif body is not None and (seen := _seen(scene, body)) is not None:
                yield seen


def _candidates(part: Part) -> list[int]:
    """Return the definitions of a part that hold both an exclusive or and a narrowing to a byte or character."""
    code = part.dex().instructions
    both = np.intersect1d(_holding(code, _XOR), _holding(code, _NARROW))
    found: list[int] = both.tolist()
    return found


def _holding(code: Instructions, opcodes: tuple[int, ...]) -> npt.NDArray[np.int64]:
    """Return the definitions whose code holds one of some opcodes, ascending."""
    rows = np.flatnonzero(np.isin(code.opcode, opcodes))
    found: npt.NDArray[np.int64] = np.unique(np.searchsorted(code.starts, rows, "right") - 1).astype(np.int64)
    return found


def _seen(scene: Scene, body: Body) -> Seen | None:
    for row in range(body.rows):
        if body.opcode(row).startswith("xor-int") and int(body.flow.loops.depth[body.block(row)]) > 0:
            key = _key(body, row)
            if key and _written(body, body.value_of(row), _STEPS):
                name = scene.tracing.name(body.definition)
                reached = scene.reached(body.definition)
                return Seen("possible-xor-cipher", body.definition, body.pc(row), name, key, reached)
    return None


def _key(body: Body, row: int) -> str:
    """Return what bytes or characters are combined with, empty where it is neither constant nor repeated."""
    operands = body.reads(row)
    read = [each for each in operands if _is_element(body, each)]
    if not read:
        return ""
    if "lit" in body.opcode(row):
        return f"with the constant {body.operands[row][2]}"
    other = [each for each in operands if each not in read[:1]]
    if any(_is_constant(body, each) for each in other):
        return "with a constant"
    return "with a key that is repeated" if any(_repeats(body, each) for each in operands) else ""


def _defined(body: Body, value: int) -> tuple[int, str] | None:
    row = body.row_of(value) if value >= 0 else None
    return None if row is None else (row, body.opcode(row))


def _is_element(body: Body, value: int) -> bool:
    found = _defined(body, value)
    if found is None:
        return False
    producer = body.producer(found[0])
    call = None if producer is None else body.call(producer)
    return found[1] in _ELEMENTS or (call is not None and call.name == b"charAt")


def _is_constant(body: Body, value: int) -> bool:
    found = _defined(body, value)
    return found is not None and found[1].startswith("const")


def _repeats(body: Body, value: int) -> bool:
    """Return whether a value is an element whose index is the rest of a division."""
    found = _defined(body, value)
    if found is None:
        return False
    producer = body.producer(found[0])
    index = body.reads(found[0] if producer is None else producer)[1:2]
    return any((at := _defined(body, each)) is not None and at[1].startswith("rem-int") for each in index)


def _written(body: Body, value: int, steps: int) -> bool:
    """Return whether a value is put into an array of bytes or characters, or appended to a text."""
    for reader in body.readers(value) if steps else ():
        opcode, call = body.opcode(reader), body.call(reader)
        if opcode in _INTO or (call is not None and call.name in {b"append", b"write", b"put"}):
            return True
        if opcode.startswith(_FORWARD) and _written(body, body.value_of(reader), steps - 1):
            return True
    return False
