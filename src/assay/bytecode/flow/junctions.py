"""Junctions of values made few: folded where one value alone meets in them, left out where nothing reads them."""

import numpy as np
import numpy.typing as npt

from assay.bytecode.kernel import kernel, settled

U1 = npt.NDArray[np.uint8]
I4 = npt.NDArray[np.int32]
I8 = npt.NDArray[np.int64]

MAX_ROUNDS = 64
"""Rounds of folding; a junction that would fold after more stays, with the one value behind it."""


def fold(base: int, count: int, junctions: I8, values: I8) -> I4:
    """Return, for each value, the one that stands for it; `junctions` (cells, from 0) and `values` are what meets.

    `base` is the first junction's number, `count` the number of all values.
    """
    forward = np.arange(count, dtype=np.int32)
    only = np.empty(count - base, np.int64)
    for _ in range(MAX_ROUNDS):
        if not _fold(base, settled(junctions), settled(values), forward, only):
            break
    return forward


def kept(base: int, read: I4, junctions: I8, values: I8, forward: I4) -> tuple[I8, I8, I4, I4]:
    """Return the junctions behind reads (cells, ascending), their meeting values as compressed rows, and new numbers.

    The new number of cell n is at n of the last array.
    """
    order = np.argsort(junctions, kind="stable")
    cells, met = junctions[order], forward[values[order]].astype(np.int64)
    wanted = np.zeros(len(forward) - base, np.uint8)
    wanted[read[read >= base] - base] = 1
    starts = np.searchsorted(cells, np.arange(len(wanted) + 1))
    _reach(base, settled(starts), settled(met), wanted)
    rows = np.flatnonzero(wanted)
    numbers = np.zeros(len(wanted), np.int32)
    numbers[rows] = base + np.arange(len(rows))
    used = wanted[cells] > 0
    new = np.where(met >= base, np.append(numbers, np.int32(0))[np.maximum(met - base, 0)], met)
    own = numbers[cells]
    pairs = (own[used].astype(np.int64) << 32 | new[used])[new[used] != own[used]]
    pairs.sort()
    pairs = pairs[np.append(True, pairs[1:] != pairs[:-1])] if len(pairs) else pairs
    edges = np.searchsorted(pairs >> 32, base + np.arange(len(rows) + 1))
    return rows.astype(np.int64), edges, (pairs & 0xFFFFFFFF).astype(np.int32), numbers


@kernel
def _fold(  # noqa: C901 - one function, as the rules of kernels ask
    base: int, junctions: I8, values: I8, forward: I4, only: I8
) -> bool:
    """Fold junctions with one value beside themselves; return whether any was."""
    only[:] = -1
    for pair in range(junctions.size):
        cell = junctions[pair]
        value = forward[values[pair]]
        if forward[base + cell] != base + cell or value == base + cell:
            continue
        if only[cell] == -1:
            only[cell] = value
        elif only[cell] != value:
            only[cell] = -2
    found = False
    for cell in range(only.size):
        if only[cell] >= 0:
            value = only[cell]
            while forward[value] != value:
                value = forward[value]
            if value != base + cell:
                forward[base + cell] = value
                found = True
    for value in range(base, forward.size):
        root = forward[value]
        while forward[root] != root:
            root = forward[root]
        forward[value] = root
    return found


@kernel
def _reach(base: int, starts: I8, values: I8, wanted: U1) -> None:
    """Mark the junctions that meet in marked ones."""
    todo = np.flatnonzero(wanted)
    path = np.empty(wanted.size, np.int64)
    top = todo.size
    path[:top] = todo
    while top:
        top -= 1
        cell = path[top]
        for pair in range(starts[cell], starts[cell + 1]):
            value = values[pair] - base
            if value >= 0 and not wanted[value]:
                wanted[value] = 1
                path[top] = value
                top += 1
