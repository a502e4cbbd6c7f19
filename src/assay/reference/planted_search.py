"""The search for many forms of many values in bytes, in one pass."""

import re
from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar

import msgspec
from ahocorasick_rs import BytesAhoCorasick

from assay.reference.planted_forms import Form

MAX_WHOLE_BYTES = 256
"""Longest bytes that are compared as a whole with short values."""

_GROUPED = re.compile(rb"[\d\s()+./-]*")
_BEGINS_A_NUMBER = frozenset(bytes([byte]) for byte in b"+(0123456789")
_BETWEEN = b" \t\r\n\v\f()+./-"

Value = TypeVar("Value")


class Match(msgspec.Struct, Generic[Value], frozen=True):
    """One form of one value at ``start:end``; `rank` is the form's place among those of its value."""

    value: Value
    form: Form
    rank: int
    start: int
    end: int
    grouped: bool = False


class Search(Generic[Value]):
    """Forms of values, made ready. Bytes searched must be in lower case, as forms are."""

    def __init__(self, forms: Sequence[tuple[Value, int, Form]]) -> None:
        """Take (value, rank, form); of one value's forms with the same bytes the first counts."""
        self._by_bytes: dict[bytes, list[tuple[Value, int, Form]]] = {}
        for value, rank, form in forms:
            same = self._by_bytes.setdefault(form.pattern, [])
            if all(value != other for other, _, _ in same):
                same.append((value, rank, form))
        self._patterns = [pattern for pattern, same in self._by_bytes.items() if any(not f.whole for _, _, f in same)]
        self._automaton = BytesAhoCorasick(self._patterns)

    def matches(self, lowered: bytes) -> list[Match[Value]]:
        """Return every match, forms that only count as a whole leaf included."""
        indexes = self._automaton.find_matches_as_indexes(lowered, overlapping=True)
        found = list(self._anywhere(lowered, indexes)) if indexes else []
        if len(lowered) <= MAX_WHOLE_BYTES:
            found.extend(self._whole(lowered))
        return found

    def _anywhere(self, lowered: bytes, indexes: list[tuple[int, int, int]]) -> Iterator[Match[Value]]:
        for number, start, end in indexes:
            for value, rank, form in self._by_bytes[self._patterns[number]]:
                if not form.whole and not _glued(lowered, start, end, form):
                    yield Match(value, form, rank, start, end)

    def _whole(self, lowered: bytes) -> Iterator[Match[Value]]:
        leaf = lowered.strip()
        for value, rank, form in self._by_bytes.get(leaf, ()):
            start = lowered.find(leaf)
            yield Match(value, form, rank, start, start + len(leaf))
        if leaf[:1] in _BEGINS_A_NUMBER and _GROUPED.fullmatch(leaf):
            digits = leaf.translate(None, _BETWEEN)
            for value, rank, form in self._by_bytes.get(digits, ()) if digits != leaf else ():
                start = lowered.find(leaf)
                yield Match(value, form, rank, start, start + len(leaf), grouped=True)


def _glued(lowered: bytes, start: int, end: int, form: Form) -> bool:
    """Say whether a character stands beside the match that makes it part of something else."""
    before = start > 0 and lowered[start - 1] in form.before
    return before or (end < len(lowered) and lowered[end] in form.behind)
