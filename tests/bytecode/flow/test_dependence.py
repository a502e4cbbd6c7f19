"""Control dependence and dominance frontiers against their definitions."""

import pytest
from hypothesis import given

from assay.bytecode.flow import dependence
from assay.bytecode.flow.dependence import control_dependence, dominance_frontier
from assay.bytecode.flow.dominators import dominators
from assay.bytecode.flow.post_dominators import post_dominators
from assay.model.errors import Unreadable
from tests.bytecode.flow.shapes import Graph, graphs, laid_out, reach


@given(graphs())
def test_control_dependence(graph: Graph) -> None:
    size, pairs = graph
    blocks, edges = laid_out([graph])
    post = post_dominators(blocks, edges)
    found = control_dependence(edges, post)
    back = [(b, a) for a, b in pairs] + [(size, n) for n in range(size) if post.leaves[n]]
    reached = reach(0, pairs)

    def after(block: int, start: int) -> bool:
        return block == start or start not in reach(size, back, block)

    for block in reached:
        expected = [
            row
            for row, (a, b) in enumerate(pairs)
            if a in reached and after(block, b) and (a == block or not after(block, a))
        ]
        assert found.of(block) == expected
    assert all(found.of(block) == [] for block in set(range(size)) - reached)


@given(graphs())
def test_dominance_frontier(graph: Graph) -> None:
    size, pairs = graph
    blocks, edges = laid_out([graph])
    found = dominance_frontier(blocks, edges, dominators(blocks, edges))
    reached = reach(0, pairs)

    def over(block: int, other: int) -> bool:
        return block == other or other not in reach(0, pairs, block)

    for block in range(size):
        into = [b for a, b in pairs if {a, block} <= reached and over(block, a)]
        expected = {b for b in into if b == block or not over(block, b)}
        assert found.of(block) == sorted(expected)


def test_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loops around one another, each left at its end: n blocks and about n² / 2 pairs."""
    size = 60
    pairs = sorted([(n, n + 1) for n in range(2 * size - 1)] + [(size + n, size - 1 - n) for n in range(size)])
    blocks, edges = laid_out([(2 * size, pairs)])
    post = post_dominators(blocks, edges)
    count = len(control_dependence(edges, post).rows)
    assert count > size * size / 2
    monkeypatch.setattr(dependence, "MAX_LINKS", count)
    assert len(control_dependence(edges, post).rows) == count
    monkeypatch.setattr(dependence, "MAX_LINKS", count - 1)
    with pytest.raises(Unreadable, match="control dependence"):
        control_dependence(edges, post)


def test_no_such_block() -> None:
    blocks, edges = laid_out([(1, [])])
    found = control_dependence(edges, post_dominators(blocks, edges))
    for block in (-1, 1):
        with pytest.raises(IndexError):
            found.of(block)
