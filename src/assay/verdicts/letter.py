"""The three questions of the letter, each answered for a case in two sentences with its standing.

What the answers are made of is data (``data/claims/letter.toml``): for each question the claims and rules it is
answered from, and sentences by what those show. The first sentence says what was found, the second what remains open.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from functools import cache

import msgspec

from assay.findings.datafiles import read, shipped
from assay.model import text
from assay.model.case import Handset
from assay.model.finding import Finding
from assay.model.verdict import Standing, Verdict
from assay.verdicts.claim import Claim, Topic
from assay.verdicts.claimbook import LETTER
from assay.verdicts.words import listed

DECIDED = frozenset({Standing.SUPPORTED, Standing.CONTRADICTED, Standing.CAPABILITY_SHOWN})
OPEN = frozenset({Standing.UNDECIDED, Standing.UNTESTED})


class Sentence(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A sentence that is said where `rules` have findings (any of them), or where the claims stand as `claims` says.

    `claims` is ``decided`` (one at least), ``open`` (one at least) or empty. In `says` stand ``{handsets}``,
    ``{subjects}``, ``{count}`` (of the findings), ``{decided}``, ``{concerned}``, ``{open}`` (numbers of verdicts),
    ``{supported}``, ``{contradicted}``, ``{gaps}``.
    """

    says: str
    rules: tuple[str, ...] = ()
    claims: str = ""


class Question(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A question: the topics of the claims and the rules it is answered from (`answered_from` prints them).

    `contradicted_by` are rules whose findings, observed, contradict what the question asks to be guaranteed;
    `standing` is what the question has otherwise: ``counted`` from the claims, or ``not testable``. `first` and
    `second` are tried in order; the last of each has no condition.
    """

    topics: tuple[Topic, ...]
    rules: tuple[str, ...]
    standing: str
    first: tuple[Sentence, ...]
    second: tuple[Sentence, ...]
    contradicted_by: tuple[str, ...] = ()


class _Case(msgspec.Struct, frozen=True, kw_only=True):
    verdicts: tuple[Verdict, ...]
    findings: tuple[Finding, ...]

    def counted(self, *standings: Standing) -> int:
        return sum(1 for verdict in self.verdicts if verdict.standing in standings)


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
    about = {one.id for one in claims if set(one.topics) & set(question.topics)}
    case = _Case(
        verdicts=tuple(one for one in verdicts if one.claim in about and one.standing is not Standing.OTHER_SCOPE),
        findings=tuple(one for one in findings if any(fnmatchcase(one.rule, rule) for rule in question.rules)),
    )
    names = ", ".join(text.show(handset.name) for handset in handsets) or "no handset"
    return Verdict(
        claim=claim.id,
        handset="",
        standing=_standing(question, case),
        reasons=(_said(question.first, case, names), _said(question.second, case, names)),
        evidence=tuple(sorted({finding.id for finding in case.findings})),
        would_change=claim.what_would_change,
        not_examined=tuple(name for name, _ in _gaps(case)),
    )


def _standing(question: Question, case: _Case) -> Standing:
    if any(finding.rule in question.contradicted_by for finding in case.findings):
        return Standing.CONTRADICTED
    if question.standing == "not testable":
        return Standing.NOT_TESTABLE
    if not case.counted(*DECIDED):
        return Standing.UNTESTED
    return Standing.UNDECIDED if case.counted(*OPEN) else Standing.SUPPORTED


def _said(sentences: Sequence[Sentence], case: _Case, names: str) -> str:
    for sentence in sentences:
        shown = [finding for finding in case.findings if finding.rule in sentence.rules]
        if (not sentence.rules or shown) and _stands(sentence.claims, case):
            return sentence.says.format_map(_words(case, shown, names))
    msg = "the last sentence of a question has no condition"
    raise ValueError(msg)


def _stands(wanted: str, case: _Case) -> bool:
    return not wanted or case.counted(*(DECIDED if wanted == "decided" else OPEN)) > 0


def _words(case: _Case, shown: Sequence[Finding], names: str) -> dict[str, str]:
    return {
        "all": names,
        "handsets": ", ".join(sorted({text.show(finding.handset) for finding in shown})),
        "subjects": listed(sorted({finding.subject for finding in shown})),
        "count": str(len(shown)),
        "concerned": str(len(case.verdicts)),
        "decided": str(case.counted(*DECIDED)),
        "open": str(case.counted(*OPEN)),
        "supported": str(case.counted(Standing.SUPPORTED)),
        "contradicted": str(case.counted(Standing.CONTRADICTED)),
        "gaps": "; ".join(name for name, _ in _gaps(case)[:2]) or "evidence that this case does not hold",
    }


def _gaps(case: _Case) -> list[tuple[str, int]]:
    counted = Counter(gap for verdict in case.verdicts for gap in verdict.not_examined)
    return sorted(counted.items(), key=lambda item: (-item[1], item[0]))
