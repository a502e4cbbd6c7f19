"""The call graph of a program: one row an edge, with how exactly its callee is known.

Not edges: what the platform calls back in the program (`callbacks`), class initialisers, finalisers, and what native
code or reflection calls.
"""

from enum import IntEnum
from functools import cached_property
from typing import NamedTuple

import msgspec
import numpy as np

from assay.bytecode.columns.record import U4
from assay.bytecode.kernel import int64, kernel, settled
from assay.bytecode.program import dispatch
from assay.bytecode.program.access import NATIVE
from assay.bytecode.program.components import components
from assay.bytecode.program.dispatch import Targets
from assay.bytecode.program.hierarchy import U1, grouped
from assay.bytecode.program.linking import Linked
from assay.bytecode.program.sites import Sites
from assay.bytecode.program.symbols import I4, I8

MAX_EDGES = 24_000_000
"""Most edges of a program; where there would be more, the number of targets that are listed for a call is lowered."""


class Precision(IntEnum):
    """How exactly the callee of an edge is known; the value stands in the `precision` column."""

    EXACT = 0
    HIERARCHY = 1
    CAPPED = 2
    OUTSIDE = 3
    NATIVE = 4
    REFLECTIVE = 5
    BOOTSTRAP = 6
    POLYMORPHIC = 7


class Plan(NamedTuple):
    """What decides the edges of sites: one row a site where not said otherwise.

    `keys` i4: row of the targets of a virtual call, -1 for any other; `callees` i4: the definition of any other call,
    and the one that the reference of a virtual call means, -1 = outside; `plain` u1: the precision of an edge without
    targets, and `BOOTSTRAP` for all of such a site; `reflective` u1: 1 where what is called calls by name.
    """

    keys: I4
    callees: I4
    plain: U1
    reflective: U1


class Edges(NamedTuple):
    """The columns of `Calls`, as a kernel writes them."""

    caller: I4
    pc: U4
    callee: I4
    precision: U1
    fan_out: U4
    site: I4


class Calls(msgspec.Struct, frozen=True, eq=False, dict=True, kw_only=True):
    """Edges in the order of callers, then of code, then of callees; -1 first.

    `caller` i4: definition; `pc` u4: offset of the call from the caller's first instruction in 16-bit units;
    `callee` i4: definition, -1 = outside the program, named by row `site` of the sites; `precision` u1 (`Precision`);
    `fan_out` u4: number of targets in the program of the site; `site` i4. A call of more than `cap` targets is one row
    of precision `CAPPED`: its callee is the definition that the reference means, `fan_out` the number of targets.

    `caller_starts` i8 (definitions + 1): rows of the edges from each definition; `sites`: what calls;
    `site_keys`: row of `targets` of each site, -1 for calls that are not virtual.
    """

    caller: I4
    pc: U4
    callee: I4
    precision: U1
    fan_out: U4
    site: I4
    caller_starts: I8
    sites: Sites
    site_keys: I4
    targets: Targets
    cap: int
    shadowed_sites: int

    def from_definition(self, definition: int) -> I8:
        """Return the rows of the edges from a definition. Raises: IndexError."""
        return np.arange(*_span(self.caller_starts, definition))

    def to_definition(self, definition: int) -> I4:
        """Return the rows of the edges to a definition. Raises: IndexError."""
        first, end = _span(self._by_callee[0], definition)
        return self._by_callee[1][first:end]

    def callers(self, definition: int) -> I4:
        """Return the definitions that call one, ascending, each once. Raises: IndexError."""
        return np.unique(self.caller[self.to_definition(definition)])

    def callees(self, definition: int) -> I4:
        """Return the definitions that one calls, ascending, each once; none outside. Raises: IndexError."""
        found = np.unique(self.callee[self.from_definition(definition)])
        return found[found >= 0]

    @cached_property
    def _by_callee(self) -> tuple[I8, I4]:
        known = np.flatnonzero(self.callee >= 0).astype(np.int32)
        return grouped(self.callee[known], known, len(self.caller_starts) - 1)

    @cached_property
    def components(self) -> I4:
        """The strongly connected component of each definition; those a component calls have lower numbers."""
        return components(self.caller_starts, self.callee)

    @cached_property
    def bottom_up(self) -> I8:
        """All definitions so that each comes behind those it calls, but for those of its own component."""
        return settled(np.argsort(self.components, kind="stable"))


def edges(found: Sites, plan: Plan, targets: Targets, linked: Linked, shadowed: int, limit: int = MAX_EDGES) -> Calls:
    """Return the edges of all sites."""
    cap = _cap(plan, targets, limit)
    rows = _rows(plan, targets, cap)
    starts = settled(np.concatenate([np.zeros(1, np.int64), np.cumsum(rows, dtype=np.int64)]))
    size = int(starts[-1])
    out = Edges(
        np.empty(size, np.int32), np.empty(size, np.uint32), np.empty(size, np.int32), np.empty(size, np.uint8),
        np.empty(size, np.uint32), np.empty(size, np.int32),
    )  # fmt: skip
    native = settled((linked.definition_access & NATIVE != 0).astype(np.uint8))
    _write(found, plan, targets, native, starts, cap, out)
    certain = (out.precision == Precision.EXACT) | (out.precision == Precision.OUTSIDE)
    out.precision[certain & (plan.reflective[out.site] == 1)] = Precision.REFLECTIVE
    counts = np.bincount(out.caller, minlength=len(native)) if size else np.zeros(len(native), np.int64)
    caller_starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts, dtype=np.int64)])
    return Calls(
        **{name: settled(column) for name, column in out._asdict().items()},
        caller_starts=settled(caller_starts),
        sites=found,
        site_keys=plan.keys,
        targets=targets,
        cap=cap,
        shadowed_sites=shadowed,
    )


def _cap(plan: Plan, targets: Targets, limit: int) -> int:
    """Return the most targets a site may list so that there are no more edges than `limit`."""
    uses = np.bincount(plan.keys[plan.keys >= 0], minlength=len(targets.sizes))
    by_size = np.bincount(targets.sizes, weights=uses * targets.sizes, minlength=dispatch.MAX_TARGETS + 1)
    within = 2 * len(plan.keys) + np.cumsum(by_size)
    fitting = np.flatnonzero(within <= limit)
    return int(min(fitting[-1], dispatch.MAX_TARGETS)) if len(fitting) else 0


def _rows(plan: Plan, targets: Targets, cap: int) -> I8:
    """Return how many edges each site has."""
    rows = np.ones(len(plan.keys), np.int64)
    at = np.flatnonzero(plan.keys >= 0)
    keys = plan.keys[at]
    sizes = targets.sizes[keys].astype(np.int64)
    outside = plan.callees[at] < 0
    capped = (targets.how[keys] >= dispatch.MANY) | (sizes > cap)
    rows[at] = np.where(capped, 1, np.where(outside, sizes, np.maximum(sizes, 1))) + outside
    return rows


def _span(starts: I8, row: int) -> tuple[int, int]:
    if not 0 <= row < len(starts) - 1:
        raise IndexError(row)
    return int(starts[row]), int(starts[row + 1])


@kernel
def _write(  # noqa: C901, PLR0912 - one case of the table of precisions after the other
    found: Sites, plan: Plan, targets: Targets, native: U1, starts: I8, cap: int, out: Edges
) -> None:
    """Write the rows of each site, with the values of `Precision` and of how targets were found."""
    for site in range(found.callers.size):
        row, key, callee, plain = starts[site], int64(plan.keys[site]), int64(plan.callees[site]), plan.plain[site]
        total = 0
        if key >= 0:
            total = int64(targets.fan_out[key])
        elif callee >= 0:
            total = 1
        for i in range(row, starts[site + 1]):
            out.caller[i], out.pc[i], out.site[i] = found.callers[site], found.pcs[site], site
            out.fan_out[i] = total
        if key < 0 or callee < 0:
            out.callee[row] = callee
            out.precision[row] = plain
            if plain == 0 and native[max(callee, 0)]:
                out.precision[row] = 4
            row += 1
        if key < 0 or row == starts[site + 1]:
            continue
        size = int64(targets.sizes[key])
        if targets.how[key] >= 3 or size > cap:
            out.callee[row], out.precision[row] = callee, 2
        elif size == 0:
            out.callee[row], out.precision[row] = callee, 1
        else:
            for i in range(size):
                out.callee[row + i] = targets.listed[targets.starts[key] + i]
                out.precision[row + i] = 1
                if plain == 6:
                    out.precision[row + i] = 6
            if targets.how[key] == 0 and plain != 6:
                out.precision[row] = 4 if native[out.callee[row]] else 0
