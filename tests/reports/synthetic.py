"""An invented case for the reporters: small, with every kind of row and with hostile strings in every text."""

from collections.abc import Iterable

import msgspec

from assay.findings.rulebook import Rule
from assay.model.case import Exhibit
from assay.model.finding import Finding
from assay.model.grade import Grade, GradeRange
from assay.model.verdict import Standing, Verdict
from assay.reports.results import ArtefactCounts, CaseResults, Part
from assay.verdicts.claim import Claim, ClaimScope, Strength
from assay.verdicts.standing import Logic
from tests.reports.case_rows import (
    HOSTILE,
    NAMES,
    Rows,
    add_coverage,
    add_lists,
    add_packages,
    add_transfers,
    digest,
    handsets,
)


def rules() -> tuple[Rule, ...]:
    held = ("lists/carries-list", "carries a list of words")
    quiet = ("traffic/cleartext", "sends without encryption")
    return tuple(
        Rule(
            id=name, title=title, question="Is there one?", grade="carried", query="", does_not_show="that it is used",
            examples=(), sha256="0" * 64,
        )
        for name, title in (held, quiet)
    )  # fmt: skip


def findings(names: Iterable[str]) -> tuple[Finding, ...]:
    return tuple(
        Finding(
            id=f"w-{digest(handset + subject)[:16]}", rule="lists/carries-list", handset=handset, profile="",
            subject=subject, grade=_grade(handset), facts=("f-0123456789abcdef",), detail={"seen": HOSTILE[1]},
        )
        for handset in names
        for subject in ("L-1111111111111111", HOSTILE[2])
    )  # fmt: skip


def _grade(handset: str) -> GradeRange:
    if handset.endswith("West"):
        return GradeRange(Grade.DORMANT, Grade.REACHABLE, ("native check <b>",))
    return GradeRange.exactly(Grade.CARRIED)


def parts() -> tuple[Part, ...]:
    blind = ("what is <b>hidden</b>",)
    return tuple(
        Part(sort="analyser", name=name, version=1, question="?", emits=emits, blind_to=blind, source="")
        for name, emits in (("find_term_lists", ("term_list",)), ("find_transfers", ("transfer",)))
    )


def claims() -> tuple[Claim, ...]:
    said = (
        ("agency-2021/list-downloaded", "An agency", "The apps download a list."),
        ("mep-2022/guarantee-gdpr", "Members of a parliament", f"How can you guarantee it? {HOSTILE[0]}"),
        ("vendor-2021/no-restriction", "A vendor", f"It never has and never will. {HOSTILE[3]}"),
    )
    return tuple(_claim(*each) for each in said)


def _claim(name: str, who: str, wording: str) -> Claim:
    return Claim(
        id=name, wording=wording, paraphrase=False, language="lt", translation=f"Translated. {HOSTILE[7]}", short=name,
        who=who, when="2021-09", strength=Strength.ASSERTED, logic=Logic.EXISTS, topics=(), scope=ClaimScope(),
        source=f"A report, p. 3 {HOSTILE[8]}", as_of="2021-09-21", verified="secondary", supports=(), contradicts=(),
        capability=(), power=(), unexamined=(), needs=(), what_would_change=("a capture",), sha256="0" * 64,
    )  # fmt: skip


def _asked_of(claim: Claim, names: Iterable[str]) -> tuple[str, ...]:
    return ("", *names) if claim.id.startswith("mep") else tuple(names)


def verdicts(names: Iterable[str]) -> tuple[Verdict, ...]:
    evidence = tuple(finding.id for finding in findings(names))
    return tuple(
        Verdict(
            claim=claim.id, handset=handset, standing=standing, reasons=("A list was found.", f"Said {HOSTILE[1]}."),
            evidence=evidence, would_change=("a capture with keys",), not_examined=("the native library",),
        )
        for claim in claims()
        for handset, standing in zip(_asked_of(claim, names), list(Standing) * 3, strict=False)
    )  # fmt: skip


def case(names: tuple[str, ...] = NAMES, title: str = "An invented case") -> CaseResults:
    """Return the results of the invented case."""
    rows = Rows()
    rows.case["handset"] = [msgspec.to_builtins(handset) for handset in handsets(names)]
    add_lists(rows, names)
    add_transfers(rows, names)
    add_packages(rows, names)
    add_coverage(rows, names)
    exhibits = tuple(Exhibit(sha256=digest(name), size=3, handset=name, path=f"{name}/a") for name in names)
    return CaseResults(
        title=title,
        handsets=handsets(names),
        exhibits=exhibits,
        artefacts=ArtefactCounts(by_kind={"json": 2, "apk": 2, "unknown": 1}, read=1503, unreadable=1, not_examined=1),
        findings=findings(names),
        verdicts=verdicts(names),
        rules=rules(),
        claims=claims(),
        parts=parts(),
        database=rows.database(),
        run={"assay": "0.1.0", "stages": {"facts": "0" * 64}, "profiles": ["cn", "eu-lt"]},
    )


def empty() -> CaseResults:
    """Return the results of a case in which nothing was found and nothing looked at."""
    return CaseResults(
        title="Nothing", handsets=handsets(), exhibits=(), findings=(), verdicts=(), rules=rules(), claims=(), parts=(),
        artefacts=ArtefactCounts(by_kind={}, read=0, unreadable=0, not_examined=0), database=Rows().database(), run={},
    )  # fmt: skip
