"""Superclasses, interfaces, and all supertypes and subtypes of each type, inside the program and where it ends.

Nodes: a class of the program has its class id, any other type that is named has a number from `classes` on.
Source: Java Virtual Machine Specification, sections 5.3.5 (a class must not be its own supertype) and 5.4.5.
"""

import numpy as np
import numpy.typing as npt

from assay.bytecode.kernel import int64, kernel, settled
from assay.bytecode.program.components import components
from assay.bytecode.program.linking import Linked
from assay.bytecode.program.symbols import I4, I8

U1 = npt.NDArray[np.uint8]

OBJECT = b"Ljava/lang/Object;"
INTERFACE = 0x0200
MAX_SUPERTYPES = 16_000_000
"""Most (class, supertype) pairs kept of one program; a large application has a million."""


class Hierarchy:
    """The types of a program as a graph.

    - `externals` i4: the symbol of each node from `classes` on; `node_of_symbol` i4, -1 for what is no type of these;
    - `super_nodes` i4: the superclass of each class, -1 = none; `direct_starts` i8, `direct_nodes` i4: superclass,
      then interfaces in the file's order. Shadowed classes have none of these;
    - `supertype_starts` i8, `supertype_ends` i8, `supertypes` i4: all proper supertypes of each class, each once:
      superclass, its supertypes, then each interface with its supertypes;
    - `subtype_starts` i8 (nodes + 1), `subtypes` i4: all proper subtypes of each node, by rising class id;
    - `child_starts` i8 (nodes + 1), `children` i4: classes whose superclass each node is;
    - `cyclic` i4: classes that are their own supertypes; supertypes on the cycle are left out;
    - `cut` : number of classes whose supertypes are not all known because of `MAX_SUPERTYPES`.
    """

    def __init__(self, linked: Linked, limit: int = MAX_SUPERTYPES) -> None:
        """Build the graph of the winning definitions."""
        self.classes = linked.classes
        self._nodes(linked)
        self._direct(linked)
        order = self._break_cycles()
        self._supertypes(order, limit)
        pairs = np.repeat(np.arange(self.classes, dtype=np.int32), self.supertype_ends - self.supertype_starts)
        self.subtype_starts, self.subtypes = grouped(self._listed(), pairs, self.nodes)
        heirs = np.flatnonzero(self.super_nodes >= 0).astype(np.int32)
        self.child_starts, self.children = grouped(self.super_nodes[heirs], heirs, self.nodes)

    @property
    def nodes(self) -> int:
        """Number of nodes."""
        return self.classes + len(self.externals)

    def all_supertypes(self, class_id: int) -> I4:
        """Return all proper supertypes of a class as nodes."""
        return self.supertypes[self.supertype_starts[class_id] : self.supertype_ends[class_id]]

    def all_subtypes(self, node: int) -> I4:
        """Return all proper subtypes of a node, as class ids."""
        return self.subtypes[self.subtype_starts[node] : self.subtype_starts[node + 1]]

    def direct(self, class_id: int) -> I4:
        """Return superclass and interfaces of a class as nodes; a superclass only where `super_nodes` names one."""
        return self.direct_nodes[self.direct_starts[class_id] : self.direct_starts[class_id + 1]]

    def _nodes(self, linked: Linked) -> None:
        """Give each type outside that is named as a supertype or as the class of a member a node."""
        names = linked.names
        named = np.zeros(names.symbols.size, np.bool_)
        for symbols in (linked.super_symbols, linked.interface_symbols, names.method_types, names.field_types):
            named[symbols[symbols >= 0]] = True
        named &= linked.class_of_symbol < 0
        self.externals = settled(np.flatnonzero(named).astype(np.int32))
        of_symbol = linked.class_of_symbol.copy()
        of_symbol[self.externals] = self.classes + np.arange(len(self.externals), dtype=np.int32)
        self.object = int(of_symbol[symbol]) if (symbol := names.symbol(OBJECT)) >= 0 else -1
        arrays = self._arrays(linked)
        of_symbol[arrays] = self.object
        self.node_of_symbol = settled(of_symbol)

    def _arrays(self, linked: Linked) -> I8:
        """Return the symbols of array types outside: their methods are those of Object."""
        symbols = linked.names.symbols
        there = self.externals[symbols.lengths[self.externals] > 0]
        found: I8 = there[symbols.text[symbols.starts[there]] == ord("[")].astype(np.int64)
        return found

    def _direct(self, linked: Linked) -> None:
        live = ~linked.shadowed
        supers = self._of(linked.super_symbols)
        supers[~live] = -1
        counts = np.diff(linked.interface_starts)
        owners = np.repeat(np.arange(self.classes), counts)
        interfaces = self._of(linked.interface_symbols)
        kept = live[owners] & (interfaces >= 0)
        owned = np.concatenate([np.flatnonzero(supers >= 0), owners[kept]])
        named = np.concatenate([supers[supers >= 0], interfaces[kept]])
        self.super_nodes = supers
        self.direct_starts, self.direct_nodes = grouped(owned.astype(np.int32), named, self.classes)

    def _of(self, symbols: I4) -> I4:
        found = np.full(len(symbols), -1, np.int32)
        found[symbols >= 0] = self.node_of_symbol[symbols[symbols >= 0]]
        return found

    def _break_cycles(self) -> I8:
        """Leave out supertypes on a cycle; return the classes so that each comes after its supertypes."""
        inside = np.where(self.direct_nodes < self.classes, self.direct_nodes, np.int32(-1))
        found = components(self.direct_starts, inside)
        owners = np.repeat(np.arange(self.classes, dtype=np.int32), np.diff(self.direct_starts))
        cyclic = inside >= 0
        cyclic[cyclic] = found[inside[cyclic]] == found[owners[cyclic]]
        self.cyclic = settled(np.unique(owners[cyclic]))
        supers = self.super_nodes
        known = np.flatnonzero((supers >= 0) & (supers < self.classes))
        supers[known[found[supers[known]] == found[known]]] = -1
        self.super_nodes = settled(supers)
        self.direct_starts, self.direct_nodes = grouped(owners[~cyclic], self.direct_nodes[~cyclic], self.classes)
        return np.argsort(found, kind="stable")

    def _supertypes(self, order: I8, limit: int) -> None:
        starts, ends = (np.zeros(self.classes, np.int64) for _ in range(2))
        found, stamps = np.empty(limit, np.int32), np.full(self.nodes, -1, np.int32)
        self.cut = _close(settled(order), self.direct_starts, self.direct_nodes, starts, ends, found, stamps)
        self.supertype_starts, self.supertype_ends = settled(starts), settled(ends)
        self.supertypes = settled(found[: int(ends.max(initial=0))].copy())

    def _listed(self) -> I4:
        """Return the supertypes in the order of class ids."""
        out = np.empty(int((self.supertype_ends - self.supertype_starts).sum()), np.int32)
        _gather(self.supertype_starts, self.supertype_ends, self.supertypes, out)
        return out


def grouped(keys: I4, values: I4, count: int) -> tuple[I8, I4]:
    """Return values in compressed rows by key, those of one key in their order."""
    starts = np.zeros(count + 1, np.int64)
    out = np.empty(len(values), np.int32)
    _group(settled(keys.astype(np.int32, copy=False)), settled(values.astype(np.int32, copy=False)), starts, out)
    return settled(starts), settled(out)


@kernel
def _group(keys: I4, values: I4, starts: I8, out: I4) -> None:
    for i in range(keys.size):
        starts[int64(keys[i]) + 1] += 1
    for key in range(1, starts.size):
        starts[key] += starts[key - 1]
    for i in range(keys.size - 1, -1, -1):  # ends become starts, one row after the other
        key = int64(keys[i]) + 1
        starts[key] -= 1
        out[starts[key]] = values[i]
    for key in range(1, starts.size - 1):
        starts[key] = starts[key + 1]
    if starts.size > 1:
        starts[starts.size - 1] = keys.size


@kernel
def _gather(starts: I8, ends: I8, values: I4, out: I4) -> None:
    written = 0
    for row in range(starts.size):
        for i in range(starts[row], ends[row]):
            out[written] = values[i]
            written += 1


@kernel
def _close(  # noqa: C901 - one pass over superclass and interfaces alike
    order: I8, direct_starts: I8, direct: I4, starts: I8, ends: I8, found: I4, stamps: I4
) -> int:
    """Write all supertypes of each class, supertypes' before their own; return how many classes had no room."""
    written = cut = 0
    for i in range(order.size):
        row = order[i]
        starts[row] = written
        full = False
        for k in range(direct_starts[row], direct_starts[row + 1]):
            node = int64(direct[k])
            first = last = 0
            if node < starts.size:
                first, last = starts[node], ends[node]
            if written + last - first + 1 > found.size:
                full = True
                continue
            if stamps[node] != row:
                stamps[node] = row
                found[written] = node
                written += 1
            for above in range(first, last):
                higher = int64(found[above])
                if stamps[higher] != row:
                    stamps[higher] = row
                    found[written] = higher
                    written += 1
        ends[row] = written
        if full:
            cut += 1
    return cut
