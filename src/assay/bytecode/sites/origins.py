"""Where the values of operands come from, over many methods at once: a hint that chooses what is worth following.

Each question names an instruction and a register; its reaching definitions are looked for backwards along all paths,
through copies, casts and calls that only change the form of a text. Values are followed within their method alone, and
no further than `MAX_STATES` and `MAX_ROWS`; what an exception cut short in the middle of a block is not told apart.
"""

import msgspec
import numpy as np
import numpy.typing as npt

from assay.bytecode.bodies import HEADER_UNITS
from assay.bytecode.dex import DexFile
from assay.bytecode.flow.graph import Graph
from assay.bytecode.flow.operands import DEFINES
from assay.bytecode.kernel import settled
from assay.bytecode.sites.callables import Callables
from assay.bytecode.sites.tracing import PLAN, CodeColumns, Questions, Tables, trace

U4 = npt.NDArray[np.uint32]
I4 = npt.NDArray[np.int32]
I8 = npt.NDArray[np.int64]


class Origins(msgspec.Struct, frozen=True, eq=False):
    """The answers, one row a question.

    `kinds` u4, the bits of `assay.bytecode.sites.tracing`; `first` i4: the row that makes the value itself,
    or what its form was changed from, the lowest of several, -1 without; `string` i8: a constant string's
    id, -1 without; `parameter` i4: word of a parameter, counted from the first, -1 without.
    """

    kinds: U4
    first: I4
    string: I8
    parameter: I4


def columns_of(dex: DexFile, graph: Graph) -> CodeColumns:
    """Return the arrays; `parameters` by block: the register of the first parameter of its method."""
    code, blocks, edges = graph.code, graph.blocks, graph.edges
    entry = np.zeros(len(blocks.range), np.uint8)
    sizes = np.diff(blocks.starts)
    entry[blocks.starts[:-1][sizes > 0]] = 1
    heads = np.maximum(code.bodies.first - HEADER_UNITS, 0)
    lowest = np.zeros(len(heads), np.int32)
    there = code.bodies.first >= HEADER_UNITS
    lowest[there] = dex.units[heads[there]].astype(np.int32) - dex.units[heads[there] + 1].astype(np.int32)
    return CodeColumns(
        code.opcode, code.a, code.b, code.c, blocks.first, blocks.of, edges.entering_starts, edges.entering,
        edges.source, settled(entry), settled(np.repeat(lowest, sizes).astype(np.int32)),
    )  # fmt: skip


def origins(code: CodeColumns, known: Callables, asked: Questions) -> Origins:
    """Return where the operands asked for come from; `code` are the columns of their graph."""
    count = len(asked.rows)
    found = Origins(
        np.zeros(count, np.uint32), np.full(count, -1, np.int32), np.full(count, -1, np.int64),
        np.full(count, -1, np.int32),
    )  # fmt: skip
    tables = Tables(PLAN, DEFINES, known.roles, known.typed, known.types, known.fields)
    questions = Questions(settled(asked.rows), settled(asked.registers), settled(asked.ways), settled(asked.own))
    trace(code, tables, questions, (found.kinds, found.first, found.string, found.parameter))
    return Origins(settled(found.kinds), settled(found.first), settled(found.string), settled(found.parameter))
