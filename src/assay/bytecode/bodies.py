"""Where the instructions of each method begin and how many code units there are, held against the file.

Source: Android Open Source Project, "Dalvik executable format": code_item.
"""

import msgspec
import numpy as np
import numpy.typing as npt

from assay.bytecode import faults
from assay.bytecode.class_data import Methods
from assay.bytecode.kernel import int64, kernel, settled
from assay.bytecode.tables import U4
from assay.model.problem import Problem

U2 = npt.NDArray[np.uint16]
I8 = npt.NDArray[np.int64]

HEADER_UNITS = 8
"""16-bit units of a code_item before its instructions."""
MAX_SHARING = 2
"""Code units read at most, as a multiple of those in the file: code items may be shared, and must not explode."""

_OUTSIDE, _CUT, _SHARED = range(3)
_MISSING = "instructions may be missing from the index"
_SORTS = (
    ("code items lie outside the file or off the grid of four bytes", "the code was left out", _MISSING),
    ("code items state more instructions than the file holds", "the code was read as far as it goes", _MISSING),
    ("code items overlap so often that reading them all would take too long", "the code was left out", _MISSING),
)


class Bodies(msgspec.Struct, frozen=True, eq=False):
    """The code of each method definition; one row a definition.

    `first` i8: place of the first instruction in 16-bit units from the file's first byte, 0 where there is no body;
    `size` i8: code units of the body, 0 where there is none.
    """

    first: I8
    size: I8


def read_bodies(methods: Methods, units: U2) -> tuple[Bodies, list[Problem]]:
    """Return the bodies as far as they lie in the file, and the problems met. `units` is the whole file."""
    first, size = (np.zeros(len(methods.code), np.int64) for _ in range(2))
    met = faults.tally(len(_SORTS))
    _place(units, methods.code, first, size, met)
    return Bodies(settled(first), settled(size)), faults.problems(met, _SORTS)


@kernel
def _place(units: U2, codes: U4, first: I8, size: I8, met: faults.Tally) -> None:
    """Write place and size of each body, in order; bodies beyond the limit are left out one by one."""
    left = MAX_SHARING * units.size
    for body in range(codes.size):
        code = int64(codes[body])
        place = (code >> 1) + HEADER_UNITS
        if code == 0:
            continue
        if code & 3 or place > units.size:
            _note(met, _OUTSIDE, code)
            continue
        stated = int64(units[place - 2]) | int64(units[place - 1]) << 16
        there = min(stated, units.size - place)
        if there < stated:
            _note(met, _CUT, code)
        if there > left:
            _note(met, _SHARED, code)
            continue
        left -= there
        first[body], size[body] = place, there


@kernel
def _note(met: faults.Tally, sort: int, offset: int) -> None:
    if met[sort, 0] == 0:
        met[sort, 1] = offset
    met[sort, 0] += 1
