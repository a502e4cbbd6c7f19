"""What a JSON text would cost to parse, counted before it is parsed: nesting and nodes, outside of strings."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

CHUNK = 1 << 22
"""Bytes that are looked at in one go; results do not depend on it."""

_QUOTE, _BACKSLASH = 0x22, 0x5C
_STEP = np.zeros(256, np.int8)
_STEP[[0x5B, 0x7B]] = 1
_STEP[[0x5D, 0x7D]] = -1


def extent(raw: memoryview) -> tuple[int, int]:
    """Return (depth, nodes) of a JSON text in an encoding that agrees with ASCII.

    Depth is the deepest nesting of brackets. Nodes are one, and one for each comma and opening bracket: the number of
    values, an empty array or object counting twice. Both are exact for JSON, and bounds up to the first error else.
    """
    depth = deepest = 0
    nodes = 1
    for plain in _outside_strings(raw):
        steps = np.cumsum(_STEP[plain], dtype=np.int64)
        if steps.size:
            deepest = max(deepest, depth + int(steps.max(initial=0)))
            depth += int(steps[-1])
        nodes += int(np.count_nonzero(plain == 0x2C)) + int(np.count_nonzero(_STEP[plain] == 1))
    return deepest, nodes


def _outside_strings(raw: memoryview) -> Iterator[npt.NDArray[np.uint8]]:
    """Yield the bytes that stand outside of strings, chunk by chunk, quotes not included."""
    inside, escaped = False, False
    for start in range(0, len(raw), CHUNK):
        chunk = np.frombuffer(raw[start : start + CHUNK], np.uint8)
        quotes, escaped = _bare_quotes(chunk, escaped=escaped)
        within = (np.cumsum(quotes) + inside) % 2
        yield chunk[(within == 0) & ~quotes]
        inside = bool(within[-1])


def _bare_quotes(chunk: npt.NDArray[np.uint8], *, escaped: bool) -> tuple[npt.NDArray[np.bool_], bool]:
    """Return where quotes stand that no backslash escapes, and whether the next chunk begins escaped."""
    quotes = chunk == _QUOTE
    slashes = np.flatnonzero(chunk == _BACKSLASH)
    skipped = -1
    if escaped:
        quotes[0] = False
        skipped = 0
    for place in slashes.tolist():
        if place != skipped:
            skipped = place + 1
            if skipped < len(chunk):
                quotes[skipped] = False
    return quotes, skipped == len(chunk)
