"""Identity across many DEX files: each class, method and body once, whatever file it stands in.

Classes and methods are the same where their descriptors are, byte for byte. Bodies are the same where their digests of
128 bits are; `assay.bytecode.columns.canonical` decides about two. One file is needed at a time; what is kept grows
with the number of different names, methods and bodies (about 100 bytes for each different method), not with the files.
"""

from collections.abc import Sequence
from typing import Self

import msgspec
import numpy as np

from assay.bytecode.columns.interning import ALL_BITS, Pairs, Texts
from assay.bytecode.columns.record import NONE, U4, Columns
from assay.bytecode.kernel import settled

TABLES: tuple[type[Texts | Pairs], ...] = (Texts, Texts, Pairs, Pairs, Pairs)
"""Those of a linker, in the order of its `held` arrays: strings, prototypes, classes, methods, bodies."""


class Identities(msgspec.Struct, frozen=True, eq=False):
    """The running numbers of one file: `classes` u4 by row of its classes, `methods` u4 and `bodies` u4 by definition.

    `bodies` is `NONE` where there is no code.
    """

    classes: U4
    methods: U4
    bodies: U4


class Linker:
    """Numbers classes, methods and bodies in the order in which they first come."""

    def __init__(self, salt: int, bits: int = ALL_BITS) -> None:
        """Take a number that nobody can guess; it changes no result. `bits` of each hash are used."""
        self._texts, self._protos = Texts(salt, bits), Texts(salt, bits)
        self._classes, self._methods, self._bodies = (Pairs(salt, bits) for _ in range(3))
        self._unnamed = 0

    @classmethod
    def restored(cls, arrays: Sequence[np.ndarray], unnamed: int) -> Self:
        """Take up what was `held`. Raises: ValueError when arrays do not fit together."""
        made, at = cls(0), 0
        found: list[Texts | Pairs] = []
        for kind in TABLES:
            found.append(kind.restored(arrays[at : at + len(kind.DTYPES)]))
            at += len(kind.DTYPES)
        made._texts, made._protos, made._classes, made._methods, made._bodies = found  # type: ignore[assignment]
        made._unnamed = unnamed
        return made

    def held(self) -> list[tuple[np.ndarray, int]]:
        """Return all arrays of all tables, flat, each with how many rows of it are in use."""
        tables: tuple[Texts | Pairs, ...] = (self._texts, self._protos, self._classes, self._methods, self._bodies)
        return [one for table in tables for one in table.held()]

    @property
    def counts(self) -> tuple[int, int, int]:
        """Different classes, methods and bodies so far."""
        return len(self._classes), len(self._methods), len(self._bodies)

    @property
    def unnamed(self) -> int:
        """Definitions whose name is missing in their file; each counts as different from all others."""
        return self._unnamed

    def add(self, columns: Columns) -> Identities:
        """Return the numbers of one more file."""
        return Identities(*self.add_names(columns), self.add_bodies(columns))

    def add_names(self, columns: Columns) -> tuple[U4, U4]:
        """Return the numbers of the classes and of the methods of one more file."""
        types, names, methods = self._types(columns), self._names(columns), columns.definition_methods
        classes = self._numbers(self._classes, (_of(types, columns.class_types),))
        owners = _of(types, columns.method_classes[methods])
        protos = _of(self._prototypes(columns, types), columns.method_protos[methods])
        return classes, self._numbers(self._methods, (owners, _of(names, columns.method_names[methods]), protos))

    def add_bodies(self, columns: Columns) -> U4:
        """Return the numbers of the bodies of one more file; it may run beside `add_names` of the same file."""
        found = np.full(len(columns.definition_methods), NONE, np.uint32)
        there = np.flatnonzero(columns.definition_bodies[:, 0])
        found[there] = self._bodies.numbers(columns.definition_bodies[there])
        return settled(found)

    def _types(self, columns: Columns) -> U4:
        return self._strings(columns, columns.type_strings)

    def _names(self, columns: Columns) -> U4:
        """Return the number of each string that names a defined method, `NONE` for all others."""
        wanted = np.zeros(len(columns.string_starts) + 1, np.bool_)
        wanted[np.minimum(columns.method_names[columns.definition_methods], len(wanted) - 1)] = True
        rows = np.flatnonzero(wanted[:-1]).astype(np.uint32)
        found = np.full(len(columns.string_starts), NONE, np.uint32)
        found[rows] = self._strings(columns, rows)
        return found

    def _strings(self, columns: Columns, ids: U4) -> U4:
        found = np.full(len(ids), NONE, np.uint32)
        there = np.flatnonzero(ids != NONE)
        rows = ids[there]
        lengths = columns.string_lengths[rows]
        starts = np.where(lengths > 0, columns.string_starts[rows].astype(np.int64) - columns.text_from, 0)
        found[there] = self._texts.numbers(columns.text, settled(starts), settled(lengths))
        return found

    def _prototypes(self, columns: Columns, types: U4) -> U4:
        """Return the number of each prototype: of the numbers of its types, as bytes; `NONE` where one is missing."""
        starts, parameters = columns.proto_parameter_starts.astype(np.int64), _of(types, columns.proto_parameters)
        returns = _of(types, columns.proto_returns)
        rows = len(returns)
        flat = np.insert(parameters, starts[:-1], returns)
        places = starts[:-1] + np.arange(rows)
        lengths = np.diff(starts) + 1
        raw = np.ascontiguousarray(flat).view(np.uint8)
        found = self._protos.numbers(settled(raw), settled(4 * places), settled((4 * lengths).astype(np.uint32)))
        missing = np.add.reduceat(flat == NONE, places) if rows else np.zeros(0, np.int64)
        return np.where(missing > 0, np.uint32(NONE), found).astype(np.uint32)

    def _numbers(self, pairs: Pairs, parts: tuple[U4, ...]) -> U4:
        """Return the number of each row of up to three parts; a row with a part that is missing is like no other."""
        first, second, third = (*parts, np.zeros_like(parts[0]), np.zeros_like(parts[0]))[:3]
        words = np.empty((len(first), 2), np.uint64)
        words[:, 0] = first.astype(np.uint64) << np.uint64(32) | second
        words[:, 1] = third
        missing = np.flatnonzero((first == NONE) | (second == NONE) | (third == NONE))
        words[missing, 1] = np.arange(self._unnamed, self._unnamed + len(missing), dtype=np.uint64) | np.uint64(1 << 63)
        self._unnamed += len(missing)
        return pairs.numbers(words)


def _of(table: U4, ids: U4) -> U4:
    """Return the number behind each id, `NONE` for `NONE`."""
    found = np.full(len(ids), NONE, np.uint32)
    there = ids != NONE
    found[there] = table[ids[there]]
    return found
