"""Kernels that find values by their hash and place them; a slot holds a number plus one, and half of all are empty."""

import numpy as np

from assay.bytecode.columns.record import I8, U1, U4, U8
from assay.bytecode.kernel import int64, kernel


@kernel
def intern_texts(  # noqa: C901, PLR0912 - one function, as the rules of kernels ask
    text: U1, starts: I8, lengths: U4, key: U8, slots: U4, later: U4, first_later: int, kept: tuple[U1, I8, U8],
    counted: I8, done: int, out: U4,
) -> int:  # fmt: skip
    """Number strings from `done` on, until one finds no room; return which.

    With slots for what comes `later`, those of the values before `first_later` are only read.
    """
    arena, places, hashes = kept
    mask, mask_later, count = slots.size - 1, later.size - 1, counted[0]
    for row in range(done, starts.size):
        start, length = int64(starts[row]), int64(lengths[row])
        value = key[0]
        for i in range(length):
            value = (value ^ np.uint64(text[start + i])) * np.uint64(0xFF51AFD7ED558CCD)
            value ^= value >> np.uint64(29)
        value = ((value ^ (value >> np.uint64(32))) * np.uint64(0xC4CEB9FE1A85EC53)) & key[1]
        slot = int64(value >> np.uint64(20)) & mask
        found, is_later = int64(-1), False
        while True:
            other = (int64(later[slot]) if is_later else int64(slots[slot])) - 1
            if other < 0:
                if is_later or later.size == 0:
                    break
                slot, is_later = int64(value >> np.uint64(20)) & mask_later, True
                continue
            first = places[other]
            if hashes[other] == value and places[other + 1] - first == length:
                same = 0
                while same < length and arena[first + same] == text[start + same]:
                    same += 1
                if same == length:
                    found = other
                    break
            slot = (slot + 1) & (mask_later if is_later else mask)
        if found < 0:
            first = places[count]
            full = count * 2 >= slots.size or (is_later and (count - first_later) * 2 >= later.size)
            if full or count == hashes.size or first + length > arena.size:
                counted[0] = count
                return row
            for i in range(length):
                arena[first + i] = text[start + i]
            hashes[count], places[count + 1] = value, first + length
            found = count
            count += 1
            if is_later:
                later[slot] = count
            else:
                slots[slot] = count
        out[row] = found
    counted[0] = count
    return starts.size


@kernel
def place_texts(hashes: U8, first: int, count: int, slots: U4) -> None:
    """Place the values from `first` to `count` in slots that have room for them."""
    mask = slots.size - 1
    for row in range(first, count):
        slot = int64(hashes[row] >> np.uint64(20)) & mask
        while slots[slot] != 0:
            slot = (slot + 1) & mask
        slots[slot] = row + 1


@kernel
def intern_pairs(  # noqa: C901 - one function, as the rules of kernels ask
    words: U8, key: U8, slots: U4, later: U4, first_later: int, kept: U8, counted: I8, done: int, out: U4
) -> int:
    """Number pairs from `done` on, as `intern_texts` does strings."""
    mask, mask_later, count = slots.size - 1, later.size - 1, counted[0]
    for row in range(done, words.shape[0]):
        a, b = words[row, 0], words[row, 1]
        place = _slot(a, b, key[0], key[1])
        slot = place & mask
        found, is_later = int64(-1), False
        while True:
            other = (int64(later[slot]) if is_later else int64(slots[slot])) - 1
            if other < 0:
                if is_later or later.size == 0:
                    break
                slot, is_later = place & mask_later, True
                continue
            if kept[other, 0] == a and kept[other, 1] == b:
                found = other
                break
            slot = (slot + 1) & (mask_later if is_later else mask)
        if found < 0:
            if count * 2 >= slots.size or (is_later and (count - first_later) * 2 >= later.size):
                counted[0] = count
                return row
            kept[count, 0], kept[count, 1] = a, b
            found = count
            count += 1
            if is_later:
                later[slot] = count
            else:
                slots[slot] = count
        out[row] = found
    counted[0] = count
    return len(words)


@kernel
def place_pairs(words: U8, first: int, count: int, key: U8, slots: U4) -> None:
    """Place the pairs from `first` to `count` in slots that have room for them."""
    mask = slots.size - 1
    for row in range(first, count):
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
