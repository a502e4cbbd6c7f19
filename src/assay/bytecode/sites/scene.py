"""What all parts of a scan look at: one DEX file, what its ids mean, and the graphs of the methods that matter."""

from functools import cached_property

import numpy as np
import numpy.typing as npt

from assay.bytecode.dex import DexFile
from assay.bytecode.flow.graph import graph_of
from assay.bytecode.flow.loops import find_loops
from assay.bytecode.flow.operands import DEFINES
from assay.bytecode.sites.callables import Callables
from assay.bytecode.sites.callers import Parameters, registers
from assay.bytecode.sites.origins import Origins, columns_of, origins
from assay.bytecode.sites.repeats import asked_in_loops
from assay.bytecode.sites.tracing import HELD, PLAIN, Questions

I4 = npt.NDArray[np.int32]
U4 = npt.NDArray[np.uint32]
I8 = npt.NDArray[np.int64]
U1 = npt.NDArray[np.uint8]
Marks = npt.NDArray[np.bool_]


class Scene:
    """The chosen methods of a file; rows are those of `graph.code`, definitions those of `DexFile.methods`."""

    def __init__(self, dex: DexFile, known: Callables, definitions: I8, again: U1) -> None:
        """Make the graphs of the definitions, which rise; `again`: rows of the references in loops (`repeats`)."""
        self.dex, self.known = dex, known
        self.graph = graph_of(dex, definitions)
        self.depth = find_loops(self.graph.blocks, self.graph.edges).depth
        self._again = again
        self._columns = columns_of(dex, self.graph)
        self.parameters = Parameters(dex, known.types)
        code = self.graph.code
        self._owner = np.repeat(np.arange(len(definitions)), np.diff(code.starts))
        self._places = self._owner << 32 | code.pc.astype(np.int64)

    def rows_of(self, references: I8) -> I8:
        """Return the rows of the instructions behind rows of the references."""
        bodies = np.searchsorted(self.dex.references.starts, references, "right") - 1
        methods = np.searchsorted(self.graph.code.definitions, bodies).astype(np.int64)
        found: I8 = np.searchsorted(self._places, methods << 32 | self.dex.references.pc[references].astype(np.int64))
        return found

    def definitions(self, rows: I8) -> I8:
        """Return the definition of each row."""
        return self.graph.code.definitions[self._owner[rows]]

    def within(self, rows: I8) -> I4:
        """Return the number of each row in its own method; -1 stays."""
        begin = self.graph.code.starts[self._owner[np.maximum(rows, 0)]]
        return np.where(rows < 0, -1, rows - begin).astype(np.int32)

    def looped(self, rows: I8) -> U1:
        """Return how many loops hold each row, 255 at most."""
        return np.minimum(self.depth[self.graph.blocks.of[rows]], 255).astype(np.uint8)

    def asked_in_loop(self, definitions: I8) -> Marks:
        """Return which definitions may be called from within a loop (`assay.bytecode.sites.repeats`)."""
        return self._asked[self.dex.methods.method[definitions]]

    def arguments(self, rows: I8, words: npt.NDArray[np.integer]) -> I8:
        """Return the register of an argument of each call."""
        return registers(self.graph.code, rows, words)

    def same_method(self, row: int, other: int) -> bool:
        """Return whether two rows belong to one method."""
        return bool(self._owner[row] == self._owner[other])

    def has(self, method: int) -> bool:
        """Return whether there is such a method id."""
        return 0 <= method < len(self.dex.tables.methods)

    def writes(self, row: int, register: int) -> bool:
        """Return whether an instruction writes a register."""
        first = int(self.graph.code.a[row])
        return first <= register < first + int(DEFINES[self.graph.code.opcode[row]])

    def ask(self, rows: I8, registers_: I8, *, held: bool = False, own: I8 | None = None) -> Origins:
        """Return where registers come from, as read at rows."""
        ways = np.full(len(rows), HELD if held else PLAIN, np.uint8)
        owned = np.full(len(rows), -1, np.int64) if own is None else own
        asked = Questions(rows.astype(np.int64), registers_.astype(np.int64), ways, owned.astype(np.int64))
        return origins(self._columns, self.known, asked)

    @cached_property
    def _asked(self) -> Marks:
        return asked_in_loops(self.dex, self._again)


def empty(count: int, value: int = -1) -> I8:
    """Return as many rows of one number."""
    return np.full(count, value, np.int64)
