"""Parts linked: running numbers of classes, methods and fields, which definition of a class wins, and its members.

A class loader takes the first definition of a class in class path order; later ones are shadowed and have no part in
hierarchy, resolution or calls. Source: Android Open Source Project, "Dalvik executable format": class_def_item,
method_id_item; Java Virtual Machine Specification, section 5.3.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from assay.bytecode.columns.record import U4, Columns
from assay.bytecode.kernel import settled
from assay.bytecode.program.names import Names, joined, starts_of, taken
from assay.bytecode.program.symbols import I4, I8

Flags = npt.NDArray[np.bool_]


class Members(NamedTuple):
    """Members by class and signature: those of class c lie from starts[c] to starts[c + 1], signatures ascending.

    `starts` i8, shape (classes + 1,); `signatures` i4; `rows` i4: the definition.
    """

    starts: I8
    signatures: I4
    rows: I4


class Linked:
    """Everything by running number over all parts; rows of part p lie from starts[p] to starts[p + 1].

    - classes: `class_starts` i8, `class_symbols` i4, `class_flags` u4, `super_symbols` i4 (-1 = none),
      `interface_starts` i8 (classes + 1), `interface_symbols` i4, `shadowed` bool;
    - `class_of_symbol` i4: the class that a loader finds for each symbol, -1 = none in the program;
    - definitions: `definition_starts` i8, `definition_classes` i4 (class, -1 = none), `definition_methods` i4 (method
      id by running number), `definition_signatures` i4 (-1 = not linked), `definition_access` u4, `definition_code` u4;
      `methods`: those of classes that are not shadowed, by class and signature;
    - defined fields likewise: `field_starts`, `field_classes`, `field_ids`, `fields`;
    - `misplaced`: number of members defined by a class that is not the one their id names; they are not linked.
    """

    def __init__(self, parts: Sequence[Columns]) -> None:
        """Link the parts in class path order."""
        self.names = Names(parts)
        self._classes(parts)
        self._definitions(parts)
        self._fields(parts)

    @property
    def classes(self) -> int:
        """Number of class definitions, shadowed ones included."""
        return len(self.class_symbols)

    def _classes(self, parts: Sequence[Columns]) -> None:
        self.class_starts = starts_of([len(part.class_types) for part in parts])
        types = [self._types(row) for row in range(len(parts))]
        self.class_symbols = joined([taken(mine, part.class_types) for mine, part in zip(types, parts, strict=True)])
        self.class_flags = stacked([part.class_flags for part in parts])
        self.super_symbols = joined([taken(mine, part.class_supers) for mine, part in zip(types, parts, strict=True)])
        lengths = [np.diff(part.class_interface_starts.astype(np.int64)) for part in parts]
        self.interface_starts = settled(np.cumsum(np.concatenate([np.zeros(1, np.int64), *lengths])))
        interfaces = [taken(mine, part.class_interfaces) for mine, part in zip(types, parts, strict=True)]
        self.interface_symbols = joined(interfaces)
        self.class_of_symbol, self.shadowed = _winners(self.class_symbols, self.names.symbols.size)

    def _definitions(self, parts: Sequence[Columns]) -> None:
        self.definition_starts = starts_of([len(part.definition_methods) for part in parts])
        classes, methods = [], []
        for row, part in enumerate(parts):
            classes.append(_running(part.definition_classes, self.class_starts, row))
            methods.append(_running(part.definition_methods, self.names.method_starts, row))
        self.definition_classes, self.definition_methods = joined(classes), joined(methods)
        self.definition_access = stacked([part.definition_access for part in parts])
        self.definition_code = stacked([part.definition_code for part in parts])
        owners, signatures = self.names.method_types, self.names.method_signatures
        self.definition_signatures, wrong = self._placed(
            self.definition_classes, self.definition_methods, owners, signatures
        )
        self.methods = self._members(self.definition_classes, self.definition_signatures)
        self.misplaced = wrong

    def _fields(self, parts: Sequence[Columns]) -> None:
        self.field_starts = starts_of([len(part.defined_fields) for part in parts])
        classes, fields = [], []
        for row, part in enumerate(parts):
            classes.append(_running(part.defined_field_classes, self.class_starts, row))
            fields.append(_running(part.defined_fields, self.names.field_starts, row))
        self.field_classes, self.field_ids = joined(classes), joined(fields)
        owners, signatures = self.names.field_types, self.names.field_signatures
        of_field, wrong = self._placed(self.field_classes, self.field_ids, owners, signatures)
        self.fields = self._members(self.field_classes, of_field)
        self.misplaced += wrong

    def _types(self, part: int) -> I4:
        return self.names.type_symbols[self.names.type_starts[part] : self.names.type_starts[part + 1]]

    def _placed(self, classes: I4, ids: I4, owners: I4, signatures: I4) -> tuple[I4, int]:
        """Return the signature of each definition, -1 where its id names another class, and how many do."""
        found = np.full(len(ids), -1, np.int32)
        known = np.flatnonzero((classes >= 0) & (ids >= 0))
        right = self.class_symbols[classes[known]] == owners[ids[known]]
        rows = known[right]
        found[rows] = signatures[ids[rows]]
        return settled(found), len(known) - len(rows)

    def _members(self, classes: I4, signatures: I4) -> Members:
        """Sort the linked members of classes that are not shadowed; of equal ones the first is found."""
        rows = np.flatnonzero((classes >= 0) & (signatures >= 0))
        rows = rows[~self.shadowed[classes[rows]]]
        order = np.argsort(classes[rows].astype(np.int64) << 32 | signatures[rows], kind="stable")
        rows = rows[order]
        counts = np.bincount(classes[rows], minlength=self.classes) if len(rows) else np.zeros(self.classes, np.int64)
        starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts, dtype=np.int64)])
        return Members(settled(starts), settled(signatures[rows]), settled(rows.astype(np.int32)))


def stacked(columns: Sequence[U4]) -> U4:
    """Return the rows of all parts one behind the other."""
    return settled(np.concatenate([np.zeros(0, np.uint32), *columns]))


def _running(ids: U4, starts: I8, part: int) -> I4:
    """Return running numbers for the ids of a part, -1 where they are outside."""
    first, end = int(starts[part]), int(starts[part + 1])
    return np.where(ids < end - first, ids.astype(np.int64) + first, -1).astype(np.int32)


def _winners(symbols: I4, count: int) -> tuple[I4, Flags]:
    """Return the first class of each symbol, and which classes are not the first of theirs."""
    found = np.full(count, -1, np.int32)
    there = np.flatnonzero(symbols >= 0)
    found[symbols[there][::-1]] = there[::-1]
    shadowed = np.ones(len(symbols), np.bool_)
    shadowed[there] = found[symbols[there]] != there
    return settled(found), settled(shadowed)
