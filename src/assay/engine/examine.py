"""The examination of one artefact: open it, list what it contains, run the analysers that apply.

The one place of the bench where any exception is caught: a fault of ours becomes a record and the rest goes on. Two
are let through: memory that runs out, which ends the worker, and a case folder that is not what it was.
"""

import gc
import traceback
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from assay.engine.opening import Locations, Opened, named_members, open_document
from assay.engine.records import EXPANSION, Analysis, Child, Examination, Expansion, Item, Whole
from assay.engine.rows import collected
from assay.engine.shelf import Shelf
from assay.engine.whole import WholeApplication, reads_applications
from assay.model import canonical
from assay.model.coverage import Coverage, Outcome
from assay.model.errors import AssayError, Unreadable
from assay.model.ids import sha256_hex
from assay.model.limits import MAX_MEMBERS
from assay.model.locator import Locator, percent_encode
from assay.model.problem import Problem
from assay.registry import AnalyserSpec, Bench, Container, FactTables, JoinerSpec, Parameter, Unexamined

OUR_FAULT = "nothing more of this part was read; please report it with the artefact's sha256"
TWICE = "brought the worker down twice"

Announce = Callable[[str], None]
Parameters = Mapping[str, Parameter]
Part = AnalyserSpec | JoinerSpec
Run = Callable[[Parameters], Iterator[tuple[str, Any]]]


class Examiner:
    """Examines items with the parts of a bench and the parameters of a run."""

    def __init__(self, bench: Bench, locations: Locations, parameters: Parameters, shelf: Shelf) -> None:
        """Take the parts, the way to the bytes, the parameters by name, and the way to columns of code."""
        self._shelf = shelf
        self._bench = bench
        self._locations = locations
        self._parameters = parameters

    def examine(self, item: Item, announce: Announce) -> Examination:
        """Examine an item; `announce` is called with the name of each part before it begins.

        Where the item names its analysers, what the artefact is and contains is known and not worked out again.
        Raises: AssayError when the case folder is not what it was, MemoryError.
        """
        if item.whole is not None:
            return self._examine_whole(item, item.whole, announce)
        announce(EXPANSION)
        if EXPANSION in item.without:
            return not_opened(item, f"opening it {TWICE}")
        try:
            opened = self._open(item)
            expansion = _expansion(opened) if item.analysers is None else None
        except (AssayError, MemoryError):
            raise
        except Exception as error:  # noqa: BLE001 - the one place: see the module
            return not_opened(item, _fault(error))
        analyses: dict[str, Analysis] = {}
        if isinstance(opened, Opened):
            analyses = {spec.name: self._analyse(spec, item, opened, announce) for spec in self._applying(item, opened)}
        return Examination(sha256=item.sha256, expansion=expansion, analyses=analyses)

    def _examine_whole(self, item: Item, whole: Whole, announce: Announce) -> Examination:
        opened = WholeApplication(self._bench, self._locations, whole, self._shelf)
        analyses = {
            spec.name: self._analyse_whole(spec, item, opened, announce)
            for spec in self._bench.analysers
            if reads_applications(spec) and (item.analysers is None or spec.name in item.analysers)
        }
        return Examination(sha256=item.sha256, expansion=None, analyses=analyses, columns=self._shelf.left())

    def _analyse_whole(self, spec: AnalyserSpec, item: Item, opened: WholeApplication, announce: Announce) -> Analysis:
        announce(spec.name)
        base = opened.whole.archives[0].sha256
        if spec.name in item.without:
            return failed(spec, base, f"it {TWICE}")

        def run(given: Parameters) -> Iterator[tuple[str, Any]]:
            yield from spec.run(opened.application, **given)
            yield from opened.left_out()

        found = _guarded(spec, base, self._parameters, run)
        gc.collect()  # what follows values holds itself in cycles, and the next analyser makes its own
        return found

    def _open(self, item: Item) -> Opened | Expansion:
        try:
            source = self._locations.source(Locator.parse(item.locator))
            if source.size == 0:
                return Expansion(kind="empty")
            return open_document(self._bench, source) or Expansion(kind="unknown")
        except Unreadable as why:
            problem = Problem(place="", what=why.what, instead="nothing", cost=why.cost)
            return Expansion(kind="unreadable", unreadable=why.what, problems=(problem,))

    def _applying(self, item: Item, opened: Opened) -> Iterator[AnalyserSpec]:
        for spec in self._bench.analysers:
            if issubclass(opened.spec.gives, spec.reads) and (item.analysers is None or spec.name in item.analysers):
                yield spec

    def _analyse(self, spec: AnalyserSpec, item: Item, opened: Opened, announce: Announce) -> Analysis:
        announce(spec.name)
        if spec.name in item.without:
            return failed(spec, item.sha256, f"it {TWICE}")

        def run(given: Parameters) -> Iterator[tuple[str, Any]]:
            return ((item.sha256, one) for one in spec.run(opened.document, **given))

        return _guarded(spec, item.sha256, self._parameters, run)


def join(spec: JoinerSpec, tables: FactTables, parameters: Parameters) -> Analysis:
    """Return what a joiner gives for a case, as an analysis of no single artefact."""
    return _guarded(spec, "", parameters, lambda given: spec.run(tables, **given))


def _guarded(spec: Part, artefact: str, parameters: Parameters, run: Run) -> Analysis:
    missing = [need for need in spec.needs if need not in parameters]
    if missing:
        return _not_looked(spec, artefact, Outcome.SKIPPED, f"no {' and no '.join(missing)} given")
    try:
        return collected(spec, artefact, run({need: parameters[need] for need in spec.needs}))
    except (AssayError, MemoryError):
        raise
    except Unreadable as why:
        return failed(spec, artefact, why.what)
    except Exception as error:  # noqa: BLE001 - the one place: see the module
        return failed(spec, artefact, _fault(error))


def _not_looked(spec: Part, artefact: str, outcome: Outcome, reason: str, *problems: Problem) -> Analysis:
    coverage = Coverage(analyser=spec.id, artefact=artefact, outcome=outcome, reason=reason)
    return Analysis(coverage=coverage, problems=problems)


def failed(spec: Part, artefact: str, reason: str) -> Analysis:
    """Return what stands for a part that could not look."""
    problem = Problem(place="", what=reason, instead=OUR_FAULT, cost=f"not answered here: {spec.question}")
    return _not_looked(spec, artefact, Outcome.FAILED, reason, problem)


def not_opened(item: Item, reason: str) -> Examination:
    """Return what stands for an artefact that could not be opened."""
    problem = Problem(place="", what=reason, instead=OUR_FAULT, cost="nothing inside it was examined")
    expansion = Expansion(kind="unreadable", unreadable=reason, problems=(problem,))
    return Examination(sha256=item.sha256, expansion=expansion, analyses={})


def not_looked_at(item: Item, bench: Bench, reason: str) -> Examination:
    """Return what stands for an app that no analyser could look at."""
    base = item.whole.archives[0].sha256 if item.whole else item.sha256
    named = [spec for spec in bench.analysers if spec.name in (item.analysers or ())]
    analyses = {spec.name: failed(spec, base, reason) for spec in named}
    return Examination(sha256=item.sha256, expansion=None, analyses=analyses)


def _fault(error: Exception) -> str:
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"a fault in Assay: {type(error).__name__} in {frame.name}"


def _expansion(opened: Opened | Expansion) -> Expansion:
    if isinstance(opened, Expansion):
        return opened
    children, problems = _children(opened.document) if isinstance(opened.document, Container) else ((), ())
    met = tuple(sorted({*opened.refused, *opened.document.problems, *problems}))
    canonical.lines(met)
    return Expansion(
        kind=opened.spec.kind,
        step=opened.spec.step,
        reader=f"{opened.spec.kind}@{opened.spec.version}",
        not_examined=opened.document.not_examined if isinstance(opened.document, Unexamined) else "",
        children=children,
        problems=met,
    )


def _children(container: Container) -> tuple[tuple[Child, ...], tuple[Problem, ...]]:
    children: list[Child] = []
    problems: list[Problem] = []
    for number, (name, member) in enumerate(named_members(container)):
        if number == MAX_MEMBERS:
            problems.append(_cut())
            break
        try:
            source = member.open()
        except Unreadable as why:
            problems.append(_member_unreadable(name, why))
        else:
            children.append(Child(member=name, sha256=sha256_hex(source.view()), size=source.size))
    return tuple(children), tuple(problems)


def _cut() -> Problem:
    what = f"more than {MAX_MEMBERS} members"
    return Problem(place="", what=what, instead="the first were read", cost="the rest was not examined")


def _member_unreadable(name: bytes, why: Unreadable) -> Problem:
    what = f"member {percent_encode(name)}: {why.what}"
    return Problem(place="", what=what, instead="the other members were read", cost=why.cost)
