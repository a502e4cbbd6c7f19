import pytest

from assay.findings.database import Database
from assay.findings.evaluate import evaluate, finding_id, findings_of
from assay.findings.rulebook import Rule
from assay.model.errors import RulebookError
from assay.model.finding import Finding
from assay.model.grade import Grade, GradeRange

EMPTY = Database.over({})


def rule(query: str, grade: str = "carried", name: str = "own/rule") -> Rule:
    return Rule(
        id=name, title="t", question="q?", grade=grade, query=query, does_not_show="d", examples=(), sha256="0" * 64
    )


def one(query: str, grade: str = "carried") -> Finding:
    (finding,) = findings_of(rule(query, grade), EMPTY)
    return finding


def test_a_row_becomes_a_finding_with_sorted_facts_and_detail_as_text() -> None:
    finding = one(
        "SELECT 'North' AS handset, 's' AS subject, ['f-2', NULL, 'f-1', 'f-2'] AS facts, 449 AS entries,"
        " true AS cleartext, ['b', 'a'] AS names, NULL AS nothing, '' AS empty"
    )
    assert finding == Finding(
        id=finding.id,
        rule="own/rule",
        handset="North",
        profile="",
        subject="s",
        grade=GradeRange.exactly(Grade.CARRIED),
        facts=("f-1", "f-2"),
        detail={"entries": "449", "cleartext": "yes", "names": "b, a", "empty": ""},
    )


def test_the_id_is_the_digest_of_rule_handset_profile_and_subject() -> None:
    # printf '%s' '["own/rule","North","cn","s"]' | sha256sum | cut -c1-16
    assert finding_id("own/rule", "North", "cn", "s") == "w-e8b886479f2b0b0f"


def test_a_grade_column_gives_a_grade_or_an_interval_with_its_reason() -> None:
    head = "SELECT 'N' AS handset, 's' AS subject, ['f'] AS facts"
    assert one(f"{head}, 'observed' AS grade", "column").grade == GradeRange.exactly(Grade.OBSERVED)
    interval = one(f"{head}, 'dormant…reachable' AS grade, ['cfg.on'] AS unresolved", "column").grade
    assert interval == GradeRange(Grade.DORMANT, Grade.REACHABLE, ("cfg.on",))


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT NULL AS handset, 's' AS subject, ['f'] AS facts", "handset is None"),
        ("SELECT '' AS handset, 's' AS subject, ['f'] AS facts", "handset is ''"),
        ("SELECT 'N' AS handset, NULL AS subject, ['f'] AS facts", "subject is None"),
        ("SELECT 'N' AS handset, 4 AS subject, ['f'] AS facts", "subject is 4"),
        ("SELECT 'N' AS handset, 's' AS subject, 'f' AS facts", "not a list of fact ids"),
        ("SELECT 'N' AS handset, 's' AS subject, [NULL] AS facts", "not a list of fact ids"),
        (
            "SELECT 'N' AS handset, 's' AS subject, ['f'] AS facts, 1.5::DOUBLE AS ratio",
            "column ratio is of type float",
        ),
        ("SELECT 'N' AS handset, 's' AS subject, ['f'] AS facts FROM range(2)", "two rows for 's' on 'N'"),
    ],
)
def test_a_row_that_is_no_finding_blames_the_rule(query: str, message: str) -> None:
    with pytest.raises(RulebookError, match=f"own/rule.toml: .*{message}"):
        list(findings_of(rule(query), EMPTY))


@pytest.mark.parametrize("grade", ["certain", "dormant…reachable", "reachable…dormant", "…", ""])
def test_a_grade_that_is_none_blames_the_rule(grade: str) -> None:
    query = f"SELECT 'N' AS handset, 's' AS subject, ['f'] AS facts, '{grade}' AS grade"
    with pytest.raises(RulebookError, match="grade"):
        list(findings_of(rule(query, "column"), EMPTY))


def test_findings_come_sorted_by_rule_handset_profile_and_subject() -> None:
    rows = "SELECT h AS handset, s AS subject, p AS profile, ['f'] AS facts FROM (VALUES {}) v(h, p, s)"
    second = rule(rows.format("('B', 'x', 's'), ('A', 'x', 't'), ('A', '', 'z'), ('A', 'x', 's')"), name="own/b")
    first = rule(rows.format("('Z', '', 's')"), name="own/a")
    found = [(f.rule, f.handset, f.profile, f.subject) for f in evaluate([second, first], EMPTY)]
    assert found == [
        ("own/a", "Z", "", "s"),
        ("own/b", "A", "", "z"),
        ("own/b", "A", "x", "s"),
        ("own/b", "A", "x", "t"),
        ("own/b", "B", "x", "s"),
    ]


def test_evidence_without_a_name_stops_no_rule() -> None:
    names = ["", "without a name", '"without a name"', "s"]
    rows = " UNION ALL ".join(f"SELECT 'N' AS handset, '{name}' AS subject, ['f'] AS facts" for name in names)
    subjects = [finding.subject for finding in findings_of(rule(f"FROM ({rows})"), EMPTY)]
    assert sorted(subjects) == ['""without a name""', '"without a name"', "s", "without a name"]


def test_evidence_that_gives_one_subject_twice_stops_no_run_and_loses_no_row() -> None:
    twice = (
        "SELECT 'N' AS handset, unnest(['s', 's', 's (2)', 's']) AS subject,"
        " unnest([['a'], ['b'], ['c'], ['d']]) AS facts ORDER BY facts"
    )
    found = {(finding.subject, finding.facts) for finding in evaluate([rule(twice)], EMPTY)}
    assert len({finding.id for finding in evaluate([rule(twice)], EMPTY)}) == 4
    assert {facts for _, facts in found} == {("a",), ("b",), ("c",), ("d",)}
    assert {subject for subject, _ in found} == {"s", "s (2)", "s (2) (2)", "s (3)"}
