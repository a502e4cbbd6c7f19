"""Handsets side by side from their findings: what every one has, what some have, what is only here."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from enum import StrEnum

import msgspec

from assay.model.finding import Finding
from assay.model.grade import GradeRange


class Spread(StrEnum):
    """How many of the handsets have a thing; `only here` is one of several."""

    EVERY = "every handset"
    SOME = "some handsets"
    ONLY_HERE = "only here"


class Shared(msgspec.Struct, frozen=True, kw_only=True):
    """One rule and subject, with the handsets that have it: each with its highest grade, in the order of the case.

    Absent here says that no finding is there; whether it was looked for is a matter of coverage.
    """

    rule: str
    subject: str
    spread: Spread
    grades: Mapping[str, GradeRange]
    findings: tuple[str, ...]


def side_by_side(findings: Sequence[Finding], handsets: Sequence[str]) -> tuple[Shared, ...]:
    """Return every rule and subject with the handsets that have it, sorted by rule and subject.

    Findings of handsets that are not named are left out.
    """
    grouped: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.handset in handsets:
            grouped[finding.rule, finding.subject].append(finding)
    return tuple(_shared(*key, grouped[key], handsets) for key in sorted(grouped))


def _shared(rule: str, subject: str, findings: Sequence[Finding], handsets: Sequence[str]) -> Shared:
    grades = {
        handset: max(
            (one.grade for one in findings if one.handset == handset), key=lambda grade: (grade.high, grade.low)
        )
        for handset in handsets
        if any(one.handset == handset for one in findings)
    }
    return Shared(
        rule=rule,
        subject=subject,
        spread=_spread(len(grades), len(handsets)),
        grades=grades,
        findings=tuple(sorted(one.id for one in findings)),
    )


def _spread(having: int, handsets: int) -> Spread:
    if having == handsets:
        return Spread.EVERY
    return Spread.ONLY_HERE if having == 1 else Spread.SOME
