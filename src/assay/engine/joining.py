"""The order of joiners, and their results from the cache where their inputs are unchanged."""

from collections.abc import Iterator, Mapping

from assay.engine.cache import ResultCache, key
from assay.engine.examine import Parameters, join
from assay.engine.records import Analysis
from assay.engine.tables import CaseTables
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


class Joining:
    """Runs joiners over the tables of a case."""

    def __init__(self, cache: ResultCache, parameters: Parameters, place_sha256: str, bench: str) -> None:
        """Take the cache, the parameters by name, and the digests of handsets and occurrences and of the bench."""
        self._cache = cache
        self._parameters = parameters
        self._place = place_sha256
        self._bench = bench
        self.computed = 0

    def run(self, spec: JoinerSpec, tables: CaseTables, digests: Mapping[str, str]) -> Analysis:
        """Return what a joiner gives; `digests` are those of the tables it reads."""
        name = key("joiner", spec.id, self._place, dict(self._inputs(spec, digests)), self._bench)
        known = self._cache.get([name], Analysis)
        if name in known:
            return known[name]
        result = join(spec, tables, self._parameters)
        self._cache.put({name: result})
        self.computed += 1
        return result

    def _inputs(self, spec: JoinerSpec, digests: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        for record in spec.reads:
            yield table_of(record), digests.get(table_of(record), "")
        for need in spec.needs:
            yield f"need:{need}", self._parameters[need].digest if need in self._parameters else ""
