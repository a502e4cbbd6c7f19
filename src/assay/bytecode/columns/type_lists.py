"""Lists of types, of parameters and interfaces, as compressed rows.

Source: Android Open Source Project, "Dalvik executable format": type_list.
"""

from typing import NamedTuple

import numpy as np

from assay.bytecode import faults
from assay.bytecode.columns.record import U4
from assay.bytecode.dex import DexFile
from assay.bytecode.kernel import int64, kernel, settled
from assay.bytecode.sweep import U2
from assay.bytecode.tables import Rows
from assay.model.problem import Problem

MAX_TYPES = 65_535
"""Most types read of one list; a DEX file names its types with sixteen bits."""
MAX_SHARING = 2
"""Types read at most, as a multiple of the sixteen-bit units in the file: equal lists are shared in a sound file."""

_OUTSIDE, _CUT, _NO_SUCH_ID, _SHARED = range(4)
_SORTS = (
    ("lists of types lie outside the file or off the grid of four bytes", "read as empty", "types are missing there"),
    ("lists of types break off", "those before the break were read", "types are missing there"),
    ("lists of types name one that is not in its table", "kept without a name", "what they name is not known"),
    ("lists of types are shared so often that reading them all would take too long", "the rest was read as empty",
     "types are missing there"),
)  # fmt: skip


class TypeLists(NamedTuple):
    """Types of row i lie from starts[i] to starts[i + 1]; `NONE` for one that is not in the table."""

    starts: U4
    types: U4


def problems(dex: DexFile) -> list[Problem]:
    """Return what is wrong with the parameters of prototypes and the interfaces of classes of a DEX file."""
    tables, types = dex.tables, len(dex.tables.types)
    lists = ((tables.protos, "parameters"), (tables.classes, "interfaces"))
    return [problem for table, column in lists for problem in type_lists(table, column, dex.units, types)[1]]


def type_lists(table: Rows, column: str, units: U2, types: int) -> tuple[TypeLists, list[Problem]]:
    """Return the lists at the offsets in bytes of a column, 0 for none, and the problems met."""
    offsets, starts = settled(table[column]), np.zeros(len(table) + 1, np.uint32)
    met = faults.tally(len(_SORTS))
    size = _read(units, offsets, types, starts, np.empty(0, np.uint32), met)
    met, found = faults.tally(len(_SORTS)), np.empty(size, np.uint32)
    _read(units, offsets, types, starts, found, met)
    return TypeLists(settled(starts), settled(found)), faults.problems(met, _SORTS)


@kernel
def _read(  # noqa: C901 - one function, as the rules of kernels ask
    units: U2, offsets: U4, types: int, starts: U4, found: U4, met: faults.Tally
) -> int:
    """Write the lists as far as there is room; return how many types there are."""
    written, room = 0, MAX_SHARING * units.size
    for row in range(offsets.size):
        starts[row] = written
        offset = int64(offsets[row])
        place = offset >> 1
        if offset == 0:
            continue
        if offset & 3 or place + 2 > units.size:
            _note(met, _OUTSIDE, offset)
            continue
        stated = int64(units[place]) | int64(units[place + 1]) << 16
        count = min(stated, units.size - place - 2, MAX_TYPES)
        if count < stated:
            _note(met, _CUT, offset)
        if written + count > room:
            _note(met, _SHARED, offset)
            continue
        for i in range(count):
            index = int64(units[place + 2 + i])
            if index >= types:
                _note(met, _NO_SUCH_ID, offset)
                index = int64(0xFFFFFFFF)
            if written < found.size:
                found[written] = index
            written += 1
    starts[offsets.size] = written
    return written


@kernel
def _note(met: faults.Tally, sort: int, offset: int) -> None:
    if met[sort, 0] == 0:
        met[sort, 1] = offset
    met[sort, 0] += 1
