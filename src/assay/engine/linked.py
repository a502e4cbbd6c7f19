"""Each class, method and body once over all files of a `Code`."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

from assay.bytecode.columns.interning import in_order
from assay.bytecode.columns.record import NONE
from assay.bytecode.columns.sharing import Sharing

U4 = npt.NDArray[np.uint32]
I8 = npt.NDArray[np.int64]


class Linked:
    """Each class, method and body once over all files; numbers run in the order in which they first come.

    `classes`, `methods`, `bodies`: how many different ones are defined. `unnamed`: definitions whose name is missing;
    each counts as different. The arrays are made on first use.

    Classes and methods are told apart by the bytes of their names, bodies by digests of 128 bits
    (`assay.bytecode.columns.same_body` decides about two).
    """

    def __init__(self, sharing: Sharing, files: Sequence[str]) -> None:
        """Use `Code.linked`."""
        self._sharing = sharing
        self._files = [sharing.files[sha256] for sha256 in files]
        self.classes, self.methods, self.bodies = sharing.live
        self.unnamed = sharing.unnamed

    @property
    def class_ids(self) -> U4:
        """The number of each row of the classes, those of file f from class_starts[f] to class_starts[f + 1]."""
        return self._classes[0]

    @property
    def method_ids(self) -> U4:
        """The number of each definition, those of file f from definition_starts[f] to definition_starts[f + 1]."""
        return self._methods[0]

    @property
    def body_ids(self) -> U4:
        """The number of each definition's body; `assay.bytecode.columns.NONE` where there is no code."""
        return self._bodies[0]

    @property
    def class_apps(self) -> U4:
        """How many apps hold each class."""
        return self._classes[1]

    @property
    def method_apps(self) -> U4:
        """How many apps define each method."""
        return self._methods[1]

    @property
    def body_apps(self) -> U4:
        """How many apps hold each body."""
        return self._bodies[1]

    @cached_property
    def class_starts(self) -> I8:
        """Where the classes of each file begin."""
        return _starts([len(file.ids.classes) for file in self._files])

    @cached_property
    def definition_starts(self) -> I8:
        """Where the definitions of each file begin."""
        return _starts([file.size for file in self._files])

    @cached_property
    def _classes(self) -> tuple[U4, U4]:
        return _ordered([file.ids.classes for file in self._files], self._sharing.counts[0])

    @cached_property
    def _methods(self) -> tuple[U4, U4]:
        return _ordered([file.ids.methods for file in self._files], self._sharing.counts[1])

    @cached_property
    def _bodies(self) -> tuple[U4, U4]:
        return _ordered([file.ids.bodies for file in self._files], self._sharing.counts[2])


def _ordered(parts: Sequence[U4], counts: U4) -> tuple[U4, U4]:
    """Return all numbers renamed in the order in which they first come, and the counts of those."""
    order, given = np.full(len(counts), NONE, np.uint32), np.zeros(1, np.int64)
    ids = [in_order(part, order, given) for part in parts]
    there = np.flatnonzero(order != NONE)
    ordered = np.zeros(len(there), np.uint32)
    ordered[order[there]] = counts[there]
    return np.concatenate([np.empty(0, np.uint32), *ids]), ordered


def _starts(sizes: Sequence[int]) -> I8:
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes, dtype=np.int64)])
