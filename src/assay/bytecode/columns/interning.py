"""Running numbers for byte strings and for pairs of words: the same number exactly for the same value.

Values are found by a salted hash and decided by their bytes, so that neither a collision by chance nor one made on
purpose merges two of them; without the salt nobody can make values that collide. Numbers run in the order in which
values first come, whatever the salt. Tables can be kept and taken up again: `held` gives their arrays, `restored` takes
them, which may be mapped.
"""

from collections.abc import Sequence
from typing import Self

import numpy as np

from assay.bytecode.columns.record import I8, U1, U4, U8
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

    @classmethod
    def restored(cls, arrays: Sequence[np.ndarray]) -> Self:
        """Take up tables that were held; the arrays are written. Raises: ValueError when they do not fit together."""
        made = cls(0)
        made._key, made._count, made._slots, made._hashes, made._starts, made._bytes = arrays
        rows = _rooms(made._key, made._count, made._slots, len(made._hashes))
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
            done = _intern_texts(
                text, starts, lengths, self._key, self._slots, (self._bytes, self._starts, self._hashes), self._count,
                done, out,
            )  # fmt: skip
        return settled(out)

    def _make_room(self, more: int) -> None:
        count = len(self)
        if count * _LOAD >= len(self._slots):
            self._slots = np.zeros(len(self._slots) * 2, np.uint32)
            _place(self._hashes, count, self._slots)
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

    @classmethod
    def restored(cls, arrays: Sequence[np.ndarray]) -> Self:
        """Take up tables that were held; the arrays are written. Raises: ValueError when they do not fit together."""
        made = cls(0)
        made._key, made._count, made._slots, words = arrays
        made._words = words.reshape(-1, 2)
        rows = _rooms(made._key, made._count, made._slots, len(made._words))
        if len(made._words) * _LOAD < len(made._slots) or int(made._slots.max()) > rows:
            raise ValueError(_UNFIT)
        return made

    def held(self) -> tuple[tuple[np.ndarray, int], ...]:
        """Return all arrays, flat, each with how many rows of it are in use."""
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
            if len(self) * _LOAD >= len(self._slots):
                self._slots = np.zeros(len(self._slots) * 2, np.uint32)
                self._words = np.resize(self._words, (len(self._slots) // _LOAD, 2))
                _place_pairs(self._words, len(self), self._key, self._slots)
            done = _intern_pairs(settled(words), self._key, self._slots, self._words, self._count, done, out)
        return settled(out)


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
def _intern_texts(  # noqa: C901 - one function, as the rules of kernels ask
    text: U1, starts: I8, lengths: U4, key: U8, slots: U4, kept: tuple[U1, I8, U8], counted: I8, done: int, out: U4
) -> int:
    """Number strings from `done` on, until one finds no room; return which."""
    arena, places, hashes = kept
    mask, count = slots.size - 1, counted[0]
    for row in range(done, starts.size):
        start, length = int64(starts[row]), int64(lengths[row])
        value = key[0]
        for i in range(length):
            value = (value ^ np.uint64(text[start + i])) * np.uint64(0xFF51AFD7ED558CCD)
            value ^= value >> np.uint64(29)
        value = ((value ^ (value >> np.uint64(32))) * np.uint64(0xC4CEB9FE1A85EC53)) & key[1]
        slot = int64(value >> np.uint64(20)) & mask
        found = int64(-1)
        while slots[slot] != 0:
            other = int64(slots[slot]) - 1
            first = places[other]
            if hashes[other] == value and places[other + 1] - first == length:
                same = 0
                while same < length and arena[first + same] == text[start + same]:
                    same += 1
                if same == length:
                    found = other
                    break
            slot = (slot + 1) & mask
        if found < 0:
            first = places[count]
            if count == hashes.size or count * 2 >= slots.size or first + length > arena.size:
                counted[0] = count
                return row
            for i in range(length):
                arena[first + i] = text[start + i]
            hashes[count], places[count + 1] = value, first + length
            found = count
            count += 1
            slots[slot] = count
        out[row] = found
    counted[0] = count
    return starts.size


@kernel
def _place(hashes: U8, count: int, slots: U4) -> None:
    mask = slots.size - 1
    for row in range(count):
        slot = int64(hashes[row] >> np.uint64(20)) & mask
        while slots[slot] != 0:
            slot = (slot + 1) & mask
        slots[slot] = row + 1


@kernel
def _intern_pairs(words: U8, key: U8, slots: U4, kept: U8, counted: I8, done: int, out: U4) -> int:
    """Number pairs from `done` on, until one finds no room; return which."""
    mask, count = slots.size - 1, counted[0]
    for row in range(done, words.shape[0]):
        a, b = words[row, 0], words[row, 1]
        slot = _slot(a, b, key[0], key[1]) & mask
        found = int64(-1)
        while slots[slot] != 0:
            other = int64(slots[slot]) - 1
            if kept[other, 0] == a and kept[other, 1] == b:
                found = other
                break
            slot = (slot + 1) & mask
        if found < 0:
            if count * 2 >= slots.size:
                counted[0] = count
                return row
            kept[count, 0], kept[count, 1] = a, b
            found = count
            count += 1
            slots[slot] = count
        out[row] = found
    counted[0] = count
    return len(words)


@kernel
def _place_pairs(words: U8, count: int, key: U8, slots: U4) -> None:
    mask = slots.size - 1
    for row in range(count):
        slot = _slot(words[row, 0], words[row, 1], key[0], key[1]) & mask
        while slots[slot] != 0:
            slot = (slot + 1) & mask
        slots[slot] = row + 1


@kernel
def _slot(a: np.uint64, b: np.uint64, salt: np.uint64, bits: np.uint64) -> int:
    value = (a ^ salt) * np.uint64(0xFF51AFD7ED558CCD)
    value = ((value ^ (value >> np.uint64(32))) + b) * np.uint64(0xC4CEB9FE1A85EC53)
    value = (value ^ (value >> np.uint64(29)) ^ salt) * np.uint64(0xFF51AFD7ED558CCD)
    place: int = int64((value & bits) >> np.uint64(20))
    return place


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
