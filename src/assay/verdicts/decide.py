"""Claims held against findings and coverage: a verdict for each claim and handset, with its reasons in words."""

from collections.abc import Iterator, Mapping, Sequence

from assay.findings.database import Database
from assay.findings.rulebook import Rule
from assay.model.case import Handset
from assay.model.finding import Finding
from assay.model.verdict import Standing, Verdict
from assay.registry import BENCH
from assay.verdicts import letter
from assay.verdicts.claim import Claim
from assay.verdicts.claimbook import catalogue
from assay.verdicts.coverage import Fills, Ledger, fills
from assay.verdicts.held import Held, hold
from assay.verdicts.scope import reach
from assay.verdicts.standing import Scope, standing
from assay.verdicts.words import told

_CLOSED = (Standing.SUPPORTED, Standing.CONTRADICTED, Standing.NOT_TESTABLE)


OTHER_HANDSET = "evidence of a handset within the claim's scope"


def decide(
    claims: Sequence[Claim],
    findings: Sequence[Finding],
    database: Database,
    handsets: Sequence[Handset],
    rules: Sequence[Rule] = (),
    filled: Fills | None = None,
) -> tuple[Verdict, ...]:
    """Return a verdict for each claim and handset, and one over all handsets for each question of the letter.

    They come in the order of the claims, then of the handsets. `filled` says which tables each analyser fills, and is
    that of this process's bench unless given.
    """
    ledger = Ledger(database, fills(BENCH) if filled is None else filled)
    titles = {rule.id: rule.title for rule in rules}
    asked = letter.questions()
    verdicts = [
        verdict
        for claim in claims
        if claim.id not in asked
        for verdict in _verdicts(claim, findings, ledger, handsets, titles)
    ]
    answers = letter.answers(claims, verdicts, findings, handsets)
    order = {claim.id: number for number, claim in enumerate(claims)}
    return tuple(sorted([*verdicts, *answers], key=lambda verdict: order[verdict.claim]))


def _verdicts(
    claim: Claim,
    findings: Sequence[Finding],
    ledger: Ledger,
    handsets: Sequence[Handset],
    titles: Mapping[str, str],
) -> Iterator[Verdict]:
    for handset in handsets:
        own = [finding for finding in findings if finding.handset == handset.name]
        yield verdict(claim, handset, hold(claim, handset.name, own, ledger), titles)


def verdict(claim: Claim, handset: Handset, held: Held, titles: Mapping[str, str]) -> Verdict:
    """Return the verdict of a claim for a handset."""
    within = reach(claim.scope, handset)
    stands = standing(claim.logic, within.scope, held.evidence)
    other = within.scope is Scope.OTHER
    evidence = () if other else (*held.supports, *held.contradicts, *held.capability)
    return Verdict(
        claim=claim.id,
        handset=handset.name,
        standing=stands,
        reasons=within.reasons if other else (*within.reasons, *told(claim, stands, held, titles)),
        evidence=tuple(sorted({one.finding.id for one in evidence})),
        would_change=(OTHER_HANDSET,) if other else (*claim.what_would_change, *_needed(claim, stands)),
        not_examined=() if other else _open(claim, stands, held),
    )


def _open(claim: Claim, stands: Standing, held: Held) -> tuple[str, ...]:
    if stands in _CLOSED:
        return ()
    gaps = (catalogue().gap[name] for name in claim.unexamined)
    return tuple(dict.fromkeys((*gaps, *held.missed)))


def _needed(claim: Claim, stands: Standing) -> Iterator[str]:
    if stands not in _CLOSED:
        kinds = catalogue().evidence
        yield from (f"needed: {kinds[one.evidence].what}{': ' if one.run else ''}{one.run}" for one in claim.needs)
