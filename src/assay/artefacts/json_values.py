"""The values that JSON gives, so that nothing of what was written gets lost."""

from typing import Any, NamedTuple

MAX_INTEGER_DIGITS = 4000
"""Longest integer that becomes a number, in digits; a longer one stays text as written."""


class FloatText(str):
    """A JSON number with a fraction or an exponent, or too long for an integer: its text as written."""

    __slots__ = ()


class Duplicate(NamedTuple):
    """A key that stands more than once in one object: its first and its last value. The last one is used."""

    key: str
    first: Any
    last: Any


def integer(written: str) -> int | FloatText:
    """Return an integer exactly, or its text where it has more than `MAX_INTEGER_DIGITS` digits."""
    return int(written) if len(written) <= MAX_INTEGER_DIGITS else FloatText(written)


def joined_pairs(pairs: list[tuple[str, Any]], duplicates: list[Duplicate]) -> dict[str, Any]:
    """Return the pairs as an object in the order of first keys, the last value of a key; note keys that repeat."""
    joined = dict(pairs)
    if len(joined) != len(pairs):
        firsts: dict[str, Any] = {}
        repeated: set[str] = set()
        for key, value in pairs:
            if key in firsts:
                repeated.add(key)
            firsts.setdefault(key, value)
        duplicates.extend(Duplicate(key, firsts[key], joined[key]) for key in firsts if key in repeated)
    return joined
