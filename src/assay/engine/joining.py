"""The order of joiners, and their results from the cache where their inputs are unchanged."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Protocol

import msgspec

from assay.engine.cache import ResultCache, key
from assay.engine.examine import Parameters
from assay.engine.records import Analysis, Answer, Failure, Join, Joined, Places
from assay.engine.spool import Spool
from assay.model import canonical
from assay.model.coverage import Outcome
from assay.registry import Bench, JoinerSpec
from assay.vocabulary import table_of


def ordered(bench: Bench) -> list[JoinerSpec]:
    """Return the joiners so that each runs after those that emit what it reads. Raises: ValueError for a cycle."""
    left, done = list(bench.joiners), []
    while left:
        emitted = {record for spec in left for record in spec.emits}
        free = [spec for spec in left if not emitted.intersection(spec.reads)]
        if not free:
            msg = "joiners wait for each other: " + ", ".join(spec.name for spec in left)
            raise ValueError(msg)
        done.extend(free)
        left = [spec for spec in left if spec not in free]
    return done


class Hands(Protocol):
    """Who joins: facts and texts come from evidence, so it is done where evidence is read."""

    @property
    def spool(self) -> Spool:
        """The folder of the run."""

    def ask(self, task: Join) -> tuple[Answer, tuple[Failure, ...]]:
        """Return the answer to a task and what brought workers down on the way."""


class Joining:
    """Runs joiners over the tables of a case."""

    def __init__(self, cache: ResultCache, parameters: Parameters, places: Places, bench: str, hands: Hands) -> None:
        """Take the cache, the parameters by name, the places, the digest of the bench, and who joins."""
        self._cache = cache
        self._parameters = parameters
        self._places = places
        self._place = canonical.digest([places.handsets, places.occurrences])
        self._bench = bench
        self._hands = hands
        self.computed = 0
        self.failures: list[Failure] = []

    def run(self, spec: JoinerSpec, segments: Mapping[str, Sequence[Path]], digests: Mapping[str, str]) -> Analysis:
        """Return what a joiner gives over the segments of tables with these digests.

        What brought workers down is kept in `failures`; that, and what failed, is tried again by the next run.
        """
        name = key("joiner", spec.id, self._place, dict(self._inputs(spec, digests)), self._bench)
        known = self._cache.get([name], Analysis)
        if name in known:
            return known[name]
        answer, failures = self._hands.ask(self._task(spec, segments))
        if not isinstance(answer, Joined):
            msg = f"{spec.name} was not joined but {type(answer).__name__}"
            raise TypeError(msg)
        self.failures.extend(failures)
        if not failures and answer.analysis.coverage.outcome is not Outcome.FAILED:
            self._cache.put({name: answer.analysis})
        self.computed += 1
        return answer.analysis

    def _task(self, spec: JoinerSpec, segments: Mapping[str, Sequence[Path]]) -> Join:
        """Return the task; its paths are absolute, because a worker has a current folder of its own."""
        read = {table: segments[table] for table in map(table_of, spec.reads) if table in segments}
        return Join(
            joiner=spec.name,
            segments={table: tuple(str(file.absolute()) for file in files) for table, files in sorted(read.items())},
            places=str(self._laid_out.absolute()),
        )

    @cached_property
    def _laid_out(self) -> Path:
        """The file of the places, written when the first joiner needs it."""
        path = self._hands.spool.shared / "places"
        path.write_bytes(msgspec.msgpack.encode(self._places))
        return path

    def _inputs(self, spec: JoinerSpec, digests: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        for record in spec.reads:
            yield table_of(record), digests.get(table_of(record), "")
        for need in spec.needs:
            yield f"need:{need}", self._parameters[need].digest if need in self._parameters else ""
