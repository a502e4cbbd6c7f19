"""Post-dominators against their definition over the graph with its virtual exit, and what that exit is connected to."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from assay.bytecode.flow.edges import EXCEPTION
from assay.bytecode.flow.post_dominators import EXIT, UNREACHED, post_dominators
from tests.bytecode.flow.shapes import Graph, Pairs, graphs, laid_out, reach


def by_definition(size: int, edges: Pairs, reached: set[int]) -> list[int]:
    """Node `size` is the exit; all of `reached` come to it."""
    back = [(b, a) for a, b in edges if a in reached]
    strict = {n: {d for d in reached - {n} if n not in reach(size, back, d)} for n in reached}
    return [
        UNREACHED if n not in reached else next((d for d in strict[n] if strict[n] - {d} == strict[d]), EXIT)
        for n in range(size)
    ]


@given(st.lists(graphs(), min_size=1, max_size=3))
def test_post_dominators(many: list[Graph]) -> None:
    found = post_dominators(*laid_out(many))
    start = 0
    for size, edges in many:
        own = slice(start, start + size)
        reached = reach(0, edges)
        leaves = found.leaves[own].tolist()
        ends = {n for n in reached if not any(a == n for a, _ in edges)}
        assert {n for n in range(size) if leaves[n] == 1} == ends
        virtual = [n for n in range(size) if leaves[n] == 2]
        check_cycles(edges, reached, ends, virtual)
        closed = edges + [(n, size) for n in range(size) if leaves[n]]
        expected = by_definition(size, closed, reached)
        assert found.immediate[own].tolist() == [n + start if n >= 0 else n for n in expected]
        start += size


def check_cycles(edges: Pairs, reached: set[int], ends: set[int], virtual: list[int]) -> None:
    """One virtual edge leaves each cycle without a way out, and no other block."""
    endless = {n for n in reached if not reach(n, edges) & ends}
    last = [reach(n, edges) for n in endless if all(n in reach(other, edges) for other in reach(n, edges))]
    cycles = {frozenset(each) for each in last}
    assert len(virtual) == len(cycles)
    assert all(sum(n in cycle for n in virtual) == 1 for cycle in cycles)


def test_the_virtual_edge_leaves_from_the_source_of_an_edge_back() -> None:
    found = post_dominators(*laid_out([(4, [(0, 1), (1, 2), (2, 3), (3, 1)])]))
    assert found.leaves.tolist() == [0, 0, 0, 2]
    assert found.immediate.tolist() == [1, 2, 3, EXIT]


def test_without_exceptions_a_handler_decides_nothing() -> None:
    blocks, edges = laid_out([(3, [(0, 1), (0, 2), (2, 1)])])
    kinds = np.array([0, EXCEPTION, 0], np.uint8)
    marked = replace(edges, kind=kinds)
    found = post_dominators(blocks, marked, exceptions=False)
    assert found.immediate.tolist() == [1, EXIT, 1]
    assert found.used.tolist() == [1, 0, 1]
    assert post_dominators(*laid_out([(3, [(0, 1), (0, 2)])])).immediate.tolist() == [EXIT, EXIT, EXIT]


def test_a_long_chain() -> None:
    size = 200_000
    found = post_dominators(*laid_out([(size, [(n, n + 1) for n in range(size - 1)])]))
    assert found.immediate[0] == 1
