"""What the bench consists of at this moment, with the origin and digest of every part for the run record."""

import importlib
import importlib.util
import pkgutil
from collections.abc import Iterator
from importlib.abc import ResourceLoader
from typing import TypeVar

from assay.model.ids import sha256_hex
from assay.model.locator import is_name
from assay.registry.specs import AnalyserSpec, DecoderSpec, JoinerSpec, ReaderSpec, ReporterSpec
from assay.vocabulary import TABLES, Fact, table_of

Spec = ReaderSpec | AnalyserSpec | JoinerSpec | DecoderSpec | ReporterSpec
NO_FORMATS = frozenset({"empty", "unknown", "unreadable"})
"""What the engine calls an artefact that no reader opened; no format can be called so."""

S = TypeVar("S", ReaderSpec, AnalyserSpec, JoinerSpec, DecoderSpec, ReporterSpec)


class Bench:
    """The registered parts. Names are unique among parts of a sort; a part without blind spots is refused."""

    def __init__(self) -> None:
        """Begin with no parts; `packages` are those that were loaded, in order."""
        self.packages: tuple[str, ...] = ()
        self._readers: dict[str, ReaderSpec] = {}
        self._analysers: dict[str, AnalyserSpec] = {}
        self._joiners: dict[str, JoinerSpec] = {}
        self._decoders: dict[str, DecoderSpec] = {}
        self._reporters: dict[str, ReporterSpec] = {}

    def add_reader(self, spec: ReaderSpec) -> None:
        """Add a format. Raises: ValueError for a name taken or that locators cannot print, or no blind spots."""
        for name in (spec.kind, spec.step):
            if not is_name(name) or name in NO_FORMATS:
                msg = f"{spec.module}: not the name of a format: {name!r}"
                raise ValueError(msg)
        _add(self._readers, spec.kind, spec)

    def add_analyser(self, spec: AnalyserSpec) -> None:
        """Add an analyser. Raises: ValueError for a name taken, a table not of the closed list, or no blind spots."""
        _closed(spec.name, spec.emits)
        _add(self._analysers, spec.name, spec)

    def add_joiner(self, spec: JoinerSpec) -> None:
        """Add a joiner. Raises: ValueError for a name taken, a table not of the closed list, or no blind spots."""
        _closed(spec.name, (*spec.reads, *spec.emits))
        _add(self._joiners, spec.name, spec)

    def add_decoder(self, spec: DecoderSpec) -> None:
        """Add a wrapping. Raises: ValueError for a name taken or no blind spots."""
        _add(self._decoders, spec.name, spec)

    def add_reporter(self, spec: ReporterSpec) -> None:
        """Add an output. Raises: ValueError for a name taken or no blind spots."""
        _add(self._reporters, spec.name, spec)

    @property
    def readers(self) -> tuple[ReaderSpec, ...]:
        """Formats in the order in which they are tried: falling rank, then kind."""
        return tuple(sorted(self._readers.values(), key=lambda spec: (-spec.rank, spec.kind)))

    @property
    def analysers(self) -> tuple[AnalyserSpec, ...]:
        """Analysers by name."""
        return tuple(self._analysers[name] for name in sorted(self._analysers))

    @property
    def joiners(self) -> tuple[JoinerSpec, ...]:
        """Joiners by name; the engine orders them by the tables they read and emit."""
        return tuple(self._joiners[name] for name in sorted(self._joiners))

    @property
    def decoders(self) -> dict[str, DecoderSpec]:
        """Wrappings by name, sorted."""
        return {name: self._decoders[name] for name in sorted(self._decoders)}

    @property
    def reporters(self) -> tuple[ReporterSpec, ...]:
        """Outputs by name."""
        return tuple(self._reporters[name] for name in sorted(self._reporters))

    def parts(self) -> Iterator[tuple[str, str, Spec]]:
        """Yield (sort, name, spec) of every part in a stable order."""
        yield from (("reader", spec.kind, spec) for spec in self.readers)
        yield from (("analyser", spec.name, spec) for spec in self.analysers)
        yield from (("joiner", spec.name, spec) for spec in self.joiners)
        yield from (("decoder", spec.name, spec) for spec in self.decoders.values())
        yield from (("reporter", spec.name, spec) for spec in self.reporters)


BENCH = Bench()
"""The bench of this process."""


def load(*packages: str) -> Bench:
    """Import every module of the packages, depth first in sorted order, and return the bench.

    A plain module is a package of one. Raises: ImportError.
    """
    for package in packages:
        folders = getattr(importlib.import_module(package), "__path__", [])
        for name in sorted(info.name for info in pkgutil.walk_packages(folders, package + ".")):
            importlib.import_module(name)
    BENCH.packages = tuple(dict.fromkeys((*BENCH.packages, *packages)))
    return BENCH


def source_sha256(module: str) -> str:
    """Return the sha256 of a module's source file, for the run record. Raises: ModuleNotFoundError."""
    spec = importlib.util.find_spec(module)
    if spec is None or spec.origin is None or not isinstance(spec.loader, ResourceLoader):
        raise ModuleNotFoundError(module)
    return sha256_hex(spec.loader.get_data(spec.origin))


def _closed(name: str, records: tuple[type[Fact], ...]) -> None:
    for record in records:
        if TABLES.get(table_of(record)) is not record:
            msg = f"{name}: {record.__name__} is not of the closed list of fact tables"
            raise ValueError(msg)


def _add(parts: dict[str, S], name: str, spec: S) -> None:
    if name in parts:
        msg = f"{name}: declared in {parts[name].module} and in {spec.module}"
        raise ValueError(msg)
    if not spec.blind_to:
        msg = f"{name} in {spec.module} declares no blind spots; every part has some"
        raise ValueError(msg)
    parts[name] = spec
