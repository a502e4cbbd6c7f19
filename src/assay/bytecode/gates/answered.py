"""What only runs once a server has answered: code behind a call that gives the answer, or that is handed it."""

from collections.abc import Callable

from assay.bytecode.flow.edges import EXCEPTION, ONWARD
from assay.bytecode.program.names import descriptors
from assay.bytecode.provenance.bodies import Body
from assay.bytecode.provenance.evaluator import Evaluator
from assay.bytecode.provenance.links_record import Context
from assay.bytecode.provenance.terms import Kind

MOST_CALLS = 32
"""Most calls in front of an instruction that are looked at."""
MOST_ROWS = 2_048
"""Most instructions in front of one that are looked through."""
MOST_WAYS = 8
"""Most ways into a method that are looked at, one after the other."""
MOST_LEVELS = 4
"""Most methods that are gone out of."""


class Answered:
    """Tells it of instructions, each once: without an answer such a call ends by an exception, and so does the rest."""

    def __init__(self, terms: Evaluator, served: Callable[[int], bool]) -> None:
        """Take what tells whether anything of a term comes from a server."""
        self._terms, self._served = terms, served
        self._known: dict[tuple[int, int, Context], bool] = {}

    def before(self, definition: int, row: int, context: Context) -> bool:
        """Return whether a server has answered wherever an instruction runs."""
        return self._before(definition, row, context, MOST_LEVELS)

    def _before(self, definition: int, row: int, context: Context, levels: int) -> bool:
        key = (definition, row, context)
        if key not in self._known:
            self._known[key] = False  # within itself: what comes round
            self._known[key] = self._here(definition, row, context) or self._outside(definition, context, levels)
        return self._known[key]

    def _here(self, definition: int, row: int, context: Context) -> bool:
        body = self._terms.bodies.of(definition)
        if body is None:
            return False
        handed = zip(body.parameters[not body.static :], descriptors(body.key[2]) or (), strict=False)
        values = [each for each, type_ in handed if type_[:1] in {b"L", b"["}]
        values += [given for at in _calls(body, row) if (given := body.result(at)) is not None]
        return any(self._all(self._terms.term(definition, each, context)) for each in values)

    def _outside(self, definition: int, context: Context, levels: int) -> bool:
        """Return whether that is so of every way into the method."""
        if context:
            last = context[-1]
            return self._before(last.caller, last.row, context[:-1], levels)
        into = self._terms.links.into(definition) if levels and not self._terms.links.root_kind(definition) else ()
        ways = into[: MOST_WAYS + 1]
        return 0 < len(ways) <= MOST_WAYS and all(self._before(link.caller, link.row, (), levels - 1) for link in ways)

    def _all(self, number: int) -> bool:
        """Return whether a value is an answer, or made of one, whichever alternative it is."""
        own = self._terms.terms[number]
        if own.kind is Kind.CHOICE:
            return all(map(self._all, own.inputs))
        return self._served(number)


def _calls(body: Body, row: int) -> list[int]:
    """Return the calls that have come back wherever an instruction runs, of those that may give an answer."""
    block, first = body.block(row), body.flow.blocks.first
    rows = [*range(int(first[block]), row)]
    above = body.flow.dominators.tolist()
    while above[block] >= 0 and above[block] != block and len(rows) < MOST_ROWS:
        block = above[block]
        if not _passes_by(body, block, body.block(row)):
            rows += range(int(first[block]), int(first[block + 1]))
    return [at for at in rows[:MOST_ROWS] if _may_answer(body, at)][:MOST_CALLS]


def _may_answer(body: Body, row: int) -> bool:
    """Return whether an instruction calls something that gives an object: what a server sent is none else."""
    call = body.call(row)
    return call is not None and call.prototype.rpartition(b")")[2][:1] in {b"L", b"["}


def _passes_by(body: Body, block: int, wanted: int) -> bool:
    """Return whether an exception in one block can lead to another."""
    edges = body.flow.edges
    seen, todo = {block}, [(block, EXCEPTION)]
    while todo:
        at, kind = todo.pop()
        for edge in range(int(edges.starts[at]), int(edges.starts[at + 1])):
            target = int(edges.target[edge])
            if kind == EXCEPTION and int(edges.kind[edge]) != EXCEPTION:
                continue
            if target == wanted:
                return True
            if target not in seen:
                seen.add(target)
                todo.append((target, ONWARD))
    return False
