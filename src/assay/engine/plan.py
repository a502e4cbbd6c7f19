"""Which parts of which artefacts are still to be computed, under which keys, in which batches."""

import platform
from collections.abc import Iterable, Iterator

from assay.engine.cache import key
from assay.engine.examine import Parameters
from assay.engine.parts import bench_sha256, extensions
from assay.engine.records import EXPANSION, Item
from assay.engine.whole import reads_applications
from assay.model.ids import sha256_hex
from assay.registry import AnalyserSpec, Bench

BATCH_ITEMS = 64
BATCH_BYTES = 4 << 20


class Keys:
    """The cache keys of a run: artefact, part and version, parameters' digests, digest of the bench."""

    def __init__(self, bench: Bench, parameters: Parameters) -> None:
        """Take the parts and the parameters by name."""
        self.bench = key(bench_sha256(extensions(bench)), *platform.python_version_tuple()[:2])
        """Part of every key: sources, libraries, and the interpreter, although it should change no result."""
        self._analysers = {spec.name: self._suffix(spec, parameters) for spec in bench.analysers}
        self._applying = {
            reader.kind: tuple(spec.name for spec in bench.analysers if issubclass(reader.gives, spec.reads))
            for reader in bench.readers
        }

        self.of_applications = tuple(spec.name for spec in bench.analysers if reads_applications(spec))
        """Names of the analysers that read apps."""

    def _suffix(self, spec: AnalyserSpec, parameters: Parameters) -> str:
        given = {need: parameters[need].digest if need in parameters else "" for need in spec.needs}
        return key(spec.id, given, self.bench)

    def expansion(self, sha256: str) -> str:
        """Return the key of what an artefact is and contains."""
        return sha256_hex(f"{EXPANSION} {sha256} {self.bench}".encode())

    def analysis(self, sha256: str, analyser: str) -> str:
        """Return the key of what an analyser gives for an artefact, or for an app by its id."""
        return sha256_hex(f"analysis {sha256} {self._analysers[analyser]}".encode())

    def applying(self, kind: str) -> tuple[str, ...]:
        """Return the names of the analysers that apply to a kind of artefact."""
        return self._applying.get(kind, ())


def batches(items: Iterable[Item]) -> Iterator[tuple[Item, ...]]:
    """Group items in the order of their locators, so that neighbours in a container share its opening."""
    batch: list[Item] = []
    size = 0
    for item in sorted(items, key=lambda item: item.locator):
        if batch and (len(batch) >= BATCH_ITEMS or size + item.size > BATCH_BYTES):
            yield tuple(batch)
            batch, size = [], 0
        batch.append(item)
        size += item.size
    if batch:
        yield tuple(batch)
