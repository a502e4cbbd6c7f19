"""Three values of truth, ordered, so that all of them hold is the least and one of them holds is the greatest."""

from collections.abc import Iterable
from enum import IntEnum


class Truth(IntEnum):
    """Whether a place is reached: it cannot be, that could not be told, or it is."""

    NO = 0
    MAYBE = 1
    YES = 2


def all_of(truths: Iterable[Truth]) -> Truth:
    """Return the least, YES of none."""
    least = Truth.YES
    for truth in truths:
        least = min(least, truth)
        if least is Truth.NO:
            break
    return least


def any_of(truths: Iterable[Truth]) -> Truth:
    """Return the greatest, NO of none."""
    greatest = Truth.NO
    for truth in truths:
        greatest = max(greatest, truth)
        if greatest is Truth.YES:
            break
    return greatest
