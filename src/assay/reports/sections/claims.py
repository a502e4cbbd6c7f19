"""The claims with their standing for each handset: those about handsets of the case first, by who made them."""

from collections import Counter, defaultdict

import msgspec

from assay.model.verdict import Standing, Verdict
from assay.reports.front import SILENT
from assay.reports.marks import STANDING_SIGNS
from assay.reports.results import CaseResults
from assay.verdicts.claim import Claim, ClaimScope
from assay.verdicts.letter import questions


class Stand(msgspec.Struct, frozen=True, kw_only=True):
    """One claim × handset; `handset` is empty for all handsets of the case together."""

    handset: str
    standing: Standing
    sign: str
    verdict: Verdict

    @property
    def decided(self) -> bool:
        """Whether evidence of this handset had a say."""
        return self.standing not in SILENT


class ClaimView(msgspec.Struct, frozen=True, kw_only=True):
    """A claim with its standings: over the whole case where there is one, and in the order of handsets."""

    claim: Claim
    overall: Stand | None
    stands: tuple[Stand, ...]

    @property
    def scope(self) -> str:
        """What the claim is about, in words."""
        return scope_words(self.claim.scope)

    @property
    def elsewhere(self) -> bool:
        """Whether evidence of no handset of the case could decide it: all are outside its scope, or no phone can."""
        return all(one.standing in {Standing.OTHER_SCOPE, Standing.NOT_TESTABLE} for one in self.stands)

    @property
    def alike(self) -> tuple[tuple[Stand, ...], ...]:
        """The standings in groups that differ in nothing but the handset."""
        groups: dict[Verdict, list[Stand]] = defaultdict(list)
        for one in self.stands:
            groups[msgspec.structs.replace(one.verdict, handset="")].append(one)
        return tuple(map(tuple, groups.values()))


class ClaimGroup(msgspec.Struct, frozen=True, kw_only=True):
    """What one speaker said on one occasion, by id."""

    who: str
    when: str
    claims: tuple[ClaimView, ...]


class ClaimBook(msgspec.Struct, frozen=True, kw_only=True):
    """The claims that evidence of some handset of the case could decide, and the others."""

    about: tuple[ClaimGroup, ...]
    elsewhere: tuple[ClaimGroup, ...]

    @property
    def tally(self) -> tuple[tuple[str, int], ...]:
        """How often each standing stands among the claims about these handsets, in the order of the legend."""
        views = [view for group in self.about for view in group.claims]
        counted = Counter(stand.standing for view in views for stand in view.stands)
        return tuple((one.value, counted[one]) for one in STANDING_SIGNS if counted[one])

    @property
    def claims_about(self) -> int:
        """How many claims are about these handsets."""
        return sum(len(group.claims) for group in self.about)


def claim_book(results: CaseResults) -> ClaimBook:
    """Return every claim with a verdict for each handset; without those answered for the case as a whole."""
    views = [view for view in claim_views(results) if not view.overall]
    return ClaimBook(
        about=_groups([view for view in views if not view.elsewhere]),
        elsewhere=_groups([view for view in views if view.elsewhere]),
    )


def letter(results: CaseResults) -> tuple[ClaimView, ...]:
    """Return what is answered for the case as a whole: the questions, in the order of the letter."""
    order = {name: place for place, name in enumerate(questions())}
    asked = [view for view in claim_views(results) if view.overall]
    return tuple(sorted(asked, key=lambda view: order.get(view.claim.id, len(order))))


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


def scope_words(scope: ClaimScope) -> str:
    """Return the scope of a claim in words."""
    said = [f"{label} {' or '.join(values)}" for label, values in _scope_fields(scope) if values]
    if scope.since or scope.until:
        said.append(f"evidence of {scope.since or 'any day'} to {scope.until or 'any day'}")
    return ", ".join(said) or "any handset, build, market and date"


def _scope_fields(scope: ClaimScope) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return (
        ("make", scope.make),
        ("model", scope.model),
        ("market", scope.market),
        ("build", scope.build),
        ("evidence acquired by", scope.laboratory),
    )


def _groups(views: list[ClaimView]) -> tuple[ClaimGroup, ...]:
    grouped: dict[tuple[str, str], list[ClaimView]] = defaultdict(list)
    for view in views:
        grouped[view.claim.who, view.claim.when].append(view)
    return tuple(ClaimGroup(who=who, when=when, claims=tuple(said)) for (who, when), said in grouped.items())
