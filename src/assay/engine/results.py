"""What parts gave: known where a cache holds it, computed where not, and kept as it comes."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Protocol

import msgspec

from assay.engine.cache import ResultCache
from assay.engine.plan import Keys, batches
from assay.engine.records import EXPANSION, Analysis, Answer, Examination, Expansion, Failure, Item
from assay.engine.state import CaseState

UNSAVED = 1_000
UNSAVED_SECONDS = 1.0
"""How many results, and for how long, may be lost by a stop at a bad moment: each flush to disk takes its time."""

Progress = Callable[[str, int, int], None]
"""Called with the name of a stage, how many of its steps are done, and how many there are."""


class Executor(Protocol):
    """Runs batches of items and yields what came of each, in any order."""

    def run(self, batches: Sequence[tuple[Item, ...]]) -> Iterable[Answer | Failure]:
        """Yield examinations and failures."""


class Results:
    """The results of one run; a subject is an artefact or an app, by its sha256 or id.

    `failed` holds what an analyser could not give for a subject: it is not cached, so that a next run may try again.
    """

    def __init__(self, keys: Keys, cache: ResultCache, state: CaseState, executor: Executor) -> None:
        """Take the keys of the run, the cache, the case's state and the executor."""
        self._keys = keys
        self._cache = cache
        self._state = state
        self._executor = executor
        self._unsaved: dict[str, msgspec.Struct] = {}
        self._saved = time.monotonic()
        self.failed: dict[tuple[str, str], Analysis] = {}
        self.computed = 0
        self.reused = 0

    def expansions(self, subjects: Iterable[str]) -> dict[str, Expansion]:
        """Return what is known of what artefacts are and contain."""
        keys = {self._keys.expansion(sha256): sha256 for sha256 in subjects}
        return {keys[name]: expansion for name, expansion in self._cache.get(keys, Expansion).items()}

    def missing(self, wanted: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
        """Return, for each subject of which something is still to be computed, the analysers that are to do it."""
        keys = {self._keys.analysis(one, name): (one, name) for one, names in wanted.items() for name in names}
        known = self._cache.known(keys)
        self.reused += len(known)
        found: dict[str, tuple[str, ...]] = {}
        for key, (one, name) in keys.items():
            if key not in known:
                found[one] = (*found.get(one, ()), name)
        return found

    def without(self) -> dict[str, tuple[str, ...]]:
        """Return the parts that brought a worker down, by subject."""
        found: dict[str, tuple[str, ...]] = {}
        for failure in self.failures():
            found[failure.sha256] = (*found.get(failure.sha256, ()), failure.part)
        return found

    def failures(self) -> tuple[Failure, ...]:
        """Return every recorded failure, sorted."""
        return self._state.failures()

    def work(self, stage: str, items: Sequence[Item], progress: Progress) -> Iterator[Examination]:
        """Yield the examination of each item in any order; what it gave is kept before."""
        without = {item.sha256: set(item.without) for item in items}
        done = 0
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
                    yield outcome
        finally:
            self._save()

    def _keep(self, found: Examination, without: set[str]) -> None:
        if found.expansion is not None and EXPANSION not in without:
            self._unsaved[self._keys.expansion(found.sha256)] = found.expansion
        for name, analysis in found.analyses.items():
            if name in without or EXPANSION in without:
                self.failed[found.sha256, name] = analysis
            else:
                self._unsaved[self._keys.analysis(found.sha256, name)] = analysis
                self.computed += 1
        if len(self._unsaved) >= UNSAVED or time.monotonic() - self._saved > UNSAVED_SECONDS:
            self._save()

    def _save(self) -> None:
        self._cache.put(self._unsaved)
        self._unsaved = {}
        self._saved = time.monotonic()
