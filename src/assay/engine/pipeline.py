"""From an intake to results: examine, write facts, join, judge. One function a stage, in the order of work."""

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from assay.engine import joining
from assay.engine.cache import ResultCache
from assay.engine.examination import CaseExamination, Examined, Progress
from assay.engine.examine import Parameters
from assay.engine.labels import PART, mislabelled
from assay.engine.ledger import Ledger, in_order
from assay.engine.opening import Locations, from_store
from assay.engine.parts import extensions
from assay.engine.plan import Keys
from assay.engine.pool import Pool, Serial
from assay.engine.records import Analysis, Expansion
from assay.engine.state import CaseState
from assay.engine.tables import MAX_TEXT, CaseTables
from assay.engine.worker import Settings
from assay.evidence.case_folder import CaseFolder
from assay.model import canonical
from assay.model.case import Artefact, Occurrence
from assay.model.coverage import Coverage, Outcome
from assay.model.errors import Unreadable
from assay.model.locator import Locator
from assay.model.problem import Problem
from assay.registry import Bench

MIB = 1 << 20
RECALL = 256
"""Artefacts whose results are read from the cache at a time."""
NOT_EXAMINED = ("unknown",)


class Choices(msgspec.Struct, frozen=True, kw_only=True):
    """How to work; nothing here changes a result."""

    executor: str = "local"
    workers: int = 0
    deadline_seconds: float = 300.0
    memory_bytes: int = 4096 * MIB
    retry_failures: bool = False


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """The facts of a case on disk, with what they were drawn from."""

    segments: dict[str, list[Path]]
    digests: dict[str, str]
    counts: dict[str, int]
    examined: Examined
    occurrences: tuple[Occurrence, ...]
    artefacts: tuple[Artefact, ...]
    joiners: tuple[Coverage, ...]
    computed: int


class Pipeline:
    """The stages over one case."""

    def __init__(self, case: CaseFolder, bench: Bench, parameters: Parameters, cache: ResultCache) -> None:
        """Take the case, the parts, the parameters by name, and the result cache."""
        self._case = case
        self._bench = bench
        self._parameters = parameters
        self._cache = cache
        self._keys = Keys(bench, parameters)

    def facts(self, choices: Choices, progress: Progress) -> Facts:
        """Examine everything and write the fact tables. Raises: UsageError when another process works on the case."""
        with self._case.alone():
            return self._facts(choices, progress)

    def _facts(self, choices: Choices, progress: Progress) -> Facts:
        examined = self._examine(choices, progress)
        occurrences = tuple(sorted(self._occurrences(examined)))
        artefacts = tuple(sorted(_artefacts(examined)))
        ledger = Ledger(self._case.root / "facts")
        progress("write facts", 0, len(artefacts))
        self._write_case_tables(ledger, occurrences, artefacts)
        for number, analysis in enumerate(self._analyses(examined, artefacts), start=1):
            ledger.add(analysis)
            if number % 1000 == 0:
                progress("write facts", min(number, len(artefacts)), len(artefacts))
        joiners, computed = self._join(ledger, occurrences, artefacts, progress)
        segments = ledger.finish()
        return Facts(
            segments=segments,
            digests=ledger.digests(),
            counts=dict(sorted(ledger.counts.items())),
            examined=examined,
            occurrences=occurrences,
            artefacts=artefacts,
            joiners=joiners,
            computed=examined.computed + computed,
        )

    def _examine(self, choices: Choices, progress: Progress) -> Examined:
        state = CaseState(self._case.root / "state.sqlite")
        if choices.retry_failures:
            state.forget_failures()
        settings = Settings(
            exhibits=str(self._case.root / "exhibits"),
            memory_bytes=choices.memory_bytes,
            extensions=extensions(self._bench),
        )
        try:
            with _executor(choices, settings, self._parameters) as executor:
                work = CaseExamination(self._keys, self._cache, state, executor)
                return work.run(self._case.exhibits(), progress)
        finally:
            state.close()

    def _occurrences(self, examined: Examined) -> Iterator[Occurrence]:
        homes: dict[str, set[tuple[str, str]]] = {}
        for exhibit in self._case.exhibits():
            homes.setdefault(exhibit.sha256, set()).add((exhibit.handset, exhibit.path))
        for node in examined.nodes:
            for handset, path in homes[node.locator.exhibit]:
                locator = str(node.locator)
                yield Occurrence(artefact=node.sha256, handset=handset, locator=locator, path=path)

    def _write_case_tables(
        self, ledger: Ledger, occurrences: Sequence[Occurrence], artefacts: Sequence[Artefact]
    ) -> None:
        for handset in self._case.handsets:
            ledger.note("handset", msgspec.to_builtins(handset))
        for occurrence in occurrences:
            ledger.note("occurrence", msgspec.to_builtins(occurrence))
        for artefact in artefacts:
            ledger.note("artefact", msgspec.to_builtins(artefact))
        for refusal in self._case.refusals():
            problem = Problem(
                place="", what=f"{refusal.path}: {refusal.what}", instead="left out", cost="it was not examined"
            )
            ledger.note("problem", {"artefact": "", "part": "intake", **msgspec.to_builtins(problem)})
        self._compare_labels(ledger, {artefact.sha256: artefact.kind for artefact in artefacts})

    def _compare_labels(self, ledger: Ledger, kinds: Mapping[str, str]) -> None:
        for exhibit in self._case.exhibits():
            if problem := mislabelled(exhibit.path, kinds[exhibit.sha256]):
                ledger.note("problem", {"artefact": exhibit.sha256, "part": PART, **msgspec.to_builtins(problem)})

    def _analyses(self, examined: Examined, artefacts: Sequence[Artefact]) -> Iterator[Analysis]:
        failed: dict[str, list[Analysis]] = {}
        for (sha256, _), analysis in examined.failed.items():
            failed.setdefault(sha256, []).append(analysis)
        for start in range(0, len(artefacts), RECALL):
            part = artefacts[start : start + RECALL]
            wanted = {
                self._keys.analysis(artefact.sha256, name): artefact.sha256
                for artefact in part
                for name in self._keys.applying(artefact.kind)
                if (artefact.sha256, name) not in examined.failed
            }
            found: dict[str, list[Analysis]] = {}
            for key, analysis in self._recalled(wanted).items():
                found.setdefault(wanted[key], []).append(analysis)
            for artefact in part:
                own = [*found.get(artefact.sha256, ()), *failed.get(artefact.sha256, ())]
                yield from in_order([_reading(artefact, examined), *own])

    def _recalled(self, wanted: Mapping[str, str]) -> dict[str, Analysis]:
        found = self._cache.get(wanted, Analysis)
        if lost := wanted.keys() - found.keys():
            msg = f"{len(lost)} results that were computed are not in the cache"
            raise RuntimeError(msg)
        return found

    def _join(
        self,
        ledger: Ledger,
        occurrences: Sequence[Occurrence],
        artefacts: Sequence[Artefact],
        progress: Progress,
    ) -> tuple[tuple[Coverage, ...], int]:
        read = self._small_texts(occurrences, artefacts)
        place = canonical.digest([self._case.handsets, occurrences])
        work = joining.Joining(self._cache, self._parameters, place, self._keys.bench)
        coverages: list[Coverage] = []
        specs = joining.ordered(self._bench)
        for number, spec in enumerate(specs):
            progress("join", number, len(specs))
            tables = CaseTables(spec.reads, ledger.files(), occurrences, self._case.handsets, read)
            analysis = work.run(spec, tables, ledger.digests())
            coverages.append(analysis.coverage)
            ledger.add(analysis)
        progress("join", len(specs), len(specs))
        return tuple(sorted(coverages)), work.computed

    def _small_texts(self, occurrences: Sequence[Occurrence], artefacts: Sequence[Artefact]) -> "SmallTexts":
        small = {artefact.sha256 for artefact in artefacts if artefact.size <= MAX_TEXT}
        places = {one.artefact: one.locator for one in reversed(occurrences) if one.artefact in small}
        return SmallTexts(self._case, self._bench, places)


class SmallTexts:
    """Reads the bytes of small artefacts for joiners."""

    def __init__(self, case: CaseFolder, bench: Bench, places: Mapping[str, str]) -> None:
        """Take the case, the parts, and a locator for each artefact that may be read."""
        self._places = places
        self._locations = Locations(bench, from_store(case.store))

    def __call__(self, sha256: str) -> bytes | None:
        """Return the bytes, None where the artefact is too large or cannot be read."""
        if sha256 not in self._places:
            return None
        try:
            return bytes(self._locations.source(Locator.parse(self._places[sha256])).view())
        except Unreadable:
            return None


def _executor(choices: Choices, settings: Settings, parameters: Parameters) -> "Pool | Serial":
    if choices.executor == "serial":
        return Serial(settings, parameters)
    workers = choices.workers or len(os.sched_getaffinity(0))
    return Pool(settings, parameters, workers, choices.deadline_seconds)


def _artefacts(examined: Examined) -> Iterator[Artefact]:
    for sha256, size in examined.sizes.items():
        yield Artefact(sha256=sha256, size=size, kind=examined.expansions[sha256].kind)


def _reading(artefact: Artefact, examined: Examined) -> Analysis:
    expansion = examined.expansions[artefact.sha256]
    limits = examined.problems.get(artefact.sha256, ())
    outcome, reason = _outcome(expansion)
    reader = f"reader:{expansion.reader or expansion.kind}"
    coverage = Coverage(analyser=reader, artefact=artefact.sha256, outcome=outcome, reason=reason)
    return Analysis(coverage=coverage, problems=(*expansion.problems, *limits))


def _outcome(expansion: Expansion) -> tuple[Outcome, str]:
    if expansion.unreadable:
        return Outcome.FAILED, expansion.unreadable
    if expansion.not_examined:
        return Outcome.SKIPPED, expansion.not_examined
    if expansion.kind in NOT_EXAMINED:
        return Outcome.SKIPPED, "no reader recognises it"
    if expansion.kind == "empty":
        return Outcome.LOOKED, "empty: there is nothing in it"
    return Outcome.LOOKED, ""
