"""Where artefacts lie: the tree below each exhibit, walked level by level within the limits of an exhibit."""

from collections.abc import Iterable, Mapping

import msgspec

from assay.engine.records import Expansion
from assay.model.limits import MAX_DEPTH, MAX_EXPANDED_BYTES, MAX_MEMBERS
from assay.model.locator import Locator
from assay.model.problem import Problem


class Node(msgspec.Struct, frozen=True, kw_only=True):
    """One place of an artefact below an exhibit; `above` are the sha256 of the containers around it."""

    sha256: str
    size: int
    locator: Locator
    above: tuple[str, ...] = ()


class Frontier:
    """Grows the tree of all exhibits by one level at a time, the same way whatever the order of work was."""

    def __init__(self) -> None:
        """Begin with nothing spent."""
        self._bytes: dict[str, int] = {}
        self._nodes: dict[str, int] = {}
        self._problems: dict[str, set[Problem]] = {}

    def grow(self, nodes: Iterable[Node], expansions: Mapping[str, Expansion]) -> list[Node]:
        """Return the members of `nodes` that may be examined; what a limit stops becomes a problem of its container."""
        return [child for node in nodes for child in self._members(node, expansions[node.sha256])]

    def problems(self) -> dict[str, tuple[Problem, ...]]:
        """Return the problems of each container, sorted."""
        return {sha256: tuple(sorted(found)) for sha256, found in self._problems.items()}

    def _members(self, node: Node, expansion: Expansion) -> list[Node]:
        kept: list[Node] = []
        above = (*node.above, node.sha256)
        for child in expansion.children:
            if stop := self._stop(node, above, child.sha256, child.size):
                self._note(node, stop)
                continue
            locator = node.locator.child(expansion.step, child.member)
            kept.append(Node(sha256=child.sha256, size=child.size, locator=locator, above=above))
        return kept

    def _stop(self, node: Node, above: tuple[str, ...], sha256: str, size: int) -> str:
        if sha256 in above:
            return "contains itself"
        if len(above) > MAX_DEPTH:
            return f"nested deeper than {MAX_DEPTH} containers"
        exhibit = node.locator.exhibit
        spent = self._bytes.get(exhibit, 0) + size
        count = self._nodes.get(exhibit, 0) + 1
        if spent > MAX_EXPANDED_BYTES:
            return f"the exhibit unpacks to more than {MAX_EXPANDED_BYTES} bytes"
        if count > MAX_MEMBERS:
            return f"the exhibit holds more than {MAX_MEMBERS} artefacts"
        self._bytes[exhibit], self._nodes[exhibit] = spent, count
        return ""

    def _note(self, node: Node, what: str) -> None:
        instead = "the other members were examined"
        cost = "what lies below was not examined"
        problem = Problem(place="", what=what, instead=instead, cost=cost)
        self._problems.setdefault(node.sha256, set()).add(problem)
