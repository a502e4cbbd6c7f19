"""Running numbers for byte strings and for pairs of words: the same number exactly for the same value.

Values are found by a salted hash and decided by their bytes, so that neither a collision by chance nor one made on
purpose merges two of them; without the salt nobody can make values that collide. Numbers run in the order in which
values first come, whatever the salt. Tables can be kept and taken up again: `held` gives their arrays, `restored` takes
them, which may be mapped. The slots of a table that was taken up are left as they are, because one write in each page
would copy them all: values that come after have slots of their own, until the table grows or is held again.
"""

from collections.abc import Sequence
from typing import Self

import numpy as np

from assay.bytecode.columns.record import I8, U1, U4, U8
from assay.bytecode.columns.slots import intern_pairs, intern_texts, place_pairs, place_texts
from assay.bytecode.kernel import int64, kernel, settled

ALL_BITS = (1 << 64) - 1
_FIRST_SLOTS = 1 << 10
_FIRST_BYTES = 1 << 16
_LOAD = 2
"""Slots for each value, at least."""
_UNFIT = "these tables do not fit together"
MANY = _FIRST_SLOTS
"""So many values do not fit without more room."""


class Texts:
    """Numbers for byte strings; their bytes are kept, in one array."""

    DTYPES = ("<u8", "<i8", "<u4", "<u8", "<i8", "<u1")
    """Those of the arrays of `held`."""

    def __init__(self, salt: int, bits: int = ALL_BITS) -> None:
        """Take the salt; `bits` of each hash are used."""
        self._key = np.array([salt & ALL_BITS, bits], np.uint64)
        self._slots = np.zeros(_FIRST_SLOTS, np.uint32)
        self._hashes = np.empty(_FIRST_SLOTS // _LOAD, np.uint64)
        self._starts = np.zeros(_FIRST_SLOTS // _LOAD + 1, np.int64)
        self._bytes = np.empty(_FIRST_BYTES, np.uint8)
        self._count = np.zeros(1, np.int64)
        self._later = _Later(0, 0)

    @classmethod
    def restored(cls, arrays: Sequence[np.ndarray]) -> Self:
        """Take up tables that were held; the arrays are written. Raises: ValueError when they do not fit together."""
        made = cls(0)
        made._key, made._count, made._slots, made._hashes, made._starts, made._bytes = arrays
        rows = _rooms(made._key, made._count, made._slots, len(made._hashes))
        made._later = _Later(rows, _FIRST_SLOTS)
        ends = made._starts[: rows + 1]
        if len(made._starts) <= len(made._hashes) or ends[0] != 0 or not bool((np.diff(ends) >= 0).all()):
            raise ValueError(_UNFIT)
        if int(ends[-1]) > len(made._bytes) or int(made._slots.max()) > rows:
            raise ValueError(_UNFIT)
        return made

    def held(self) -> tuple[tuple[np.ndarray, int], ...]:
        """Return all arrays, each with how many rows of it are in use."""
        rows = len(self)
        end = int(self._starts[rows])
        if self._later.used:
            place_texts(self._hashes, self._later.first, rows, self._slots)
            self._later = _Later(rows, 0)
        arrays = (self._key, self._count, self._slots, self._hashes, self._starts, self._bytes)
        return tuple(zip(arrays, (2, 1, len(self._slots), rows, rows + 1, end), strict=True))

    def __len__(self) -> int:
        """Return how many there are."""
        return int(self._count[0])

    def numbers(self, text: U1, starts: I8, lengths: U4) -> U4:
        """Return the number of each string, u4; all lie in `text`."""
        out = np.empty(len(starts), np.uint32)
        done = 0
        while done < len(out):
            self._make_room(int(lengths[done]))
            done = intern_texts(
                text, starts, lengths, self._key, self._slots, self._later.slots, self._later.first,
                (self._bytes, self._starts, self._hashes), self._count, done, out,
            )  # fmt: skip
        return settled(out)

    def _make_room(self, more: int) -> None:
        count = len(self)
        if count * _LOAD >= len(self._slots):
            self._slots = np.zeros(len(self._slots) * 2, np.uint32)
            place_texts(self._hashes, 0, count, self._slots)
            self._later = _Later(count, 0)
        elif self._later.is_full(count):
            self._later = self._later.doubled()
            place_texts(self._hashes, self._later.first, count, self._later.slots)
        if count == len(self._hashes):
            self._hashes, self._starts = _doubled(self._hashes), _doubled(self._starts)
        if int(self._starts[count]) + more > len(self._bytes):
            self._bytes = np.resize(self._bytes, 2 * len(self._bytes) + more)


class Pairs:
    """Numbers for pairs of words of 64 bits."""

    DTYPES = ("<u8", "<i8", "<u4", "<u8")
    """Those of the arrays of `held`."""

    def __init__(self, salt: int, bits: int = ALL_BITS) -> None:
        """Take the salt; `bits` of each hash are used."""
        self._key = np.array([salt & ALL_BITS, bits], np.uint64)
        self._slots = np.zeros(_FIRST_SLOTS, np.uint32)
        self._words = np.empty((_FIRST_SLOTS // _LOAD, 2), np.uint64)
        self._count = np.zeros(1, np.int64)
        self._later = _Later(0, 0)

    @classmethod
    def restored(cls, arrays: Sequence[np.ndarray]) -> Self:
        """Take up tables that were held; the arrays are written. Raises: ValueError when they do not fit together."""
        made = cls(0)
        made._key, made._count, made._slots, words = arrays
        made._words = words.reshape(-1, 2)
        rows = _rooms(made._key, made._count, made._slots, len(made._words))
        if len(made._words) * _LOAD < len(made._slots) or int(made._slots.max()) > rows:
            raise ValueError(_UNFIT)
        made._later = _Later(rows, _FIRST_SLOTS)
        return made

    def held(self) -> tuple[tuple[np.ndarray, int], ...]:
        """Return all arrays, flat, each with how many rows of it are in use."""
        if self._later.used:
            place_pairs(self._words, self._later.first, len(self), self._key, self._slots)
            self._later = _Later(len(self), 0)
        arrays = (self._key, self._count, self._slots, self._words.reshape(-1))
        return tuple(zip(arrays, (2, 1, len(self._slots), 2 * len(self)), strict=True))

    def __len__(self) -> int:
        """Return how many there are."""
        return int(self._count[0])

    def numbers(self, words: U8) -> U4:
        """Return the number of each pair, u4. `words`: shape (pairs, 2)."""
        out = np.empty(len(words), np.uint32)
        done = 0
        while done < len(out):
            self._make_room()
            done = intern_pairs(
                settled(words), self._key, self._slots, self._later.slots, self._later.first, self._words, self._count,
                done, out,
            )  # fmt: skip
        return settled(out)

    def _make_room(self) -> None:
        count = len(self)
        if count * _LOAD >= len(self._slots):
            self._slots = np.zeros(len(self._slots) * 2, np.uint32)
            self._words = np.resize(self._words, (len(self._slots) // _LOAD, 2))
            place_pairs(self._words, 0, count, self._key, self._slots)
            self._later = _Later(count, 0)
        elif self._later.is_full(count):
            self._later = self._later.doubled()
            place_pairs(self._words, self._later.first, count, self._key, self._later.slots)


class _Later:
    """Slots for the values from `first` on of a table that was taken up; no slots where there is no such table."""

    def __init__(self, first: int, size: int) -> None:
        self.first = first
        self.slots: U4 = np.zeros(size, np.uint32)

    @property
    def used(self) -> bool:
        return len(self.slots) > 0

    def is_full(self, count: int) -> bool:
        return self.used and (count - self.first) * _LOAD >= len(self.slots)

    def doubled(self) -> "_Later":
        """Return twice as many slots, which are empty."""
        return _Later(self.first, 2 * len(self.slots))


def load() -> None:
    """Load the kernels that number values, or compile them: the first kernel of a process takes a tenth of a second."""
    none, pair = np.zeros(1, np.uint32), settled(np.zeros((1, 2), np.uint64))
    Texts(0).numbers(settled(np.zeros(1, np.uint8)), settled(np.zeros(1, np.int64)), settled(none))
    Pairs(0).numbers(pair)
    count_holders(none, 1, none.copy(), none.copy())


def count_holders(ids: U4, holder: int, last: U4, counts: U4, step: int = 1) -> None:
    """Count `holder` once for each of the numbers that it holds; `last` is who was counted last for each number, or 0.

    A `step` of -1 takes it away again. Numbers outside the counts, as `NONE` is, are no numbers.
    """
    _count_holders(settled(ids), holder, last, counts, step)


def first_come(parts: Sequence[U4], size: int) -> U4:
    """Return the numbers below `size` that come in any part, in the order in which they first come; others are none."""
    seen, found = np.zeros(size, np.uint8), np.empty(size, np.uint32)
    count = 0
    for ids in parts:
        count = _first_come(settled(ids), seen, found, count)
    return settled(found[:count])


def _rooms(key: U8, count: I8, slots: U4, rooms: int) -> int:
    """Return how many values tables hold. Raises: ValueError."""
    size = len(slots)
    fits = len(key) == 2 and len(count) == 1 and size >= _FIRST_SLOTS and size & (size - 1) == 0
    if not fits or not 0 <= count[0] <= min(rooms, size // _LOAD):
        raise ValueError(_UNFIT)
    return int(count[0])


def _doubled(array: np.ndarray) -> np.ndarray:
    return np.resize(array, 2 * len(array))


@kernel
def _count_holders(ids: U4, holder: int, last: U4, counts: U4, step: int) -> None:
    for row in range(ids.size):
        number = int64(ids[row])
        if number < counts.size and int64(last[number]) != holder:
            last[number] = holder
            counts[number] = int64(counts[number]) + step


@kernel
def _first_come(ids: U4, seen: U1, found: U4, count: int) -> int:
    """Write the numbers that were not seen from `count` on; return where they end."""
    for row in range(ids.size):
        number = int64(ids[row])
        if number < seen.size and seen[number] == 0:
            seen[number] = 1
            found[count] = number
            count += 1
    return count
