"""What every reporter is given: the results of a case, with nothing that a clock or a machine would change."""

from collections.abc import Mapping

import msgspec

from assay.findings.database import Database
from assay.findings.rulebook import Rule
from assay.model.case import Exhibit, Handset
from assay.model.finding import Finding
from assay.model.verdict import Verdict
from assay.registry import Bench
from assay.verdicts.claim import Claim
from assay.vocabulary import table_of


class ArtefactCounts(msgspec.Struct, frozen=True, kw_only=True):
    """How many artefacts a case holds, and what became of them; ``read + unreadable + not_examined`` is all of them.

    `not_examined` are artefacts that no reader recognised, or that were skipped.
    """

    by_kind: Mapping[str, int]
    read: int
    unreadable: int
    not_examined: int

    @property
    def total(self) -> int:
        """All artefacts of the case."""
        return self.read + self.unreadable + self.not_examined


class Part(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """A part of the bench as reports name it: sort, name, version, what it reads, emits and cannot see."""

    sort: str
    name: str
    version: int
    question: str
    emits: tuple[str, ...]
    blind_to: tuple[str, ...]
    source: str


class CaseResults(msgspec.Struct, frozen=True, kw_only=True):
    """The results of a case. Handsets stand in the order of the case, everything else in the order of its id.

    `run` is the run record: versions, digest of each stage, profiles, digests of the data tables used; no executor,
    no time of the run, so that the same evidence gives the same bytes.
    """

    title: str
    handsets: tuple[Handset, ...]
    exhibits: tuple[Exhibit, ...]
    artefacts: ArtefactCounts
    findings: tuple[Finding, ...]
    verdicts: tuple[Verdict, ...]
    rules: tuple[Rule, ...]
    claims: tuple[Claim, ...]
    parts: tuple[Part, ...]
    database: Database
    run: Mapping[str, object]


def parts_of(bench: Bench) -> tuple[Part, ...]:
    """Return every part of the bench as reports name it, in the bench's order."""
    return tuple(_part(sort, name, spec) for sort, name, spec in bench.parts())


def _part(sort: str, name: str, spec: object) -> Part:
    return Part(
        sort=sort,
        name=name,
        version=getattr(spec, "version"),  # noqa: B009 - one line for five kinds of specification
        question=getattr(spec, "question", getattr(spec, "describes", "")),
        emits=tuple(table_of(record) for record in getattr(spec, "emits", ())),
        blind_to=getattr(spec, "blind_to"),  # noqa: B009
        source=getattr(spec, "source", ""),
    )
