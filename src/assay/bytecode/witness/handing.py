"""Ways through objects that are handed on: what lambdas capture, what the platform gives to and gets from methods."""

from collections.abc import Iterator

from assay.bytecode.provenance.bodies import Bodies, Body
from assay.bytecode.provenance.links import Links
from assay.bytecode.witness.stored import Edge, Node
from assay.bytecode.witness.writing import Writer

_MADE = ("new-instance", "invoke-custom")


class Handing:
    """Finds what comes into methods, and out of them, otherwise than by a call of them."""

    def __init__(self, bodies: Bodies, links: Links, writer: Writer) -> None:
        """Keep what is asked."""
        self._bodies, self._links, self._writer = bodies, links, writer

    def entered(self, body: Body, at: int) -> Iterator[Edge]:
        """Yield what a parameter is given: captured by a lambda, or handed to a platform call beside the object."""
        for link in self._links.into(body.definition):
            caller = self._bodies.of(link.caller)
            given = link.arguments[at] if at < len(link.arguments) else None
            if caller is not None and given is not None and link.kind != "call":
                for origin in self._origins(caller, link.row):
                    yield from self._argument(caller, link.row, given, origin)
            for bound in link.elsewhere:
                maker = self._bodies.of(bound.definition) if bound.parameter == at else None
                for row in () if maker is None else maker.readers(bound.value):
                    if maker is not None and maker.opcode(row).startswith("invoke-custom"):
                        yield from self._argument(maker, row, bound.value, None)

    def returned(self, body: Body, row: int, to: int) -> Iterator[Edge]:
        """Yield what methods return that a platform call asks an object for."""
        for link in self._links.out_of(body.definition, row):
            callee = self._bodies.of(link.callee)
            if callee is None or not link.result or link.kind == "call":
                continue
            for origin in self._origins(body, row):
                for place, value in callee.returns:
                    given = self._writer.step(callee, place, "return", register=callee.operands[place][0])
                    result = self._writer.step(body, row, "result", to=to, origin=origin)
                    if given is not None and result is not None:
                        yield Edge(Node(callee.definition, value), (given, result))

    def _argument(self, caller: Body, row: int, given: int, origin: int | None) -> Iterator[Edge]:
        more = {} if origin is None else {"origin": origin}
        for register, value in caller.values.read(row):
            step = None if value != given else self._writer.step(caller, row, "argument", register=register, **more)
            if step is not None:
                yield Edge(Node(caller.definition, given), (step,))

    def _origins(self, caller: Body, row: int) -> Iterator[int]:
        """Yield the code offsets at which objects are made that a call is handed."""
        for _, value in caller.values.read(row):
            made = maker(caller, value)
            if made is not None:
                yield caller.pc(made)


def maker(body: Body, value: int) -> int | None:
    """Return the row that makes an object, as a new one of a class or as a lambda; None where it is not made here."""
    made = body.row_of(value)
    producer = None if made is None else body.producer(made)
    made = made if producer is None else producer
    return made if made is not None and body.opcode(made).startswith(_MADE) else None
