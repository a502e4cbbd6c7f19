"""What a value may be under stated assumptions: a set of known scalars, and whether it may be something else too.

Something else is *free* where it is data that the gate does not ask about (the text itself, another element of a
list, the time of day): some of it satisfies any test. It is *some* where it is free, and known not to be null. It is
*unknown* where it could not be followed.
"""

from collections.abc import Callable, Iterable
from enum import IntEnum
from itertools import product
from typing import NamedTuple

from assay.bytecode.gates.truth import Truth

MAX_KNOWN = 512
"""Most known scalars of one value; beyond, it may be anything."""
MAX_PAIRS = 8_192
"""Most combinations of operands that are computed for one operation."""


class Rest(IntEnum):
    """What else a value may be beside those that are known."""

    NOTHING = 0
    SOME = 1
    FREE = 2
    UNKNOWN = 3


class Thing(NamedTuple):
    """An object that is not null and of which no more is known than the number of the term that made it.

    `once`: nothing else is made there, since a static initialiser made it.
    """

    term: int
    once: bool = False


Scalar = int | str | Thing | None
"""Whole numbers, truth values as 0 and 1, strings, null, and objects."""


class Possible(NamedTuple):
    """Scalars that occur, scalars of which it could not be told whether they do, and what else there may be.

    Without any of them no value ever comes: what would give it does not run, or ends by an exception.
    """

    sure: frozenset[Scalar] = frozenset()
    maybe: frozenset[Scalar] = frozenset()
    rest: Rest = Rest.NOTHING

    @property
    def known(self) -> frozenset[Scalar]:
        """All scalars."""
        return self.sure | self.maybe

    @property
    def never(self) -> bool:
        """No value ever comes."""
        return not self.sure and not self.maybe and self.rest is Rest.NOTHING

    @property
    def reference(self) -> "Possible":
        """The same where only null and not null matter."""
        return Possible(self.sure | {Thing(-1)}, self.maybe) if self.rest is Rest.SOME else self

    def can(self, test: Callable[[Scalar], bool]) -> Truth:
        """Return whether it can be something that passes a test; what is free can, what is unknown may."""
        if self.rest in {Rest.SOME, Rest.FREE} or any(map(test, self.sure)):
            return Truth.YES
        return Truth.MAYBE if self.rest is Rest.UNKNOWN or any(map(test, self.maybe)) else Truth.NO


NEVER = Possible()
SOME = Possible(rest=Rest.SOME)
FREE = Possible(rest=Rest.FREE)
UNKNOWN = Possible(rest=Rest.UNKNOWN)


def just(*scalars: Scalar) -> Possible:
    """Return a value that is one of some scalars."""
    return Possible(frozenset(scalars))


def union(values: Iterable[tuple[Possible, Truth]]) -> Possible:
    """Return a value that is one of several, each with the truth that it comes."""
    sure: set[Scalar] = set()
    maybe: set[Scalar] = set()
    rest = Rest.NOTHING
    for value, truth in values:
        if truth is Truth.NO:
            continue
        (sure if truth is Truth.YES else maybe).update(value.sure)
        maybe |= value.maybe
        rest = max(rest, value.rest)
    return _bounded(sure, maybe, rest)


def computed(function: Callable[..., Scalar], operands: Iterable[Possible]) -> Possible:
    """Return what a function gives for all known operands; operands that may be anything stay so in the result.

    Combinations for which it raises ValueError give anything; those for which it raises another error give nothing: the
    code would end by an exception, or such values never meet.
    """
    values = tuple(operands)
    if any(value.never for value in values):
        return NEVER
    rest = max((value.rest for value in values), default=Rest.NOTHING)
    rest = Rest.FREE if rest is Rest.SOME else rest
    size = 1
    for value in values:
        size *= len(value.known)
    if size > MAX_PAIRS:
        return UNKNOWN
    sure: set[Scalar] = set()
    maybe: set[Scalar] = set()
    for each in product(*(sorted(value.known, key=_order) for value in values)):
        try:
            found = function(*each)
        except (TypeError, OverflowError, ZeroDivisionError):
            continue
        except ValueError:
            rest = max(rest, Rest.FREE)
            continue
        certain = all(scalar in value.sure for scalar, value in zip(each, values, strict=True))
        (sure if certain else maybe).add(found)
    return _bounded(sure, maybe, rest)


def _bounded(sure: set[Scalar], maybe: set[Scalar], rest: Rest) -> Possible:
    if len(sure) + len(maybe) > MAX_KNOWN:
        return UNKNOWN
    return Possible(frozenset(sure), frozenset(maybe - sure), rest)


def _order(scalar: Scalar) -> tuple[str, str]:
    return type(scalar).__name__, str(scalar)
