"""The examination of a whole case: every artefact, level by level, computing only what no cache holds."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

import msgspec

from assay.engine.cache import ResultCache
from assay.engine.frontier import Frontier, Node
from assay.engine.plan import Keys, batches
from assay.engine.records import EXPANSION, Analysis, Answer, Examination, Expansion, Failure, Item
from assay.engine.state import CaseState
from assay.model.case import Exhibit
from assay.model.locator import Locator
from assay.model.problem import Problem

UNSAVED = 1_000
UNSAVED_SECONDS = 1.0
"""How many results, and for how long, may be lost by a stop at a bad moment: each flush to disk takes its time."""

Progress = Callable[[str, int, int], None]
"""Called with the name of a stage, how many of its steps are done, and how many there are."""


class Executor(Protocol):
    """Runs batches of items and yields what came of each, in any order."""

    def run(self, batches: Sequence[tuple[Item, ...]]) -> Iterable[Answer | Failure]:
        """Yield examinations and failures."""


class Examined(msgspec.Struct, frozen=True, kw_only=True):
    """Every artefact of a case, where it lies, and how much was computed anew."""

    expansions: dict[str, Expansion]
    sizes: dict[str, int]
    nodes: tuple[Node, ...]
    failed: dict[tuple[str, str], Analysis]
    problems: dict[str, tuple[Problem, ...]]
    computed: int
    reused: int
    failures: tuple[Failure, ...]


class CaseExamination:
    """Examines the exhibits of a case."""

    def __init__(self, keys: Keys, cache: ResultCache, state: CaseState, executor: Executor) -> None:
        """Take the keys of the run, the cache, the case's state and the executor."""
        self._keys = keys
        self._cache = cache
        self._state = state
        self._executor = executor
        self._expansions: dict[str, Expansion] = {}
        self._failed: dict[tuple[str, str], Analysis] = {}
        self._seen: set[str] = set()
        self._computed = 0
        self._reused = 0
        self._unsaved: dict[str, msgspec.Struct] = {}
        self._saved = time.monotonic()

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
        return Examined(
            expansions=self._expansions,
            sizes=sizes,
            nodes=tuple(sorted(all_nodes, key=lambda node: str(node.locator))),
            failed=self._failed,
            problems=frontier.problems(),
            computed=self._computed,
            reused=self._reused,
            failures=self._state.failures(),
        )

    def _examine(self, level: list[Node], depth: int, progress: Progress) -> None:
        fresh = {node.sha256: node for node in reversed(level) if node.sha256 not in self._seen}
        self._seen.update(fresh)
        self._recall(fresh)
        items = self._items(fresh)
        stage, done = f"examine level {depth + 1}", 0
        without = {item.sha256: set(item.without) for item in items}
        progress(stage, 0, len(items))
        try:
            for outcome in self._executor.run(list(batches(items))):
                if isinstance(outcome, Failure):
                    self._state.record(outcome)
                    without[outcome.sha256].add(outcome.part)
                elif isinstance(outcome, Examination):
                    self._keep(outcome, without[outcome.sha256])
                    done += 1
                    progress(stage, done, len(items))
        finally:
            self._save()

    def _recall(self, fresh: Mapping[str, Node]) -> None:
        keys = {self._keys.expansion(sha256): sha256 for sha256 in fresh}
        for name, expansion in self._cache.get(keys, Expansion).items():
            self._expansions[keys[name]] = expansion

    def _items(self, fresh: Mapping[str, Node]) -> list[Item]:
        failures: dict[str, tuple[str, ...]] = {}
        for failure in self._state.failures():
            failures[failure.sha256] = (*failures.get(failure.sha256, ()), failure.part)
        wanted = {
            (sha256, name): self._keys.analysis(sha256, name)
            for sha256 in fresh
            if sha256 in self._expansions
            for name in self._keys.applying(self._expansions[sha256].kind)
        }
        known = self._cache.known(wanted.values())
        missing: dict[str, list[str]] = {}
        for (sha256, name), key in wanted.items():
            if key not in known:
                missing.setdefault(sha256, []).append(name)
            else:
                self._reused += 1
        return [
            _item(node, tuple(missing[sha256]) if sha256 in self._expansions else None, failures.get(sha256, ()))
            for sha256, node in fresh.items()
            if sha256 in missing or sha256 not in self._expansions
        ]

    def _keep(self, found: Examination, without: set[str]) -> None:
        results = self._unsaved
        if found.expansion is not None:
            self._expansions[found.sha256] = found.expansion
            if EXPANSION not in without:
                results[self._keys.expansion(found.sha256)] = found.expansion
        for name, analysis in found.analyses.items():
            if name in without:
                self._failed[found.sha256, name] = analysis
            else:
                results[self._keys.analysis(found.sha256, name)] = analysis
                self._computed += 1
        if len(results) >= UNSAVED or time.monotonic() - self._saved > UNSAVED_SECONDS:
            self._save()

    def _save(self) -> None:
        self._cache.put(self._unsaved)
        self._unsaved = {}
        self._saved = time.monotonic()


def _distinct(exhibits: Iterable[Exhibit]) -> list[tuple[str, int]]:
    return sorted({(exhibit.sha256, exhibit.size) for exhibit in exhibits})


def _item(node: Node, analysers: tuple[str, ...] | None, without: tuple[str, ...]) -> Item:
    return Item(sha256=node.sha256, size=node.size, locator=str(node.locator), analysers=analysers, without=without)
