"""Whether a finding meets a condition of a claim, and how surely."""

import re
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from assay.model.finding import Finding
from assay.reference.profiles import profiles
from assay.verdicts.claim import Condition
from assay.verdicts.scope import EUROPEAN_UNION
from assay.verdicts.standing import Weight

_NUMBER = re.compile(r"\d{1,15}")


class Witness(msgspec.Struct, frozen=True, kw_only=True):
    """A finding that bears on a claim, and whether it does so for certain."""

    finding: Finding
    weight: Weight


def witnesses(conditions: Iterable[Condition], findings: Sequence[Finding]) -> tuple[Witness, ...]:
    """Return each finding that meets a condition, once, with the greatest weight, in the order of the findings."""
    weights: dict[str, Weight] = {}
    for condition in conditions:
        for finding in findings:
            weight = weigh(condition, finding)
            weights[finding.id] = max(weight, weights.get(finding.id, Weight.ABSENT))
    return tuple(
        Witness(finding=finding, weight=weights[finding.id])
        for finding in findings
        if weights.get(finding.id, Weight.ABSENT) is not Weight.ABSENT
    )


def heaviest(found: Iterable[Witness]) -> Weight:
    """Return the greatest weight among the witnesses."""
    return max((one.weight for one in found), default=Weight.ABSENT)


def weigh(condition: Condition, finding: Finding) -> Weight:
    """Return whether the finding meets the condition: a grade that only may reach what is asked makes it possible."""
    if finding.rule != condition.rule or finding.grade.high < condition.grade or not _fits(condition, finding):
        return Weight.ABSENT
    if condition.possible or finding.grade.low < condition.grade:
        return Weight.POSSIBLE
    return Weight.CERTAIN


def _fits(condition: Condition, finding: Finding) -> bool:
    items = _items(finding)
    return (
        all(_has(items, key, values) for key, values in condition.where.items())
        and (not condition.any_of or any(_has(items, key, values) for key, values in condition.any_of.items()))
        and not any(_has(items, key, values) for key, values in condition.none_of.items())
        and all(any(n >= least for n in _numbers(items, key)) for key, least in condition.minimum.items())
        and all(any(n <= most for n in _numbers(items, key)) for key, most in condition.maximum.items())
    )


def _items(finding: Finding) -> dict[str, tuple[str, ...]]:
    told = {**finding.detail, "subject": finding.subject}
    items = {key: (value, *value.split(", ")) for key, value in told.items()}
    known = profiles().get(finding.profile)
    return {
        **items,
        "profile": (finding.profile, EUROPEAN_UNION) if known and known.european_union else (finding.profile,),
    }


def _has(items: Mapping[str, tuple[str, ...]], key: str, values: Iterable[str]) -> bool:
    return bool(set(values) & set(items.get(key, ())))


def _numbers(items: Mapping[str, tuple[str, ...]], key: str) -> list[int]:
    return [int(item) for item in items.get(key, ()) if _NUMBER.fullmatch(item)]
