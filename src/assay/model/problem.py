"""A failure of evidence, as a record."""

import msgspec


class Problem(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """States what was wrong at a place, what was done instead, and what that costs the verdict.

    `place` is the printed inner place (`assay.model.locator.Place`), empty for the artefact as a whole.
    """

    place: str
    what: str
    instead: str
    cost: str
