"""The questions of the letter, each answered for a case in two sentences with its standing.

What the answers are made of is data (``data/claims/letter.toml``): for each question the topics of the claims it is
answered from, and sentences with the rules whose findings they tell. The first sentence says what was found, the second
what remains open. A question has a scope as every claim has: findings of handsets outside it are told as such and never
decide.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import msgspec

from assay.findings.datafiles import read, shipped
from assay.model import text
from assay.model.case import Handset
from assay.model.finding import Finding
from assay.model.verdict import Standing, Verdict
from assay.reference.profiles import profiles
from assay.verdicts.claim import Claim, Topic
from assay.verdicts.claimbook import LETTER
from assay.verdicts.scope import reach
from assay.verdicts.standing import Scope
from assay.verdicts.words import listed

DECIDED = frozenset({Standing.SUPPORTED, Standing.CONTRADICTED, Standing.CAPABILITY_SHOWN})
MORE = "evidence that this case does not hold"
OPEN = frozenset({Standing.UNDECIDED, Standing.UNTESTED})


class Sentence(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A sentence that is said where `rules` have findings (any of them), or where the claims stand as `claims` says.

    The findings are those of handsets within the question's scope, or with `outside` those of the others. `claims` is
    ``decided`` (one at least), ``open`` (one at least) or empty. In `says` may stand ``{handsets}``, ``{subjects}``,
    ``{profiles}``, ``{count}`` (of findings) and ``{things}`` (of different subjects); ``{all}`` (handsets within the
    scope), ``{concerned}``, ``{open}``, ``{supported}``, ``{contradicted}`` (numbers of verdicts) and ``{gaps}``.
    """

    says: str
    rules: tuple[str, ...] = ()
    outside: bool = False
    claims: str = ""


class Question(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A question: the topics of the claims that it is answered from, and its sentences.

    `contradicted_by` are rules whose findings, within the scope, contradict what is asked to be guaranteed;
    `standing` is what the question has otherwise: ``counted`` from the claims, ``open`` for what no count of claims can
    support, or ``not testable``. `first` and
    `second` are tried in order; the last of each has no condition.
    """

    topics: tuple[Topic, ...]
    standing: str
    first: tuple[Sentence, ...]
    second: tuple[Sentence, ...]
    contradicted_by: tuple[str, ...] = ()


class _Case(msgspec.Struct, frozen=True, kw_only=True):
    verdicts: tuple[Verdict, ...]
    findings: tuple[Finding, ...]
    scopes: Mapping[str, Scope]

    def counted(self, *standings: Standing) -> int:
        return sum(1 for verdict in self.verdicts if verdict.standing in standings)

    def shown(self, rules: Sequence[str], *scopes: Scope) -> list[Finding]:
        return [one for one in self.findings if one.rule in rules and self._scope_of(one) in scopes]

    def _scope_of(self, finding: Finding) -> Scope | None:
        """Return the scope of the handset; a run of one of the Union's handsets as one of elsewhere leaves it open."""
        scope, profile = self.scopes.get(finding.handset), profiles().get(finding.profile)
        elsewhere = profile is not None and not profile.european_union
        return Scope.UNKNOWN if scope is Scope.WITHIN and elsewhere else scope

    @property
    def names(self) -> str:
        within = [text.show(name) for name, scope in self.scopes.items() if scope is not Scope.OTHER]
        return ", ".join(within) or "none in this case"


@cache
def questions() -> Mapping[str, Question]:
    """Return the questions of the letter by the id of their claim."""
    (file,) = (file for file in read(shipped("claims")) if file.id == LETTER)
    return msgspec.convert(file.content["question"], dict[str, Question])


def answers(
    claims: Sequence[Claim], verdicts: Sequence[Verdict], findings: Sequence[Finding], handsets: Sequence[Handset]
) -> Iterator[Verdict]:
    """Yield a verdict over all handsets for each question that is among the claims; its reasons are the sentences."""
    for claim in claims:
        if claim.id in questions():
            yield answer(claim, claims, verdicts, findings, handsets)


def answer(
    claim: Claim,
    claims: Sequence[Claim],
    verdicts: Sequence[Verdict],
    findings: Sequence[Finding],
    handsets: Sequence[Handset],
) -> Verdict:
    """Return the answer to one question: `reasons` are exactly two sentences."""
    question = questions()[claim.id]
    case = _case(claim, question, claims, verdicts, findings, handsets)
    told = [_said(sentences, case) for sentences in (question.first, question.second)]
    return Verdict(
        claim=claim.id,
        handset="",
        standing=_standing(question, case),
        reasons=tuple(said for said, _ in told),
        evidence=tuple(sorted({one.id for _, shown in told for one in shown})),
        would_change=claim.what_would_change,
        not_examined=tuple(name for name, _ in _gaps(case)),
    )


def _case(
    claim: Claim,
    question: Question,
    claims: Sequence[Claim],
    verdicts: Sequence[Verdict],
    findings: Sequence[Finding],
    handsets: Sequence[Handset],
) -> _Case:
    scopes = {handset.name: reach(claim.scope, handset).scope for handset in handsets}
    about = {one.id for one in claims if set(one.topics) & set(question.topics)}
    return _Case(
        scopes=scopes,
        findings=tuple(findings),
        verdicts=tuple(
            one
            for one in verdicts
            if one.claim in about
            and Scope.OTHER is not scopes[one.handset]
            and one.standing is not Standing.OTHER_SCOPE
        ),
    )


def _standing(question: Question, case: _Case) -> Standing:
    if case.scopes and set(case.scopes.values()) == {Scope.OTHER}:
        return Standing.OTHER_SCOPE
    if case.shown(question.contradicted_by, Scope.WITHIN):
        return Standing.CONTRADICTED
    if question.standing == "not testable":
        return Standing.NOT_TESTABLE
    counted = _counted(case, perhaps=bool(case.shown(question.contradicted_by, Scope.UNKNOWN)))
    return Standing.UNDECIDED if question.standing == "open" and counted is Standing.SUPPORTED else counted


def _counted(case: _Case, *, perhaps: bool) -> Standing:
    if perhaps:
        return Standing.UNDECIDED
    if not case.counted(*DECIDED):
        return Standing.UNTESTED
    return Standing.UNDECIDED if case.counted(*OPEN) else Standing.SUPPORTED


def _said(sentences: Sequence[Sentence], case: _Case) -> tuple[str, list[Finding]]:
    for sentence in sentences:
        scopes = (Scope.OTHER,) if sentence.outside else (Scope.WITHIN, Scope.UNKNOWN)
        shown = case.shown(sentence.rules, *scopes)
        if (not sentence.rules or shown) and _stands(sentence.claims, case):
            return sentence.says.format_map(_words(case, shown)), shown
    msg = "the last sentence of a question has no condition"
    raise ValueError(msg)


def _stands(wanted: str, case: _Case) -> bool:
    return not wanted or case.counted(*(DECIDED if wanted == "decided" else OPEN)) > 0


def _words(case: _Case, shown: Sequence[Finding]) -> dict[str, str]:
    subjects = sorted({finding.subject for finding in shown})
    return {
        "all": case.names,
        "handsets": ", ".join(sorted({text.show(finding.handset) for finding in shown})),
        "subjects": listed(subjects),
        "profiles": listed(sorted({finding.profile for finding in shown if finding.profile})) or "not stated",
        "count": str(len(shown)),
        "things": str(len(subjects)),
        "concerned": str(len(case.verdicts)),
        "open": str(case.counted(*OPEN)),
        "supported": str(case.counted(Standing.SUPPORTED)),
        "contradicted": str(case.counted(Standing.CONTRADICTED)),
        "gaps": "; ".join(name.partition(": not examined")[0] for name, _ in _gaps(case)[:2]) or MORE,
    }


def _gaps(case: _Case) -> list[tuple[str, int]]:
    counted = Counter(gap for verdict in case.verdicts for gap in verdict.not_examined)
    return sorted(counted.items(), key=lambda item: (-item[1], item[0]))
