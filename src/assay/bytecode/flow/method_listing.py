"""A method's code as text, block by block: how each is entered and left, source lines, cases, array data, handlers.

Places are code offsets in 16-bit code units from the method's first instruction, in hex, behind a colon.
"""

from collections.abc import Iterator
from typing import NamedTuple

from assay.bytecode.debug_info import DebugInfo
from assay.bytecode.dex import DexFile
from assay.bytecode.flow.control_flow import ControlFlow
from assay.bytecode.flow.edges import ANY_EXCEPTION, CASE, EXCEPTION, UNKNOWN_EXCEPTION
from assay.bytecode.flow.payloads import FILL_ARRAY, ArrayData, array_data
from assay.bytecode.listing import line_at
from assay.model.text import show

MOST_CASES = 48
"""Cases of a switch, and handlers of a block, that are listed before the rest is counted."""
MOST_VALUES = 16
"""Values of array data that are listed before the rest is counted."""


class ListedLine(NamedTuple):
    """A line: the block it belongs to, the code offset of its instruction (None for all others), its text."""

    block: int
    pc: int | None
    text: str


def method_listing(dex: DexFile, flow: ControlFlow, blocks: range | None = None) -> Iterator[ListedLine]:
    """Yield the lines of a method, or of a run of its blocks, in the order of code."""
    info = dex.debug_info(int(flow.graph.code.definitions[0]))
    for block in range(len(flow.blocks.range)) if blocks is None else blocks:
        yield ListedLine(block, None, _head(dex, flow, block))
        yield from _instructions(dex, flow, block, info)


def _head(dex: DexFile, flow: ControlFlow, block: int) -> str:
    parts = [f"block {_place(flow, block)}", *_surroundings(flow, block), *_handlers(dex, flow, block)]
    return "; ".join(parts)


def _place(flow: ControlFlow, block: int) -> str:
    return f":{int(flow.graph.code.pc[flow.blocks.first[block]]):04x}"


def _surroundings(flow: ControlFlow, block: int) -> Iterator[str]:
    if not flow.loops.reached[block]:
        yield "no path leads here"
        return
    loop = flow.loop_at(block)
    if loop is not None:
        depth = f", {loop.depth} deep" if loop.depth > 1 else ""
        other = ", which is entered elsewhere too" if loop.irreducible else ""
        yield f"in the loop from {_place(flow, loop.header)}{depth}{other}"


def _handlers(dex: DexFile, flow: ControlFlow, block: int) -> Iterator[str]:
    edges = flow.edges
    rows = range(int(edges.starts[block]), int(edges.starts[block + 1]))
    caught = [edge for edge in rows if edges.kind[edge] == EXCEPTION]
    for edge in caught[:MOST_CASES]:
        yield f"catches {_exception(dex, int(edges.value[edge]))} at {_place(flow, int(edges.target[edge]))}"
    if len(caught) > MOST_CASES:
        yield f"and {len(caught) - MOST_CASES} exceptions more"


def _exception(dex: DexFile, type_: int) -> str:
    if type_ in {ANY_EXCEPTION, UNKNOWN_EXCEPTION}:
        return "anything" if type_ == ANY_EXCEPTION else "an unknown type"
    return show(dex.names.type(type_))


def _instructions(dex: DexFile, flow: ControlFlow, block: int, info: DebugInfo) -> Iterator[ListedLine]:
    code = flow.graph.code
    begin = int(dex.instructions.starts[code.definitions[0]])
    before: int | None = None
    for row in range(int(flow.blocks.first[block]), int(flow.blocks.first[block + 1])):
        line = line_at(dex, begin + row)
        number = info.line(line.pc)
        told = f"  (line {number})" if number not in {None, before} else ""
        before = number
        yield ListedLine(block, line.pc, f"{line}{told}")
        yield from (ListedLine(block, None, text) for text in _payload(dex, flow, block, row))


def _payload(dex: DexFile, flow: ControlFlow, block: int, row: int) -> Iterator[str]:
    if flow.graph.code.opcode[row] == FILL_ARRAY:
        yield _values(array_data(dex.units, flow.graph.code, row))
    if row + 1 == flow.blocks.first[block + 1]:
        yield from _cases(flow, block)


def _values(data: ArrayData | None) -> str:
    if data is None:
        return "      no array data lie there"
    shown = ", ".join(map(str, data.values[:MOST_VALUES]))
    more = f", … {len(data.values) - MOST_VALUES} more" if len(data.values) > MOST_VALUES else ""
    cut = f", {len(data.values)} of them lie in the code" if len(data.values) != data.stated else ""
    return f"      {data.stated} values of {data.width} bytes{cut}: {shown}{more}".rstrip(": ")


def _cases(flow: ControlFlow, block: int) -> Iterator[str]:
    edges = flow.edges
    cases = [edge for edge in range(int(edges.starts[block]), int(edges.starts[block + 1])) if edges.kind[edge] == CASE]
    for edge in cases[:MOST_CASES]:
        yield f"      case {int(edges.value[edge])}: {_place(flow, int(edges.target[edge]))}"
    if len(cases) > MOST_CASES:
        yield f"      … {len(cases) - MOST_CASES} cases more"
