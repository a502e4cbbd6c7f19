"""The reasons of a verdict in words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from assay.model import text
from assay.model.verdict import Standing
from assay.verdicts.claim import Claim, Power
from assay.verdicts.conditions import Witness
from assay.verdicts.held import Held
from assay.verdicts.standing import Logic, Weight

MOST = 3
"""Subjects named in a sentence; the others are counted."""

SILENT = "nothing in this case supports or contradicts it"


def told(claim: Claim, stands: Standing, held: Held, titles: Mapping[str, str]) -> tuple[str, ...]:
    """Return a sentence for each thing that made the standing what it is."""
    if claim.logic is Logic.NOT_TESTABLE:
        return ("no examination of a phone can answer it",)
    reasons = [
        *_witnesses("for it", held.supports, titles),
        *_witnesses("against it", held.contradicts, titles),
        *_capability(stands, held, titles),
    ]
    return (*(reasons or [SILENT]), *_silence(claim, held))


def _capability(stands: Standing, held: Held, titles: Mapping[str, str]) -> Iterator[str]:
    if stands is Standing.CAPABILITY_SHOWN:
        yield from _witnesses("it is possible", held.capability, titles)
        yield "no recorded run within the claim's scope shows what it does"


def _witnesses(side: str, found: Sequence[Witness], titles: Mapping[str, str]) -> Iterator[str]:
    ordered = sorted(found, key=lambda one: (-one.weight, one.finding.rule))
    for (weight, rule), group in groupby(ordered, key=lambda one: (one.weight, one.finding.rule)):
        some = list(group)
        unresolved = sorted({what for one in some for what in one.finding.grade.unresolved})
        perhaps = "" if weight is Weight.CERTAIN else "perhaps "
        rest = f"; unresolved: {', '.join(unresolved)}" if unresolved else ""
        subjects = listed(one.finding.subject for one in some)
        yield f"{perhaps}{side}: this phone {titles.get(rule, rule)}: {subjects}{rest}"


def listed(subjects: Iterable[str]) -> str:
    """Return at most `MOST` subjects in printable form, each once for all profiles it holds under, others counted."""
    named = [text.show(subject) for subject in dict.fromkeys(subjects)]
    more = len(named) - MOST
    return ", ".join(named[:MOST]) + (f" and {more} more" if more > 0 else "")


def _silence(claim: Claim, held: Held) -> Iterator[str]:
    if held.supports or held.contradicts:
        return
    if not claim.power:
        yield "no coverage could make silence an answer"
    elif held.met and not held.unmet and held.unexamined:
        yield "silence is no answer here: it turns on what was not examined"
    elif held.unmet:
        yield f"silence is no answer here: it is not shown that {_said(held.unmet)}"
    else:
        yield f"it would have been seen, because {_said(held.met)}"


def _said(powers: Sequence[Power]) -> str:
    return "; that ".join(power.says for power in powers)
