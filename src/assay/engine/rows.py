"""From what a part yields to rows that a table holds; what does not fit a table is a fault of the part."""

from collections.abc import Iterable
from typing import Any

import msgspec

from assay.engine.records import Analysis, Row
from assay.model import canonical
from assay.model.coverage import Coverage, NotFollowed, Outcome
from assay.model.ids import is_sha256
from assay.model.problem import Problem
from assay.registry import AnalyserSpec, JoinerSpec
from assay.vocabulary import Fact, fact_id, table_of

INTEGER = range(-(2**63), 2**63)
"""What an integer column holds."""


def collected(spec: AnalyserSpec | JoinerSpec, artefact: str, given: Iterable[tuple[str, Any]]) -> Analysis:
    """Return what a part gave, sorted; `given` are pairs of an artefact and what was yielded about it.

    Raises: TypeError, ValueError, OverflowError for what the part may not yield.
    """
    rows: dict[tuple[str, str], Row] = {}
    problems: set[Problem] = set()
    missed: list[NotFollowed] = []
    for subject, one in given:
        if isinstance(one, Problem):
            canonical.line(one)
            problems.add(one)
        elif isinstance(one, NotFollowed):
            missed.append(one)
        else:
            _add(rows, row_of(spec, subject, one))
    coverage = Coverage(analyser=spec.id, artefact=artefact, outcome=Outcome.LOOKED, not_followed=tuple(sorted(missed)))
    return Analysis(coverage=coverage, rows=tuple(rows[key] for key in sorted(rows)), problems=tuple(sorted(problems)))


def _add(rows: dict[tuple[str, str], Row], row: Row) -> None:
    if rows.setdefault((row.artefact, row.fact), row) != row:
        msg = f"two different rows have the id {row.fact}"
        raise ValueError(msg)


def row_of(spec: AnalyserSpec | JoinerSpec, artefact: str, fact: Fact) -> Row:
    """Return a fact as plain data, held to its table."""
    if type(fact) not in spec.emits:
        msg = f"{type(fact).__name__} is not among the tables that {spec.name} declares"
        raise TypeError(msg)
    if not is_sha256(artefact):
        msg = f"a fact is of an artefact, not of {artefact!r}"
        raise ValueError(msg)
    values = msgspec.to_builtins(fact)
    msgspec.convert(values, type(fact))
    if any(type(value) is int and value not in INTEGER for value in values.values()):
        msg = f"a number does not fit {table_of(type(fact))}"
        raise OverflowError(msg)
    return Row(table=table_of(type(fact)), fact=fact_id(artefact, fact), artefact=artefact, values=values)
