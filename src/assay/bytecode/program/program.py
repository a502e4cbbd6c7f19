"""What one class loader sees: the DEX files of an application in class path order, then the framework of the image.

Classes, definitions and fields have running numbers over the parts, then over the platform's. Everything is made on
first use and kept: names and classes, hierarchy, resolution, overrides, calls.
"""

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from assay.bytecode.kernel import settled
from assay.bytecode.program import planning, shown
from assay.bytecode.program.callbacks import callbacks
from assay.bytecode.program.calls import Calls, edges
from assay.bytecode.program.dispatch import targets
from assay.bytecode.program.hierarchy import U1, Hierarchy
from assay.bytecode.program.instances import entries, instantiated
from assay.bytecode.program.lambdas import custom_calls
from assay.bytecode.program.linking import Linked
from assay.bytecode.program.overrides import Overrides
from assay.bytecode.program.part import Part
from assay.bytecode.program.problems import problems
from assay.bytecode.program.resolution import Resolved, Resolver
from assay.bytecode.program.sites import Sites, sites
from assay.bytecode.program.symbols import I4, I8
from assay.bytecode.program.unknowns import Unknown, unknowns
from assay.model.problem import Problem


class Program:
    """A linked program; `parts` of the constructor and `platform` stand one behind the other in `parts`.

    `class_part`, `class_row`, `definition_part`, `definition_row` i4: the part and its own row behind each number.
    """

    def __init__(self, parts: Sequence[Part], platform: Sequence[Part] = ()) -> None:
        """Link the parts."""
        self.parts = (*parts, *platform)
        self.application_parts = len(parts)
        self.linked = Linked([part.columns for part in self.parts])
        self.class_part, self.class_row = _rows(self.linked.class_starts)
        self.definition_part, self.definition_row = _rows(self.linked.definition_starts)

    @property
    def application_definitions(self) -> int:
        """Number of definitions of the application; those of the platform come behind them."""
        return int(self.linked.definition_starts[self.application_parts])

    @cached_property
    def hierarchy(self) -> Hierarchy:
        """Supertypes and subtypes."""
        return Hierarchy(self.linked)

    @cached_property
    def resolver(self) -> Resolver:
        """Resolution of any class and signature."""
        return Resolver(self.linked, self.hierarchy)

    @cached_property
    def resolved(self) -> Resolved:
        """What each method id means, by running number over the parts (`linked.names.method_starts`)."""
        return self.resolver.all_methods()

    @cached_property
    def resolved_fields(self) -> I4:
        """The defined field that each field id means, by running number over the parts; -1 outside."""
        return self.resolver.all_fields()

    @cached_property
    def override_pairs(self) -> Overrides:
        """Which definition overrides which."""
        return Overrides(self.linked, self.hierarchy, self.resolver)

    @cached_property
    def callbacks(self) -> U1:
        """Whether each definition may be called by the platform (`assay.bytecode.program.callbacks`)."""
        return callbacks(
            self.linked, self.hierarchy, self.override_pairs, self.resolver.object_methods, self.application_definitions
        )

    @cached_property
    def instantiated(self) -> U1:
        """1 for each class that can have instances."""
        return instantiated([part.columns for part in self.parts], self.linked, self.hierarchy)

    @cached_property
    def calls(self) -> Calls:
        """The call graph."""
        found, shadowed = self._sites
        of = self.meant
        nodes = self.resolver.nodes_of(self.linked.names.method_types)
        keys = planning.keys(of, self.linked, nodes, self.resolved.definitions)
        answers = entries(self.linked, self.hierarchy, self.override_pairs, self.instantiated)
        reached = targets(
            self.linked, self.hierarchy, answers, self.instantiated, keys.nodes, keys.signatures, keys.resolved
        )
        plan = planning.plan(
            found, of, keys.of_site, self.linked, self.hierarchy, self.resolver, self.resolved, nodes
        )  # fmt: skip
        return edges(found, plan, reached, self.linked, shadowed)

    @cached_property
    def meant(self) -> planning.Meant:
        """What each call means, one row a site."""
        return planning.meant(self._sites[0], self.linked, custom_calls(self.parts))

    @cached_property
    def unknowns(self) -> tuple[Unknown, ...]:
        """Where the call graph ends although the program goes on."""
        return unknowns(self)

    @cached_property
    def mismatched(self) -> I8:
        """Rows of `calls.sites` whose instruction the runtime refuses to run with the definition that it means."""
        first = self.calls.callee[np.searchsorted(self.calls.site, np.arange(len(self.calls.sites.callers)))]
        return planning.mismatched(self.meant, first, self.linked)

    @cached_property
    def _sites(self) -> tuple[Sites, int]:
        return sites([part.columns for part in self.parts], self.linked)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was wrong with classes and their supertypes, and which limits were reached so far."""
        return problems(self)

    @property
    def shadowed(self) -> I8:
        """Class ids that the loader never finds, because another part defines the class before them."""
        return np.flatnonzero(self.linked.shadowed)

    def class_id(self, part: int, row: int) -> int:
        """Return the number of a class of a part. Raises: IndexError."""
        return _number(self.linked.class_starts, part, row)

    def definition_id(self, part: int, row: int) -> int:
        """Return the number of a definition of a part. Raises: IndexError."""
        return _number(self.linked.definition_starts, part, row)

    def find_class(self, descriptor: bytes) -> int | None:
        """Return the class that the loader finds, None where the program has none."""
        symbol = self.linked.names.symbol(descriptor)
        found = int(self.linked.class_of_symbol[symbol]) if symbol >= 0 else -1
        return found if found >= 0 else None

    def find_definition(self, descriptor: bytes, name: bytes, prototype: bytes) -> int | None:
        """Return the method that a class itself defines, None where it does not."""
        owner, signature = self.find_class(descriptor), self.linked.names.method_signature(name, prototype)
        if owner is None or signature < 0:
            return None
        first, end = self.linked.methods.starts[owner : owner + 2].tolist()
        row = first + int(np.searchsorted(self.linked.methods.signatures[first:end], signature))
        found = row < end and int(self.linked.methods.signatures[row]) == signature
        return int(self.linked.methods.rows[row]) if found else None

    def superclass(self, class_id: int) -> int:
        """Return the superclass, -1 where it is not in the program. Raises: IndexError."""
        node = int(self.hierarchy.super_nodes[_checked(class_id)])
        return node if node < self.linked.classes else -1

    def superclass_name(self, class_id: int) -> bytes | None:
        """Return the superclass as the file names it, None where it names none. Raises: IndexError."""
        symbol = int(self.linked.super_symbols[_checked(class_id)])
        return self.linked.names.symbols.of(symbol) if symbol >= 0 else None

    def interfaces(self, class_id: int) -> I4:
        """Return the interfaces that a class itself names, as far as they are in the program. Raises: IndexError."""
        symbols = self._interface_symbols(class_id)
        found = self.linked.class_of_symbol[symbols[symbols >= 0]]
        return found[found >= 0]

    def interface_names(self, class_id: int) -> tuple[bytes, ...]:
        """Return the descriptors of the interfaces that a class itself names. Raises: IndexError."""
        return tuple(map(self.linked.names.symbols.of, self._interface_symbols(class_id).tolist()))

    def supertypes(self, class_id: int) -> I4:
        """Return all proper supertypes in the program. Raises: IndexError."""
        found = self.hierarchy.all_supertypes(_checked(class_id))
        return found[found < self.linked.classes]

    def subtypes(self, class_id: int) -> I4:
        """Return all proper subtypes: subclasses, implementers and subinterfaces. Raises: IndexError."""
        return self.hierarchy.all_subtypes(_checked(class_id))

    def external_supertypes(self, class_id: int) -> tuple[bytes, ...]:
        """Return the types outside at which the ways upwards leave the program. Raises: IndexError."""
        found = self.hierarchy.all_supertypes(_checked(class_id))
        symbols = self.hierarchy.externals[found[found >= self.linked.classes] - self.linked.classes]
        return tuple(map(self.linked.names.symbols.of, symbols.tolist()))

    def class_name(self, class_id: int) -> str:
        """Return a class like ``Lorg/x/A;``. Raises: IndexError."""
        symbol = int(self.linked.class_symbols[_checked(class_id)])
        return shown.shown(self.linked.names.symbols.of(symbol)) if symbol >= 0 else "?"

    def method_name(self, definition_id: int) -> str:
        """Return a definition like ``Lorg/x/A;->m(I)V``. Raises: IndexError."""
        part = int(self.definition_part[_checked(definition_id)])
        columns = self.parts[part].columns
        method = int(columns.definition_methods[self.definition_row[definition_id]])
        return shown.method(*columns.method_key(method))

    def resolve(self, part: int, method_id: int) -> int:
        """Return the definition that a method id of a part means, -1 outside the program. Raises: IndexError."""
        return int(self.resolved.definitions[_number(self.linked.names.method_starts, part, method_id)])

    def resolve_part(self, part: int) -> I4:
        """Return what each method id of a part means, -1 outside the program. Raises: IndexError."""
        starts = self.linked.names.method_starts
        return self.resolved.definitions[starts[_checked(part)] : starts[part + 1]]

    def resolve_field(self, part: int, field_id: int) -> int:
        """Return the defined field that a field id of a part means, -1 outside. Raises: IndexError."""
        return int(self.resolved_fields[_number(self.linked.names.field_starts, part, field_id)])

    def overrides(self, definition_id: int) -> I4:
        """Return all definitions that one overrides or implements. Raises: IndexError."""
        return self.override_pairs.of(_checked(definition_id))

    def overridden_by(self, definition_id: int) -> I4:
        """Return all definitions that override or implement one. Raises: IndexError."""
        return self.override_pairs.overriding(_checked(definition_id))

    def overrides_external(self, definition_id: int) -> tuple[bytes, ...]:
        """Return the types outside whose method a definition may override (`callbacks`). Raises: IndexError."""
        owner = int(self.linked.definition_classes[_checked(definition_id)])
        if owner < 0 or not self.callbacks[definition_id]:
            return ()
        top = self.linked.definition_signatures[definition_id] in self.resolver.object_methods
        return tuple(each for each in self.external_supertypes(owner) if top or each != b"Ljava/lang/Object;")

    def callers(self, definition_id: int) -> I4:
        """Return the definitions that call one. Raises: IndexError."""
        return self.calls.callers(definition_id)

    def callees(self, definition_id: int) -> I4:
        """Return the definitions that one calls. Raises: IndexError."""
        return self.calls.callees(definition_id)

    def _interface_symbols(self, class_id: int) -> I4:
        first, end = self.linked.interface_starts[_checked(class_id)], self.linked.interface_starts[class_id + 1]
        symbols = self.linked.interface_symbols[first:end]
        return symbols[symbols >= 0]


def _rows(starts: I8) -> tuple[I4, I4]:
    """Return the part and the row in it of each running number."""
    sizes = np.diff(starts)
    parts = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
    return settled(parts), settled((np.arange(starts[-1]) - starts[parts]).astype(np.int32))


def _number(starts: I8, part: int, row: int) -> int:
    if not 0 <= part < len(starts) - 1 or not 0 <= row < starts[part + 1] - starts[part]:
        raise IndexError((part, row))
    return int(starts[part]) + row


def _checked(row: int) -> int:
    if row < 0:
        raise IndexError(row)
    return row
