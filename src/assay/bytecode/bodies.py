"""Where the instructions of each method begin and how many code units there are, held against the file.

Source: Android Open Source Project, "Dalvik executable format": code_item.
"""

import msgspec
import numpy as np
import numpy.typing as npt

from assay.bytecode.class_data import Methods
from assay.bytecode.kernel import settled
from assay.model.locator import ByteRange
from assay.model.problem import Problem

U2 = npt.NDArray[np.uint16]
I8 = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

HEADER_UNITS = 8
"""16-bit units of a code_item before its instructions."""
MAX_SHARING = 2
"""Code units read at most, as a multiple of those in the file: code items may be shared, and must not explode."""

_OUTSIDE = "code items lie outside the file or off the grid of four bytes"
_CUT = "code items state more instructions than the file holds"
_SHARED = "code items overlap so often that reading them all would take too long"


class Bodies(msgspec.Struct, frozen=True, eq=False):
    """The code of each method definition; one row a definition.

    `first` i8: place of the first instruction in 16-bit units from the file's first byte, 0 where there is no body;
    `size` i8: code units of the body, 0 where there is none.
    """

    first: I8
    size: I8


def read_bodies(methods: Methods, units: U2) -> tuple[Bodies, list[Problem]]:
    """Return the bodies as far as they lie in the file, and the problems met. `units` is the whole file."""
    code = methods.code.astype(np.int64)
    first = code // 2 + HEADER_UNITS
    outside = (code > 0) & ((code % 4 > 0) | (first > len(units)))
    first[(code == 0) | outside] = 0
    stated = _stated(first, units)
    size = np.minimum(stated, np.maximum(len(units) - first, 0))
    shared = (size > 0) & (np.cumsum(size) > MAX_SHARING * len(units))
    problems = [*_met(code, outside, _OUTSIDE, "left out"), *_met(code, stated > size, _CUT, "read as far as it goes")]
    first[shared] = size[shared] = 0
    problems += _met(code, shared, _SHARED, "left out")
    return Bodies(settled(first), settled(size)), problems


def _stated(first: I8, units: U2) -> I8:
    """Return the code units that each body states, 0 where there is none."""
    size = np.zeros(len(first), np.int64)
    there = np.flatnonzero(first)
    at = first[there]
    size[there] = units[at - 2].astype(np.int64) | units[at - 1].astype(np.int64) << 16
    return size


def _met(code: I8, wrong: Mask, what: str, instead: str) -> list[Problem]:
    rows = np.flatnonzero(wrong)
    if len(rows) == 0:
        return []
    place = ByteRange(int(code[rows[0]]), 16)
    what = f"{what} ({len(rows)}; the first here)"
    return [Problem(place=str(place), what=what, instead=f"the code was {instead}", cost="instructions are missing")]
