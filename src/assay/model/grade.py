"""The grade of a finding: how far what was seen goes towards the consequence."""

from enum import IntEnum
from typing import Self

import msgspec


class Grade(IntEnum):
    """carried < dormant < reachable < observed (docs/explanation/terms.md)."""

    CARRIED = 1
    DORMANT = 2
    REACHABLE = 3
    OBSERVED = 4

    def __str__(self) -> str:
        """Print as the lower-case word."""
        return self.name.lower()

    @classmethod
    def parse(cls, word: str) -> Self:
        """Read the lower-case word. Raises: ValueError."""
        for grade in cls:
            if str(grade) == word:
                return grade
        msg = f"not a grade: {word!r}"
        raise ValueError(msg)


class GradeRange(msgspec.Struct, frozen=True, order=True):
    """The lowest and highest grade that the evidence allows, and what keeps them apart."""

    low: Grade
    high: Grade
    unresolved: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Hold the interval in order, and to a reason where it is one. Raises: ValueError."""
        if self.low > self.high:
            msg = f"{self.low} is above {self.high}"
            raise ValueError(msg)
        if (self.low != self.high) != bool(self.unresolved):
            msg = "an interval names what is unresolved, a single grade names nothing"
            raise ValueError(msg)

    @classmethod
    def exactly(cls, grade: Grade) -> Self:
        """Return the interval of one grade."""
        return cls(grade, grade)

    def __str__(self) -> str:
        """Print as ``dormant`` or ``dormant…reachable``."""
        return str(self.low) if self.low == self.high else f"{self.low}…{self.high}"
