"""Which classes can have instances, and through which of them a method can be reached.

A class has instances where code makes one (new-instance), names it as a value (const-class, for reflection, intents and
deserialisers), or where it extends or implements a type outside the program other than Object: the platform makes
components, views and callbacks by name. Abstract classes and interfaces have none.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from assay.bytecode.columns.record import U4, Columns
from assay.bytecode.kernel import int64, kernel, settled
from assay.bytecode.opcodes import opcode
from assay.bytecode.program.access import ABSTRACT, INTERFACE
from assay.bytecode.program.callbacks import outside
from assay.bytecode.program.hierarchy import U1, Hierarchy, grouped
from assay.bytecode.program.linking import Linked
from assay.bytecode.program.overrides import Overrides
from assay.bytecode.program.symbols import I4, I8

STEPS = 100_000_000
"""Steps of finding through which classes methods are reached; where they do not suffice the rest counts as reached."""
_MAKES = (opcode("new-instance"), opcode("const-class"))


class Entries(NamedTuple):
    """What answers a call, by class and signature: methods that a class declares, and those it inherits for interfaces.

    Those of class c lie from starts[c] to starts[c + 1] of `signatures` i4 and `targets` i4, signatures ascending;
    `classes` i4; `live` u1: 1 where an instance of the class, or of a subclass without an entry of its own, exists and
    the target has a body. `by_starts` i8 (signatures + 1) and `by_rows` i4 give the rows of each signature.
    """

    starts: I8
    signatures: I4
    targets: I4
    classes: I4
    live: U1
    by_starts: I8
    by_rows: I4


def instantiated(parts: Sequence[Columns], linked: Linked, hierarchy: Hierarchy) -> U1:
    """Return 1 for each class that can have instances."""
    made = outside(linked, hierarchy)
    for row, part in enumerate(parts):
        named = np.zeros(len(part.type_strings), np.bool_)
        named[part.reference_indices[np.isin(part.reference_opcodes, _MAKES)]] = True
        first, end = linked.names.type_starts[row], linked.names.type_starts[row + 1]
        symbols = linked.names.type_symbols[first:end][named]
        classes = linked.class_of_symbol[symbols[symbols >= 0]]
        made[classes[classes >= 0]] = True
    made &= (linked.class_flags & (ABSTRACT | INTERFACE) == 0) & ~linked.shadowed
    return settled(made.astype(np.uint8))


def entries(linked: Linked, hierarchy: Hierarchy, overrides: Overrides, made: U1, steps: int = STEPS) -> Entries:
    """Return all entries of a program."""
    rows = np.flatnonzero(overrides.virtual)
    classes = np.concatenate([linked.definition_classes[rows], overrides.inherited_classes])
    signatures = np.concatenate([linked.definition_signatures[rows], overrides.inherited_signatures])
    targets = np.concatenate([rows.astype(np.int32), overrides.inherited_targets])
    order = np.argsort(classes.astype(np.int64) << 32 | signatures, kind="stable")
    classes, signatures, targets = (settled(column[order]) for column in (classes, signatures, targets))
    starts, _ = grouped(classes, targets, linked.classes)
    by_starts, by_rows = grouped(signatures, np.arange(len(signatures), dtype=np.int32), len(linked.names.method_keys))
    live = np.zeros(len(targets), np.uint8)
    found = Entries(starts, signatures, targets, classes, settled(live), by_starts, by_rows)
    _reach(found, linked, hierarchy, made, live, steps)
    return found


def _reach(found: Entries, linked: Linked, hierarchy: Hierarchy, made: U1, live: U1, steps: int) -> None:
    """Write which entries are live."""
    below = np.zeros(linked.classes, np.uint8)
    _instances_below(made, hierarchy.super_nodes, below)
    bodies = settled((linked.definition_access[found.targets] & ABSTRACT == 0).astype(np.uint8))
    open_ = settled((linked.definition_access[found.targets] & 0x5 == 0).astype(np.uint8))
    stack = np.empty(linked.classes + 1, np.int64)
    _live(found.starts, found.signatures, found.classes, bodies, open_, made, settled(below),
          hierarchy.child_starts, hierarchy.children, linked.class_flags, stack, live, steps)  # fmt: skip


@kernel
def _instances_below(made: U1, supers: I4, below: U1) -> None:
    """Mark each class with instances and every superclass of it."""
    for row in range(made.size):
        node = row
        while made[row] and 0 <= node < made.size and not below[node]:
            below[node] = 1
            node = int64(supers[node])


@kernel
def _has(starts: I8, signatures: I4, row: int, signature: int) -> bool:
    low, high = starts[row], starts[row + 1]
    end = high
    while low < high:
        middle = (low + high) >> 1
        if signatures[middle] < signature:
            low = middle + 1
        else:
            high = middle
    return bool(low < end and signatures[low] == signature)


@kernel
def _live(
    starts: I8, signatures: I4, classes: I4, bodies: U1, packaged: U1, made: U1, below: U1, child_starts: I8,
    children: I4, flags: U4, stack: I8, live: U1, steps: int,
) -> None:  # fmt: skip
    """Look below each entry for an instance; a package-private method may be hidden without being overridden."""
    left = steps
    for row in range(signatures.size):
        owner, signature = int64(classes[row]), int64(signatures[row])
        if not bodies[row] or flags[owner] & 0x200:
            continue
        held = 0
        if below[owner]:
            stack[0], held = owner, 1
        while held > 0:
            held -= 1
            node = stack[held]
            if made[node] or left < 0:
                live[row] = 1
                break
            left -= 1 + child_starts[node + 1] - child_starts[node]
            for i in range(child_starts[node], child_starts[node + 1]):
                child = int64(children[i])
                if below[child] and (packaged[row] or not _has(starts, signatures, child, signature)):
                    stack[held] = child
                    held += 1
