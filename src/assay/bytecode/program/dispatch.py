"""What a virtual call can reach: the class hierarchy below the type of the receiver, as far as it has instances.

Where no type below has instances that are known, all of the hierarchy counts: what makes them was not seen.
"""

from typing import NamedTuple

import numpy as np

from assay.bytecode.columns.record import U4
from assay.bytecode.kernel import int64, kernel, settled
from assay.bytecode.program.access import ABSTRACT, FINAL, INTERFACE, PRIVATE
from assay.bytecode.program.hierarchy import U1, Hierarchy
from assay.bytecode.program.instances import Entries
from assay.bytecode.program.linking import Linked
from assay.bytecode.program.symbols import I4, I8

MAX_TARGETS = 50
"""Most targets of a call that are listed one by one; beyond them the number stands alone."""
STEPS = 500_000_000
"""Steps of finding the targets of all calls of a program; a large one takes fifty million. Beyond them calls are capped
at the number of methods of their signature."""
MAX_LISTED = 20_000_000
"""Most targets kept over all receivers and signatures."""

SINGLE, FILTERED, UNFILTERED, MANY, GIVEN_UP = range(5)
"""How the targets were found: one, that no subtype can change; those with instances; all, because none has instances
that are known; more than are listed; too costly, the number is an upper bound."""


class Targets(NamedTuple):
    """One row a distinct (receiver, signature): its targets lie from starts[k] to starts[k] + sizes[k] of `listed`.

    `nodes` i4, `signatures` i4; `resolved` i4: the definition that the reference means, -1 = outside; `how` u1;
    `fan_out` u4: number of targets in the program; `starts` i8, `sizes` i4 (0 for `MANY`); `listed` i4, ascending.
    """

    nodes: I4
    signatures: I4
    resolved: I4
    how: U1
    fan_out: U4
    starts: I8
    sizes: I4
    listed: I4


class _Types(NamedTuple):
    """What the kernel reads of classes."""

    subtype_starts: I8
    subtypes: I4
    child_starts: I8
    children: I4
    supers: I4
    flags: U4
    made: U1


def targets(
    linked: Linked, hierarchy: Hierarchy, found: Entries, made: U1, nodes: I4, signatures: I4, resolved: I4,
    cap: int = MAX_TARGETS, steps: int = STEPS,
) -> Targets:  # fmt: skip
    """Return the targets of each (receiver, signature), which come by rising receiver."""
    count = len(nodes)
    how, fan_out = np.full(count, FILTERED, np.uint8), np.zeros(count, np.uint32)
    starts, sizes = np.zeros(count, np.int64), np.zeros(count, np.int32)
    how[_single(linked, hierarchy, nodes, resolved)] = SINGLE
    types = _Types(
        hierarchy.subtype_starts, hierarchy.subtypes, hierarchy.child_starts, hierarchy.children,
        hierarchy.super_nodes, linked.class_flags, made,
    )  # fmt: skip
    abstract = settled((linked.definition_access & ABSTRACT != 0).astype(np.uint8))
    listed = np.empty(min(MAX_LISTED, (cap + 1) * count), np.int32)
    room = tuple(
        np.full(size + 1, -1, np.int64) for size in (linked.classes, len(abstract), linked.classes, linked.classes)
    )
    written = _collect(
        settled(nodes), settled(signatures), settled(resolved), types, found, abstract,
        (how, fan_out, starts, sizes, listed), room, cap, steps,  # type: ignore[arg-type]
    )  # fmt: skip
    kept = settled(listed[:written].copy())
    return Targets(
        settled(nodes), settled(signatures), settled(resolved), settled(how), settled(fan_out), settled(starts),
        settled(sizes), kept,
    )  # fmt: skip


def _single(linked: Linked, hierarchy: Hierarchy, nodes: I4, resolved: I4) -> I8:
    """Return the rows whose method no subtype can change: final, private, or of a class without subtypes."""
    rows = np.flatnonzero((resolved >= 0) & (nodes >= 0) & (nodes < linked.classes))
    access, flags = linked.definition_access[resolved[rows]], linked.class_flags[nodes[rows]]
    lone = hierarchy.subtype_starts[nodes[rows] + 1] == hierarchy.subtype_starts[nodes[rows]]
    fixed = (access & (FINAL | PRIVATE) != 0) | (flags & FINAL != 0) | (lone & (flags & INTERFACE == 0))
    found: I8 = rows[fixed & (access & ABSTRACT == 0)]
    return found


@kernel
def _place(found: Entries, row: int, signature: int) -> int:
    low, high = found.starts[row], found.starts[row + 1]
    end = high
    while low < high:
        middle = (low + high) >> 1
        if found.signatures[middle] < signature:
            low = middle + 1
        else:
            high = middle
    return low if low < end and found.signatures[low] == signature else -1


@kernel
def _inherits(types: _Types, found: Entries, stack: I8, node: int, signature: int, steps: I8) -> bool:
    """Say whether a class with instances, `node` or below it, has no entry of its own from `node` down."""
    stack[0], held = node, 1
    while held > 0:
        held -= 1
        at = stack[held]
        if types.made[at] or steps[0] < 0:
            return True
        steps[0] -= 1 + types.child_starts[at + 1] - types.child_starts[at]
        for i in range(types.child_starts[at], types.child_starts[at + 1]):
            child = int64(types.children[i])
            if _place(found, child, signature) < 0:
                stack[held] = child
                held += 1
    return False


@kernel
def _inherited(types: _Types, found: Entries, node: int, signature: int, steps: I8) -> int:
    """Return what answers in the superclasses of a class, -1 where nothing in the program does."""
    above = int64(types.supers[node])
    while 0 <= above < types.made.size:
        steps[0] -= 1
        place = _place(found, above, signature)
        if place >= 0:
            return place
        above = int64(types.supers[above])
    return -1


@kernel
def _enter(types: _Types, node: int, marks: I8, heirs: I8) -> int:
    """Mark all subtypes; write which of them inherit from a superclass that is none, and return how many do.

    A class is the first of these itself; others of it there are only where a cycle was cut.
    """
    classes, count = types.made.size, 0
    if node < classes and not types.flags[node] & 0x200:
        heirs[0], count = node, 1
    first, last = types.subtype_starts[node], types.subtype_starts[node + 1]
    for i in range(first, last):
        marks[types.subtypes[i]] = node
    for i in range(first, last):
        below = int64(types.subtypes[i])
        above = int64(types.supers[below])
        inside = 0 <= above < classes and above != node
        if not types.flags[below] & 0x200 and inside and marks[above] != node:
            heirs[count] = below
            count += 1
    return count


@kernel
def _collect(  # noqa: C901, PLR0912, PLR0915 - one function: to hand arrays on for each call costs more
    nodes: I4, signatures: I4, resolved: I4, types: _Types, found: Entries, abstract: U1,
    out: tuple[U1, U4, I8, I4, I4], room: tuple[I8, I8, I8, I8], cap: int, steps: int,
) -> int:  # fmt: skip
    how, fan_out, starts, sizes, listed = out
    marks, seen, stack, heirs = room
    left = np.empty(1, np.int64)
    left[0] = steps
    classes, marked, entered, written, turn = types.made.size, int64(-1), 0, 0, 0
    for row in range(nodes.size):
        node, signature = int64(nodes[row]), int64(signatures[row])
        starts[row] = written
        if how[row] == SINGLE:
            fan_out[row] = 1
            if written < listed.size:
                sizes[row], listed[written] = 1, resolved[row]
                written += 1
            else:
                how[row] = MANY
            continue
        if node < 0 or signature < 0:
            continue
        low, high = found.by_starts[signature], found.by_starts[signature + 1]
        if low == high:
            continue
        first, last = types.subtype_starts[node], types.subtype_starts[node + 1]
        if marked != node and left[0] >= 0:
            marked = node
            entered = _enter(types, node, marks, heirs)
            left[0] -= last - first
        by_signature = high - low <= last - first
        candidates = high - low if by_signature else last - first
        total = 0
        for filtered in (1, 0):
            turn += 1
            total = 0
            for i in range(-1 - entered, candidates):
                left[0] -= 1
                if left[0] < 0:
                    break
                if i < -1:
                    below = heirs[-2 - i]
                    place = -1
                    if _place(found, below, signature) < 0:
                        place = _inherited(types, found, below, signature, left)
                    if place < 0 or (filtered and not _inherits(types, found, stack, below, signature, left)):
                        continue
                elif i < 0:
                    place = _place(found, node, signature) if node < classes else -1
                elif by_signature:
                    place = int64(found.by_rows[low + i])
                    if marks[found.classes[place]] != node:
                        continue
                else:
                    place = _place(found, int64(types.subtypes[first + i]), signature)
                if place < 0 or (filtered and i >= -1 and not found.live[place]):
                    continue
                target = int64(found.targets[place])
                if abstract[target] or seen[target] == turn:
                    continue
                seen[target] = turn
                if total < cap and written + total < listed.size:
                    listed[written + total] = target
                total += 1
            if total > 0 or left[0] < 0:
                if not filtered:
                    how[row] = UNFILTERED
                break
        fan_out[row] = total
        if left[0] < 0:
            how[row], fan_out[row] = GIVEN_UP, high - low + 1
        elif total > cap or written + total > listed.size:
            how[row] = MANY
        else:
            for i in range(written + 1, written + total):  # by rising definition
                value, k = listed[i], i
                while k > written and listed[k - 1] > value:
                    listed[k] = listed[k - 1]
                    k -= 1
                listed[k] = value
            sizes[row] = total
            written += total
    return written
