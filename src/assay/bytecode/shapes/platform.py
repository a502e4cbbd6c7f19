"""Which types belong to the platform: their names stay when a shrinker renames the rest of an app.

Source: Android developers, "Package index"; Android Open Source Project, libcore.
"""

import numpy as np
import numpy.typing as npt

from assay.bytecode.columns.record import U1, U4, Columns
from assay.bytecode.kernel import int64, kernel, settled

PACKAGES = (
    "android", "dalvik", "java", "javax/crypto", "javax/microedition", "javax/net", "javax/security", "javax/sql",
    "javax/xml", "org/apache/http/conn", "org/apache/http/params", "org/json", "org/w3c/dom", "org/xml/sax",
    "org/xmlpull/v1",
)  # fmt: skip
"""Packages of the platform, with all below them."""
NOT_OF_IT = ("android/arch", "android/databinding", "android/support")
"""Packages below them that come with apps."""

Mask = npt.NDArray[np.bool_]


def _joined(packages: tuple[str, ...]) -> tuple[U1, U4]:
    """Return the beginnings of descriptors one behind the other, and where each begins."""
    texts = [f"L{package}/".encode() for package in packages]
    starts = np.cumsum([0, *map(len, texts)]).astype(np.uint32)
    return settled(np.frombuffer(b"".join(texts), np.uint8)), settled(starts)


_PLATFORM, _BROUGHT = _joined(PACKAGES), _joined(NOT_OF_IT)


def platform_types(columns: Columns) -> tuple[Mask, Mask]:
    """Return which types are of the platform, arrays of them and plain values too, and which are arrays."""
    known = columns.type_strings < len(columns.string_starts)
    rows = np.where(known, columns.type_strings, 0)
    texts = max(len(columns.string_starts), 1)
    starts, lengths = np.zeros(texts, np.int64), np.zeros(texts, np.int64)
    starts[: len(columns.string_starts)] = columns.string_starts.astype(np.int64) - columns.text_from
    lengths[: len(columns.string_starts)] = columns.string_lengths
    lengths = np.where(known, lengths[rows], 0)
    platform, arrays = (np.zeros(len(rows), np.bool_) for _ in range(2))
    _classify(columns.text, settled(starts[rows]), settled(lengths), _PLATFORM, _BROUGHT, platform, arrays)
    return platform, arrays


@kernel
def _classify(
    text: U1,
    starts: npt.NDArray[np.int64],
    lengths: npt.NDArray[np.int64],
    platform: tuple[U1, U4],
    brought: tuple[U1, U4],
    out: Mask,
    arrays: Mask,
) -> None:
    for row in range(starts.size):
        place = starts[row]
        end = min(place + lengths[row], text.size)
        if place < 0 or place >= end:
            continue
        arrays[row] = text[place] == 0x5B
        while place < end and text[place] == 0x5B:
            place += 1
        if place + 1 == end:
            out[row] = True
        else:
            out[row] = _begins(text, place, end, platform) and not _begins(text, place, end, brought)


@kernel
def _begins(text: U1, place: int, end: int, prefixes: tuple[U1, U4]) -> bool:
    """Say whether the bytes from `place` to `end` begin as one of the prefixes does."""
    letters, starts = prefixes
    for row in range(starts.size - 1):
        first, last = int64(starts[row]), int64(starts[row + 1])
        if end - place < last - first:
            continue
        same = True
        for i in range(first, last):
            if letters[i] != text[place + i - first]:
                same = False
                break
        if same:
            return True
    return False
