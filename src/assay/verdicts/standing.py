"""The standing of a claim: one pure function over what the evidence of one handset shows.

Scope is decided first. Within it the logic of the claim says what a witness and what coverage can do:

=============  ==========================================  =========================================================
logic          one witness …                               coverage with the power to have seen it, and no witness …
=============  ==========================================  =========================================================
exists         for it supports, against it contradicts     contradicts
none, only     against it contradicts, for it supports     supports
conduct        the same, but only observations count       supports; without it a capability shown in code is said,
                                                           and the conduct is untested
not testable   nothing a phone shows decides               –
=============  ==========================================  =========================================================

Witnesses both for and against leave a claim undecided. A witness that only may be one (its grade is an interval that
reaches below what the claim asks, or something is unresolved) is taken both ways: where both ways lead to the same
standing, that is it; otherwise the claim is undecided. So a listed unknown matters only if it could change the
standing. The same holds for a scope that the handset's record leaves open, save that an untested claim stays so.
"""

from collections.abc import Iterator
from enum import IntEnum, StrEnum
from itertools import product

import msgspec

from assay.model.verdict import Standing


class Logic(StrEnum):
    """How evidence can decide a claim."""

    EXISTS = "exists"
    NONE = "none"
    ONLY = "only"
    CONDUCT = "conduct"
    NOT_TESTABLE = "not testable"


class Scope(StrEnum):
    """Whether a handset's evidence is evidence for the claim."""

    WITHIN = "within"
    OTHER = "other"
    UNKNOWN = "unknown"


class Weight(IntEnum):
    """Whether there is a witness: no, perhaps (something is unresolved), or for certain."""

    ABSENT = 0
    POSSIBLE = 1
    CERTAIN = 2


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """What the evidence of one handset shows on a claim.

    For conduct, `supports` and `contradicts` count observations only. `power` says that what the claim is about would
    have been seen: everything was looked at that could show it. `capability` says that code shows it to be possible.
    """

    supports: Weight = Weight.ABSENT
    contradicts: Weight = Weight.ABSENT
    power: bool = False
    capability: bool = False


def standing(logic: Logic, scope: Scope, evidence: Evidence) -> Standing:
    """Return the standing of a claim for a handset (see the module's table)."""
    if scope is Scope.OTHER:
        return Standing.OTHER_SCOPE
    if logic is Logic.NOT_TESTABLE:
        return Standing.NOT_TESTABLE
    ways = {_decided(logic, way) for way in _ways(evidence)}
    within = ways.pop() if len(ways) == 1 else Standing.UNDECIDED
    if scope is Scope.UNKNOWN and within is not Standing.UNTESTED:
        return Standing.UNDECIDED
    return within


def _ways(evidence: Evidence) -> Iterator[Evidence]:
    for supports, contradicts in product(_either(evidence.supports), _either(evidence.contradicts)):
        yield msgspec.structs.replace(evidence, supports=supports, contradicts=contradicts)


def _either(weight: Weight) -> tuple[Weight, ...]:
    return (Weight.ABSENT, Weight.CERTAIN) if weight is Weight.POSSIBLE else (weight,)


def _decided(logic: Logic, evidence: Evidence) -> Standing:
    if evidence.supports and evidence.contradicts:
        return Standing.UNDECIDED
    if evidence.supports:
        return Standing.SUPPORTED
    if evidence.contradicts:
        return Standing.CONTRADICTED
    return _without_witness(logic, evidence)


def _without_witness(logic: Logic, evidence: Evidence) -> Standing:
    if evidence.power:
        return Standing.CONTRADICTED if logic is Logic.EXISTS else Standing.SUPPORTED
    if logic is Logic.CONDUCT and evidence.capability:
        return Standing.CAPABILITY_SHOWN
    return Standing.UNTESTED
