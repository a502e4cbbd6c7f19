"""What some handsets of a case have and others have not, rule by rule."""

from itertools import groupby

import msgspec

from assay.comparison.handsets import Shared, Spread, side_by_side
from assay.findings.rulebook import Rule
from assay.model.grade import GradeRange
from assay.reports.results import CaseResults

SHOWN = 40
"""Most subjects of a rule that are printed."""


class DifferenceRow(msgspec.Struct, frozen=True, kw_only=True):
    """One subject with its grade on each handset; None where that handset has no such finding."""

    subject: str
    grades: tuple[GradeRange | None, ...]


class RuleDifferences(msgspec.Struct, frozen=True, kw_only=True):
    """The first subjects of a rule that not every handset has, or not in the same grade."""

    rule: Rule
    rows: tuple[DifferenceRow, ...]
    left_out: int


def differences(results: CaseResults) -> tuple[RuleDifferences, ...]:
    """Return the rules by id whose findings differ between handsets; nothing for a single handset."""
    names = tuple(handset.name for handset in results.handsets)
    rules = {rule.id: rule for rule in results.rules}
    differing = [one for one in side_by_side(results.findings, names) if _differs(one)]
    return tuple(
        _rule_differences(rules[rule], [_row(one, names) for one in group])
        for rule, group in groupby(differing, key=lambda one: one.rule)
    )


def _differs(shared: Shared) -> bool:
    return shared.spread is not Spread.EVERY or len(set(shared.grades.values())) > 1


def _row(shared: Shared, names: tuple[str, ...]) -> DifferenceRow:
    return DifferenceRow(subject=shared.subject, grades=tuple(shared.grades.get(name) for name in names))


def _rule_differences(rule: Rule, rows: list[DifferenceRow]) -> RuleDifferences:
    return RuleDifferences(rule=rule, rows=tuple(rows[:SHOWN]), left_out=max(len(rows) - SHOWN, 0))
