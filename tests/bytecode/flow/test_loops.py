"""Loops by brute force: which blocks lie on cycles, natural loops of reducible graphs, and which are irreducible."""

from hypothesis import given
from hypothesis import strategies as st

from assay.bytecode.flow.loops import Loops, find_loops
from tests.bytecode.flow.shapes import Graph, Pairs, graphs, laid_out, reach


def on_cycles(edges: Pairs, reached: set[int]) -> set[int]:
    return {n for n in reached if any(n in reach(b, edges) for a, b in edges if a == n)}


def natural(edges: Pairs, reached: set[int]) -> tuple[dict[int, set[int]], bool]:
    """Return the blocks of each natural loop by its header, and whether the graph is reducible."""
    back = [(a, b) for a, b in edges if a in reached and (a == b or a not in reach(0, edges, b))]
    loops: dict[int, set[int]] = {}
    for a, b in back:
        body = {b} | ({a} if a == b else {n for n in reached if n != b and a in reach(n, edges, b)})
        loops[b] = loops.get(b, set()) | body
    forward = [pair for pair in edges if pair not in back and pair[0] in reached]
    return loops, not on_cycles(forward, reached)


def members(loops: Loops, header: int, size: int) -> set[int]:
    found = {header}
    for node in range(size):
        each = node
        while each >= 0:
            if each == header:
                found.add(node)
            each = int(loops.outer[each])
    return found


@given(graphs())
def test_loops(graph: Graph) -> None:
    size, edges = graph
    found = find_loops(*laid_out([graph]))
    reached = reach(0, edges)
    assert {n for n in range(size) if found.reached[n]} == reached
    assert {n for n in range(size) if found.depth[n]} == on_cycles(edges, reached)
    loops, reducible = natural(edges, reached)
    assert bool(found.irreducible.any()) != reducible
    if reducible:
        headers = {n for n in range(size) if found.header[n]}
        assert {n: members(found, n, size) for n in headers} == loops
        assert found.depth.tolist() == [sum(n in body for body in loops.values()) for n in range(size)]
        assert all(found.innermost(n) == min_header(loops, n) for n in range(size))


def min_header(loops: dict[int, set[int]], node: int) -> int:
    return min((h for h in loops if node in loops[h]), key=lambda h: len(loops[h]), default=-1)


@given(st.lists(graphs(), min_size=2, max_size=4))
def test_methods_do_not_mix(many: list[Graph]) -> None:
    together = find_loops(*laid_out(many))
    alone = [find_loops(*laid_out([each])) for each in many]
    assert together.depth.tolist() == [depth for each in alone for depth in each.depth.tolist()]
    assert together.irreducible.tolist() == [mark for each in alone for mark in each.irreducible.tolist()]


def test_two_entries_to_a_cycle() -> None:
    found = find_loops(*laid_out([(3, [(0, 1), (0, 2), (1, 2), (2, 1)])]))
    assert found.depth.tolist() == [0, 1, 1]
    assert found.irreducible.tolist() == [0, 1, 0]


def test_deep_nests_take_little_time() -> None:
    """100,000 loops around one another: a walk up all of them for each edge would never end."""
    size = 100_000
    edges = sorted([(n, n + 1) for n in range(2 * size - 1)] + [(size + n, size - 1 - n) for n in range(size)])
    found = find_loops(*laid_out([(2 * size, edges)]))
    assert found.depth[size - 1] == size
    irreducible = find_loops(*laid_out([(2 * size, sorted([*edges, *((0, n) for n in range(2, 2 * size))]))]))
    assert irreducible.irreducible.sum() > size // 2
