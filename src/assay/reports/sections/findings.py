"""The findings, by rule: what holds for which handset, how far it goes, on which facts, and what it does not show."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import msgspec

from assay.findings.rulebook import Rule
from assay.model.finding import Finding
from assay.reports.results import CaseResults

SHOWN = 150
"""Most rows of a rule that are printed; all findings stand in findings.jsonl."""


class FindingRow(msgspec.Struct, frozen=True, kw_only=True):
    """The same thing found on one or several handsets: one finding each, in the order of the case."""

    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        """The finding that speaks for all of them."""
        return self.findings[0]


class RuleFindings(msgspec.Struct, frozen=True, kw_only=True):
    """A rule that holds, with the first rows of what it found and how many are left out."""

    rule: Rule
    rows: tuple[FindingRow, ...]
    left_out: int


def findings(results: CaseResults) -> tuple[RuleFindings, ...]:
    """Return the rules that hold: those of the highest grade first, then by id."""
    position = {handset.name: index for index, handset in enumerate(results.handsets)}
    rules = {rule.id: rule for rule in results.rules}
    grouped = _by_rule(results.findings)
    ordered = sorted(grouped, key=lambda rule: (-max(one.grade.high for one in grouped[rule]), rule))
    return tuple(_rule_findings(rules[rule], _rows(grouped[rule], position)) for rule in ordered)


def _rule_findings(rule: Rule, rows: tuple[FindingRow, ...]) -> RuleFindings:
    return RuleFindings(rule=rule, rows=rows[:SHOWN], left_out=max(len(rows) - SHOWN, 0))


def printed_ids(groups: Iterable[RuleFindings]) -> frozenset[str]:
    """Return the ids of the findings that are printed, and so can be led to."""
    return frozenset(finding.id for group in groups for row in group.rows for finding in row.findings)


def _by_rule(found: Iterable[Finding]) -> dict[str, list[Finding]]:
    grouped: dict[str, list[Finding]] = defaultdict(list)
    for finding in found:
        grouped[finding.rule].append(finding)
    return grouped


def _rows(found: Iterable[Finding], position: Mapping[str, int]) -> tuple[FindingRow, ...]:
    alike: dict[object, list[Finding]] = defaultdict(list)
    for one in found:
        alike[one.subject, one.profile, one.grade, tuple(sorted(one.detail.items()))].append(one)
    rows = [sorted(same, key=lambda one: (_place(one, position), one.id)) for same in alike.values()]
    rows.sort(key=lambda same: (-same[0].grade.high, same[0].subject, _place(same[0], position), same[0].id))
    return tuple(FindingRow(findings=tuple(same)) for same in rows)


def _place(finding: Finding, position: Mapping[str, int]) -> int:
    return position.get(finding.handset, len(position))


def quiet_rules(results: CaseResults) -> tuple[Rule, ...]:
    """Return the rules without a finding in this case, by id."""
    held = {finding.rule for finding in results.findings}
    return tuple(rule for rule in results.rules if rule.id not in held)
