"""What an analyser did with an artefact: looked, skipped, or failed. Silence is none of them."""

from enum import StrEnum

import msgspec


class Outcome(StrEnum):
    """The three things that can become of an artefact given to an analyser."""

    LOOKED = "looked"
    SKIPPED = "skipped"
    FAILED = "failed"


class NotFollowed(msgspec.Struct, frozen=True, order=True):
    """Counts what an analyser saw and could not follow; `what` is a plural noun."""

    what: str
    count: int


class Coverage(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """One row for each analyser and artefact; `reason` is empty only for `looked`."""

    analyser: str
    artefact: str
    outcome: Outcome
    reason: str = ""
    not_followed: tuple[NotFollowed, ...] = ()
