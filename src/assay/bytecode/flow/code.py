"""The code of some methods of a DEX file, one behind the other, as the other files of this package take it."""

from collections.abc import Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from assay.bytecode.bodies import Bodies
from assay.bytecode.dex import DexFile
from assay.bytecode.kernel import settled
from assay.bytecode.tables import U4

U1 = npt.NDArray[np.uint8]
I4 = npt.NDArray[np.int32]
I8 = npt.NDArray[np.int64]


class Code(msgspec.Struct, frozen=True, eq=False):
    """Instructions of chosen method definitions; rows count from 0 in the order in which these were chosen.

    `definitions` i8: row of each in `DexFile.methods`; `starts` i8, shape (definitions + 1,): rows starts[m] to
    starts[m + 1] belong to the m-th one. `pc`, `opcode`, `a`, `b`, `c` as in `Instructions`. `bodies`: where the code
    of each lies; `sizes` i8: code units of each that could be read as instructions and payloads.
    """

    definitions: I8
    starts: I8
    pc: U4
    opcode: U1
    a: I4
    b: I4
    c: I4
    bodies: Bodies
    sizes: I8


def code_of(dex: DexFile, definitions: Sequence[int] | I8) -> Code:
    """Return the code of some definitions; without a copy where they are a run. Raises: IndexError."""
    chosen = np.asarray(definitions, np.int64)
    if len(chosen) and not (chosen.min() >= 0 and chosen.max() < len(dex.methods.method)):
        raise IndexError(int(chosen.min()) if chosen.min() < 0 else int(chosen.max()))
    all_code = dex.instructions
    firsts = all_code.starts[chosen]
    lengths = all_code.starts[chosen + 1] - firsts
    starts = np.zeros(len(chosen) + 1, np.int64)
    np.cumsum(lengths, out=starts[1:])
    rows = _rows(chosen, firsts, lengths, starts)
    pc, opcode = settled(all_code.pc[rows]), settled(all_code.opcode[rows])
    a, b, c = (settled(column[rows]) for column in (all_code.a, all_code.b, all_code.c))
    places = settled(dex.bodies.first[chosen])
    bodies = Bodies(places, settled(dex.bodies.size[chosen]))
    sizes = settled(dex.swept.ends[chosen] - places)
    return Code(settled(chosen), settled(starts), pc, opcode, a, b, c, bodies, sizes)


def _rows(chosen: I8, firsts: I8, lengths: I8, starts: I8) -> slice | I8:
    """Return the rows of all instructions: a slice for a run of definitions, which then are views."""
    if len(chosen) == 0:
        return slice(0, 0)
    if np.all(np.diff(chosen) == 1):
        return slice(int(firsts[0]), int(firsts[-1] + lengths[-1]))
    gathered: I8 = np.repeat(firsts - starts[:-1], lengths) + np.arange(starts[-1])
    return gathered
