"""From a string, type, field or method to the instructions that refer to it."""

import msgspec
import numpy as np
import numpy.typing as npt

from assay.bytecode.opcodes import Reference
from assay.bytecode.sweep import References

U8 = npt.NDArray[np.uint64]
I8 = npt.NDArray[np.int64]


class Users(msgspec.Struct, frozen=True, eq=False):
    """Compressed rows: users of index i are rows ``order[starts[i]:starts[i + 1]]`` of the references.

    `starts` i8, shape (rows of the table + 1,); `order` i8, in the order of the references for each index.
    """

    starts: I8
    order: I8

    def of(self, index: int) -> I8:
        """Return the reference rows that name `index`. Raises: IndexError."""
        if not 0 <= index < len(self.starts) - 1:
            raise IndexError(index)
        return self.order[self.starts[index] : self.starts[index + 1]]


def users(references: References, kind: Reference, rows: int) -> Users:
    """Return who refers to each row of the table of `kind`, which has `rows` rows."""
    selected = np.flatnonzero(references.kind == kind)
    indices = references.index[selected]
    starts = np.zeros(rows + 1, np.int64)
    np.cumsum(np.bincount(indices, minlength=rows), out=starts[1:])
    return Users(starts, selected[np.argsort(indices, kind="stable")])


def order_of(hashes: U8) -> I8:
    """Return the rows of the string table in the order of their hashes, for `equal`. Shape (strings,)."""
    return np.argsort(hashes, kind="stable")


def equal(hashes: U8, order: I8, wanted: int) -> I8:
    """Return the rows whose hash is `wanted`, ascending; the bytes behind them may still differ."""
    low, high = (np.searchsorted(hashes, np.uint64(wanted), side, order) for side in ("left", "right"))
    return order[low:high]
