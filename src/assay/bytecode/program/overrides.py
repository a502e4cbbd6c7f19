"""Which definition overrides or implements which, and what a class inherits to implement an interface.

A method overrides one of a superclass with its name and prototype where neither is private, static or a constructor
and the upper one is public, protected, or package-private in the same package; or where it overrides a method that
overrides the upper one. A method of an interface is implemented by a class's own method, else by the one it inherits,
else by the most specific default method.
Source: Java Virtual Machine Specification, sections 5.4.5 and 5.4.6; Android Open Source Project, art/runtime:
ClassLinker::LinkVirtualMethods (unverified).
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from assay.bytecode.columns.record import U4
from assay.bytecode.kernel import int64, kernel, settled
from assay.bytecode.program.access import ABSTRACT, INTERFACE, virtual
from assay.bytecode.program.hierarchy import U1, Hierarchy, grouped
from assay.bytecode.program.linking import Linked, Members
from assay.bytecode.program.resolution import Resolver
from assay.bytecode.program.symbols import I4, I8

Marks = npt.NDArray[np.bool_]

STEPS = 300_000_000
"""Steps of finding the overrides of a whole program, each a look at one class; a large one takes ten million."""
STEPS_BETWEEN = 4_000_000
"""Steps of finding what overrides across packages by way of a method between; a large application takes thousands."""
MAX_PAIRS = 12_000_000
"""Most pairs of overriding and overridden methods; a large application has a million."""


class _Found(NamedTuple):
    """Where the kernel writes pairs, and how many it wrote."""

    lower: I4
    upper: I4


class Overrides:
    """Overriding in one program.

    - `virtual` u1: 1 for each definition that is dispatched by the class of its receiver;
    - `upper_starts` i8 (definitions + 1), `uppers` i4: what each definition overrides or implements;
    - `lower_starts` i8 (definitions + 1), `lowers` i4: what overrides or implements each definition;
    - `inherited_classes` i4, `inherited_signatures` i4, `inherited_targets` i4: classes that implement an interface's
      method with one that they inherit from a superclass or take from an interface;
    - `complete`: whether all pairs were found within `STEPS`, `STEPS_BETWEEN` and `MAX_PAIRS`.
    """

    def __init__(self, linked: Linked, hierarchy: Hierarchy, resolver: Resolver, steps: int = STEPS) -> None:
        """Find all pairs."""
        self._linked, self._hierarchy = linked, hierarchy
        self.virtual = virtual(linked)
        self.complete = True
        lower, upper, blocked = self._declared(resolver, steps)
        more_lower, more_upper = self._inherited(resolver, steps)
        pairs = np.concatenate([lower, more_lower]), np.concatenate([upper, more_upper])
        pairs, every = _with_blocked(pairs, blocked)
        self.complete = self.complete and every
        unique = np.unique(pairs[0].astype(np.int64) << 32 | pairs[1])
        lower, upper = (unique >> 32).astype(np.int32), (unique & 0xFFFFFFFF).astype(np.int32)
        count = len(linked.definition_access)
        self.upper_starts, self.uppers = grouped(lower, upper, count)
        self.lower_starts, self.lowers = grouped(upper, lower, count)

    def of(self, definition: int) -> I4:
        """Return what a definition overrides or implements."""
        return self.uppers[self.upper_starts[definition] : self.upper_starts[definition + 1]]

    def overriding(self, definition: int) -> I4:
        """Return what overrides or implements a definition."""
        return self.lowers[self.lower_starts[definition] : self.lower_starts[definition + 1]]

    def _declared(self, resolver: Resolver, steps: int) -> tuple[I4, I4, tuple[I4, I4]]:
        """Return the pairs of methods that classes declare, and those that a package keeps apart."""
        hierarchy, linked = self._hierarchy, self._linked
        above = hierarchy.supertype_ends - hierarchy.supertype_starts
        most = int(above[linked.definition_classes[self.virtual == 1]].sum())
        found, blocked, counts = _room(most), _room(most), np.zeros(3, np.int64)
        _declare(
            linked.definition_classes, linked.definition_signatures, self.virtual, linked.definition_access,
            linked.class_flags, resolver.packages, hierarchy.supertype_starts, hierarchy.supertype_ends,
            hierarchy.supertypes, linked.methods, found, blocked, counts, steps,
        )  # fmt: skip
        self.complete = self.complete and not counts[2]
        one, two = int(counts[0]), int(counts[1])
        return found.lower[:one], found.upper[:one], (blocked.lower[:two], blocked.upper[:two])

    def _inherited(self, resolver: Resolver, steps: int) -> tuple[I4, I4]:
        """Find what classes inherit to implement interfaces; return the pairs of methods that this makes."""
        hierarchy, linked = self._hierarchy, self._linked
        members = np.append(np.diff(linked.methods.starts), np.zeros(hierarchy.nodes - linked.classes, np.int64))
        found, counts = _room(int(members[hierarchy.supertypes].sum())), np.zeros(3, np.int64)
        _inherit(
            linked.class_flags, hierarchy.supertype_starts, hierarchy.supertype_ends, hierarchy.supertypes,
            linked.methods, self.virtual, found, counts, steps,
        )  # fmt: skip
        self.complete = self.complete and not counts[2]
        classes, implemented = (column[: int(counts[0])].copy() for column in found)
        signatures = linked.definition_signatures[implemented]
        targets = resolver.methods(settled(classes), settled(signatures)).definitions
        kept = (targets >= 0) & (targets != implemented)
        kept[kept] = (self.virtual[targets[kept]] == 1) & ~self._is_wish(targets[kept])
        self._keep(classes, signatures, targets)
        return targets[kept], implemented[kept]

    def _is_wish(self, definitions: I4) -> Marks:
        """Return which definitions are abstract methods of interfaces, which implement nothing."""
        linked = self._linked
        abstract = linked.definition_access[definitions] & ABSTRACT != 0
        wished: Marks = abstract & (linked.class_flags[linked.definition_classes[definitions]] & INTERFACE != 0)
        return wished

    def _keep(self, classes: I4, signatures: I4, targets: I4) -> None:
        known = targets >= 0
        known[known] = self.virtual[targets[known]] == 1
        keys = classes[known].astype(np.int64) << 32 | signatures[known]
        unique, first = np.unique(keys, return_index=True)
        self.inherited_classes = settled((unique >> 32).astype(np.int32))
        self.inherited_signatures = settled((unique & 0xFFFFFFFF).astype(np.int32))
        self.inherited_targets = settled(targets[known][first])


def _room(most: int) -> _Found:
    """Return room for as many pairs as there can be, at most `MAX_PAIRS`."""
    rows = min(most, MAX_PAIRS)
    return _Found(np.empty(rows, np.int32), np.empty(rows, np.int32))


def _with_blocked(
    pairs: tuple[I4, I4], blocked: tuple[I4, I4], steps: int = STEPS_BETWEEN
) -> tuple[tuple[I4, I4], bool]:
    """Add pairs that a package keeps apart where a method between them is overridden by one and overrides the other.

    Say also whether there were steps enough for all.
    """
    if len(blocked[0]) == 0:
        return pairs, True
    concerned = np.isin(pairs[0], np.concatenate([blocked[0], np.unique(pairs[1])]))
    left = steps - int(np.count_nonzero(concerned))
    if left < 0:
        return pairs, False
    uppers: dict[int, set[int]] = {}
    for lower, upper in zip(pairs[0][concerned].tolist(), pairs[1][concerned].tolist(), strict=True):
        uppers.setdefault(lower, set()).add(upper)
    more = []
    for lower, upper in zip(blocked[0][: left + 1].tolist(), blocked[1][: left + 1].tolist(), strict=True):
        left -= 1 + len(uppers.get(lower, ()))
        if left < 0:
            break
        if any(upper in uppers.get(between, ()) for between in uppers.get(lower, ())):
            more.append((lower, upper))
            uppers.setdefault(lower, set()).add(upper)
    added = np.array(more, np.int32).reshape(-1, 2)
    return (np.concatenate([pairs[0], added[:, 0]]), np.concatenate([pairs[1], added[:, 1]])), left >= 0


@kernel
def _find(members: Members, row: int, signature: int) -> int:
    """Return the first place among the members of a class where the signature stands, -1 without."""
    low, high = members.starts[row], members.starts[row + 1]
    end = high
    while low < high:
        middle = (low + high) >> 1
        if members.signatures[middle] < signature:
            low = middle + 1
        else:
            high = middle
    return low if low < end and members.signatures[low] == signature else -1


@kernel
def _declare(
    classes: I4, signatures: I4, virtuals: U1, access: U4, flags: U4, packages: I4, starts: I8, ends: I8,
    supertypes: I4, members: Members, found: _Found, blocked: _Found, counts: I8, steps: int,
) -> None:  # fmt: skip
    """Write each method with those of the same signature above its class. counts: pairs, kept apart, not complete."""
    left = steps
    for row in range(classes.size):
        if not virtuals[row]:
            continue
        owner, signature = int64(classes[row]), int64(signatures[row])
        left -= ends[owner] - starts[owner]
        if left < 0:
            counts[2] = 1
            return
        for i in range(starts[owner], ends[owner]):
            above = int64(supertypes[i])
            place = _find(members, above, signature) if above < flags.size else -1
            if place < 0 or not virtuals[members.rows[place]]:
                continue
            upper = int64(members.rows[place])
            out = found if access[upper] & 0x5 or packages[above] == packages[owner] else blocked
            which = 0 if access[upper] & 0x5 or packages[above] == packages[owner] else 1
            if counts[which] >= out.lower.size:
                counts[2] = 1
                return
            out.lower[counts[which]], out.upper[counts[which]] = row, upper
            counts[which] += 1


@kernel
def _inherit(
    flags: U4, starts: I8, ends: I8, supertypes: I4, members: Members, virtuals: U1, found: _Found, counts: I8,
    steps: int,
) -> None:  # fmt: skip
    """Write (class, method of an interface of it) where the class does not declare the method itself."""
    left = steps
    for row in range(flags.size):
        for i in range(starts[row], ends[row] if not flags[row] & 0x200 else starts[row]):
            node = int64(supertypes[i])
            left -= 1
            if node >= flags.size or not flags[node] & 0x200:
                continue
            left -= members.starts[node + 1] - members.starts[node]
            for place in range(members.starts[node], members.starts[node + 1]):
                if left < 0 or counts[0] >= found.lower.size:
                    counts[2] = 1
                    return
                if virtuals[members.rows[place]] and _find(members, row, int64(members.signatures[place])) < 0:
                    found.lower[counts[0]], found.upper[counts[0]] = row, members.rows[place]
                    counts[0] += 1
