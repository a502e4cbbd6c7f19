"""Which edges decide whether a block runs, and where the dominance of blocks ends.

A block depends on an edge when it lies on every path from the edge's target to the end of the method, and not on every
path from the edge's source: whoever takes the edge comes to the block for certain, whoever does not may pass it by.
Source: J. Ferrante, K. Ottenstein, J. Warren, "The program dependence graph and its use in optimization" (1987);
R. Cytron et al., "Efficiently computing static single assignment form and the control dependence graph" (1991).
"""

import msgspec
import numpy as np
import numpy.typing as npt

from assay.bytecode.flow.blocks import Blocks
from assay.bytecode.flow.dominators import NO_BLOCK
from assay.bytecode.flow.edges import Edges
from assay.bytecode.flow.post_dominators import UNREACHED, PostDominators
from assay.bytecode.kernel import int64, kernel, settled
from assay.model.errors import Unreadable

I4 = npt.NDArray[np.int32]
I8 = npt.NDArray[np.int64]

MAX_LINKS = 1 << 22
"""Most pairs listed of one graph; code written to that end can have as many as the square of its blocks."""


class Links(msgspec.Struct, frozen=True, eq=False):
    """For each block b, `rows[starts[b]:starts[b + 1]]`, ascending: i8, edges or blocks, as the maker says."""

    starts: I8
    rows: I8

    def of(self, block: int) -> list[int]:
        """Return the rows of one block. Raises: IndexError."""
        if not 0 <= block < len(self.starts) - 1:
            raise IndexError(block)
        found: list[int] = self.rows[self.starts[block] : self.starts[block + 1]].tolist()
        return found


def control_dependence(edges: Edges, post: PostDominators) -> Links:
    """Return the edges on which each block depends directly. Raises: Unreadable beyond `MAX_LINKS`."""
    used = settled(np.flatnonzero((post.used > 0) & (post.immediate[edges.source] != UNREACHED)))
    stops = settled(post.immediate[edges.source[used]])
    return _links(settled(edges.target[used]), stops, post.immediate, used, "control dependence")


def dominance_frontier(blocks: Blocks, edges: Edges, immediate: I4) -> Links:
    """Return, for each block, those it does not strictly dominate but has a dominated predecessor of.

    Blocks that no path reaches have and are none. Raises: Unreadable beyond `MAX_LINKS`.
    """
    known = immediate != NO_BLOCK
    known[blocks.starts[:-1][np.diff(blocks.starts) > 0]] = True
    used = np.flatnonzero(known[edges.source] & known[edges.target])
    stops = settled(immediate[edges.target[used]])
    rows = settled(edges.target[used].astype(np.int64))
    return _links(settled(edges.source[used]), stops, immediate, rows, "dominance")


def _links(begins: I4, stops: I4, parent: I4, rows: I8, what: str) -> Links:
    """Return links from every block on the way up a tree, from each of `begins` to before its stop, to its row."""
    count = _climb(begins, stops, parent, rows, np.zeros(0, np.int64), np.zeros(0, np.int64))
    if count > MAX_LINKS:
        raise Unreadable(f"the {what} of its blocks has more than {MAX_LINKS} pairs")
    blocks, links = np.empty(count, np.int64), np.empty(count, np.int64)
    _climb(begins, stops, parent, rows, blocks, links)
    pairs = blocks << 32 | links
    pairs.sort()
    pairs = pairs[np.append(True, pairs[1:] != pairs[:-1])] if count else pairs
    starts = np.searchsorted(pairs >> 32, np.arange(len(parent) + 1))
    return Links(settled(starts), settled(pairs & 0xFFFFFFFF))


@kernel
def _climb(begins: I4, stops: I4, parent: I4, rows: I8, blocks: I8, links: I8) -> int:
    """Write a pair for each step of each way as far as there is room; return their number, at most one over it."""
    written = 0
    for way in range(begins.size):
        block = int64(begins[way])
        while block >= 0 and block != stops[way]:
            if written > MAX_LINKS:
                return written
            if written < blocks.size:
                blocks[written], links[written] = block, rows[way]
            written += 1
            block = int64(parent[block])
    return written
