"""The examination of a whole case: every artefact, level by level, then every app, computing only what is not known."""

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from assay.engine.frontier import Frontier, Node
from assay.engine.plan import Keys
from assay.engine.records import Analysis, Expansion, Failure, Item, Whole
from assay.engine.results import Progress, Results
from assay.model.case import Exhibit
from assay.model.locator import Locator
from assay.model.problem import Problem

FindApps = Callable[[Sequence[Node], Mapping[str, Expansion]], Sequence[Whole]]
"""From the places of all artefacts and what they are to the apps they make."""


class Examined(msgspec.Struct, frozen=True, kw_only=True):
    """Every artefact of a case, where it lies, the apps it holds, and how much was computed anew."""

    expansions: dict[str, Expansion]
    sizes: dict[str, int]
    nodes: tuple[Node, ...]
    apps: tuple[Whole, ...]
    failed: dict[tuple[str, str], Analysis]
    problems: dict[str, tuple[Problem, ...]]
    computed: int
    reused: int
    failures: tuple[Failure, ...]


class CaseExamination:
    """Examines the exhibits of a case."""

    def __init__(self, keys: Keys, results: Results, find_apps: FindApps) -> None:
        """Take the keys of the run, the results to fill, and the function that tells which artefacts make an app."""
        self._keys = keys
        self._results = results
        self._find_apps = find_apps
        self._expansions: dict[str, Expansion] = {}
        self._seen: set[str] = set()

    def run(self, exhibits: Iterable[Exhibit], progress: Progress) -> Examined:
        """Examine everything below the exhibits."""
        frontier, all_nodes, sizes = Frontier(), [], {}
        level = [Node(sha256=sha256, size=size, locator=Locator(sha256)) for sha256, size in _distinct(exhibits)]
        depth = 0
        while level:
            sizes.update({node.sha256: node.size for node in level})
            all_nodes.extend(level)
            self._examine(level, depth, progress)
            level = frontier.grow(level, self._expansions)
            depth += 1
        nodes = tuple(sorted(all_nodes, key=lambda node: str(node.locator)))
        return Examined(
            expansions=self._expansions,
            sizes=sizes,
            nodes=nodes,
            apps=self._examine_apps(nodes, progress),
            failed=self._results.failed,
            problems=frontier.problems(),
            computed=self._results.computed,
            reused=self._results.reused,
            failures=self._results.failures(),
        )

    def _examine(self, level: list[Node], depth: int, progress: Progress) -> None:
        fresh = {node.sha256: node for node in reversed(level) if node.sha256 not in self._seen}
        self._seen.update(fresh)
        self._expansions.update(self._results.expansions(fresh))
        for found in self._results.work(f"examine level {depth + 1}", self._items(fresh), progress):
            if found.expansion is not None:
                self._expansions[found.sha256] = found.expansion

    def _items(self, fresh: Mapping[str, Node]) -> list[Item]:
        known = {sha256: self._expansions[sha256].kind for sha256 in fresh if sha256 in self._expansions}
        missing = self._results.missing({sha256: self._keys.applying(kind) for sha256, kind in known.items()})
        without = self._results.without()
        return [
            _item(node, missing.get(sha256), without.get(sha256, ()))
            for sha256, node in fresh.items()
            if sha256 in missing or sha256 not in known
        ]

    def _examine_apps(self, nodes: Sequence[Node], progress: Progress) -> tuple[Whole, ...]:
        apps = {app.id: app for app in self._find_apps(nodes, self._expansions)}
        missing = self._results.missing(dict.fromkeys(apps, self._keys.of_applications))
        without = self._results.without()
        items = [_app(apps[name], missing[name], without.get(name, ())) for name in missing]
        deque(self._results.work("examine apps", items, progress), maxlen=0)  # kept; it leads to nothing further
        return tuple(apps.values())


def _distinct(exhibits: Iterable[Exhibit]) -> list[tuple[str, int]]:
    return sorted({(exhibit.sha256, exhibit.size) for exhibit in exhibits})


def _item(node: Node, analysers: tuple[str, ...] | None, without: tuple[str, ...]) -> Item:
    return Item(sha256=node.sha256, size=node.size, locator=str(node.locator), analysers=analysers, without=without)


def _app(app: Whole, analysers: tuple[str, ...], without: tuple[str, ...]) -> Item:
    size = sum(archive.size for archive in app.archives)
    place = app.archives[0].locator
    return Item(sha256=app.id, size=size, locator=place, analysers=analysers, without=without, whole=app)
