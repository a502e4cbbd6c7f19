"""By which edges values come to a junction: the alternatives, each with the control flow under which it is taken."""

from assay.bytecode.flow.edges import EXCEPTION
from assay.bytecode.flow.operands import DEFINES
from assay.bytecode.opcodes import OPCODES
from assay.bytecode.provenance.bodies import Body

MOST_EDGES = 256
"""Edges into a junction that are told apart; where there are more, every value counts as always possible."""

_WIDTHS = {row.name: int(DEFINES[value]) for value, row in enumerate(OPCODES)}


class Incoming:
    """The values that meet in the junctions of one method, by edge."""

    def __init__(self, body: Body) -> None:
        """Keep the body."""
        self._body, self._values = body, body.values
        places = zip(self._values.junction_block.tolist(), self._values.junction_register.tolist(), strict=True)
        first = self._values.first_junction
        self._junctions = {place: first + row for row, place in enumerate(places)}
        self._begins: dict[tuple[int, int], int] = {}

    def of(self, junction: int) -> list[tuple[int, int | None]]:
        """Return (value, edge) of each way into a junction; an edge of None where it is not told apart."""
        row = junction - self._values.first_junction
        block, register = int(self._values.junction_block[row]), int(self._values.junction_register[row])
        met = self._values.meeting[self._values.meeting_starts[row] : self._values.meeting_starts[row + 1]].tolist()
        edges = self._edges(block)
        if len(edges) > MOST_EDGES:
            return [(value, None) for value in met]
        found: list[tuple[int, int | None]] = []
        for edge in edges:
            found += [(value, edge) for value in self._by(edge, register) if value in met]
        told = {value for value, _ in found}
        return [*found, *((value, None) for value in met if value not in told)]

    def _edges(self, block: int) -> list[int]:
        edges = self._body.flow.edges
        found: list[int] = edges.entering[edges.entering_starts[block] : edges.entering_starts[block + 1]].tolist()
        return sorted(edge for edge in found if self._body.flow.loops.reached[int(edges.source[edge])])

    def _by(self, edge: int, register: int) -> list[int]:
        """Return what a register may hold when an edge is taken."""
        edges = self._body.flow.edges
        block = int(edges.source[edge])
        written = self._written(block, register)
        if edges.kind[edge] != EXCEPTION:
            return written[-1:] or [self._begin(block, register)]
        return [self._begin(block, register), *written]

    def _written(self, block: int, register: int) -> list[int]:
        """Return the values that the instructions of a block leave in a register, in order."""
        first, end = self._body.flow.blocks.first[block : block + 2].tolist()
        found = []
        for row in range(first, end):
            written = self._body.operands[row][0]
            if written <= register < written + _WIDTHS[self._body.opcode(row)]:
                found.append(self._body.value_of(row))
        return found

    def _begin(self, block: int, register: int) -> int:
        """Return what a register holds where a block begins: a junction, or the same by every edge."""
        passed: list[tuple[int, int]] = []
        while (block, register) not in self._begins:
            if (block, register) in self._junctions:
                self._begins[block, register] = self._junctions[block, register]
                break
            passed.append((block, register))
            self._begins[block, register] = register
            before = next(iter(self._before(block, {each for each, _ in passed})), None)
            if before is None:
                break
            edge = before
            source = int(self._body.flow.edges.source[edge])
            written = self._written(source, register)
            if written:
                found = written[-1] if self._body.flow.edges.kind[edge] != EXCEPTION else written[0]
                return self._settle(passed, found)
            block = source
        return self._settle(passed, self._begins[block, register])

    def _settle(self, passed: list[tuple[int, int]], value: int) -> int:
        for place in passed:
            self._begins[place] = value
        return value

    def _before(self, block: int, passed: set[int]) -> list[int]:
        edges = self._body.flow.edges
        return [edge for edge in self._edges(block) if int(edges.source[edge]) not in passed]
