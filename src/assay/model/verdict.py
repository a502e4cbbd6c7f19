"""What became of a claim."""

from enum import StrEnum

import msgspec


class Standing(StrEnum):
    """The standing of a claim for one handset (docs/explanation/terms.md)."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    UNDECIDED = "undecided"
    UNTESTED = "untested"
    NOT_TESTABLE = "not testable"
    OTHER_SCOPE = "other scope"
    CAPABILITY_SHOWN = "capability shown, conduct untested"


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """The standing of one claim for one handset, with reasons, evidence and what would change it.

    `evidence` are finding ids. `handset` is empty for the claim over all handsets of the case.
    """

    claim: str
    handset: str
    standing: Standing
    reasons: tuple[str, ...]
    evidence: tuple[str, ...]
    would_change: tuple[str, ...]
    not_examined: tuple[str, ...]
