"""Rules over a database: findings."""

from collections.abc import Iterable, Iterator

import msgspec

from assay.findings.database import Database
from assay.findings.rulebook import COLUMN, OPTIONAL, REQUIRED, Rule
from assay.model import canonical
from assay.model.errors import RulebookError, UsageError
from assay.model.finding import Finding
from assay.model.grade import Grade, GradeRange
from assay.model.ids import short

NAMELESS = "without a name"
"""The subject of a row whose subject is empty: evidence may leave out any name, and stops no rule by that."""


def finding_id(rule: str, handset: str, profile: str, subject: str) -> str:
    """Return ``w-`` and 16 hex digits: the same finding has the same id in every case."""
    return short("w", canonical.digest([rule, handset, profile, subject]))


def evaluate(rules: Iterable[Rule], database: Database) -> tuple[Finding, ...]:
    """Return the findings of all rules, sorted by rule, handset, profile, subject.

    Names in evidence may be chosen so that two rows come to the same subject: the n-th (n ≥ 2) is told as ``… (n)``,
    for no evidence may stop a run. Raises: RulebookError.
    """
    findings = [finding for rule in rules for finding in _apart(rule, _found(rule, database))]
    return tuple(sorted(findings, key=lambda one: (one.rule, one.handset, one.profile, one.subject)))


def findings_of(rule: Rule, database: Database) -> Iterator[Finding]:
    """Yield the findings of one rule in the order of its rows.

    Raises: RulebookError, also for a subject given twice.
    """
    seen: set[str] = set()
    for finding in _found(rule, database):
        if finding.id in seen:
            raise _fault(rule, f"two rows for {finding.subject!r} on {finding.handset!r}")
        seen.add(finding.id)
        yield finding


def _apart(rule: Rule, findings: Iterable[Finding]) -> Iterator[Finding]:
    seen: set[str] = set()
    for first in findings:
        finding, count = first, 1
        while finding.id in seen:
            count += 1
            subject = f"{first.subject} ({count})"
            name = finding_id(rule.id, first.handset, first.profile, subject)
            finding = msgspec.structs.replace(first, id=name, subject=subject)
        seen.add(finding.id)
        yield finding


def _found(rule: Rule, database: Database) -> Iterator[Finding]:
    try:
        rows = database.query(rule.query)
    except UsageError as error:
        raise _fault(rule, f"the query fails: {error.fact}") from error
    return (_finding(rule, row) for row in rows)


def _finding(rule: Rule, row: dict[str, object]) -> Finding:
    handset, named, profile = (_text(rule, row, name) for name in ("handset", "subject", "profile"))
    subject = _subject(named)
    return Finding(
        id=finding_id(rule.id, handset, profile, subject),
        rule=rule.id,
        handset=handset,
        profile=profile,
        subject=subject,
        grade=_grade(rule, row),
        facts=_facts(rule, row["facts"]),
        detail={name: _show(rule, name, value) for name, value in row.items() if _is_detail(name, value)},
    )


def _is_detail(name: str, value: object) -> bool:
    return name not in REQUIRED and name not in OPTIONAL and value is not None


def _text(rule: Rule, row: dict[str, object], name: str) -> str:
    value = row.get(name, "")
    if not isinstance(value, str) or (name == "handset" and not value):
        raise _fault(rule, f"{name} is {value!r}")
    return value


def _subject(named: str) -> str:
    """Return a subject that is never empty, different ones for different names."""
    return f'"{named}"' if named.strip('"') == NAMELESS else named or NAMELESS


def _facts(rule: Rule, value: object) -> tuple[str, ...]:
    facts = sorted({item for item in value if isinstance(item, str)}) if isinstance(value, list) else []
    if not facts:
        raise _fault(rule, f"facts is {value!r}, not a list of fact ids")
    return tuple(facts)


def _grade(rule: Rule, row: dict[str, object]) -> GradeRange:
    word = str(row["grade"]) if rule.grade == COLUMN else rule.grade
    low, _, high = word.partition("…")
    unresolved = row.get("unresolved") or []
    try:
        return GradeRange(Grade.parse(low), Grade.parse(high or low), tuple(map(str, _list(unresolved))))
    except ValueError as error:
        raise _fault(rule, f"grade {word!r}: {error}") from None


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _show(rule: Rule, name: str, value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(_show(rule, name, item) for item in value if item is not None)
    if isinstance(value, (str, int)):
        return str(value)
    raise _fault(rule, f"column {name} is of type {type(value).__name__}")


def _fault(rule: Rule, fact: str) -> RulebookError:
    return RulebookError(f"{rule.id}.toml", fact, "Correct the query: one row a finding, text, integers and lists.")
