"""Immediate dominators against their definition: a node dominates another when no path goes around it."""

from hypothesis import given
from hypothesis import strategies as st

from assay.bytecode.flow.dominators import NO_BLOCK, dominators
from tests.bytecode.flow.shapes import Graph, graphs, laid_out, reach


def by_definition(size: int, edges: list[tuple[int, int]]) -> list[int]:
    reached = reach(0, edges)
    strict = {node: {other for other in reached - {node} if node not in reach(0, edges, other)} for node in reached}
    # the immediate dominator is the strict one that all other strict ones dominate
    return [
        next((d for d in strict.get(node, ()) if strict[node] - {d} == strict[d]), NO_BLOCK) for node in range(size)
    ]


@given(st.lists(graphs(), min_size=1, max_size=3))
def test_dominators(many: list[Graph]) -> None:
    expected, start = [], 0
    for size, edges in many:
        expected += [node + start if node >= 0 else node for node in by_definition(size, edges)]
        start += size
    assert dominators(*laid_out(many)).tolist() == expected


def test_the_example_of_the_paper() -> None:
    """Figure 1 of Lengauer and Tarjan, with R as 0 and A to L as 1 to 12; the tree is their figure 3."""
    letters = "RABCDEFGHIJKL"
    arrows = "RA RB RC AD BA BD BE CF CG DL EH FI GI GJ HE HK IK JI KI KR LH".split()
    edges = sorted((letters.index(arrow[0]), letters.index(arrow[1])) for arrow in arrows)
    tree = dict(zip(list("ABCDEFGHIJKL"), list("RRRRRCCRRGRD"), strict=True))
    found = dominators(*laid_out([(13, edges)])).tolist()
    assert found == [-1, *(letters.index(tree[letter]) for letter in letters[1:])]


def test_a_long_chain_takes_no_recursion_and_little_time() -> None:
    size = 200_000
    edges = [(n, n + 1) for n in range(size - 1)]
    found = dominators(*laid_out([(size, edges)]))
    assert found[-1] == size - 2


def test_no_blocks() -> None:
    assert len(dominators(*laid_out([(0, []), (0, [])]))) == 0
