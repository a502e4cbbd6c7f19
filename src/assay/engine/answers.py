"""Whether a worker's answer fits what it was asked: one that was taken over may say anything.

What an answer says about the artefact that was asked for cannot be checked here. It can be kept from saying anything
about another one, and from holding what the rest of the bench cannot take.
"""

from collections.abc import Iterator

import msgspec

from assay.engine import indexing
from assay.engine.code_records import IndexCode, Indexed
from assay.engine.records import (
    EXPANSION,
    Analysis,
    Answer,
    Child,
    Examination,
    Expansion,
    Item,
    Join,
    Joined,
    Look,
    ReadText,
    Row,
    Seen,
    Task,
    Text,
    Tried,
    TryEverything,
    Whole,
)
from assay.engine.rows import INTEGER
from assay.model.ids import is_sha256
from assay.registry import BENCH, AnalyserSpec, JoinerSpec
from assay.registry.bench import NO_FORMATS
from assay.vocabulary import TABLES, fact_id, table_of

LOOK = "look"
"""The part of a task that has no parts of its own."""

ANY: frozenset[str] = frozenset()
"""A joiner's rows are about any artefact of the case."""

COUNT = range(2**63)
"""What a count of things not followed may be."""

UNREADABLE = "unreadable"
"""The kind of what was known and cannot be opened any more."""

_PAIRS: dict[type, type] = {
    Item: Examination,
    Join: Joined,
    Look: Seen,
    ReadText: Text,
    TryEverything: Tried,
    IndexCode: Indexed,
}


def key_of(task: Task) -> str:
    """Return what tells one task of a run from another, whatever was left out of it."""
    return task.sha256 if isinstance(task, Item) else repr(msgspec.structs.replace(task, without=()))


def subject_of(task: Task) -> str:
    """Return the sha256 of the artefact that a task is about, empty where it is about none."""
    return task.sha256 if isinstance(task, (Item, IndexCode)) else ""


def allowed_parts(task: Task) -> frozenset[str]:
    """Return the parts that a worker may say it begins."""
    if isinstance(task, Item):
        return frozenset({EXPANSION, *(spec.name for spec in BENCH.analysers)})
    return frozenset({task.joiner if isinstance(task, Join) else LOOK})


def may_begin(task: Task, part: str) -> bool:
    """Say whether a worker may say that it begins a part."""
    return indexing.is_part(task, part) if isinstance(task, IndexCode) else part in allowed_parts(task)


def fits(task: Task, answer: Answer) -> bool:
    """Say whether an answer is one to this task, and can be taken."""
    if not isinstance(answer, _PAIRS[type(task)]):
        return False
    if isinstance(task, Item) and isinstance(answer, Examination):
        return _fits_item(task, answer)
    if isinstance(task, IndexCode) and isinstance(answer, Indexed):
        return indexing.fits(task, answer)
    if isinstance(task, Join) and isinstance(answer, Joined):
        specs = {spec.name: spec for spec in BENCH.joiners}
        return _fits_part(specs[task.joiner], ANY, answer.analysis)
    return True


def _fits_item(item: Item, answer: Examination) -> bool:
    if answer.sha256 != item.sha256 or not _fits_expansion(item, answer.expansion):
        return False
    specs = {spec.name: spec for spec in BENCH.analysers}
    about = frozenset({item.sha256, *_inside(item.whole)})
    if answer.analyses.keys() != _expected(item, answer.expansion) or not about.issuperset(answer.columns):
        return False
    return all(_fits_part(specs[name], about, analysis) for name, analysis in answer.analyses.items())


def _expected(item: Item, expansion: Expansion | None) -> set[str]:
    """Return the analysers that an answer must hold, all of them: what is left out would never be asked for again."""
    if expansion is None:
        return set(item.analysers or ())
    given = next((spec.gives for spec in BENCH.readers if spec.kind == expansion.kind), None)
    return {spec.name for spec in BENCH.analysers if given is not None and issubclass(given, spec.reads)}


def _inside(whole: Whole | None) -> Iterator[str]:
    """Yield the artefacts of an app, about which its rows may be."""
    if whole is not None:
        yield from (one.sha256 for one in (*whole.archives, *whole.code))


def _fits_expansion(item: Item, expansion: Expansion | None) -> bool:
    if expansion is None:
        return item.analysers is not None
    if item.analysers is not None:
        return expansion.kind == UNREADABLE and not expansion.children and item.whole is None
    for spec in BENCH.readers:
        if spec.kind == expansion.kind:
            known = (expansion.step, expansion.reader) == (spec.step, f"{spec.kind}@{spec.version}")
            return known and all(map(_is_child, expansion.children))
    return expansion.kind in NO_FORMATS and not expansion.children


def _is_child(child: Child) -> bool:
    return is_sha256(child.sha256) and child.size >= 0


def _fits_part(spec: AnalyserSpec | JoinerSpec, about: frozenset[str], analysis: Analysis) -> bool:
    coverage, tables = analysis.coverage, {table_of(record) for record in spec.emits}
    if coverage.analyser != spec.id or coverage.artefact not in (about or {""}):
        return False
    if not all(missed.count in COUNT for missed in coverage.not_followed):
        return False
    return all(
        row.table in tables and (row.artefact in about if about else is_sha256(row.artefact)) and _is_record(row)
        for row in analysis.rows
    )


def _is_record(row: Row) -> bool:
    """Say whether a row has the columns of its table, those alone, and the id that belongs to them."""
    record = TABLES[row.table]
    try:
        fact = msgspec.convert(row.values, record)
    except msgspec.ValidationError:
        return False
    if row.values.keys() != set(record.__struct_fields__):
        return False
    fits = not any(type(value) is int and value not in INTEGER for value in row.values.values())
    return fits and row.fact == fact_id(row.artefact, fact)
