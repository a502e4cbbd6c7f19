"""Strongly connected components against their definition, and without end."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from assay.bytecode.program.components import components


def rows(graph: list[list[int]]) -> tuple[np.ndarray, np.ndarray]:
    starts = np.cumsum([0, *map(len, graph)]).astype(np.int64)
    return starts, np.array([to for each in graph for to in each], np.int32)


def reached(graph: list[list[int]], node: int) -> set[int]:
    found, queue = {node}, [node]
    while queue:
        more = [to for to in graph[queue.pop()] if to >= 0 and to not in found]
        found |= set(more)
        queue += more
    return found


@st.composite
def graphs(draw: st.DrawFn) -> list[list[int]]:
    size = draw(st.integers(0, 9))
    return [draw(st.lists(st.integers(-1, size - 1), max_size=4)) for _ in range(size)]


@given(graphs())
def test_components_are_what_reaches_each_other_and_come_bottom_up(graph: list[list[int]]) -> None:
    found = components(*rows(graph)).tolist()
    reach = [reached(graph, node) for node in range(len(graph))]
    for one in range(len(graph)):
        for other in reach[one]:
            assert (found[one] == found[other]) == (one in reach[other])
            assert found[other] <= found[one]


def test_a_chain_of_any_depth_is_no_deeper_than_another() -> None:
    count = 300_000
    chain = np.arange(1, count + 1, dtype=np.int32)
    chain[-1] = -1
    found = components(np.arange(count + 1, dtype=np.int64), chain)
    assert found.tolist() == list(range(count - 1, -1, -1))
    chain[-1] = 0
    assert set(components(np.arange(count + 1, dtype=np.int64), chain).tolist()) == {0}
