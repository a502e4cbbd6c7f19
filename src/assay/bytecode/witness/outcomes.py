"""Trails from a comparison to what follows, looked for from the end: what is decided by which branch on which value."""

from collections import deque
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from assay.bytecode.effects.record import Effect
from assay.bytecode.provenance.bodies import Bodies, Body
from assay.bytecode.sites.record import Site
from assay.bytecode.witness.backwards import Backwards
from assay.bytecode.witness.handing import maker
from assay.bytecode.witness.stored import Node
from assay.bytecode.witness.writing import Step, Steps, Writer

MOST_STATES = 600
"""Values gone through at most for one trail."""
MOST_QUESTIONS = 3_000
"""Branches that the checker is asked about at most for one trail."""
MOST_TRIES = 40
"""Trails that are held against the checker at most for one effect."""
_NUMBERS = {
    "index-of": ((0, 1), (-1,)), "index-of-any": ((0, 1), (-1,)), "compare": ((0,), (1, -1)),
    "compare-ignore-case": ((0,), (1, -1)), "disjoint": ((0,), (1,)),
}  # fmt: skip
"""What a comparison gives where it matches, and where it does not; all others give 1 and 0."""
_PAST = "past"
"""The test that leads past a call on a match."""
_BEGIN = frozenset({"constant", "made"})
_CHOSEN = frozenset({"return", "field-write"})


_WAYS = frozenset({"branch", "past", "constant", "return"})
"""Steps of which there are others at the same place in mind."""


class _State(NamedTuple):
    """A value that decides, and the steps behind it."""

    node: Node
    behind: Steps


class Outcomes:
    """Looks for the trails of effects."""

    def __init__(self, bodies: Bodies, back: Backwards, writer: Writer) -> None:
        """Keep what is asked."""
        self._bodies, self._back, self._writer = bodies, back, writer

    def of(self, site: Site, effect: Effect) -> Steps | None:
        """Return the trail from a comparison to an effect, None where the checker can be shown none."""
        body = self._bodies.of(site.definition)
        if body is None:
            return None
        past = self._tried(body, site, effect, _PAST) if effect.suppressed else None
        return self._tried(body, site, effect, "branch") if past is None else past

    def _tried(self, body: Body, site: Site, effect: Effect, test: str) -> Steps | None:
        begins = list(self._begins(body, site, match=test == _PAST or not effect.suppressed))
        found = self._found(body, site, effect, test) if begins else ()
        for steps in islice(found, MOST_TRIES):
            for first in begins:
                whole = self._writer.shortest("outcome", (first, *steps))
                if whole is not None:
                    return whole
        return None

    def _begins(self, body: Body, site: Site, *, match: bool) -> Iterator[Step]:
        """Yield the first step, for each number that may be given."""
        result = _given(body, site.row)
        numbers = _NUMBERS.get(site.operator, ((1,), (0,)))[not match]
        registers = [] if result is None else [register for _, register in result]
        for number in numbers:
            for register in registers[:1]:
                step = self._writer.step(body, site.row, "compare", to=register, outcome=number)
                if step is not None:
                    yield step

    def _found(self, body: Body, site: Site, effect: Effect, test: str) -> Iterator[Steps]:
        """Yield the steps behind the comparison, nearest decisions first."""
        goals = {Node(body.definition, value) for value, _ in _given(body, site.row) or ()}
        chosen = _CHOSEN if effect.suppressed else _CHOSEN | {"through"}
        search = _Search(self._bodies, self._back, self._writer, goals, chosen)
        todo = deque[_State]()
        for method, steps in self._ends(effect):
            for state in search.deciding(method, steps):
                test_step, *behind = state.behind
                todo.append(state._replace(behind=({**test_step, "kind": test}, *behind)))
        todo.extend(self._carried(effect) if test != _PAST else ())
        yield from search.ways(todo)

    def _ends(self, effect: Effect) -> Iterator[tuple[Body, Steps]]:
        """Yield the steps into the call of an effect, from its own method and from each caller on the way."""
        body = self._bodies.of(effect.definition)
        last = None if body is None else self._writer.step(body, effect.row, "consequence")
        if body is None or last is None:
            return
        steps: Steps = (last,)
        yield body, steps
        for link in reversed(effect.context):
            caller = self._bodies.of(link.caller)
            into = None if caller is None else self._calling(caller, link.row, link.kind)
            if caller is None or into is None:
                return
            steps = (into, *steps)
            yield caller, steps

    def _carried(self, effect: Effect) -> Iterator[_State]:
        """Yield the values that the call of an effect takes, or a method returns."""
        body = self._bodies.of(effect.definition)
        for register, value in () if body is None else body.values.read(effect.row):
            step = None if body is None else self._writer.step(body, effect.row, "consequence", register=register)
            if step is not None:
                yield _State(Node(effect.definition, value), (step,))

    def _calling(self, caller: Body, row: int, kind: str) -> Step | None:
        if kind == "call":
            return self._writer.step(caller, row, "call")
        for register, value in caller.values.read(row):
            made = maker(caller, value)
            if made is not None:
                return self._writer.step(caller, row, "callback", register=register, origin=caller.pc(made))
        return None


class _Search:
    """The search for ways from goals to decisions."""

    def __init__(
        self, bodies: Bodies, back: Backwards, writer: Writer, goals: set[Node], chosen: frozenset[str]
    ) -> None:  # fmt: skip
        self._bodies, self._back, self._writer = bodies, back, writer
        self._goals, self._chosen, self._asked = goals, chosen, 0

    def ways(self, todo: deque[_State]) -> Iterator[Steps]:
        """Yield the steps from a goal on."""
        seen = {_mark(state) for state in todo}
        while todo and len(seen) < MOST_STATES:
            state = todo.popleft()
            if state.node in self._goals:
                yield state.behind
                continue
            for each in self._before(state):
                if (mark := _mark(each)) not in seen:
                    seen.add(mark)
                    todo.append(each)

    def deciding(self, body: Body, steps: Steps) -> Iterator[_State]:
        """Yield the values whose test leads to steps, and to them alone: the nearest test first."""
        first = steps[0]["code_offset"]
        rows = [row for row in range(body.rows) if body.opcode(row).startswith("if-")]
        for row in sorted(rows, key=lambda each: abs(body.pc(each) - first)):
            for side in sides(body, row):
                for register, value in body.values.read(row):
                    step = self._writer.step(body, row, "branch", register=register, side=side)
                    self._asked += 1
                    if self._asked > MOST_QUESTIONS:
                        return
                    if step is not None and self._writer.follows((step, steps[0])):
                        yield _State(Node(body.definition, value), (step, *steps))

    def _before(self, state: _State) -> Iterator[_State]:
        for edge in self._back.edges(state.node):
            steps = (*edge.steps, *state.behind)
            if edge.node is not None:
                yield _State(edge.node, steps)
            if not edge.steps or (edge.node is None and edge.steps[0]["kind"] not in _BEGIN):
                continue
            method = self._bodies.of(state.node.definition if edge.node is None else edge.node.definition)
            if method is not None and (edge.node is None or edge.steps[0]["kind"] in self._chosen):
                yield from self.deciding(method, steps)


def _mark(state: _State) -> tuple[object, ...]:
    """Return what tells one state from another: the value, and the ways that are taken behind it."""
    ways = tuple((step["class"], step["method"], step["code_offset"], step.get("side")) for step in state.behind
                 if step["kind"] in _WAYS)  # fmt: skip
    return state.node, ways


def _given(body: Body, row: int) -> list[tuple[int, int]] | None:
    """Return the values, with their registers, that a comparison gives; of a test those that it reads."""
    if body.opcode(row).startswith("if-"):
        return [(value, register) for register, value in body.values.read(row)]
    result = body.result(row)
    if result is None and body.opcode(row).startswith(("cmp", "instance-of", "array-length")):
        result = body.value_of(row)
    at = None if result is None else body.row_of(result)
    return None if result is None or at is None else [(result, body.operands[at][0])]


def sides(body: Body, row: int) -> tuple[int, ...]:
    """Return the code offsets that a test leads to: the next instruction, and its target."""
    name, (_, b, c) = body.opcode(row), body.operands[row]
    if not name.startswith("if-") or row + 1 >= body.rows:
        return ()
    return (body.pc(row + 1), body.pc(row) + (b if name.endswith("z") else c))
