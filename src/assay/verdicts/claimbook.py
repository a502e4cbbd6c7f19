"""The claimbook: the claims shipped with the bench and those in folders of the user (docs/how-to, "Write a claim")."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources.abc import Traversable
from typing import Literal

import msgspec

from assay.findings.datafiles import DataFile, read, shipped
from assay.findings.rulebook import Rule
from assay.model.errors import RulebookError, UsageError
from assay.model.grade import Grade
from assay.verdicts.claim import Claim, ClaimScope, Condition, Need, Power, Strength, Topic
from assay.verdicts.standing import Logic
from assay.vocabulary import TABLES

CATALOGUE = "catalogue"
LETTER = "letter"
"""Files beside the reports that hold no claims."""

_DAY = re.compile(r"\d{4}-\d{2}(-\d{2})?")


class EvidenceKind(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A kind of evidence: what it is, and at each level of access how to get it, empty where it cannot be had."""

    what: str
    stock: str
    rooted: str
    firmware: str
    limits: dict[str, str] = {}


class Catalogue(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The kinds of evidence that claims need, and the gaps of this version, by name.

    `decided`: by fact table, what its analysers count in their coverage and are done with, word for word.
    """

    evidence: dict[str, EvidenceKind]
    gap: dict[str, str]
    decided: dict[str, frozenset[str]]


class _File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    wording: str
    paraphrase: bool
    language: str
    short: str
    who: str
    when: str
    strength: Strength
    logic: Logic
    source: str
    as_of: str
    verified: Literal["primary", "secondary", "unverified"]
    what_would_change: tuple[str, ...]
    translation: str = ""
    topics: tuple[Topic, ...] = ()
    scope: ClaimScope = ClaimScope()
    supports: tuple[Condition, ...] = ()
    contradicts: tuple[Condition, ...] = ()
    capability: tuple[Condition, ...] = ()
    power: tuple[Power, ...] = ()
    unexamined: tuple[str, ...] = ()
    needs: tuple[Need, ...] = ()


@cache
def catalogue() -> Catalogue:
    """Return the shipped catalogue."""
    (file,) = (file for file in read(shipped("claims")) if file.id == CATALOGUE)
    return msgspec.convert(file.content, Catalogue)


def load(rules: Iterable[Rule], folders: Iterable[Traversable] = ()) -> tuple[Claim, ...]:
    """Return the shipped claims and those of the user's folders, in the order of their ids.

    Conditions may name `rules` only. Raises: RulebookError.
    """
    known = frozenset(rule.id for rule in rules)
    claims: dict[str, Claim] = {}
    for folder in (shipped("claims"), *folders):
        for claim in claims_in(folder, known):
            if claim.id in claims:
                raise RulebookError(f"{claim.id}.toml", "a claim of this id is shipped", "Give yours its own path.")
            claims[claim.id] = claim
    return tuple(claims[name] for name in sorted(claims))


def claims_in(folder: Traversable, rules: Collection[str]) -> Iterator[Claim]:
    """Yield the claims of one folder, checked against the ids of the rules. Raises: RulebookError."""
    for file in read(folder):
        if file.id not in (CATALOGUE, LETTER):
            yield claim_of(file, rules)


def claim_of(file: DataFile, rules: Collection[str]) -> Claim:
    """Return the claim that a file states. Raises: RulebookError."""
    try:
        stated = msgspec.convert(file.content, _File)
        claim = Claim(id=file.id, sha256=file.sha256, **{name: getattr(stated, name) for name in _FIELDS})
        faults = (*_text_faults(claim), *_logic_faults(claim), *_reference_faults(claim, rules))
    except (msgspec.ValidationError, ValueError) as error:
        raise RulebookError(f"{file.id}.toml", str(error), "See docs/how-to for the fields of a claim.") from None
    for fault in faults:
        raise RulebookError(f"{file.id}.toml", *fault)
    return claim


_FIELDS = _File.__struct_fields__


def select(claims: Sequence[Claim], patterns: Sequence[str]) -> tuple[Claim, ...]:
    """Return the claims whose ids match a pattern such as ``ncsc-2021/*``; all without patterns. Raises: UsageError."""
    for pattern in patterns:
        if not any(fnmatchcase(claim.id, pattern) for claim in claims):
            raise UsageError(pattern, "no claim has this id", "List them with: assay claims")
    return tuple(claim for claim in claims if not patterns or any(fnmatchcase(claim.id, one) for one in patterns))


def _text_faults(claim: Claim) -> Iterator[tuple[str, str]]:
    if "/" not in claim.id:
        yield "it stands in no report", "Put it into a folder, e.g. ncsc-2021/."
    for name in ("wording", "language", "short", "who", "source"):
        if not getattr(claim, name).strip():
            yield f"{name} is empty", "Every claim says what was said, by whom, and where that stands."
    for name in ("when", "as_of"):
        if not _DAY.fullmatch(getattr(claim, name)):
            yield f"{name} is no day or month", "Write YYYY-MM or YYYY-MM-DD."
    if not claim.what_would_change:
        yield (
            "it does not say what would change its standing",
            "Name evidence that would, or that none from a phone can.",
        )


def _logic_faults(claim: Claim) -> Iterator[tuple[str, str]]:
    deciding = (*claim.supports, *claim.contradicts, *claim.power)
    if claim.logic is Logic.NOT_TESTABLE and deciding:
        yield "nothing a phone shows decides it, and yet something is named", "Leave it out or choose another logic."
    if claim.logic is not Logic.NOT_TESTABLE and not (deciding or claim.unexamined):
        yield "nothing decides it, and no gap of this version is named", "Name what would decide it, or the gap."
    if claim.logic is Logic.CONDUCT and any(one.grade is not Grade.OBSERVED for one in _witnesses(claim)):
        yield "conduct is decided by observations only", 'Add at_least = "observed" to its witnesses.'
    if claim.capability and claim.logic is not Logic.CONDUCT:
        yield "a capability matters to conduct only", "Make it a witness or leave it out."
    for power in claim.power:
        if [bool(power.looked), power.holds is not None, power.lacks is not None].count(True) != 1:
            yield "a [[power]] has not exactly one of looked, holds and lacks", "Split it."


def _witnesses(claim: Claim) -> tuple[Condition, ...]:
    return (*claim.supports, *claim.contradicts)


def _conditions(claim: Claim) -> Iterator[Condition]:
    yield from (*_witnesses(claim), *claim.capability)
    yield from (one for power in claim.power for one in (power.holds, power.lacks) if one is not None)


def _reference_faults(claim: Claim, rules: Collection[str]) -> Iterator[tuple[str, str]]:
    known = catalogue()
    for one in _conditions(claim):
        if one.rule not in rules:
            yield f"there is no rule {one.rule}", "List the rules with: assay rules"
        Grade.parse(one.at_least)
    for table in (power.looked for power in claim.power if power.looked and power.looked not in TABLES):
        yield f"there is no table {table}", "See docs/reference for the tables."
    for gap in (gap for gap in claim.unexamined if gap not in known.gap):
        yield f"there is no gap {gap}", f"Known are: {', '.join(known.gap)}."
    for need in (need for need in claim.needs if need.evidence not in known.evidence):
        yield f"there is no kind of evidence {need.evidence}", f"Known are: {', '.join(known.evidence)}."
