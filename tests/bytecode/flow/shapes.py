"""Graphs and programs for the tests of control flow: drawn at random, and written out with their own successors."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from hypothesis import strategies as st

from assay.bytecode.flow.blocks import Blocks
from assay.bytecode.flow.edges import Edges
from tests.bytecode import dex_writer as w

Pairs = list[tuple[int, int]]
Graph = tuple[int, Pairs]
"""Number of nodes and the edges between them; the first node is the entry."""


@st.composite
def graphs(draw: st.DrawFn, most: int = 9) -> Graph:
    size = draw(st.integers(1, most))
    node = st.integers(0, size - 1)
    return size, sorted(draw(st.lists(st.tuples(node, node), max_size=2 * size + 2)))


def laid_out(many: Iterable[Graph]) -> tuple[Blocks, Edges]:
    """Lay graphs out one behind the other, each as a method of its own."""
    starts, pairs = [0], []
    for size, edges in many:
        pairs += [(a + starts[-1], b + starts[-1]) for a, b in edges]
        starts.append(starts[-1] + size)
    count = starts[-1]
    source, target = (np.array([pair[side] for pair in pairs], np.int32) for side in range(2))
    none, whole = np.zeros(count, np.int32), np.zeros(0, np.int32)
    first = np.arange(count + 1)
    blocks = Blocks(np.array(starts), first, none - np.int32(1), none, none, whole, whole)
    order = np.argsort(target, kind="stable")
    leaving = np.searchsorted(source, np.arange(count + 1))
    entering = np.searchsorted(target[order], np.arange(count + 1))
    kind = np.zeros(len(source), np.uint8)
    return blocks, Edges(leaving, source, target, kind, source * 0, entering, order, np.zeros(count, np.uint8))


def reach(start: int, edges: Pairs, without: int = -1) -> set[int]:
    """Return the nodes on paths from a node that do not pass another one."""
    found = {start} - {without}
    while True:
        more = {b for a, b in edges if a in found and b != without} - found
        if not more:
            return found
        found |= more


class Op(NamedTuple):
    """An instruction of a program: what it does, and the instructions that it may jump to."""

    name: str
    targets: tuple[int, ...] = ()


@st.composite
def programs(draw: st.DrawFn, most: int = 10) -> list[Op]:
    size = draw(st.integers(1, most))
    place = st.integers(0, size - 1)
    one = st.one_of(
        st.sampled_from([Op("const"), Op("wide"), Op("return"), Op("throw")]),
        place.map(lambda to: Op("if", (to,))),
        place.map(lambda to: Op("goto", (to,))),
        st.lists(place, max_size=4).map(lambda to: Op("packed", tuple(to))),
        st.lists(place, max_size=4).map(lambda to: Op("sparse", tuple(to))),
    )
    return draw(st.lists(one, min_size=size, max_size=size))


UNITS = {"const": 1, "wide": 3, "return": 1, "throw": 1, "if": 2, "goto": 3, "packed": 3, "sparse": 3}


def places(program: list[Op]) -> list[int]:
    """Return the code unit of each instruction, and of the end."""
    found = [0]
    for op in program:
        found.append(found[-1] + UNITS[op.name])
    return found


def assembled(program: list[Op]) -> list[w.Unit]:
    at = places(program)
    code: list[int] = []
    payloads: list[int] = []
    for row, op in enumerate(program):
        steps = [at[to] - at[row] for to in op.targets]
        payload = at[-1] + at[-1] % 2 + len(payloads) - at[row]
        words = [half for step in steps for half in two_units(step)]
        if op.name == "packed":
            code += [0x2B, *two_units(payload)]
            payloads += [0x0100, len(steps), *two_units(-1), *words]
        elif op.name == "sparse":
            code += [0x2C, *two_units(payload)]
            keys = [half for key in range(len(steps)) for half in two_units(7 * key - 7)]
            payloads += [0x0200, len(steps), *keys, *words]
        else:
            code += {
                "const": [0x12],
                "wide": [0x14, 1, 2],
                "return": [0x0E],
                "throw": [0x27],
                "if": [0x38, *(step & 0xFFFF for step in steps)],
                "goto": [0x2A, *words],
            }[op.name]
    return [*code, *[0] * (at[-1] % 2 if payloads else 0), *payloads]


def two_units(number: int) -> list[int]:
    return [number & 0xFFFF, number >> 16 & 0xFFFF]


def successors(program: list[Op]) -> dict[int, list[tuple[str, int, int]]]:
    """Return (kind, key, instruction) of all that can come after each instruction, in order."""
    found: dict[int, list[tuple[str, int, int]]] = {}
    for row, op in enumerate(program):
        onward = [("onward", 0, row + 1)] if op.name not in {"return", "throw", "goto"} else []
        first = {"packed": -1, "sparse": -7}.get(op.name, 0)
        step = {"packed": 1, "sparse": 7}.get(op.name, 0)
        kind = "case" if step else "taken"
        found[row] = onward + [(kind, first + step * n, to) for n, to in enumerate(op.targets)]
    return found
