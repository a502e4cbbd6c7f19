"""The control flow of one method, each part worked out when it is first asked for."""

from functools import cached_property
from typing import NamedTuple

from assay.bytecode.dex import DexFile
from assay.bytecode.flow.blocks import Blocks
from assay.bytecode.flow.dependence import Links, control_dependence, dominance_frontier
from assay.bytecode.flow.dominators import I4, dominators
from assay.bytecode.flow.edges import Edges
from assay.bytecode.flow.graph import Graph, graph_of
from assay.bytecode.flow.known_types import KnownTypes, known_types
from assay.bytecode.flow.loops import Loops, find_loops
from assay.bytecode.flow.post_dominators import PostDominators, post_dominators
from assay.bytecode.flow.register_types import RegisterTypes, register_types
from assay.bytecode.flow.values import Values, values_of


class Flows:
    """Makes the control flow of methods of one DEX file; tables that all methods share are made once."""

    def __init__(self, dex: DexFile) -> None:
        """Keep the file; nothing is decoded yet."""
        self._dex = dex

    def of(self, definition: int) -> "ControlFlow":
        """Return the control flow of a row of `DexFile.methods`. Raises: IndexError."""
        return ControlFlow(self._dex, graph_of(self._dex, [definition]), self)

    @cached_property
    def known_types(self) -> KnownTypes:
        """What the file says about types."""
        return known_types(self._dex)


class LoopWithin(NamedTuple):
    """The innermost loop around a place: its header, how many loops hold the place, whether it has other entries."""

    header: int
    depth: int
    irreducible: bool


class ControlFlow:
    """One method: `graph` with its code, blocks, edges and problems, and what follows from it."""

    def __init__(self, dex: DexFile, graph: Graph, flows: Flows) -> None:
        """Take the graph of one method."""
        self._dex, self._flows = dex, flows
        self.graph = graph

    @property
    def blocks(self) -> Blocks:
        """Its basic blocks."""
        return self.graph.blocks

    @property
    def edges(self) -> Edges:
        """The edges between its blocks."""
        return self.graph.edges

    @cached_property
    def loops(self) -> Loops:
        """Its loops, and which blocks no path reaches."""
        return find_loops(self.blocks, self.edges)

    @cached_property
    def dominators(self) -> I4:
        """Immediate dominator of each block."""
        return dominators(self.blocks, self.edges)

    @cached_property
    def post_dominators(self) -> PostDominators:
        """Immediate post-dominator of each block, exceptions counted as paths."""
        return post_dominators(self.blocks, self.edges)

    @cached_property
    def plain_post_dominators(self) -> PostDominators:
        """The same where only paths without exceptions count."""
        return post_dominators(self.blocks, self.edges, exceptions=False)

    @cached_property
    def dominance_frontier(self) -> Links:
        """Where the dominance of each block ends. Raises: Unreadable beyond `dependence.MAX_LINKS`."""
        return dominance_frontier(self.blocks, self.edges, self.dominators)

    @cached_property
    def control_dependence(self) -> Links:
        """The edges on which each block depends, exceptions among them. Raises: Unreadable as above."""
        return control_dependence(self.edges, self.post_dominators)

    @cached_property
    def plain_control_dependence(self) -> Links:
        """The same where only paths without exceptions count. Raises: Unreadable as above."""
        return control_dependence(self.edges, self.plain_post_dominators)

    @cached_property
    def types(self) -> RegisterTypes:
        """What registers hold. Raises: Unreadable beyond the limits of `register_types`."""
        return register_types(self._dex, self.graph, self._flows.known_types)

    @cached_property
    def values(self) -> Values:
        """Where the values that instructions read come from. Raises: Unreadable beyond the limits of `values`."""
        return values_of(self._dex, self.graph)

    def block_at(self, pc: int) -> int | None:
        """Return the block of the instruction that holds a code unit, None outside all code."""
        row = int(self.graph.code.pc.searchsorted(pc, "right")) - 1
        inside = row >= 0 and 0 <= pc < int(self.graph.code.sizes[0])
        return int(self.blocks.of[row]) if inside else None

    def loop_at(self, block: int) -> LoopWithin | None:
        """Return the innermost loop that holds a block, None outside all loops. Raises: IndexError."""
        header = self.loops.innermost(block)
        if header < 0:
            return None
        return LoopWithin(header, int(self.loops.depth[block]), bool(self.loops.irreducible[header]))
