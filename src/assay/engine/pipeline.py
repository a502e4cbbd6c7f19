"""From an intake to results: examine, write facts, join, judge. One function a stage, in the order of work."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from assay.engine import given, joining
from assay.engine.applications import APK, Applications
from assay.engine.cache import ResultCache
from assay.engine.examination import CaseExamination, Examined
from assay.engine.examine import Parameters
from assay.engine.executors import Choices, Place, executor
from assay.engine.frontier import Node
from assay.engine.labels import PART, mislabelled
from assay.engine.ledger import Ledger, in_order
from assay.engine.parts import chosen, extensions
from assay.engine.plan import Keys
from assay.engine.pool import Pool
from assay.engine.records import MAX_TEXT, Analysis, Expansion, Failure, Places, Whole
from assay.engine.results import Progress, Results
from assay.engine.sandbox.level import Sandbox
from assay.engine.serial import Serial
from assay.engine.state import CaseState
from assay.evidence.case_folder import CaseFolder
from assay.facts.packages import find_packages
from assay.model.case import Artefact, Occurrence
from assay.model.coverage import Coverage, Outcome
from assay.model.problem import Problem
from assay.registry import Bench
from assay.vocabulary.packages import Package

RECALL = 256
"""Artefacts whose results are read from the cache at a time."""
NOT_EXAMINED = ("unknown",)


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """The facts of a case on disk, with what they were drawn from and by what workers were held meanwhile."""

    segments: dict[str, list[Path]]
    digests: dict[str, str]
    counts: dict[str, int]
    examined: Examined
    occurrences: tuple[Occurrence, ...]
    artefacts: tuple[Artefact, ...]
    joiners: tuple[Coverage, ...]
    failures: tuple[Failure, ...]
    sandbox: Sandbox
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
        ledger = Ledger(self._case.root / "facts")
        place = Place(
            case=self._case, home=self._cache.folder, extensions=extensions(self._bench), parts=chosen(self._bench)
        )
        with executor(choices, place, ledger.folder, self._parameters) as hands:
            examined = self._examine(choices, hands, progress)
            occurrences = tuple(sorted(self._occurrences(examined.nodes)))
            artefacts = tuple(sorted(_artefacts(examined)))
            self._write(ledger, examined, occurrences, artefacts, progress)
            work = self._joining(hands, occurrences, artefacts)
            joiners = self._join(work, ledger, progress)
        segments = ledger.finish()
        return Facts(
            segments=segments,
            digests=ledger.digests(),
            counts=dict(sorted(ledger.counts.items())),
            examined=examined,
            occurrences=occurrences,
            artefacts=artefacts,
            joiners=joiners,
            failures=tuple(sorted({*examined.failures, *work.failures})),
            sandbox=hands.sandbox,
            computed=examined.computed + work.computed,
        )

    def _examine(self, choices: Choices, hands: "Pool | Serial", progress: Progress) -> Examined:
        state = CaseState(self._case.root / "state.sqlite")
        if choices.retry_failures:
            state.forget_failures()
        try:
            results = Results(self._keys, self._cache, state, hands)
            return CaseExamination(self._keys, results, self._apps).run(self._case.exhibits(), progress)
        finally:
            state.close()

    def _apps(self, nodes: Sequence[Node], expansions: Mapping[str, Expansion]) -> Sequence[Whole]:
        sizes = {node.sha256: node.size for node in nodes}
        packages = self._packages([sha256 for sha256 in sizes if expansions[sha256].kind == APK])
        return Applications(expansions, sizes, packages).found(self._occurrences(nodes))

    def _packages(self, archives: Sequence[str]) -> dict[str, tuple[str, int, str]]:
        """Return what each package that could be read says of itself."""
        keys = [self._keys.analysis(sha256, find_packages.__name__) for sha256 in archives]
        rows = [row for found in self._cache.get(keys, Analysis).values() for row in found.rows]
        packages = [(row.artefact, msgspec.convert(row.values, Package)) for row in rows]
        return {sha256: (one.package, one.version_code, one.split) for sha256, one in packages}

    def _write(
        self,
        ledger: Ledger,
        examined: Examined,
        occurrences: Sequence[Occurrence],
        artefacts: Sequence[Artefact],
        progress: Progress,
    ) -> None:
        progress("write facts", 0, len(artefacts))
        self._write_case_tables(ledger, occurrences, artefacts)
        for number, analysis in enumerate(self._analyses(examined, artefacts), start=1):
            ledger.add(analysis)
            if number % 1000 == 0:
                progress("write facts", min(number, len(artefacts)), len(artefacts))

    def _occurrences(self, nodes: Sequence[Node]) -> Iterator[Occurrence]:
        homes: dict[str, set[tuple[str, str]]] = {}
        for exhibit in self._case.exhibits():
            homes.setdefault(exhibit.sha256, set()).add((exhibit.handset, exhibit.path))
        for node in nodes:
            for handset, path in homes[node.locator.exhibit]:
                locator = str(node.locator)
                yield Occurrence(artefact=node.sha256, handset=handset, locator=locator, path=path)

    def _write_case_tables(
        self, ledger: Ledger, occurrences: Sequence[Occurrence], artefacts: Sequence[Artefact]
    ) -> None:
        for handset in self._case.handsets:
            ledger.note("handset", msgspec.to_builtins(handset))
        for name, profile in given.assumed(self._case):
            ledger.note("assumed_profile", {"handset": name, "profile": profile})
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
        yield from self._of_apps(examined)

    def _of_apps(self, examined: Examined) -> Iterator[Analysis]:
        for app in examined.apps:
            wanted = {self._keys.analysis(app.id, name): name for name in self._keys.of_applications}
            failed = {name: one for (subject, name), one in examined.failed.items() if subject == app.id}
            known = {key: name for key, name in wanted.items() if name not in failed}
            yield from in_order([*self._recalled(known).values(), *failed.values()])

    def _recalled(self, wanted: Mapping[str, str]) -> dict[str, Analysis]:
        found = self._cache.get(wanted, Analysis)
        if lost := wanted.keys() - found.keys():
            msg = f"{len(lost)} results that were computed are not in the cache"
            raise RuntimeError(msg)
        return found

    def _joining(
        self, hands: "Pool | Serial", occurrences: tuple[Occurrence, ...], artefacts: Sequence[Artefact]
    ) -> joining.Joining:
        small = {artefact.sha256 for artefact in artefacts if artefact.size <= MAX_TEXT}
        texts = {one.artefact: one.locator for one in reversed(occurrences) if one.artefact in small}
        places = Places(handsets=self._case.handsets, occurrences=occurrences, texts=texts)
        return joining.Joining(self._cache, self._parameters, places, self._keys.bench, hands)

    def _join(self, work: joining.Joining, ledger: Ledger, progress: Progress) -> tuple[Coverage, ...]:
        coverages: list[Coverage] = []
        specs = joining.ordered(self._bench)
        for number, spec in enumerate(specs):
            progress("join", number, len(specs))
            analysis = work.run(spec, ledger.files(), ledger.digests())
            coverages.append(analysis.coverage)
            ledger.add(analysis)
        progress("join", len(specs), len(specs))
        return tuple(sorted(coverages))


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
