"""The control flow graphs of some methods at once: blocks and the edges between them."""

from collections.abc import Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from assay.bytecode import faults
from assay.bytecode.dex import DexFile
from assay.bytecode.flow import blocks, edges, payloads
from assay.bytecode.flow.blocks import Blocks, divide
from assay.bytecode.flow.code import Code, code_of
from assay.bytecode.flow.edges import Edges, connect
from assay.bytecode.flow.payloads import Switches, read_switches
from assay.bytecode.tries import Tries, read_tries
from assay.model.problem import Problem


class Graph(msgspec.Struct, frozen=True, eq=False):
    """Some methods of a DEX file: their code, its switches and try ranges, blocks, edges, and what was wrong."""

    code: Code
    switches: Switches
    tries: Tries
    blocks: Blocks
    edges: Edges
    problems: tuple[Problem, ...]


def graph_of(dex: DexFile, definitions: Sequence[int] | npt.NDArray[np.int64]) -> Graph:
    """Return the graphs of some definitions, in that order. Raises: IndexError."""
    code = code_of(dex, definitions)
    switches, bad_switches = read_switches(dex.units, code)
    tries, problems = read_tries(dex.data, dex.units, code.bodies, len(dex.tables.types))
    divided, bad_targets = divide(code, switches, tries)
    connected, bad_edges = connect(code, switches, tries, divided)
    met = ((bad_switches, payloads.SORTS), (bad_targets, blocks.SORTS), (bad_edges, edges.SORTS))
    problems += [problem for counts, sorts in met if counts.any() for problem in faults.problems(counts, sorts)]
    return Graph(code, switches, tries, divided, connected, tuple(problems))
