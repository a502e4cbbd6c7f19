"""The findings, by rule: what holds for which handset, how far it goes, on which facts, and what it does not show."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import msgspec

from assay.findings.rulebook import Rule
from assay.model.finding import Finding
from assay.reports.results import CaseResults


class RuleFindings(msgspec.Struct, frozen=True, kw_only=True):
    """A rule that holds, with its findings in the order of handsets."""

    rule: Rule
    findings: tuple[Finding, ...]


def findings(results: CaseResults) -> tuple[RuleFindings, ...]:
    """Return the rules that hold by id."""
    position = {handset.name: index for index, handset in enumerate(results.handsets)}
    grouped = _by_rule(results.findings)
    rules = {rule.id: rule for rule in results.rules}
    return tuple(_rule_findings(rules[rule], grouped[rule], position) for rule in sorted(grouped))


def _by_rule(found: Iterable[Finding]) -> dict[str, list[Finding]]:
    grouped: dict[str, list[Finding]] = defaultdict(list)
    for finding in found:
        grouped[finding.rule].append(finding)
    return grouped


def _rule_findings(rule: Rule, found: list[Finding], position: Mapping[str, int]) -> RuleFindings:
    ordered = sorted(
        found, key=lambda one: (position.get(one.handset, len(position)), one.profile, one.subject, one.id)
    )
    return RuleFindings(rule=rule, findings=tuple(ordered))


def quiet_rules(results: CaseResults) -> tuple[Rule, ...]:
    """Return the rules without a finding in this case, by id."""
    held = {finding.rule for finding in results.findings}
    return tuple(rule for rule in results.rules if rule.id not in held)
