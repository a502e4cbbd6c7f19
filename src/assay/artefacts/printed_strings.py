"""Runs of text in binary data: what ends at a byte that no text has, as ASCII, UTF-8 or UTF-16.

Offsets are bytes from the first byte of the artefact.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from assay.model import text as found

MIN_CHARACTERS = 4
"""Shortest run that is a string, in characters."""
MAX_STRINGS = 4_000_000
"""Most strings kept of one artefact."""
_PIECE = 1 << 18

I8 = npt.NDArray[np.int64]

U1 = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]

_ASCII = np.zeros(256, np.bool_)
_ASCII[[9, 10, 13]] = True
_ASCII[0x20:0x7F] = True

_SEQUENCES = (
    (0xC2, 0xDF, 2, 0x80, 0xBF), (0xE0, 0xE0, 3, 0xA0, 0xBF), (0xE1, 0xEC, 3, 0x80, 0xBF), (0xED, 0xED, 3, 0x80, 0x9F),
    (0xEE, 0xEF, 3, 0x80, 0xBF), (0xF0, 0xF0, 4, 0x90, 0xBF), (0xF1, 0xF3, 4, 0x80, 0xBF), (0xF4, 0xF4, 4, 0x80, 0x8F),
)  # fmt: skip
"""First bytes, length in bytes and second bytes of well-formed UTF-8 (Unicode 14.0, table 3-7)."""
_LONGEST = 4

_SCRIPTS = np.zeros(65_536, np.uint8)
"""The script of each UTF-16 unit: 0 none (no text), 1 common to all, then one number each."""
_COMMON, _LATIN, _FIRST_OTHER = 1, 2, 3
_BLOCKS = (
    ((9, 0xA), (0xD, 0xD), (0x20, 0x7E), (0xA0, 0xBF), (0x2010, 0x2027), (0x20A0, 0x20BF), (0x3000, 0x303F),
     (0xFF01, 0xFF5E)),
    ((0xC0, 0x24F), (0x1E00, 0x1EFF)), ((0x370, 0x3FF),), ((0x400, 0x52F),), ((0x590, 0x5FF),), ((0x600, 0x6FF),),
    ((0x900, 0x97F),), ((0xE00, 0xE7F),), ((0x3040, 0x30FF), (0x4E00, 0x9FFF)), ((0xAC00, 0xD7A3),),
)  # fmt: skip
for _number, _blocks in enumerate(_BLOCKS, start=_COMMON):
    for _first, _last in _blocks:
        _SCRIPTS[_first : _last + 1] = _number


class PrintedString(NamedTuple):
    """A string with its place: offset and length in bytes, and its text as found."""

    offset: int
    length: int
    text: str


class PrintedStrings(msgspec.Struct, frozen=True, eq=False):
    """Strings as columns, by rising offset, none over another. `wide`: UTF-16, little-endian; otherwise UTF-8.

    `lost`: how many lie beyond `MAX_STRINGS`.
    """

    view: memoryview
    offsets: I8
    lengths: I8
    wide: npt.NDArray[np.bool_]
    lost: int = 0

    def __len__(self) -> int:
        """Count the strings."""
        return len(self.offsets)

    def __iter__(self) -> Iterator[PrintedString]:
        """Yield each string with its place."""
        for offset, length, wide in zip(self.offsets.tolist(), self.lengths.tolist(), self.wide.tolist(), strict=True):
            raw = bytes(self.view[offset : offset + length])
            yield PrintedString(
                offset, length, found.from_str(raw.decode("utf-16-le")) if wide else found.from_bytes(raw)
            )


def printed_strings(view: memoryview, regions: list[tuple[int, int]]) -> PrintedStrings:
    """Return the strings of regions (offset, length in bytes) that lie in the view and not over each other."""
    parts = [part for offset, length in sorted(regions) for part in _region(view, offset, length)]
    offsets = np.concatenate([np.zeros(0, np.int64), *(part[0] for part in parts)])
    lengths = np.concatenate([np.zeros(0, np.int64), *(part[1] for part in parts)])
    wide = np.concatenate([np.zeros(0, np.bool_), *(np.full(len(part[0]), part[2]) for part in parts)])
    order = np.argsort(offsets, kind="stable")[:MAX_STRINGS]
    return PrintedStrings(view, offsets[order], lengths[order], wide[order], len(offsets) - len(order))


def _region(view: memoryview, offset: int, length: int) -> list[tuple[I8, I8, bool]]:
    data = np.frombuffer(view[offset : offset + length], np.uint8) if length else np.zeros(0, np.uint8)
    starts, lengths = _narrow(data)
    wide_starts, wide_lengths = _wide(data, offset & 1, starts, lengths)
    return [(starts + offset, lengths, False), (wide_starts + offset, wide_lengths, True)]


def _narrow(data: U1) -> tuple[I8, I8]:
    starts, lengths = _runs(len(data), lambda first, behind: _utf8(data, first, behind))
    characters = lengths.copy()
    for byte in range(_LONGEST * MIN_CHARACTERS):
        within = lengths > byte
        characters[within] -= data[starts[within] + byte] & 0xC0 == 0x80
    keep = (characters >= MIN_CHARACTERS) | (lengths > _LONGEST * MIN_CHARACTERS)
    return starts[keep], lengths[keep]


def _runs(size: int, mask: Callable[[int, int], Mask]) -> tuple[I8, I8]:
    """Return (starts, lengths) of the runs of at least `MIN_CHARACTERS` elements for which the mask holds."""
    starts, lengths, last = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)], -1
    for first in range(0, size + 1, _PIECE):
        behind = min(first + _PIECE, size)
        breaks = np.flatnonzero(~mask(first, behind)) + first
        edges = np.concatenate([[last], breaks, [size] if behind == size else []]).astype(np.int64)
        gaps = np.diff(edges) - 1
        keep = gaps >= MIN_CHARACTERS
        starts.append(edges[:-1][keep] + 1)
        lengths.append(gaps[keep])
        last = int(edges[-1])
    return np.concatenate(starts), np.concatenate(lengths)


def _utf8(data: U1, first: int, behind: int) -> Mask:
    """Say of each byte of a piece whether it is printable ASCII or belongs to a well-formed sequence of UTF-8."""
    begin = max(0, first - _LONGEST + 1)
    window = data[begin : behind + _LONGEST - 1]
    mask = _ASCII[window]
    leads = np.flatnonzero(window >= 0xC2)
    padded = np.concatenate([window, np.zeros(_LONGEST, np.uint8)])
    lead, second = padded[leads], padded[leads + 1]
    for low, high, size, least, most in _SEQUENCES if len(leads) else ():
        fit = (lead >= low) & (lead <= high) & (second >= least) & (second <= most)
        _mark(mask, padded, leads[fit], size)
    return mask[first - begin : behind - begin]


def _mark(mask: Mask, padded: U1, leads: I8, size: int) -> None:
    """Set the bytes of all sequences of a length whose third and fourth bytes are such."""
    for byte in range(2, size):
        leads = leads[padded[leads + byte] & 0xC0 == 0x80]
    for byte in range(size):
        mask[leads + byte] = True


def _wide(data: U1, odd: int, starts: I8, lengths: I8) -> tuple[I8, I8]:
    """Return the runs of UTF-16 units in one script that begin at even offsets, end with NUL and lie over no other."""
    size = max(0, len(data) - odd) & ~1
    units = np.frombuffer(data[odd : odd + size], "<u2") if size else np.zeros(0, np.uint16)
    edges = (starts - odd) // 2, (starts + lengths - odd + 1) // 2
    firsts, counts = _runs(len(units), lambda first, behind: _free(units[first:behind], first, *edges))
    rows = np.flatnonzero(firsts + counts < len(units))
    rows = rows[units[(firsts + counts)[rows]] == 0]
    rows = rows[_one_script(units, firsts[rows], counts[rows])]
    return firsts[rows] * 2 + odd, counts[rows] * 2


def _free(units: npt.NDArray[np.uint16], first: int, starts: I8, ends: I8) -> Mask:
    """Say of each unit of a piece whether it is text and outside the runs of units given by starts and ends."""
    size = len(units)
    begin, behind = np.searchsorted(ends, first, "right"), np.searchsorted(starts, first + size)
    steps = np.zeros(size + 1, np.int32)
    np.add.at(steps, np.maximum(starts[begin:behind] - first, 0), 1)
    np.add.at(steps, np.minimum(ends[begin:behind] - first, size), -1)
    return np.asarray((_SCRIPTS[units] > 0) & (np.cumsum(steps[:-1]) == 0))


def _one_script(units: npt.NDArray[np.uint16], firsts: I8, counts: I8) -> Mask:
    """Say which runs are written in one script beside common signs; letters with accents among plain ones."""
    if not len(firsts):
        return np.zeros(0, np.bool_)
    begins = np.cumsum(counts) - counts
    scripts = _SCRIPTS[units[np.repeat(firsts - begins, counts) + np.arange(int(counts.sum()))]]
    highest = np.maximum.reduceat(scripts, begins)
    lowest = np.minimum.reduceat(np.where(scripts <= _LATIN, 255, scripts), begins)
    accents = np.add.reduceat((scripts == _LATIN).astype(np.int64), begins)
    return np.asarray(
        np.where(highest < _FIRST_OTHER, accents * 2 <= counts, (highest == lowest) & (accents == 0)), np.bool_
    )
