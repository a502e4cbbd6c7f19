"""Compiles every kernel ahead of time, so that no worker does it within its limits."""

from collections.abc import Callable

import numpy as np

from assay.bytecode import columns
from assay.bytecode.columns import checks
from assay.bytecode.columns.interning import MANY, Pairs, Texts, count_holders, first_come
from assay.bytecode.empty import empty_dex
from assay.bytecode.flow.decisions import feeds_decision
from assay.bytecode.flow.dependence import control_dependence, dominance_frontier
from assay.bytecode.flow.dominators import dominators
from assay.bytecode.flow.graph import graph_of
from assay.bytecode.flow.known_types import known_types
from assay.bytecode.flow.loops import find_loops
from assay.bytecode.flow.post_dominators import post_dominators
from assay.bytecode.flow.register_types import register_types
from assay.bytecode.flow.values import values_of
from assay.bytecode.kernel import settled
from assay.bytecode.program.part import Part
from assay.bytecode.program.program import Program
from assay.bytecode.shapes.features import features
from assay.bytecode.sites.scan import sites


def compile_kernels() -> None:
    """Compile all kernels, or load them from the cache folder of numba."""
    for compile_group in GROUPS.values():
        compile_group()


def _compile_files() -> None:
    dex = empty_dex()
    dex.find_string(b"")
    _ = dex.tries, dex.hidden_api, dex.read_annotation_uses()
    checks.broken(columns.build(dex))


def _compile_program() -> None:
    dex = empty_dex()
    built = columns.build(dex)
    program = Program([Part(sha256=built.dex_sha256, name="", columns=built, dex=lambda: dex)])
    _ = program.resolved_fields, program.callbacks, program.calls.components


def _compile_shapes() -> None:
    dex = empty_dex()
    features(dex, columns.build(dex))


def _compile_interning() -> None:
    """Number so many values that the tables grow."""
    words = np.arange(2 * MANY, dtype=np.uint64)
    Pairs(0).numbers(settled(words.reshape(-1, 2)))
    starts, lengths = 8 * np.arange(MANY, dtype=np.int64), np.full(MANY, 8, np.uint32)
    Texts(0).numbers(settled(words.view(np.uint8)), settled(starts), settled(lengths))
    count_holders(lengths, 0, lengths.copy(), lengths.copy())
    first_come([lengths], 1)


def _compile_flow() -> None:
    dex = empty_dex()
    graph = graph_of(dex, [])
    find_loops(graph.blocks, graph.edges)
    feeds_decision(graph, np.zeros(0, np.int64))
    dominance_frontier(graph.blocks, graph.edges, dominators(graph.blocks, graph.edges))
    control_dependence(graph.edges, post_dominators(graph.blocks, graph.edges))
    register_types(dex, graph, known_types(dex)).run(0, 0, 0, np.zeros(0, np.int32))
    values_of(dex, graph)


def _compile_sites() -> None:
    sites(empty_dex())


GROUPS: dict[str, Callable[[], None]] = {
    "files": _compile_files,
    "interning": _compile_interning,
    "flow": _compile_flow,
    "program": _compile_program,
    "shapes": _compile_shapes,
    "sites": _compile_sites,
}
"""What can be compiled side by side, the one that others rest on first."""
