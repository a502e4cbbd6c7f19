"""From each string, type, field and method to the references that name it, by counting sort."""

from typing import NamedTuple

import numpy as np

from assay.bytecode.columns.record import I8, U1, U4
from assay.bytecode.kernel import int64, kernel, settled
from assay.bytecode.opcodes import Reference

KINDS = (Reference.STRING, Reference.TYPE, Reference.FIELD, Reference.METHOD)
"""The kinds whose users are kept, in the order of `users`."""


class Users(NamedTuple):
    """Compressed rows: `rows` of the references that name index i lie from starts[i] to starts[i + 1], ascending."""

    starts: I8
    rows: U4


def users(kinds: U1, indices: U4, sizes: tuple[int, int, int, int]) -> tuple[Users, ...]:
    """Return the users of each kind of `KINDS`; `sizes` are the rows of their tables. All indices lie inside them."""
    found = tuple(Users(np.zeros(size + 1, np.int64), np.empty(0, np.uint32)) for size in sizes)
    _count(kinds, indices, tuple(one.starts for one in found))  # type: ignore[arg-type]
    full = tuple(Users(one.starts, np.empty(_summed(one.starts), np.uint32)) for one in found)
    ends = tuple(one.starts[1:].copy() for one in full)
    _place(kinds, indices, ends, tuple(one.rows for one in full))  # type: ignore[arg-type]
    return tuple(Users(settled(one.starts), settled(one.rows)) for one in full)


def _summed(counts: I8) -> int:
    """Turn counts, those of row i at i + 1, into starts; return their sum."""
    np.cumsum(counts, out=counts)
    return int(counts[-1])


@kernel
def _count(kinds: U1, indices: U4, counts: tuple[I8, I8, I8, I8]) -> None:
    strings, types, fields, methods = counts
    for row in range(kinds.size):
        kind, index = kinds[row], int64(indices[row]) + 1
        if kind == 1:
            strings[index] += 1
        elif kind == 2:
            types[index] += 1
        elif kind == 3:
            fields[index] += 1
        elif kind == 4:
            methods[index] += 1


@kernel
def _place(kinds: U1, indices: U4, ends: tuple[I8, I8, I8, I8], rows: tuple[U4, U4, U4, U4]) -> None:
    """Write each row behind those of the rows of its index that follow it: from the last to the first."""
    strings, types, fields, methods = ends
    of_string, of_type, of_field, of_method = rows
    for back in range(1, kinds.size + 1):
        row = kinds.size - back
        kind, index = kinds[row], int64(indices[row])
        if kind == 1:
            strings[index] -= 1
            of_string[strings[index]] = row
        elif kind == 2:
            types[index] -= 1
            of_type[types[index]] = row
        elif kind == 3:
            fields[index] -= 1
            of_field[fields[index]] = row
        elif kind == 4:
            methods[index] -= 1
            of_method[methods[index]] = row
