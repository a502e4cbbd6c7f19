"""What each opcode does to the types of registers, and what of the file it takes that from."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from assay.bytecode.dex import DexFile
from assay.bytecode.flow.blocks import THROWS
from assay.bytecode.flow.code import Code
from assay.bytecode.flow.edges import EXCEPTION
from assay.bytecode.flow.graph import Graph
from assay.bytecode.flow.known_types import CLASS, METHOD_HANDLE, METHOD_TYPE, NO_TYPE, STRING, KnownTypes
from assay.bytecode.flow.type_values import DOUBLE, FLOAT, INTEGER, LONG, WIDE
from assay.bytecode.kernel import settled
from assay.bytecode.opcodes import OPCODES, opcode
from assay.bytecode.tables import U4

U1 = npt.NDArray[np.uint8]
I4 = npt.NDArray[np.int32]

(NOTHING, MOVE, RESULT, CAUGHT, LITERAL, SET, SET_WIDE, NAMED, CAST, NEW, NEW_ARRAY, ELEMENT, FIELD,
 CALL) = range(14)  # fmt: skip
_EFFECTS: tuple[tuple[tuple[str, ...], int, int], ...] = (
    (("move-result",), RESULT, 0),
    (("move-exception",), CAUGHT, 0),
    (("move",), MOVE, 0),
    (("const-string",), NAMED, STRING),
    (("const-class",), NAMED, CLASS),
    (("const-method-handle",), NAMED, METHOD_HANDLE),
    (("const-method-type",), NAMED, METHOD_TYPE),
    (("const-wide",), SET_WIDE, WIDE),
    (("const",), LITERAL, 0),
    (("check-cast",), CAST, 0),
    (("new-instance",), NEW, 0),
    (("new-array",), NEW_ARRAY, 0),
    (("aget",), ELEMENT, 0),
    (("iget", "sget"), FIELD, 0),
    (("invoke-direct",), CALL, 0),
    (("cmp", "instance-of", "array-length"), SET, INTEGER),
)


def _effect(name: str) -> tuple[int, int]:
    """Return what an opcode does to types, and with what; arithmetic is told by the type it ends with."""
    found = next(((effect, value) for stems, effect, value in _EFFECTS if name.startswith(stems)), None)
    if found is not None:
        return found
    last = name.partition("/")[0].rpartition("-")[2]
    arithmetic = {"int": INTEGER, "byte": INTEGER, "char": INTEGER, "short": INTEGER, "float": FLOAT}
    if last in arithmetic:
        return SET, arithmetic[last]
    return (SET_WIDE, LONG if last == "long" else DOUBLE) if last in {"long", "double"} else (NOTHING, 0)


_PLAN: U1 = settled(np.array([_effect(row.name) for row in OPCODES], np.uint8))
_WIDE_NAMES = settled(np.array(["-wide" in row.name for row in OPCODES], np.uint8))
_OBJECT_NAMES = settled(np.array(["-object" in row.name for row in OPCODES], np.uint8))
_WORD_NAMES = settled(np.array([row.name in {"aget", "iget", "sget", "move-result"} for row in OPCODES], np.uint8))


_CUSTOM = (opcode("invoke-custom"), opcode("invoke-custom/range"))
MAX_CALL_SITES = 256
"""Most different call sites of a method whose results are told apart; those of all others are not known."""


class Rules(NamedTuple):
    """What is known of opcodes, shape (256, ...), and of the file: see `KnownTypes`.

    `plan` u1, shape (256, 2): effect, and what with; `wide`, `object`, `word`: 1 for opcodes of that variety;
    `linked` i4, by row of the code: result of an invoke-custom; `owner` i4, shape (1,): class of the method;
    `NO_TYPE` where not known.
    """

    plan: U1
    wide: U1
    object: U1
    word: U1
    throws: U1
    sorts: U1
    elements: I4
    results: I4
    proto_results: I4
    fields: I4
    starts_object: U1
    named: I4
    linked: I4
    owner: I4


class CodeColumns(NamedTuple):
    """The instructions of one method."""

    pc: U4
    opcode: U1
    a: I4
    b: I4
    c: I4


def rules_of(dex: DexFile, graph: Graph, known: KnownTypes) -> Rules:
    """Return what is known for the one method of a graph."""
    owners = dex.tables.methods["class"][dex.methods.method[graph.code.definitions]]
    linked = settled(_linked(dex, graph.code, known))
    owner = settled(np.where(owners < len(dex.tables.types), owners, NO_TYPE).astype(np.int32))
    return Rules(
        _PLAN, _WIDE_NAMES, _OBJECT_NAMES, _WORD_NAMES, THROWS, known.sorts, known.elements, known.results,
        known.proto_results, known.fields, known.starts_object, known.named, linked, owner,
    )  # fmt: skip


def columns_of(graph: Graph) -> CodeColumns:
    """Return the instructions of a graph."""
    code = graph.code
    return CodeColumns(code.pc, code.opcode, code.a, code.b, code.c)


def caught_types(graph: Graph) -> I4:
    """Return the type of exceptions that enter each block: an index, -1 for any or several, -2 where none does."""
    caught = np.full(len(graph.blocks.range), -2, np.int32)
    entered = graph.edges.kind == EXCEPTION
    for block, type_ in zip(graph.edges.target[entered].tolist(), graph.edges.value[entered].tolist(), strict=True):
        caught[block] = max(type_, -1) if caught[block] in {-2, type_} else -1
    return settled(caught)


def _linked(dex: DexFile, code: Code, known: KnownTypes) -> I4:
    """Return the type of the result of each invoke-custom, `NO_TYPE` for all other instructions."""
    found = np.full(len(code.pc), NO_TYPE, np.int32)
    rows = np.flatnonzero(np.isin(code.opcode, _CUSTOM))
    for site in np.unique(code.b[rows])[:MAX_CALL_SITES].tolist():
        if 0 <= site < len(dex.tables.call_sites):
            prototype = dex.call_site(site).prototype
            if prototype is not None and prototype < len(known.proto_results):
                found[rows[code.b[rows] == site]] = known.proto_results[prototype]
    return found
