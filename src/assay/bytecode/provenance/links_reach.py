"""Which definitions can be reached at all, from above: over calls, and over the classes of which objects are made.

A definition reaches what it calls, and the callbacks of every class that it makes or names. That is too much, never too
little (but for reflection by names that are made at run time), and costs one pass over the edges of the program.
"""

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from assay.bytecode.opcodes import Reference
from assay.bytecode.program.calls import Precision
from assay.bytecode.program.hierarchy import U1, grouped
from assay.bytecode.program.program import Program
from assay.bytecode.program.symbols import I4, I8

NEVER = -1
"""Stands for a definition that nothing reaches."""
I64 = npt.NDArray[np.int64]


class Reach:
    """Nodes: definitions, behind them classes, behind them signatures of calls with too many targets to be listed."""

    def __init__(self, program: Program, callbacks: U1, further: Sequence[tuple[int, int]] = ()) -> None:
        """Make the edges; `further` ones go from definition to definition."""
        self._program, self._callbacks = program, callbacks
        self._definitions = len(program.linked.definition_classes)
        self._classes = program.linked.classes
        sources, targets = (np.concatenate(each) for each in zip(*self._edges(further), strict=True))
        nodes = self._definitions + self._classes + len(program.linked.names.method_keys)
        kept = (sources >= 0) & (targets >= 0)
        self._starts, self._targets = grouped(sources[kept].astype(np.int32), targets[kept].astype(np.int32), nodes)

    def distances(self, definitions: Iterable[int], classes: Iterable[int]) -> I4:
        """Return how many steps each definition lies from the nearest of some, or of some classes; or `NEVER`."""
        found = np.full(len(self._starts) - 1, NEVER, np.int32)
        begin = [*definitions, *(self._definitions + each for each in classes)]
        front, distance = np.unique(np.array(begin, np.int64)), 0
        while len(front):
            found[front] = distance
            distance += 1
            front = np.unique(self._behind(front))
            front = front[found[front] == NEVER]
        return found[: self._definitions]

    def _behind(self, front: I64) -> I64:
        """Return the targets of some nodes."""
        first, lengths = self._starts[front], self._starts[front + 1] - self._starts[front]
        ends = np.cumsum(lengths)
        rows = np.repeat(first - (ends - lengths), lengths) + np.arange(int(ends[-1]) if len(ends) else 0)
        return self._targets[rows].astype(np.int64)

    def _edges(self, further: Sequence[tuple[int, int]]) -> list[tuple[I64, I64]]:
        calls, linked = self._program.calls, self._program.linked
        pairs = [(calls.caller.astype(np.int64), calls.callee.astype(np.int64)), self._named()]
        supers = self._program.hierarchy.super_nodes.astype(np.int64)
        inside = np.flatnonzero((supers >= 0) & (supers < self._classes))
        pairs.append((self._definitions + inside, self._definitions + supers[inside]))
        owners = linked.definition_classes.astype(np.int64)
        entered = np.flatnonzero((owners >= 0) & ((self._callbacks > 0) | self._initialisers()))
        pairs.append((self._definitions + owners[entered], entered))
        used = np.flatnonzero(owners >= 0)
        pairs.append((used, self._definitions + owners[used]))  # what runs in a class initialises it
        told = np.array(further, np.int64).reshape(-1, 2)
        return [*pairs, *self._capped(), (told[:, 0], told[:, 1])]

    def _named(self) -> tuple[I64, I64]:
        """Return the definitions that make or name a class, or touch a member of it, and the class."""
        linked, sources, targets = self._program.linked, [], []
        for row, part in enumerate(self._program.parts):
            columns = part.columns
            types = np.flatnonzero(columns.reference_kinds == Reference.TYPE)
            fields = np.flatnonzero(columns.reference_kinds == Reference.FIELD)
            first = int(linked.names.type_starts[row])
            symbols = linked.names.type_symbols[first + columns.reference_indices[types].astype(np.int64)]
            of_field = int(linked.names.field_starts[row]) + columns.reference_indices[fields].astype(np.int64)
            for rows, named in ((types, symbols), (fields, linked.names.field_types[of_field])):
                own = np.searchsorted(columns.reference_starts, rows, "right") - 1
                sources.append(own + int(linked.definition_starts[row]))
                classes = linked.class_of_symbol[np.maximum(named, 0)]
                known = (named >= 0) & (classes >= 0)
                targets.append(np.where(known, self._definitions + classes.astype(np.int64), -1))
        none = np.zeros(0, np.int64)
        return np.concatenate([none, *sources]), np.concatenate([none, *targets])

    def _initialisers(self) -> npt.NDArray[np.bool_]:
        names, signatures = self._program.linked.names, self._program.linked.definition_signatures
        named = np.full(len(signatures), -1, np.int64)
        there = signatures >= 0
        named[there] = names.method_keys[signatures[there]] >> 32
        symbol = names.symbol(b"<clinit>")
        found: npt.NDArray[np.bool_] = (named == symbol) & (symbol >= 0)
        return found

    def _capped(self) -> list[tuple[I64, I64]]:
        """Return edges by way of signatures for calls whose targets are not listed."""
        calls, linked = self._program.calls, self._program.linked
        rows = np.flatnonzero(calls.precision == Precision.CAPPED)
        keys = calls.site_keys[calls.site[rows]]
        signatures = calls.targets.signatures[np.maximum(keys, 0)].astype(np.int64)
        base = self._definitions + self._classes
        wanted = np.unique(signatures[keys >= 0])
        below = np.flatnonzero(np.isin(linked.definition_signatures, wanted))
        callers: I8 = np.where(keys >= 0, calls.caller[rows], -1).astype(np.int64)
        return [(callers, base + signatures), (base + linked.definition_signatures[below].astype(np.int64), below)]
