"""Which definition a reference means, found as the Android runtime finds it.

A method of a class: the class itself, its superclasses up to the first that declares it, then the interfaces of the
classes passed on the way, where the most specific default method counts. A method of an interface: the interface, its
superinterfaces, then the public methods of Object. A field: the class, its interfaces, its superclass, and so on up.
Source: Java Virtual Machine Specification, sections 5.4.3.2 to 5.4.3.4; Android Open Source Project, art/runtime:
mirror::Class::FindClassMethod, FindInterfaceMethod, IsInheritedMethod (unverified).
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from assay.bytecode.columns.record import U4
from assay.bytecode.kernel import int64, kernel, settled
from assay.bytecode.program.access import packages
from assay.bytecode.program.hierarchy import Hierarchy
from assay.bytecode.program.linking import Linked, Members
from assay.bytecode.program.symbols import I4, I8

U1 = npt.NDArray[np.uint8]

OUTSIDE, FOUND, DEFAULT, CONFLICT, UNINHERITED, OPEN, GIVEN_UP = range(7)
"""How a method was resolved: not in the program; declared by the class or above it; a method of an interface; one of
several equally specific default methods, which the runtime refuses to choose from; declared above but not inherited,
which it refuses too; a method of an interface where a superclass outside the program may declare one; too costly."""

STEPS = 200_000_000
"""Steps of one resolution of a whole program, each a look at one class or interface; a large one takes five million."""
_OBJECT_METHODS = (
    (b"clone", b"()Ljava/lang/Object;"), (b"equals", b"(Ljava/lang/Object;)Z"), (b"finalize", b"()V"),
    (b"getClass", b"()Ljava/lang/Class;"), (b"hashCode", b"()I"), (b"notify", b"()V"), (b"notifyAll", b"()V"),
    (b"toString", b"()Ljava/lang/String;"), (b"wait", b"()V"), (b"wait", b"(J)V"), (b"wait", b"(JI)V"),
)  # fmt: skip
"""Methods of Object, for programs without the framework. Source: Java Platform, Standard Edition, API."""


class Resolved(NamedTuple):
    """One row a reference: `definitions` i4, -1 = outside the program; `how` u1 as the constants of this module."""

    definitions: I4
    how: U1


class _Types(NamedTuple):
    """What the kernel reads of classes: one array a column."""

    flags: U4
    supers: I4
    packages: I4
    starts: I8
    direct: I4


class Resolver:
    """Resolves methods and fields of one program."""

    def __init__(self, linked: Linked, hierarchy: Hierarchy, steps: int = STEPS) -> None:
        """Keep the tables. `fields_given_up` says whether the steps did not suffice for fields."""
        self._linked, self._hierarchy, self._steps = linked, hierarchy, steps
        self.fields_given_up = False
        self.packages = packages(linked)
        self._types = _Types(
            linked.class_flags,
            hierarchy.super_nodes,
            self.packages,
            hierarchy.direct_starts,
            hierarchy.direct_nodes,
        )
        named = [linked.names.method_signature(*each) for each in _OBJECT_METHODS]
        self.object_methods = settled(np.array([each for each in named if each >= 0], np.int32))

    def methods(self, nodes: I4, signatures: I4) -> Resolved:
        """Resolve each (class, signature); -1 for what is not known."""
        found, how = np.full(len(nodes), -1, np.int32), np.zeros(len(nodes), np.uint8)
        _resolve(
            settled(nodes), settled(signatures), self._types, self._linked.methods, self._linked.definition_access,
            self.object_methods, self._hierarchy.object, (found, how), self._room(), self._steps,
        )  # fmt: skip
        return Resolved(settled(found), settled(how))

    def fields(self, nodes: I4, signatures: I4) -> I4:
        """Resolve each (class, signature) to a defined field, -1 outside."""
        found = np.full(len(nodes), -1, np.int32)
        left = _resolve_fields(
            settled(nodes), settled(signatures), self._types, self._linked.fields, found, self._room(), self._steps
        )
        self.fields_given_up = self.fields_given_up or left <= 0
        return settled(found)

    def all_methods(self) -> Resolved:
        """Resolve every method id of every part."""
        names = self._linked.names
        return self.methods(self.nodes_of(names.method_types), names.method_signatures)

    def all_fields(self) -> I4:
        """Resolve every field id of every part."""
        names = self._linked.names
        return self.fields(self.nodes_of(names.field_types), names.field_signatures)

    def _room(self) -> tuple[I8, I8]:
        """Return stamps of nodes, and a queue that holds every node twice."""
        nodes = self._hierarchy.nodes
        return np.full(nodes + 1, -1, np.int64), np.empty(2 * nodes + 2, np.int64)

    def nodes_of(self, symbols: I4) -> I4:
        """Return the node of each type symbol, -1 for none."""
        found = np.full(len(symbols), -1, np.int32)
        found[symbols >= 0] = self._hierarchy.node_of_symbol[symbols[symbols >= 0]]
        return settled(found)


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
def _resolve(  # noqa: C901, PLR0912, PLR0915 - one function: to hand arrays on for each reference costs more
    nodes: I4, signatures: I4, types: _Types, members: Members, access: U4, object_methods: I4, top: int,
    out: tuple[I4, U1], room: tuple[I8, I8], steps: int,
) -> None:  # fmt: skip
    found, how = out
    stamps, queue = room
    classes = types.flags.size
    left, stamp = steps, 0
    for row in range(nodes.size):
        node, signature = int64(nodes[row]), int64(signatures[row])
        if node < 0 or node >= classes or signature < 0:
            continue
        place = _find(members, node, signature)
        if place >= 0:
            found[row], how[row] = members.rows[place], FOUND
            continue
        is_interface = types.flags[node] & 0x200
        last, uninherited, same_package = node, int64(-1), True
        higher = int64(types.supers[node])
        while not is_interface and 0 <= higher < classes and uninherited < 0 and left > 0:
            left -= 1
            place = _find(members, higher, signature)
            if place >= 0:
                flags = access[members.rows[place]]
                if not flags & 0x2 and (
                    flags & 0x5 or (same_package and types.packages[higher] == types.packages[node])
                ):
                    found[row], how[row] = members.rows[place], FOUND
                else:
                    uninherited = int64(members.rows[place])
                break
            same_package = same_package and types.packages[higher] == types.packages[node]
            last = higher
            higher = int64(types.supers[higher])
        if how[row] == FOUND:
            continue
        is_open = not is_interface and uninherited < 0 and higher >= classes
        if is_open and higher == top:
            is_open = False
            for i in range(object_methods.size):
                if object_methods[i] == signature:
                    is_open = True
            if is_open:
                continue
        # the interfaces of the classes passed, then of these interfaces
        stamp += 1
        count, current = 0, node
        while current >= 0:
            for i in range(types.starts[current], types.starts[current + 1]):
                above = int64(types.direct[i])
                if 0 <= above < classes and types.flags[above] & 0x200 and stamps[above] != stamp:
                    stamps[above] = stamp
                    queue[count] = above
                    count += 1
            left -= 1 + types.starts[current + 1] - types.starts[current]
            if current == last or is_interface or left <= 0:
                break
            current = int64(types.supers[current])
        done, kept = 0, 0
        while done < count and left > 0:
            current = queue[done]
            done += 1
            left -= 1 + types.starts[current + 1] - types.starts[current]
            place = _find(members, current, signature)
            if place >= 0 and not access[members.rows[place]] & 0xA:
                queue[kept] = current  # candidates stand before what is still to be looked at
                kept += 1
            for i in range(types.starts[current], types.starts[current + 1]):
                above = int64(types.direct[i])
                if 0 <= above < classes and types.flags[above] & 0x200 and stamps[above] != stamp:
                    stamps[above] = stamp
                    queue[count] = above
                    count += 1
        # candidates that another candidate extends do not count
        if kept > 1:
            stamp += 1
            count = kept
            for i in range(kept):
                for k in range(types.starts[queue[i]], types.starts[queue[i] + 1]):
                    above = int64(types.direct[k])
                    if 0 <= above < classes and stamps[above] != stamp:
                        stamps[above] = stamp
                        queue[count] = above
                        count += 1
            done = kept
            while done < count and left > 0:
                current = queue[done]
                done += 1
                left -= 1 + types.starts[current + 1] - types.starts[current]
                for k in range(types.starts[current], types.starts[current + 1]):
                    above = int64(types.direct[k])
                    if 0 <= above < classes and stamps[above] != stamp:
                        stamps[above] = stamp
                        queue[count] = above
                        count += 1
        first, bodies = int64(-1), 0
        for i in range(kept):
            if kept > 1 and stamps[queue[i]] == stamp:
                continue
            candidate = int64(members.rows[_find(members, queue[i], signature)])
            is_body = not access[candidate] & 0x400
            if first < 0 or (is_body and bodies == 0):
                first = candidate
            if is_body:
                bodies += 1
        if left <= 0:
            how[row] = GIVEN_UP
        elif first >= 0:
            found[row], how[row] = first, OPEN if is_open else CONFLICT if bodies > 1 else DEFAULT
        elif uninherited >= 0:
            found[row], how[row] = uninherited, UNINHERITED
        elif is_interface and 0 <= top < classes:
            place = _find(members, top, signature)
            if place >= 0 and access[members.rows[place]] & 0x9 == 0x1:
                found[row], how[row] = members.rows[place], FOUND


@kernel
def _resolve_fields(
    nodes: I4, signatures: I4, types: _Types, members: Members, found: I4, room: tuple[I8, I8], steps: int
) -> int:
    stamps, stack = room
    classes, left = types.flags.size, steps
    for row in range(nodes.size):
        node, signature = int64(nodes[row]), int64(signatures[row])
        if node < 0 or node >= classes or signature < 0:
            continue
        current = node
        while 0 <= current < classes and found[row] < 0 and left > 0:
            held = 1
            stack[0] = current
            stamps[current] = row
            while held > 0 and left > 0:
                held -= 1
                at = stack[held]
                left -= 1 + types.starts[at + 1] - types.starts[at]
                place = _find(members, at, signature)
                if place >= 0:
                    found[row] = members.rows[place]
                    break
                for i in range(types.starts[at + 1] - 1, types.starts[at] - 1, -1):  # the first one on top
                    above = int64(types.direct[i])
                    if 0 <= above < classes and types.flags[above] & 0x200 and stamps[above] != row:
                        stamps[above] = row
                        stack[held] = above
                        held += 1
            current = int64(types.supers[current])
    return left
