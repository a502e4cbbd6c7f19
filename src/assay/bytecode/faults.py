"""Counts of what kernels found wrong, turned into one problem record a sort with the place of the first."""

import numpy as np
import numpy.typing as npt

from assay.model.locator import ByteRange
from assay.model.problem import Problem

Tally = npt.NDArray[np.int64]
"""Shape (sorts, 2): how often, and the offset in bytes of the first; a kernel's file names the rows."""


def tally(sorts: int) -> Tally:
    """Return an empty tally."""
    return np.zeros((sorts, 2), np.int64)


def problems(counts: Tally, sorts: tuple[tuple[str, str, str], ...]) -> list[Problem]:
    """Return a problem for each sort that was met; a sort is (what happened, what was done instead, what it costs)."""
    met = ((row, sort) for row, sort in zip(counts.tolist(), sorts, strict=True) if row[0])
    return [
        Problem(place=str(ByteRange(first, 4)), what=f"{what} ({count}; the first here)", instead=instead, cost=cost)
        for (count, first), (what, instead, cost) in met
    ]
