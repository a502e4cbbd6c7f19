"""Dominators: which blocks lie on every path from a root to a block.

Source: T. Lengauer, R. Tarjan, "A fast algorithm for finding dominators in a flowgraph" (1979), the simple version.
"""

import numpy as np
import numpy.typing as npt

from assay.bytecode.flow.blocks import Blocks
from assay.bytecode.flow.edges import Edges
from assay.bytecode.kernel import int64, kernel, settled

I4 = npt.NDArray[np.int32]
I8 = npt.NDArray[np.int64]

NO_BLOCK = -1


def dominators(blocks: Blocks, edges: Edges) -> I4:
    """Return the immediate dominator of each block; `NO_BLOCK` for entries and for blocks that no path reaches."""
    used = blocks.starts[:-1] < blocks.starts[1:]
    predecessors = settled(edges.source[edges.entering])
    return immediate(settled(blocks.starts[:-1][used]), (edges.starts, edges.target),
                     (edges.entering_starts, predecessors))  # fmt: skip


def immediate(roots: I8, successors: tuple[I8, I4], predecessors: tuple[I8, I4]) -> I4:
    """Return the immediate dominator of each node of any graphs, each with one root; their nodes do not mix.

    `successors`, `predecessors`: (starts i8, nodes i4), those of node n in starts[n] to starts[n + 1].
    """
    found = np.full(len(successors[0]) - 1, NO_BLOCK, np.int32)
    _dominate(roots, successors, predecessors, found)
    return settled(found)


@kernel
def _dominate(  # noqa: C901 - one function, as the rules of kernels ask
    roots: I8, successors: tuple[I8, I4], predecessors: tuple[I8, I4], found: I4
) -> None:
    """Search from each root, then take the nodes in the opposite order: semidominators first, then dominators."""
    starts, targets = successors
    entering_starts, sources = predecessors
    nodes = found.size
    number, vertex, parent = np.full(nodes, -1, np.int32), np.empty(nodes, np.int32), np.full(nodes, -1, np.int32)
    ancestor, label, semi = (
        np.full(nodes, -1, np.int32),
        np.arange(nodes).astype(np.int32),
        np.full(nodes, -1, np.int32),
    )
    bucket, after = np.full(nodes, -1, np.int32), np.full(nodes, -1, np.int32)
    path, next_edge = np.empty(nodes, np.int32), starts[:-1].copy()
    count = 0
    for at in range(roots.size):
        begin, top = count, 0
        path[0], vertex[count], number[roots[at]] = roots[at], roots[at], count
        count += 1
        while top >= 0:
            node = path[top]
            edge = next_edge[node]
            if edge == starts[node + 1]:
                top -= 1
                continue
            next_edge[node] += 1
            target = targets[edge]
            if number[target] < 0:
                parent[target], vertex[count], number[target] = node, target, count
                count += 1
                top += 1
                path[top] = target
        for place in range(begin, count):
            semi[vertex[place]] = place
        for place in range(count - 1, begin, -1):
            node = vertex[place]
            for edge in range(entering_starts[node], entering_starts[node + 1]):
                source = sources[edge]
                if number[source] >= 0:
                    best = semi[_best(source, ancestor, label, semi, path)]
                    semi[node] = min(semi[node], best)
            home = vertex[semi[node]]
            after[node], bucket[home] = bucket[home], node
            above = parent[node]
            ancestor[node] = above
            each = bucket[above]
            while each >= 0:
                best = _best(each, ancestor, label, semi, path)
                found[each] = best if semi[best] < semi[each] else above
                each = after[each]
            bucket[above] = -1
        for place in range(begin + 1, count):
            node = vertex[place]
            if found[node] != vertex[semi[node]]:
                found[node] = found[found[node]]


@kernel
def _best(node: int, ancestor: I4, label: I4, semi: I4, path: I4) -> int:
    """Return the node of the least semidominator on the way up to the root of a tree, and shorten that way."""
    top, each = 0, int64(node)
    if ancestor[each] < 0:
        return int64(label[each])
    while ancestor[ancestor[each]] >= 0:
        path[top] = each
        top += 1
        each = int64(ancestor[each])
    while top > 0:
        top -= 1
        each = int64(path[top])
        above = ancestor[each]
        if semi[label[above]] < semi[label[each]]:
            label[each] = label[above]
        ancestor[each] = ancestor[above]
    return int64(label[node])
