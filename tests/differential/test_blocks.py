"""Blocks and edges of real methods against those of androguard, with every difference explained.

Theirs end a block at a branch, return or throw and begin one at targets, try ranges and handlers. Ours also begin one
where a try range ends and behind a payload; theirs have no edges to handlers among those that follow, and give a switch
the instruction behind it last.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assay.bytecode.dex import DexFile
from assay.bytecode.flow.edges import EXCEPTION
from assay.bytecode.flow.graph import Graph, graph_of
from assay.bytecode.opcodes import UNITS
from assay.model.source import BufferSource
from tests.differential.material import MOST_BYTES, archives, code

loguru = pytest.importorskip("loguru", reason="it comes with androguard")
androguard = pytest.importorskip("androguard.core.dex", reason="androguard is a package of the tests")
analysis = pytest.importorskip("androguard.core.analysis.analysis", reason="it comes with androguard")
loguru.logger.disable("androguard")
pytestmark = pytest.mark.differential


def check(name: str, raw: bytes) -> int:
    ours, theirs = DexFile(BufferSource(raw)), androguard.DEX(raw)
    graph = graph_of(ours, np.arange(len(ours.methods.method)))
    rows = {method: row for row, method in enumerate(ours.methods.method.tolist())}
    checked = 0
    for method in theirs.get_encoded_methods():
        if method.get_code() is not None:
            compare(f"{name} {method}", graph, rows[method.get_method_idx()], analysis.MethodAnalysis(theirs, method))
            checked += 1
    return checked


def compare(name: str, graph: Graph, row: int, theirs: Any) -> None:
    blocks = list(theirs.get_basic_blocks().get())
    code_begins = places_of_code(graph, row)
    begins = {block.get_start() // 2 for block in blocks} & code_begins
    own = range(int(graph.blocks.starts[row]), int(graph.blocks.starts[row + 1]))
    place = {block: int(graph.code.pc[graph.blocks.first[block]]) for block in own}
    ours = set(place.values())
    assert begins <= ours, name
    assert ours - begins <= {*range_ends(graph, row), *behind_payloads(graph, row)}, name
    ends = {block.get_end() // 2: block for block in blocks if block.get_start() // 2 in code_begins}
    for block in own:
        end = int(graph.code.pc[graph.blocks.first[block + 1] - 1]) + width(graph, block)
        if end in ends:
            after = {place[target] for target in following(graph, block)}
            expected = {child[2].get_start() // 2 for child in ends[end].childs} & code_begins
            assert after == expected, (name, hex(place[block]))


def places_of_code(graph: Graph, row: int) -> set[int]:
    return set(graph.code.pc[graph.code.starts[row] : graph.code.starts[row + 1]].tolist())


def width(graph: Graph, block: int) -> int:
    return int(UNITS[graph.code.opcode[graph.blocks.first[block + 1] - 1]])


def following(graph: Graph, block: int) -> Iterator[int]:
    edges = graph.edges
    for edge in range(int(edges.starts[block]), int(edges.starts[block + 1])):
        if edges.kind[edge] != EXCEPTION:
            yield int(edges.target[edge])


def range_ends(graph: Graph, row: int) -> Iterator[int]:
    tries = graph.tries
    for each in range(int(tries.starts[row]), int(tries.starts[row + 1])):
        yield int(tries.first[each]) + int(tries.units[each])


def behind_payloads(graph: Graph, row: int) -> Iterator[int]:
    low, high = int(graph.code.starts[row]), int(graph.code.starts[row + 1])
    for at in range(low + 1, high):
        if graph.code.pc[at] - graph.code.pc[at - 1] > 5:
            yield int(graph.code.pc[at])


@archives
def test_blocks_and_edges(archive: Path) -> None:
    for name, raw in code(archive, MOST_BYTES):
        assert check(name, raw) or not DexFile(BufferSource(raw)).bodies.size.any()
