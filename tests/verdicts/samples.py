"""Findings, handsets and claims made by hand for the tests of verdicts."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
import pyarrow as pa

from assay.findings.case_tables import CASE_TABLES
from assay.findings.database import Database
from assay.model.case import Acquisition, Handset
from assay.model.finding import Finding
from assay.model.grade import Grade, GradeRange
from assay.verdicts.claim import Claim, ClaimScope, Strength
from assay.verdicts.standing import Logic

NORTH = Handset(
    name="North", make="Specimen", model="N1", market="LT", build="V12.0.10.EEA", acquisition=Acquisition(
        who="Example Laboratory", when="2021-09-22T09:12:00Z"
    ),
)  # fmt: skip
EAST = msgspec.structs.replace(NORTH, name="East", model="E1", market="CN", build="V12.0.10.CN")

CARRIED = GradeRange.exactly(Grade.CARRIED)
OBSERVED = GradeRange.exactly(Grade.OBSERVED)


def finding(
    rule: str, handset: str = "North", subject: str = "s", grade: GradeRange = OBSERVED, **more: str
) -> Finding:
    profile = more.pop("profile", "")
    return Finding(
        id=f"w-{rule}-{handset}-{subject}",
        rule=rule,
        handset=handset,
        profile=profile,
        subject=subject,
        grade=grade,
        facts=("f-1",),
        detail=more,
    )


def claim(name: str = "report/claim", logic: Logic = Logic.EXISTS, **more: Any) -> Claim:
    fields: dict[str, Any] = {
        "wording": "It does.",
        "paraphrase": True,
        "language": "en",
        "translation": "",
        "short": "it does",
        "who": "Somebody",
        "when": "2021-09",
        "strength": Strength.ASSERTED,
        "topics": (),
        "scope": ClaimScope(),
        "source": "a source",
        "as_of": "2021-09-30",
        "verified": "secondary",
        "supports": (),
        "contradicts": (),
        "capability": (),
        "power": (),
        "unexamined": (),
        "needs": (),
        "what_would_change": ("other evidence",),
        "sha256": "0" * 64,
    }
    return Claim(id=name, logic=logic, **{**fields, **more})


def covered(
    rows: Iterable[tuple[str, str, str, str]], unreadable: Sequence[tuple[str, str]] = (), opaque: str = ""
) -> Database:
    """Return a database of coverage rows (analyser, artefact, outcome, handset) and unreadable artefacts.

    `opaque` is what could not be followed in each artefact that was looked at, twice.
    """
    lost = [{"what": opaque, "count": 2}] if opaque else []
    listed = list(rows)
    places = sorted({(artefact, handset) for _, artefact, _, handset in listed} | set(unreadable))
    coverage = [
        {"analyser": analyser, "artefact": artefact, "outcome": outcome, "reason": "", "not_followed": lost}
        for analyser, artefact, outcome, _ in listed
    ]
    broken = [{"sha256": artefact, "size": 1, "kind": "unreadable"} for artefact, _ in unreadable]
    occurrences = [{"artefact": a, "handset": h, "locator": a, "path": a} for a, h in places]
    return Database.over(
        {
            "coverage": pa.Table.from_pylist(coverage, schema=CASE_TABLES["coverage"]),
            "artefact": pa.Table.from_pylist(broken, schema=CASE_TABLES["artefact"]),
            "occurrence": pa.Table.from_pylist(occurrences, schema=CASE_TABLES["occurrence"]),
        }
    )
