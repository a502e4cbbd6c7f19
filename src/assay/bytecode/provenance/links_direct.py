"""Links that calls make: from each edge of the call graph, in the order of callers and code."""

from assay.bytecode.program.access import ABSTRACT
from assay.bytecode.program.calls import Precision
from assay.bytecode.program.program import Program
from assay.bytecode.provenance.bodies import Bodies, Body, Call
from assay.bytecode.provenance.links_record import Link

MOST_CALLERS = 200
"""Most calls of one definition that are linked."""


class DirectLinks:
    """Direct calls; those that only make a lambda are none."""

    def __init__(self, program: Program, bodies: Bodies) -> None:
        """Keep the program."""
        self._program, self._bodies = program, bodies
        self._known: dict[int, tuple[tuple[Link, ...], bool]] = {}

    def into(self, definition: int) -> tuple[tuple[Link, ...], bool]:
        """Return the links into a definition, and whether they are all that its calls make. Raises: IndexError."""
        if definition not in self._known:
            self._known[definition] = self._into(definition)
        return self._known[definition]

    def out_of(self, body: Body, call: Call) -> tuple[Link, ...]:
        """Return the links from a call into what it may reach."""
        made = body.opcode(call.row).startswith("invoke-custom")
        access = self._program.linked.definition_access
        bodies = [] if made else [each for each in call.targets if not int(access[each]) & ABSTRACT]
        return tuple(direct(body, call, each) for each in bodies)

    def lambdas(self, definition: int) -> list[tuple[Body, Call]]:
        """Return where lambdas are made that run a definition."""
        return [each for edge in self._edges(definition, bootstrap=True) if (each := self._call(edge)) is not None]

    def _into(self, definition: int) -> tuple[tuple[Link, ...], bool]:
        edges = self._edges(definition, bootstrap=False)
        calls = [self._call(edge) for edge in edges[:MOST_CALLERS]]
        found = [direct(*each, definition) for each in calls if each is not None]
        return tuple(dict.fromkeys(found)), len(found) == len(edges)

    def _edges(self, definition: int, *, bootstrap: bool) -> list[int]:
        calls = self._program.calls
        rows = calls.to_definition(definition)
        kept = (calls.precision[rows] == Precision.BOOTSTRAP) == bootstrap
        found: list[int] = rows[kept & ~self._bodies.boundary.definitions[calls.caller[rows]]].tolist()
        return found

    def _call(self, edge: int) -> tuple[Body, Call] | None:
        calls = self._program.calls
        body = self._bodies.of(int(calls.caller[edge]))
        row = None if body is None else body.row_at(int(calls.pc[edge]))
        call = None if body is None or row is None else body.call(row)
        return None if body is None or call is None else (body, call)


def direct(body: Body, call: Call, callee: int) -> Link:
    """Return the link of a call that hands all its arguments on."""
    key = (call.row, callee)
    if (known := body.direct.get(key)) is None:
        known = body.direct[key] = Link(body.definition, call.row, callee, call.arguments, "call", result=True)
    return known
