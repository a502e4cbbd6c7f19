"""Post-dominators: which blocks lie on every path from a block to the end of its method.

All ends of a method meet in one virtual exit. Blocks end a method by a return, by a throw that no handler takes, or
where code breaks off. A method that some exception leaves from the middle of a block is not counted as ending there:
otherwise every call would decide about everything behind it. From a cycle without any way out a virtual edge leads to
the exit too, from the block of it that a depth-first search over the edges in their order leaves first: the source of
an edge back, as if the cycle would end after its last block.
"""

import msgspec
import numpy as np
import numpy.typing as npt

from assay.bytecode.flow.blocks import Blocks
from assay.bytecode.flow.dominators import immediate
from assay.bytecode.flow.edges import EXCEPTION, Edges
from assay.bytecode.kernel import kernel, settled

U1 = npt.NDArray[np.uint8]
I4 = npt.NDArray[np.int32]
I8 = npt.NDArray[np.int64]

EXIT, UNREACHED = -1, -2


class PostDominators(msgspec.Struct, frozen=True, eq=False):
    """One row a block.

    `immediate` i4: the next block on every path to the end, `EXIT` where there is none but the exit, `UNREACHED` for
    blocks that no path from the entry reaches; `leaves` u1: 1 where the method ends, 2 for a virtual edge out of an
    endless cycle; `used` u1, one row an edge: 1 for those that were followed.
    """

    immediate: I4
    leaves: U1
    used: U1


def post_dominators(blocks: Blocks, edges: Edges, *, exceptions: bool = True) -> PostDominators:
    """Return the post-dominators of all blocks of all methods.

    Without `exceptions` only paths without them count; handlers and what only they reach are examined as if they had
    been entered.
    """
    count, methods = len(blocks.range), len(blocks.starts) - 1
    used = np.ones(len(edges.target), np.uint8)
    if not exceptions:
        used[edges.kind == EXCEPTION] = 0
    leaves, reached = np.zeros(count, np.uint8), np.zeros(count, np.uint8)
    _leave(blocks.starts, edges.starts, edges.target, used, leaves, reached)
    owners = np.repeat(np.arange(methods), np.diff(blocks.starts))
    known = (reached[edges.source] > 0) & (used > 0)
    tails = np.concatenate([edges.source[known], np.flatnonzero(leaves)])
    heads = np.concatenate([edges.target[known], count + owners[leaves > 0]])
    found = immediate(settled(np.arange(count, count + methods)), _rows(heads, tails, count + methods),
                      _rows(tails, heads, count + methods))[:count]  # fmt: skip
    result = np.where(reached == 0, UNREACHED, np.where(found >= count, EXIT, found)).astype(np.int32)
    return PostDominators(settled(result), settled(leaves), settled(known.astype(np.uint8)))


def _rows(sources: npt.NDArray[np.integer], targets: npt.NDArray[np.integer], nodes: int) -> tuple[I8, I4]:
    """Return edges as compressed rows by their source."""
    starts = np.zeros(nodes + 1, np.int64)
    np.cumsum(np.bincount(sources, minlength=nodes), out=starts[1:])
    return settled(starts), settled(targets[np.argsort(sources, kind="stable")].astype(np.int32))


@kernel
def _leave(  # noqa: C901, PLR0912, PLR0915 - one function, as the rules of kernels ask
    methods: I8, starts: I8, targets: I4, used: U1, leaves: U1, reached: U1
) -> None:
    """Find strongly connected components; from each that nothing leaves, one block leaves the method.

    A search begins at the entry, and anew at each block that only edges which are not used reach. `number` and `low`
    as in R. Tarjan's algorithm (1972), from 1; `low` of a block whose component is complete is 0. `open_` holds the
    blocks of components not complete, `later` those to begin at.
    """
    blocks = leaves.size
    number, low, finish = np.zeros(blocks, np.int32), np.zeros(blocks, np.int32), np.zeros(blocks, np.int32)
    path, open_, later = np.empty(blocks, np.int32), np.empty(blocks, np.int32), np.empty(blocks, np.int32)
    asked, left = np.zeros(blocks, np.uint8), np.zeros(blocks, np.uint8)
    next_edge = starts[:-1].copy()
    seen = finished = 0
    for method in range(methods.size - 1):
        first = methods[method]
        if first == methods[method + 1]:
            continue
        later[0], asked[first], waiting, taken = first, 1, 1, 0
        while taken < waiting:
            root = later[taken]
            taken += 1
            if number[root]:
                continue
            top, height = 0, 1
            seen += 1
            path[0], open_[0], number[root], low[root], reached[root] = root, root, seen, seen, 1
            while top >= 0:
                block, edge = path[top], next_edge[path[top]]
                if edge < starts[block + 1]:
                    next_edge[block] += 1
                    target = targets[edge]
                    if not used[edge]:
                        if not asked[target]:
                            later[waiting], asked[target] = target, 1
                            waiting += 1
                    elif number[target] == 0:
                        seen += 1
                        top += 1
                        path[top], open_[height] = target, target
                        number[target], low[target], reached[target] = seen, seen, 1
                        height += 1
                    elif low[target]:
                        low[block] = min(low[block], number[target])
                    else:
                        left[block] = 1
                    continue
                finish[block] = finished
                finished += 1
                top -= 1
                if top >= 0 and low[block] < number[block]:
                    low[path[top]] = min(low[path[top]], low[block])
                    left[path[top]] |= left[block]
                if low[block] < number[block]:
                    continue
                out, last, size = 0, block, 0
                while True:
                    height -= 1
                    member = open_[height]
                    low[member] = 0
                    out |= left[member]
                    size += 1
                    if finish[member] < finish[last]:
                        last = member
                    if member == block:
                        break
                if top >= 0:
                    left[path[top]] = 1
                if not out:
                    cycles = 2 if size > 1 else 1
                    for each in range(starts[block], starts[block + 1]):
                        if used[each]:
                            cycles = 2
                    leaves[last] = cycles
