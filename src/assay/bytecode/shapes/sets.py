"""What bodies and classes refer to, whatever the order and however often."""

import numpy as np

from assay.bytecode.columns.record import I8, U8
from assay.bytecode.kernel import kernel, settled


def set_digests(words: U8, starts: I8, ends: I8) -> tuple[U8, I8]:
    """Return a digest of the set of words from starts[i] to ends[i], and its size, for each i."""
    digests, sizes = np.zeros(len(starts), np.uint64), np.zeros(len(starts), np.int64)
    _digest(words.copy(), settled(starts), settled(ends), digests, sizes)
    return settled(digests), settled(sizes)


@kernel
def _digest(words: U8, starts: I8, ends: I8, digests: U8, sizes: I8) -> None:
    """Sort each run in place, whatever its order in the same time, and mix what differs from the one before."""
    for run in range(starts.size):
        first, end = starts[run], ends[run]
        if first < 0 or end > words.size or first >= end:
            continue
        for root in range((end - first) // 2 - 1, -1, -1):
            _sink(words, first, root, end - first)
        for size in range(end - first - 1, 0, -1):
            words[first], words[first + size] = words[first + size], words[first]
            _sink(words, first, 0, size)
        value, count = np.uint64(2), 0
        for i in range(first, end):
            if i == first or words[i] != words[i - 1]:
                value = (value ^ words[i]) * np.uint64(0xFF51AFD7ED558CCD)
                value ^= value >> np.uint64(32)
                count += 1
        digests[run], sizes[run] = value, count


@kernel
def _sink(words: U8, first: int, root: int, size: int) -> None:
    """Let the word at `root` of the heap sink to its place."""
    while 2 * root + 1 < size:
        child = 2 * root + 1
        if child + 1 < size and words[first + child] < words[first + child + 1]:
            child += 1
        if words[first + root] >= words[first + child]:
            return
        words[first + root], words[first + child] = words[first + child], words[first + root]
        root = child
