"""Strongly connected components of a graph in compressed rows, callees before callers.

Source: R. Tarjan, "Depth-first search and linear graph algorithms", 1972; here with a stack of its own instead of
recursion, so that no depth of calls or of superclasses is too deep.
"""

import numpy as np

from assay.bytecode.kernel import int64, kernel, settled
from assay.bytecode.program.symbols import I4, I8


def components(starts: I8, targets: I4) -> I4:
    """Return the component of each node; a component has a higher number than every other one that it leads to.

    Targets of node n are targets[starts[n]:starts[n + 1]]; negative ones are left out.
    """
    count = len(starts) - 1
    found = np.full(count, -1, np.int32)
    room = tuple(np.zeros(count + 1, np.int64) for _ in range(5))
    _components(settled(starts), settled(targets), found, room)  # type: ignore[arg-type]
    return settled(found)


@kernel
def _components(  # noqa: C901 - one walk with its own stack
    starts: I8, targets: I4, found: I4, room: tuple[I8, I8, I8, I8, I8]
) -> None:
    """`room`: order of first visit (0 = not seen), lowest order reached, next edge, path, nodes of open components."""
    order, low, edge, path, waiting = room
    seen = done = held = 0
    for root in range(starts.size - 1):
        if order[root]:
            continue
        depth, path[0] = 0, root
        while depth >= 0:
            node = path[depth]
            if order[node] == 0:
                seen += 1
                order[node] = low[node] = seen
                edge[node] = starts[node]
                waiting[held] = node
                held += 1
            descended = False
            while edge[node] < starts[node + 1]:
                target = int64(targets[edge[node]])
                edge[node] += 1
                if target < 0:
                    continue
                if order[target] == 0:
                    depth += 1
                    path[depth] = target
                    descended = True
                    break
                if found[target] < 0:
                    low[node] = min(low[node], order[target])
            if descended:
                continue
            if low[node] == order[node]:
                member = -1
                while member != node:
                    held -= 1
                    member = waiting[held]
                    found[member] = done
                done += 1
            depth -= 1
            if depth >= 0:
                low[path[depth]] = min(low[path[depth]], low[node])
