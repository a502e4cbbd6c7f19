"""Witnesses of comparisons: trails of the text, of the list and of what follows, each held by the plain checker."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from assay.bytecode.effects.record import Effect
from assay.bytecode.provenance.evaluator import Evaluator
from assay.bytecode.provenance.links_models import CallModels
from assay.bytecode.provenance.store_calls import StoreCalls
from assay.bytecode.provenance.terms import Kind, Terms
from assay.bytecode.sites.record import Site
from assay.bytecode.witness.backwards import Backwards
from assay.bytecode.witness.outcomes import Outcomes
from assay.bytecode.witness.stored import Node
from assay.bytecode.witness.writing import MOST_OF_ONE, Step, Steps, Writer

MOST_NODES = 4_000
"""Values gone through at most for one trail."""
MOST_TRIES = 24
"""Candidates of a trail that are held against the checker at most."""
MOST_CALLS = 8
"""Calls whose results were gone into that are kept in mind; of more the outermost are forgotten."""
Place = tuple[str, str, int]
"""Class, method and code offset."""


class Wanted(NamedTuple):
    """The origins that a trail may begin at: places, as (definition, code offset), constants, parameters of methods.

    `names`: what is called or read, where it does not matter at which place.
    """

    places: frozenset[tuple[int, int]]
    constants: frozenset[int | str | None]
    parameters: frozenset[str]
    names: frozenset[str] = frozenset()


def wanted(terms: Terms, leaves: Iterable[int]) -> Wanted:
    """Return what terms without inputs, or the reads of stores, say of where a value begins."""
    found = [terms[leaf] for leaf in leaves]
    return Wanted(
        frozenset((each.definition, each.pc) for each in found if each.definition >= 0 and each.pc >= 0),
        frozenset(each.value for each in found if each.kind is Kind.CONSTANT),
        frozenset(each.name.rpartition("#")[0] for each in found if each.kind is Kind.PARAMETER),
        frozenset(each.name for each in found if each.kind is Kind.CALL and each.pc < 0),
    )


class _State(NamedTuple):
    """A value, and the calls whose results were gone into, the last one innermost."""

    node: Node
    within: tuple[Place, ...]


class Builder:
    """Builds trails for one program; the answer is None where the checker can be shown no way."""

    def __init__(self, evaluator: Evaluator, models: CallModels) -> None:
        """Keep the parts of the value graph that are walked."""
        self._program, self._bodies, self._links = evaluator.ground.program, evaluator.bodies, evaluator.links
        self._writer = Writer(self._program)
        stores = StoreCalls(evaluator.ground)
        self._back = Backwards(self._program, self._bodies, self._links, models, stores, self._writer)
        self._outcomes = Outcomes(self._bodies, self._back, self._writer)

    @property
    def spent(self) -> int:
        """Work units that the checker took so far."""
        return self._writer.spent

    @property
    def exhausted(self) -> bool:
        """Whether the work for one witness is used up: what was not found then may be there."""
        return self._writer.spent >= self._writer.limit

    def begin(self) -> None:
        """Begin another witness."""
        self._writer.limit = self._writer.spent + MOST_OF_ONE

    def operand(self, name: str, site: Site, value: int, origins: Wanted) -> Steps | None:
        """Return the trail, named text or list, from one of some origins to an operand of a comparison.

        An operand of an earlier call (a pattern's, a matcher's) is followed to what the comparison has of that.
        """
        body = self._bodies.of(site.definition)
        if body is None:
            return None
        reads = body.values.read(site.row)
        held = [(register, read) for register, read in reads if read == value]
        for register, read in dict.fromkeys(held or reads):
            end = self._writer.step(body, site.row, "compare", register=register)
            for steps in self._trails(Node(site.definition, read), origins) if end is not None else ():
                found = self._writer.shortest(name, (*steps, end)) if end is not None else None
                if found is not None:
                    return found
        return None

    def outcome(self, site: Site, effect: Effect) -> Steps | None:
        """Return the trail from a comparison to what follows; of a suppressed effect, from no match to the call."""
        return self._outcomes.of(site, effect)

    def holds(self, trails: Mapping[str, Sequence[Step]]) -> bool:
        """Say whether the plain checker agrees that trails hold, and meet in one comparison."""
        return self._writer.holds({name: tuple(steps) for name, steps in trails.items()})

    def _trails(self, node: Node, origins: Wanted) -> Iterator[Steps]:
        """Yield trails to a value, those of few edges first; a method is left, backwards, by the call it was met by."""
        begin = _State(node, ())
        seen, todo, tries = {begin}, deque[tuple[_State, Steps]]([(begin, ())]), 0
        while todo and len(seen) < MOST_NODES and tries < MOST_TRIES:
            state, behind = todo.popleft()
            for edge in self._back.edges(state.node):
                within = _within(state.within, edge.steps)
                if edge.node is None:
                    if self._begins(state.node, edge.steps[0], origins):
                        tries += 1
                        yield (*edge.steps, *behind)
                elif within is not None and (before := _State(edge.node, within)) not in seen:
                    seen.add(before)
                    todo.append((before, (*edge.steps, *behind)))

    def _begins(self, node: Node, step: Step, origins: Wanted) -> bool:
        if step["kind"] == "constant":
            return step["value"] in origins.constants
        if step["kind"] == "parameter":
            return f"{step['class']}->{step['method']}" in origins.parameters
        return (node.definition, step["code_offset"]) in origins.places or step.get("reference") in origins.names


def _within(calls: tuple[Place, ...], steps: Steps) -> tuple[Place, ...] | None:
    """Return the calls that results came from behind further steps, read backwards; None where they do not fit."""
    for step in reversed(steps):
        place = (step["class"], step["method"], step["code_offset"])
        match step["kind"]:
            case "field-read" | "store-read" | "callback":
                calls = ()
            case "result":
                calls = (*calls, place)[-MOST_CALLS:]
            case "argument" if calls:
                if calls[-1] != place:
                    return None
                calls = calls[:-1]
    return calls
