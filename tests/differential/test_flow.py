"""Where branches and switches lead, and where blocks begin, as androguard finds them."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assay.bytecode.dex import DexFile
from assay.bytecode.flow.edges import EXCEPTION
from assay.bytecode.flow.graph import Graph, graph_of
from assay.model.source import BufferSource
from tests.differential import androguard_code
from tests.differential.differences import Table, hold
from tests.differential.material import MOST_BYTES, archives, code

pytestmark = pytest.mark.differential
SUCCESSORS: Table = {}
LEADERS: Table = {}

Lead = tuple[int, int, tuple[int, ...]]
"""Method index, place of a branch or switch, places it leads to: those behind it included, in 16-bit units."""


def graph(raw: bytes) -> tuple[DexFile, Graph]:
    dex = DexFile(BufferSource(raw))
    found = graph_of(dex, range(len(dex.methods.method)))
    assert found.problems == ()
    return dex, found


def successors(dex: DexFile, found: Graph) -> Iterator[Lead]:
    """Yield where every block leads that ends in a branch or switch."""
    leads = defaultdict(set)
    pc, first, methods = found.code.pc.tolist(), found.blocks.first.tolist(), owners(dex, found)
    edges = found.edges
    for source, target, kind in zip(edges.source.tolist(), edges.target.tolist(), edges.kind.tolist(), strict=True):
        if kind != EXCEPTION and branches(int(found.code.opcode[first[source + 1] - 1])):
            leads[source].add(pc[first[target]])
    yield from ((methods[each], pc[first[each + 1] - 1], tuple(sorted(places))) for each, places in leads.items())


def branches(opcode: int) -> bool:
    """Say whether an opcode is a goto, a switch or a test (Dalvik bytecode, summary of the instruction set)."""
    return 0x28 <= opcode <= 0x2C or 0x32 <= opcode <= 0x3D


def owners(dex: DexFile, found: Graph) -> list[int]:
    """Return the method index of each block."""
    counts = np.diff(found.blocks.starts)
    return [int(each) for each in np.repeat(dex.methods.method, counts)]


def leaders(dex: DexFile, found: Graph) -> set[tuple[int, int]]:
    places = found.code.pc[found.blocks.first[:-1]].tolist()
    return set(zip(owners(dex, found), places, strict=True))


def others(dex: Any) -> Iterator[Lead]:
    """Yield where every branch and switch leads by androguard's word."""
    for method, pc, each, owner in androguard_code.placed(dex):
        if branches(each.get_op_value()):
            found = {place // 2 for place in androguard_code.androguard.determineNext(each, 2 * pc, owner)}
            yield method, pc, tuple(sorted(found))


def ranges(dex: DexFile) -> Iterator[tuple[int, int, bool]]:
    """Yield (method index, place, whether all agree that a block begins there) of try ranges and handlers."""
    for row, method in enumerate(dex.methods.method.tolist()):
        for each in dex.tries_of(row)[0]:
            yield method, each.first, True
            yield method, each.first + each.units, False
            yield from ((method, handler.address, True) for handler in each.handlers)


@archives
def test_branches_and_blocks_are_those_of_androguard(archive: Path) -> None:
    for name, raw in code(archive, MOST_BYTES):
        (dex, found), theirs = graph(raw), androguard_code.opened(raw)
        leads, rows = list(others(theirs)), [row[:3] for row in androguard_code.placed(theirs)]
        hold(name, successors(dex, found), leads, SUCCESSORS)
        begun = {(method, pc) for method, pc, _ in rows if pc == 0}
        begun |= {(method, place) for method, _, places in leads for place in places}
        begun |= {(method, place) for method, place, agreed in ranges(dex) if agreed}
        begun |= {after[:2] for before, after in pairwise(rows) if ends(before, after)}
        more = {(method, place) for method, place, agreed in ranges(dex) if not agreed}
        hold(name, leaders(dex, found) - more, begun - more, LEADERS)


def ends(before: tuple[int, int, Any], after: tuple[int, int, Any]) -> bool:
    """Say whether a block ends between two instructions of a method: a branch, an end, or a payload between them."""
    opcode = before[2].get_op_value()
    apart = after[1] != before[1] + before[2].get_length() // 2
    return before[0] == after[0] and (branches(opcode) or opcode in {0x0E, 0x0F, 0x10, 0x11, 0x27} or apart)
