"""Witnesses of comparisons: trails of the text, of the list and of what follows, each held by the plain checker."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from assay.bytecode.effects.record import Effect
from assay.bytecode.provenance.bodies import Body
from assay.bytecode.provenance.evaluator import Evaluator
from assay.bytecode.provenance.links_models import CallModels
from assay.bytecode.provenance.terms import Kind, Terms
from assay.bytecode.sites.record import Site
from assay.bytecode.witness.backwards import Backwards, Node
from assay.bytecode.witness.writing import Step, Steps, Writer

MOST_NODES = 4_000
"""Values gone through at most for one trail."""
MOST_TRIES = 24
"""Candidates of a trail that are held against the checker at most."""
_ORIGINS = frozenset({"constant", "source", "made", "parameter"})
_NUMBERS = {"index-of": (0, -1), "index-of-any": (0, -1), "compare": (0, 1), "compare-ignore-case": (0, 1)}
"""What a comparison gives where it matches and where it does not; all others give 1 and 0."""


class Wanted(NamedTuple):
    """The origins that a trail may begin at: places, as (definition, code offset), constants, parameters of methods."""

    places: frozenset[tuple[int, int]]
    constants: frozenset[int | str | None]
    parameters: frozenset[str]


def wanted(terms: Terms, leaves: Iterable[int]) -> Wanted:
    """Return what terms without inputs, or the reads of stores, say of where a value begins."""
    found = [terms[leaf] for leaf in leaves]
    return Wanted(
        frozenset((each.definition, each.pc) for each in found if each.definition >= 0 and each.pc >= 0),
        frozenset(each.value for each in found if each.kind is Kind.CONSTANT),
        frozenset(each.name.rpartition("#")[0] for each in found if each.kind is Kind.PARAMETER),
    )


class Builder:
    """Builds trails for one program; the answer is None where the checker can be shown no way."""

    def __init__(self, evaluator: Evaluator, models: CallModels) -> None:
        """Keep the parts of the value graph that are walked."""
        self._program, self._bodies, self._links = evaluator.ground.program, evaluator.bodies, evaluator.links
        self._writer = Writer(self._program)
        self._back = Backwards(self._program, self._bodies, self._links, models, self._writer)

    @property
    def spent(self) -> int:
        """Work units that the checker took so far."""
        return self._writer.spent

    def operand(self, name: str, site: Site, value: int, origins: Wanted) -> Steps | None:
        """Return the trail, named text or list, from one of some origins to an operand of a comparison."""
        body = self._bodies.of(site.definition)
        if body is None:
            return None
        for register in dict.fromkeys(each for each, read in body.values.read(site.row) if read == value):
            end = self._writer.step(body, site.row, "compare", register=register)
            for steps in self._trails(Node(site.definition, value), origins) if end is not None else ():
                found = self._writer.shortest(name, (*steps, end)) if end is not None else None
                if found is not None:
                    return found
        return None

    def outcome(self, site: Site, effect: Effect) -> Steps | None:
        """Return the trail from a comparison to what follows; of a suppressed effect, from no match to the call."""
        body = self._bodies.of(site.definition)
        result = None if body is None else body.result(site.row)
        if body is None or result is None:
            return None
        number = _NUMBERS.get(site.operator, (1, 0))[effect.suppressed]
        first = self._writer.step(body, site.row, "compare", to=result_register(body, result), outcome=number)
        if first is None:
            return None
        ends = list(self._ends(effect))
        for middle in self._decisions(body, result, effect):
            for end in ends:
                found = self._writer.shortest("outcome", (first, *middle, *end))
                if found is not None:
                    return found
        return None

    def holds(self, trails: Mapping[str, Sequence[Step]]) -> bool:
        """Say whether the plain checker agrees that trails hold, and meet in one comparison."""
        return self._writer.holds({name: tuple(steps) for name, steps in trails.items()})

    def _trails(self, node: Node, origins: Wanted) -> Iterator[Steps]:
        """Yield trails to a value, those of few edges first."""
        seen, todo, tries = {node}, deque[tuple[Node, Steps]]([(node, ())]), 0
        while todo and len(seen) < MOST_NODES and tries < MOST_TRIES:
            at, behind = todo.popleft()
            for edge in self._back.edges(at):
                if edge.node is None:
                    if self._begins(at, edge.steps[0], origins):
                        tries += 1
                        yield (*edge.steps, *behind)
                elif edge.node not in seen:
                    seen.add(edge.node)
                    todo.append((edge.node, (*edge.steps, *behind)))

    def _begins(self, node: Node, step: Step, origins: Wanted) -> bool:
        if step["kind"] == "constant":
            return step["value"] in origins.constants
        if step["kind"] == "parameter":
            return f"{step['class']}->{step['method']}" in origins.parameters
        return (node.definition, step["code_offset"]) in origins.places

    def _ends(self, effect: Effect) -> Iterator[Steps]:
        """Yield the steps from a branch into the call of an effect: through the calls on the way, innermost last."""
        body = self._bodies.of(effect.definition)
        last = None if body is None else self._writer.step(body, effect.row, "consequence")
        ways = [link for link in effect.context if link not in effect.decided[2]]
        steps = []
        for link in ways:
            caller = self._bodies.of(link.caller)
            steps.append(None if caller is None else self._calling(caller, link.row, link.kind))
        if last is not None and all(step is not None for step in steps):
            yield (*(step for step in steps if step is not None), last)

    def _calling(self, caller: Body, row: int, kind: str) -> Step | None:
        if kind == "call":
            return self._writer.step(caller, row, "call")
        for register, value in caller.values.read(row):
            made = caller.row_of(value)
            if made is not None and caller.opcode(made) == "new-instance":
                return self._writer.step(caller, row, "callback", register=register, origin=caller.pc(made))
        return None

    def _decisions(self, body: Body, result: int, effect: Effect) -> Iterator[Steps]:
        """Yield the steps from a result of a comparison to a side of the branch that decides an effect."""
        definition, row, _ = effect.decided
        decider = self._bodies.of(definition)
        if decider is None or not 0 <= row < decider.rows:
            return
        for register, value in decider.values.read(row):
            for way in self._ways(Node(definition, value), body, result):
                for side in sides(decider, row):
                    step = self._writer.step(decider, row, "branch", register=register, side=side)
                    if step is not None:
                        yield (*way, step)

    def _ways(self, node: Node, body: Body, result: int) -> Iterator[Steps]:
        """Yield the steps from a result to a value: the value itself, or what is returned on one side of its branch."""
        seen, todo = {node}, deque[tuple[Node, Steps]]([(node, ())])
        while todo and len(seen) < MOST_NODES // 8:
            at, behind = todo.popleft()
            if at == Node(body.definition, result):
                yield behind
                continue
            for edge in self._back.edges(at):
                steps = (*edge.steps, *behind)
                if (edge.steps and at.definition != body.definition) or edge.node is None:
                    yield from self._sided(body, result, steps)
                if edge.node is not None and edge.node not in seen:
                    seen.add(edge.node)
                    todo.append((edge.node, steps))

    def _sided(self, body: Body, result: int, steps: Steps) -> Iterator[Steps]:
        """Yield steps behind either side of each branch on a result."""
        for row in body.readers(result):
            if body.opcode(row).startswith("if-"):
                register = next(each for each, value in body.values.read(row) if value == result)
                for side in sides(body, row):
                    step = self._writer.step(body, row, "branch", register=register, side=side)
                    if step is not None:
                        yield (step, *steps)


def sides(body: Body, row: int) -> tuple[int, ...]:
    """Return the code offsets that a test leads to: the next instruction, and its target."""
    name, (_, b, c) = body.opcode(row), body.operands[row]
    if not name.startswith("if-") or row + 1 >= body.rows:
        return ()
    return (body.pc(row + 1), body.pc(row) + (b if name.endswith("z") else c))


def result_register(body: Body, value: int) -> int:
    """Return the register that a move-result writes. Raises: IndexError."""
    row = body.row_of(value)
    return body.operands[-1 if row is None else row][0]
