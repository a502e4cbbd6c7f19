"""Loops and how they nest, irreducible ones included.

Found bottom-up over a depth-first search, in almost linear time: each loop is collapsed into its header before the
loops around it are looked for. In an irreducible region, which can be entered at several blocks, the header is the
block that the search met first.
Source: P. Havlak, "Nesting of reducible and irreducible loops" (1997), as amended by G. Ramalingam, "Identifying loops
in almost linear time" (1999).
"""

import msgspec
import numpy as np
import numpy.typing as npt

from assay.bytecode.flow.blocks import Blocks
from assay.bytecode.flow.edges import Edges
from assay.bytecode.kernel import int64, kernel, settled

U1 = npt.NDArray[np.uint8]
I4 = npt.NDArray[np.int32]
I8 = npt.NDArray[np.int64]


class Loops(msgspec.Struct, frozen=True, eq=False):
    """One row a block. Blocks that cannot be reached from the entry are in no loop.

    `header` u1: 1 where a loop begins; `outer` i4: header of the innermost loop that holds the block and that it is not
    itself the header of, -1 without; `depth` i4: loops that hold the block; `irreducible` u1: 1 for headers of loops
    that can be entered elsewhere too; `reached` u1: 1 where a path leads from the method's entry.
    """

    header: U1
    outer: I4
    depth: I4
    irreducible: U1
    reached: U1

    def innermost(self, block: int) -> int:
        """Return the header of the innermost loop that holds a block, -1 outside all loops. Raises: IndexError."""
        if not 0 <= block < len(self.header):
            raise IndexError(block)
        return block if self.header[block] else int(self.outer[block])


def find_loops(blocks: Blocks, edges: Edges) -> Loops:
    """Return the loops of all methods."""
    count = len(blocks.range)
    header, irreducible, reached = (np.zeros(count, np.uint8) for _ in range(3))
    outer, depth = np.full(count, -1, np.int32), np.zeros(count, np.int32)
    _find(blocks.starts, edges.starts, edges.source, edges.target, header, outer, depth, irreducible, reached)
    header, irreducible, reached = settled(header), settled(irreducible), settled(reached)
    return Loops(header, settled(outer), settled(depth), irreducible, reached)


@kernel
def _find(  # noqa: C901, PLR0912, PLR0915 - one function, as the rules of kernels ask
    methods: I8, starts: I8, sources: I4, targets: I4, header: U1, outer: I4, depth: I4, irreducible: U1, reached: U1
) -> None:
    """Search each method from its first block, then collapse loops from the innermost.

    `open_`: 0 unseen, 1 on the path of the search, 2 left; `up`: sets for the nearest block still on the path; `group`:
    sets for collapsed loops; `skip`: sets for loops known to be irreducible. `at_block` and `into_block` are lists of
    edges linked by `after` and `into_after`: those to take up at a block, those that enter a collapsed one; `back`
    lists the edges back to a header, linked by `after` too.
    """
    blocks, edges = outer.size, targets.size
    open_ = np.zeros(blocks, np.uint8)
    parent, vertex, path = np.full(blocks, -1, np.int32), np.empty(blocks, np.int32), np.empty(blocks, np.int32)
    up, group, skip = np.arange(blocks), np.arange(blocks), np.arange(blocks)
    at_block, into_block, back = (
        np.full(blocks, -1, np.int64),
        np.full(blocks, -1, np.int64),
        np.full(blocks, -1, np.int64),
    )
    after, into_after = np.empty(edges, np.int64), np.empty(edges, np.int64)
    entering = np.empty(edges, np.int32)
    next_edge = starts[:-1].copy()
    held = np.full(blocks, -1, np.int32)
    for method in range(methods.size - 1):
        first = methods[method]
        if first == methods[method + 1]:
            continue
        count, top = first, first
        path[top], vertex[count], open_[first] = first, first, 1
        count += 1
        while top >= first:
            block = path[top]
            edge = next_edge[block]
            if edge == starts[block + 1]:
                open_[block] = 2
                if parent[block] >= 0:
                    up[block] = parent[block]
                top -= 1
                continue
            next_edge[block] += 1
            target = targets[edge]
            if open_[target] == 0:
                parent[target], open_[target] = block, 1
                vertex[count] = target
                count += 1
                top += 1
                path[top] = target
            elif open_[target] == 1:
                header[target] = 1
                after[edge], back[target] = back[target], edge
            else:
                root = int64(target)
                while up[root] != root:
                    up[root] = up[up[root]]
                    root = up[root]
                after[edge], at_block[root] = at_block[root], edge
        for place in range(count - 1, first - 1, -1):
            block = vertex[place]
            edge = at_block[block]
            while edge >= 0:
                source, target = int64(sources[edge]), int64(targets[edge])
                while group[source] != source:
                    group[source] = group[group[source]]
                    source = group[source]
                while group[target] != target:
                    group[target] = group[group[target]]
                    target = group[target]
                entering[edge] = source
                into_after[edge], into_block[target] = into_block[target], edge
                loop = int64(outer[targets[edge]])
                while loop >= 0:
                    while skip[loop] != loop:
                        skip[loop] = skip[skip[loop]]
                        loop = skip[loop]
                    irreducible[loop] = 1
                    if outer[loop] < 0:
                        break
                    skip[loop] = outer[loop]
                    loop = int64(outer[loop])
                edge = after[edge]
            size = first
            edge = back[block]
            while edge >= 0:
                source = int64(sources[edge])
                while group[source] != source:
                    group[source] = group[group[source]]
                    source = group[source]
                if source != block and held[source] != block:
                    held[source] = block
                    path[size] = source
                    size += 1
                edge = after[edge]
            done = first
            while done < size:
                member = path[done]
                done += 1
                source, edge = int64(parent[member]), into_block[member]
                while True:
                    while group[source] != source:
                        group[source] = group[group[source]]
                        source = group[source]
                    if source != block and held[source] != block:
                        held[source] = block
                        path[size] = source
                        size += 1
                    if edge < 0:
                        break
                    source, edge = int64(entering[edge]), into_after[edge]
            for row in range(first, size):
                outer[path[row]] = block
                group[path[row]] = block
        for place in range(first, count):
            block = vertex[place]
            reached[block] = 1
            depth[block] = header[block] + (depth[outer[block]] if outer[block] >= 0 else 0)
