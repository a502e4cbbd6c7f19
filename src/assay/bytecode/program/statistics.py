"""How well the calls of a program are known, in numbers."""

import msgspec
import numpy as np

from assay.bytecode.program.calls import Calls, Precision

_STEPS = (0, 1, 2, 5, 10, 20, 50)


class Statistics(msgspec.Struct, frozen=True):
    """Counts of calls (sites) and edges of a program.

    `sites` counts calls by the least precise of their edges in the order of `Precision`, `edges` likewise; `fan_out`
    counts virtual calls by their targets in the program: the largest number of each step, and ``more``. `followed` is
    the number of calls all of whose edges lead to definitions; `cap` the most targets that are listed for a call.
    """

    sites: dict[str, int]
    edges: dict[str, int]
    fan_out: dict[str, int]
    followed: int
    shadowed_sites: int
    cap: int


def statistics(calls: Calls) -> Statistics:
    """Return the counts of a call graph."""
    worst = np.zeros(len(calls.sites.callers), np.uint8)
    np.maximum.at(worst, calls.site, calls.precision)
    open_ = np.zeros(len(worst), np.bool_)
    open_[calls.site[(calls.callee < 0) | (calls.precision == Precision.CAPPED)]] = True
    keys = calls.site_keys[calls.site_keys >= 0]
    return Statistics(
        sites=_by_precision(worst),
        edges=_by_precision(calls.precision),
        fan_out=_steps(calls.targets.fan_out[keys].astype(np.int64)),
        followed=int((~open_).sum()),
        shadowed_sites=calls.shadowed_sites,
        cap=calls.cap,
    )


def _by_precision(values: np.ndarray) -> dict[str, int]:
    counts = np.bincount(values, minlength=len(Precision))
    return {each.name.lower(): int(counts[each]) for each in Precision}


def _steps(values: np.ndarray) -> dict[str, int]:
    where = np.bincount(np.searchsorted(_STEPS, values), minlength=len(_STEPS) + 1)
    return dict(zip((*map(str, _STEPS), "more"), where.tolist(), strict=True))
