"""Which comparing calls are worth following: those in which a list can take part, by the structure of the method.

A comparison of one variable with one constant is a gate, not a list; several constants in a row are a list written out.
Each candidate that is left out keeps its reason, so that coverage can say how many were followed.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from assay.bytecode.sites.calls import Calls
from assay.bytecode.sites.record import FAMILIES, OPERATORS, Reason, Typed
from assay.bytecode.sites.sides import Sides, single_constant
from assay.bytecode.sites.tracing import CALL, CHAR, FIELD, HASHED, MADE, MEMBER, PARAMETER

I4 = npt.NDArray[np.int32]
I8 = npt.NDArray[np.int64]
U1 = npt.NDArray[np.uint8]
Marks = npt.NDArray[np.bool_]

MIN_CHAIN = 4
"""Fewest different constants that one variable is compared with in a method to be a list written out."""
MIN_ALTERNATIVES = 4
"""Fewest alternatives of a constant regular expression that make it a list."""


class Evidence(NamedTuple):
    """What is known of each candidate beside its operands.

    `definitions` i8; `looped` u1: loops around it; `asked`: its method may be called in a loop; `decides`; `plain`: its
    method compares objects (equals, hashCode, compareTo); `alternatives` i4: of a constant regular expression.
    """

    definitions: I8
    looped: U1
    asked: Marks
    decides: Marks
    plain: Marks
    alternatives: I4


class Chosen(NamedTuple):
    """`reason` u1, `score` u1, and `head` i8: the candidate that stands for the chain of each, -1 without."""

    reason: U1
    score: U1
    head: I8


def _marks(table: tuple[str, ...], names: str) -> Marks:
    return np.isin(np.arange(len(table)), [table.index(name) for name in names.split()])


_COLLECTION = _marks(FAMILIES, "collection")
_REGEX = _marks(FAMILIES, "regex")
_WHOLE = _marks(FAMILIES, "whole digest")
_WITHOUT_RESULT = _marks(OPERATORS, "replace replace-regex split-regex retain remove any-match native-call")
_LOOK_UP = _marks(OPERATORS, "look-up")
_OF_LISTS = _marks(OPERATORS, "disjoint retain remove contains-all index-of-any")
_SPLITS = _marks(OPERATORS, "split-regex")
_REPLACES = _marks(OPERATORS, "replace replace-regex")
_ORDERS = _marks(OPERATORS, "compare compare-ignore-case")
_TYPED_ALREADY = _marks(FAMILIES, "native stream digest")


def chosen(calls: Calls, sides: Sides, known: Evidence) -> Chosen:
    """Return which candidates are kept."""
    reason = np.full(len(known.definitions), Reason.NO_LIST, np.uint8)
    reason[_listed(calls, sides, known)] = Reason.KEPT
    heads = _chains(calls, sides, known)
    constant = single_constant(sides.list) | single_constant(sides.text)
    constant |= _REGEX[calls.family] & (known.alternatives > 0)
    constant &= ~(_REGEX[calls.family] & (known.alternatives >= MIN_ALTERNATIVES))
    reason[constant] = Reason.ONE_CONSTANT
    reason[known.plain & _WHOLE[calls.family] & ((sides.list.kinds | sides.text.kinds) & MEMBER == 0)] = Reason.OBJECTS
    reason[heads >= 0] = Reason.CHAIN
    reason[heads == np.arange(len(heads))] = Reason.KEPT
    reason[~known.decides & ~_WITHOUT_RESULT[calls.operator]] = Reason.RESULT_UNUSED
    untyped = (sides.typed == Typed.UNKNOWN) & ~_TYPED_ALREADY[calls.family] & ~_OF_LISTS[calls.operator]
    untyped &= ~(_COLLECTION[calls.family] & (known.looped > 0))
    reason[untyped & (reason == Reason.KEPT)] = Reason.UNTYPED
    reason[sides.typed == Typed.NO] = Reason.NOT_TEXT
    reason[sides.replaced | calls.handed] = Reason.KEPT
    return Chosen(reason, _score(calls, sides, known), heads)


def _listed(calls: Calls, sides: Sides, known: Evidence) -> Marks:
    """Return where a list can be seen, or where a loop outside asks for one member after the other."""
    text, looped = sides.typed == Typed.YES, (known.looped > 0) | known.asked
    listed = np.where(_REPLACES[calls.operator], sides.list.kinds, sides.text.kinds | sides.list.kinds)
    built = (sides.list.kinds & MADE != 0) & (known.looped > 0) & text
    member = ((listed & MEMBER != 0) | built) & looped & ~_SPLITS[calls.operator] & (text | ~_LOOK_UP[calls.operator])
    other = _marks(FAMILIES, "native stream")[calls.family] | _OF_LISTS[calls.operator]
    found: Marks = member | _asked(calls, sides) | _patterns(calls, sides, known) | other
    return found | _helpers(calls, sides, known)


def _asked(calls: Calls, sides: Sides) -> Marks:
    """Return where a collection is asked for a text, or for a number made from one."""
    text = (sides.typed == Typed.YES) | (sides.text.kinds & MEMBER != 0)
    made = sides.text.kinds & (HASHED | CHAR) != 0
    found: Marks = _COLLECTION[calls.family] & (text & ~_LOOK_UP[calls.operator] | made)
    return found


def _patterns(calls: Calls, sides: Sides, known: Evidence) -> Marks:
    """Return where a regular expression is none, or more than, a constant without alternatives."""
    made = sides.list.kinds & (MADE | FIELD | PARAMETER | MEMBER | CALL) != 0
    found: Marks = _REGEX[calls.family] & ~_SPLITS[calls.operator]
    found &= made | (known.alternatives >= MIN_ALTERNATIVES)
    return found


def _helpers(calls: Calls, sides: Sides, known: Evidence) -> Marks:
    """Return where a method that is asked again and again holds two variables against each other."""
    fed = PARAMETER | FIELD | CALL
    both = (sides.text.kinds & fed != 0) & (sides.list.kinds & fed != 0) & (sides.typed == Typed.YES)
    outside = _COLLECTION[calls.family] | _SPLITS[calls.operator] | _ORDERS[calls.operator]
    found: Marks = known.asked & both & ~outside & ((sides.text.kinds | sides.list.kinds) & PARAMETER != 0)
    return found


def _chains(calls: Calls, sides: Sides, known: Evidence) -> I8:
    """Return the first comparison of each chain of one variable with at least `MIN_CHAIN` constants."""
    heads = np.full(len(known.definitions), -1, np.int64)
    rows = np.flatnonzero(single_constant(sides.list) & (sides.list.string >= 0) & (sides.typed == Typed.YES)
                          & ~_COLLECTION[calls.family])  # fmt: skip
    text = sides.text
    keys = np.stack([known.definitions[rows], text.first[rows], text.parameter[rows], text.kinds[rows]], axis=1)
    if len(rows) == 0:
        return heads
    _, inverse = np.unique(keys.astype(np.int64), axis=0, return_inverse=True)
    inverse = inverse.reshape(-1)
    pairs = np.unique(inverse.astype(np.int64) << 32 | sides.list.string[rows])
    long = np.bincount(pairs >> 32, minlength=int(inverse.max()) + 1) >= MIN_CHAIN
    first = np.full(len(long), len(heads), np.int64)
    np.minimum.at(first, inverse, rows)
    heads[rows] = np.where(long[inverse], first[inverse], -1)
    return heads


def _score(calls: Calls, sides: Sides, known: Evidence) -> U1:
    """Return 0 to 100: how much of what a list brings with it is there."""
    either = sides.text.kinds | sides.list.kinds
    points = 25 * (either & MEMBER != 0) + 20 * (known.looped > 0) + 10 * known.asked + 15 * known.decides
    points += 25 * _COLLECTION[calls.family] + 15 * _REGEX[calls.family] * ~single_constant(sides.list)
    points += 10 * (sides.typed == Typed.YES) + 5 * (sides.text.kinds & (PARAMETER | CALL) != 0)
    points += 20 * (sides.text.kinds & (HASHED | CHAR) != 0)
    found: U1 = np.minimum(points, 100).astype(np.uint8)
    return found
