"""The claims with their standing for each handset, grouped by who made them."""

from collections import defaultdict

import msgspec

from assay.model.verdict import Standing, Verdict
from assay.reports.marks import STANDING_SIGNS
from assay.reports.results import CaseResults, Claim

LETTER = "mep-2022/"
"""The claims that are the questions of the letter; they open the report."""


class Stand(msgspec.Struct, frozen=True, kw_only=True):
    """One claim × handset; `handset` is empty for all handsets of the case together."""

    handset: str
    standing: Standing
    sign: str
    verdict: Verdict


class ClaimView(msgspec.Struct, frozen=True, kw_only=True):
    """A claim with its standings: over the whole case where there is one, and in the order of handsets."""

    claim: Claim
    overall: Stand | None
    stands: tuple[Stand, ...]

    @property
    def alike(self) -> bool:
        """Whether the claim stands the same for every handset, for the same reasons."""
        said = {(one.standing, one.verdict.reasons, one.verdict.evidence) for one in self.stands}
        return len(said) == 1


class ClaimGroup(msgspec.Struct, frozen=True, kw_only=True):
    """The claims of one report, by id."""

    report: str
    who: str
    when: str
    claims: tuple[ClaimView, ...]


def claim_groups(results: CaseResults) -> tuple[ClaimGroup, ...]:
    """Return every claim with a verdict, by report and id, without the questions of the letter."""
    views = [view for view in claim_views(results) if not view.claim.id.startswith(LETTER)]
    grouped: dict[str, list[ClaimView]] = defaultdict(list)
    for view in views:
        grouped[view.claim.id.partition("/")[0]].append(view)
    return tuple(_group(report, tuple(grouped[report])) for report in sorted(grouped))


def letter(results: CaseResults) -> tuple[ClaimView, ...]:
    """Return the questions of the letter, by id."""
    return tuple(view for view in claim_views(results) if view.claim.id.startswith(LETTER))


def claim_views(results: CaseResults) -> tuple[ClaimView, ...]:
    """Return every claim that has a verdict, in the order of the claimbook."""
    grouped: dict[str, dict[str, Verdict]] = defaultdict(dict)
    for verdict in results.verdicts:
        grouped[verdict.claim][verdict.handset] = verdict
    names = [handset.name for handset in results.handsets]
    return tuple(_view(claim, grouped[claim.id], names) for claim in results.claims if claim.id in grouped)


def _view(claim: Claim, verdicts: dict[str, Verdict], names: list[str]) -> ClaimView:
    stands = tuple(_stand(verdicts[name]) for name in names if name in verdicts)
    return ClaimView(claim=claim, overall=_stand(verdicts[""]) if "" in verdicts else None, stands=stands)


def _stand(verdict: Verdict) -> Stand:
    return Stand(
        handset=verdict.handset, standing=verdict.standing, sign=STANDING_SIGNS[verdict.standing], verdict=verdict
    )


def _group(report: str, views: tuple[ClaimView, ...]) -> ClaimGroup:
    first = views[0].claim
    return ClaimGroup(report=report, who=first.who, when=first.when, claims=views)
