"""The examination of one artefact: open it, list what it contains, run the analysers that apply.

The one place of the bench where any exception is caught: a fault of ours becomes a record and the rest goes on.
"""

import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import msgspec

from assay.engine.opening import Locations, Opened, named_members, open_document
from assay.engine.records import EXPANSION, Analysis, Child, Examination, Expansion, Item, Row
from assay.model.coverage import Coverage, NotFollowed, Outcome
from assay.model.errors import Unreadable
from assay.model.ids import sha256_hex
from assay.model.limits import MAX_MEMBERS
from assay.model.locator import Locator, percent_encode
from assay.model.problem import Problem
from assay.registry import AnalyserSpec, Bench, Container, Parameter
from assay.vocabulary import Fact, fact_id, table_of

OUR_FAULT = "nothing more of this part was read; please report it with the artefact's sha256"

Announce = Callable[[str], None]
Parameters = Mapping[str, Parameter]


class Examiner:
    """Examines items with the parts of a bench and the parameters of a run."""

    def __init__(self, bench: Bench, locations: Locations, parameters: Parameters) -> None:
        """Take the parts, the way to the bytes and the parameters by name."""
        self._bench = bench
        self._locations = locations
        self._parameters = parameters

    def examine(self, item: Item, announce: Announce) -> Examination:
        """Examine an item; `announce` is called with the name of each part before it begins."""
        announce(EXPANSION)
        if EXPANSION in item.without:
            return _not_opened(item, "opening it brought the worker down")
        try:
            opened = self._open(item)
            expansion = _expansion(opened) if isinstance(opened, Opened) else opened
        except Exception as error:  # noqa: BLE001 - the one place: see the module
            return _not_opened(item, _fault(error))
        if not isinstance(opened, Opened):
            return Examination(sha256=item.sha256, expansion=expansion, analyses={})
        analyses = {spec.name: self._analyse(spec, item, opened, announce) for spec in self._applying(item, opened)}
        return Examination(sha256=item.sha256, expansion=expansion, analyses=analyses)

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
            if isinstance(opened.document, spec.reads) and (item.analysers is None or spec.name in item.analysers):
                yield spec

    def _analyse(self, spec: AnalyserSpec, item: Item, opened: Opened, announce: Announce) -> Analysis:
        announce(spec.name)
        if spec.name in item.without:
            return _failed(spec, item, "it brought the worker down twice")
        missing = [need for need in spec.needs if need not in self._parameters]
        if missing:
            reason = f"no {' and no '.join(missing)} given"
            coverage = Coverage(analyser=spec.id, artefact=item.sha256, outcome=Outcome.SKIPPED, reason=reason)
            return Analysis(coverage=coverage)
        given = {need: self._parameters[need] for need in spec.needs}
        try:
            return _looked(spec.id, item.sha256, ((item.sha256, one) for one in spec.run(opened.document, **given)))
        except Unreadable as why:
            return _failed(spec, item, why.what)
        except Exception as error:  # noqa: BLE001 - the one place: see the module
            return _failed(spec, item, _fault(error))


def _looked(part: str, artefact: str, given: Iterable[tuple[str, Any]]) -> Analysis:
    rows: dict[tuple[str, str], Row] = {}
    problems: list[Problem] = []
    missed: list[NotFollowed] = []
    for subject, one in given:
        if isinstance(one, Problem):
            problems.append(one)
        elif isinstance(one, NotFollowed):
            missed.append(one)
        else:
            row = row_of(subject, one)
            rows.setdefault((row.artefact, row.fact), row)
    coverage = Coverage(analyser=part, artefact=artefact, outcome=Outcome.LOOKED, not_followed=tuple(sorted(missed)))
    ordered = tuple(rows[key] for key in sorted(rows))
    return Analysis(coverage=coverage, rows=ordered, problems=tuple(sorted(set(problems))))


def joined(part: str, given: Iterable[tuple[str, Any]]) -> Analysis:
    """Return what a joiner gave, as an analysis of no single artefact."""
    return _looked(part, "", given)


def row_of(artefact: str, fact: Fact) -> Row:
    """Return a fact as plain data."""
    values = msgspec.to_builtins(fact)
    return Row(table=table_of(type(fact)), fact=fact_id(artefact, fact), artefact=artefact, values=values)


def _failed(spec: AnalyserSpec, item: Item, reason: str) -> Analysis:
    problem = Problem(place="", what=reason, instead=OUR_FAULT, cost=f"not answered here: {spec.question}")
    coverage = Coverage(analyser=spec.id, artefact=item.sha256, outcome=Outcome.FAILED, reason=reason)
    return Analysis(coverage=coverage, problems=(problem,))


def _not_opened(item: Item, reason: str) -> Examination:
    problem = Problem(place="", what=reason, instead=OUR_FAULT, cost="nothing inside it was examined")
    expansion = Expansion(kind="unreadable", unreadable=reason, problems=(problem,))
    return Examination(sha256=item.sha256, expansion=expansion, analyses={})


def _fault(error: Exception) -> str:
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"a fault in Assay: {type(error).__name__} in {frame.name}"


def _expansion(opened: Opened) -> Expansion:
    children, problems = _children(opened.document) if isinstance(opened.document, Container) else ((), ())
    return Expansion(
        kind=opened.spec.kind,
        step=opened.spec.step,
        reader=f"{opened.spec.kind}@{opened.spec.version}",
        children=children,
        problems=tuple(sorted({*opened.refused, *opened.document.problems, *problems})),
    )


def _children(container: Container) -> tuple[tuple[Child, ...], tuple[Problem, ...]]:
    children: list[Child] = []
    problems: list[Problem] = []
    for number, (name, member) in enumerate(named_members(container), start=1):
        if number > MAX_MEMBERS:
            problems.append(_cut(number))
            break
        try:
            source = member.open()
        except Unreadable as why:
            problems.append(_member_unreadable(name, why))
        else:
            children.append(Child(member=name, sha256=sha256_hex(source.view()), size=source.size))
    return tuple(children), tuple(problems)


def _cut(number: int) -> Problem:
    what = f"more than {number - 1} members"
    return Problem(place="", what=what, instead="the first were read", cost="the rest was not examined")


def _member_unreadable(name: bytes, why: Unreadable) -> Problem:
    what = f"member {percent_encode(name)}: {why.what}"
    return Problem(place="", what=what, instead="the other members were read", cost=why.cost)
