"""Decides for each call what it means: the definition that its reference names, and whether the receiver decides.

Source: Android Open Source Project, "Dalvik bytecode": invoke-kind; art/runtime:
ArtMethod::CheckIncompatibleClassChange (unverified).
"""

from collections.abc import Sequence
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from assay.bytecode.kernel import settled
from assay.bytecode.program import sites as kinds
from assay.bytecode.program.access import CONSTRUCTOR, INTERFACE, PRIVATE, STATIC
from assay.bytecode.program.calls import Plan, Precision
from assay.bytecode.program.hierarchy import U1, Hierarchy
from assay.bytecode.program.known_methods import REFLECTION
from assay.bytecode.program.lambdas import Bootstrap, Custom
from assay.bytecode.program.linking import Linked
from assay.bytecode.program.names import Names
from assay.bytecode.program.resolution import Resolved, Resolver
from assay.bytecode.program.sites import Sites
from assay.bytecode.program.symbols import I4, I8

Marks = npt.NDArray[np.bool_]
Scalar = TypeVar("Scalar", bound=np.generic)


class Meant(NamedTuple):
    """What sites mean, one row a site; those of invoke-custom are replaced by what it leads to.

    `kinds` u1; `methods` i4 (method id by running number, -1 = unknown); `bootstraps` i4: `Bootstrap` of an
    invoke-custom, -1 for other calls.
    """

    kinds: U1
    methods: I4
    bootstraps: I4


class Keys(NamedTuple):
    """Distinct (receiver, signature) of virtual calls by rising receiver, and the row of each site, -1 for others."""

    nodes: I4
    signatures: I4
    resolved: I4
    of_site: I4


def meant(found: Sites, linked: Linked, custom: Sequence[dict[int, Custom]]) -> Meant:
    """Return what each site means."""
    how, methods = found.kinds.copy(), found.references.copy()
    bootstraps = np.full(len(how), -1, np.int32)
    parts = np.searchsorted(linked.definition_starts, found.callers, side="right") - 1
    for row in np.flatnonzero(how == kinds.CUSTOM).tolist():
        part = int(parts[row])
        leads = custom[part].get(int(found.references[row]), Custom(Bootstrap.UNKNOWN, -1, kinds.STATIC))
        known = leads.method >= 0
        how[row], bootstraps[row] = leads.kind, leads.bootstrap
        methods[row] = int(linked.names.method_starts[part]) + leads.method if known else -1
    return Meant(settled(how), settled(methods), settled(bootstraps))


def keys(of: Meant, linked: Linked, nodes: I4, resolved: I4) -> Keys:
    """Return what virtual calls have in common; methods of array types are those of Object and have no receiver."""
    names = linked.names
    rows = np.flatnonzero(((of.kinds == kinds.VIRTUAL) | (of.kinds == kinds.INTERFACE)) & (of.methods >= 0))
    methods = of.methods[rows]
    known = (nodes[methods] >= 0) & (names.method_signatures[methods] >= 0) & ~_of_arrays(names)[methods]
    rows, methods = rows[known], methods[known]
    used = np.unique(methods)
    every = nodes[used].astype(np.int64) << 32 | names.method_signatures[used]
    unique, first, inverse = np.unique(every, return_index=True, return_inverse=True)
    of_site = np.full(len(of.kinds), -1, np.int32)
    of_site[rows] = inverse[np.searchsorted(used, methods)]
    halves = (unique >> 32).astype(np.int32), (unique & 0xFFFFFFFF).astype(np.int32)
    return Keys(settled(halves[0]), settled(halves[1]), settled(resolved[used[first]]), settled(of_site))


def plan(found: Sites, of: Meant, of_keys: I4, linked: Linked, hierarchy: Hierarchy, resolver: Resolver,
         resolved: Resolved, nodes: I4) -> Plan:  # fmt: skip
    """Return what decides the edges of each site."""
    callees = np.where(of.methods >= 0, _at(resolved.definitions, of.methods), np.int32(-1)).astype(np.int32)
    _supers(found, of, callees, linked, hierarchy, resolver, nodes)
    plain = np.where(callees >= 0, Precision.EXACT, Precision.OUTSIDE).astype(np.uint8)
    plain[of.bootstraps >= 0] = Precision.BOOTSTRAP
    plain[of.kinds == kinds.POLYMORPHIC] = Precision.POLYMORPHIC
    reflective = _at(named_in(linked.names, REFLECTION), of.methods) & (of.methods >= 0)
    return Plan(of_keys, settled(callees), settled(plain), settled(reflective.astype(np.uint8)))


def named_in(names: Names, table: dict[bytes, tuple[bytes, ...]]) -> Marks:
    """Return which method ids are of a class and a name in a table."""
    wanted = [
        names.symbol(owner) << 32 | symbol
        for owner, members in table.items()
        for name in members
        if names.symbol(owner) >= 0 and (symbol := names.symbol(name)) >= 0
    ]
    found = np.zeros(len(names.method_types), np.bool_)
    rows = np.flatnonzero((names.method_types >= 0) & (names.method_signatures >= 0))
    called = names.method_keys[names.method_signatures[rows]] >> 32
    found[rows] = np.isin(names.method_types[rows].astype(np.int64) << 32 | called, wanted)
    return found


def mismatched(of: Meant, callees: I4, linked: Linked) -> I8:
    """Return the sites whose instruction and definition do not go together: the runtime refuses to run them."""
    rows = np.flatnonzero(callees >= 0)
    access, kind = linked.definition_access[callees[rows]], of.kinds[rows]
    static, private = access & STATIC != 0, access & (PRIVATE | CONSTRUCTOR) != 0
    in_interface = linked.class_flags[linked.definition_classes[callees[rows]]] & INTERFACE != 0
    wrong = (kind == kinds.STATIC) & ~static | (kind == kinds.DIRECT) & (static | ~private)
    wrong |= (kind == kinds.VIRTUAL) & (static | private & ~in_interface)
    wrong |= (kind == kinds.SUPER) & static | (kind == kinds.INTERFACE) & static
    found: I8 = rows[wrong & (of.bootstraps[rows] < 0)]
    return found


def _at(values: npt.NDArray[Scalar], rows: I4) -> npt.NDArray[Scalar]:
    """Return the value of each row; any value for a negative one."""
    return values[np.maximum(rows, 0)] if len(values) else np.zeros(len(rows), values.dtype)


def _of_arrays(names: Names) -> Marks:
    """Return which method ids are of an array type."""
    symbols = names.symbols
    found = np.zeros(len(names.method_types), np.bool_)
    rows = np.flatnonzero(names.method_types >= 0)
    rows = rows[symbols.lengths[names.method_types[rows]] > 0]
    found[rows] = symbols.text[symbols.starts[names.method_types[rows]]] == ord("[")
    return found


def _supers(found: Sites, of: Meant, callees: I4, linked: Linked, hierarchy: Hierarchy, resolver: Resolver,
            nodes: I4) -> None:  # fmt: skip
    """Write what invoke-super calls: the method seen from the caller's superclass, or of the interface it names."""
    rows = np.flatnonzero((of.kinds == kinds.SUPER) & (of.methods >= 0))
    named = nodes[of.methods[rows]]
    inside = (named >= 0) & (named < linked.classes)
    inside[inside] = linked.class_flags[named[inside]] & INTERFACE != 0
    rows = rows[~inside]
    owners = linked.definition_classes[found.callers[rows]]
    above = np.where(owners >= 0, _at(hierarchy.super_nodes, owners), np.int32(-1)).astype(np.int32)
    signatures = linked.names.method_signatures[of.methods[rows]]
    callees[rows] = resolver.methods(above, signatures).definitions
