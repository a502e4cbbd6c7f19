"""Each class, method and body once over all files of a `Code`."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

from assay.bytecode.columns.interning import first_come
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
        return self._classes.ids

    @property
    def method_ids(self) -> U4:
        """The number of each definition, those of file f from definition_starts[f] to definition_starts[f + 1]."""
        return self._methods.ids

    @property
    def body_ids(self) -> U4:
        """The number of each definition's body; `assay.bytecode.columns.NONE` where there is no code."""
        return self._bodies.ids

    @property
    def class_apps(self) -> U4:
        """How many apps hold each class."""
        return self._classes.apps

    @property
    def method_apps(self) -> U4:
        """How many apps define each method."""
        return self._methods.apps

    @property
    def body_apps(self) -> U4:
        """How many apps hold each body."""
        return self._bodies.apps

    @cached_property
    def class_starts(self) -> I8:
        """Where the classes of each file begin."""
        return _starts([len(file.ids.classes) for file in self._files])

    @cached_property
    def definition_starts(self) -> I8:
        """Where the definitions of each file begin."""
        return _starts([file.size for file in self._files])

    @cached_property
    def _classes(self) -> "_Numbers":
        return _Numbers([file.ids.classes for file in self._files], self._sharing.counts[0])

    @cached_property
    def _methods(self) -> "_Numbers":
        return _Numbers([file.ids.methods for file in self._files], self._sharing.counts[1])

    @cached_property
    def _bodies(self) -> "_Numbers":
        return _Numbers([file.ids.bodies for file in self._files], self._sharing.counts[2])


class _Numbers:
    """The numbers of all files, renamed in the order in which they first come."""

    def __init__(self, parts: Sequence[U4], counts: U4) -> None:
        self._parts = parts
        self._counts = counts

    @cached_property
    def ids(self) -> U4:
        """The numbers of all files one behind the other."""
        places = np.full(len(self._counts) + 1, NONE, np.uint32)
        places[self._order] = np.arange(len(self._order), dtype=np.uint32)
        last = np.uint32(len(self._counts))
        return np.concatenate([np.empty(0, np.uint32), *(places[np.minimum(part, last)] for part in self._parts)])

    @cached_property
    def apps(self) -> U4:
        """How many apps hold each."""
        return self._counts[self._order]

    @cached_property
    def _order(self) -> U4:
        return first_come(self._parts, len(self._counts))


def _starts(sizes: Sequence[int]) -> I8:
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes, dtype=np.int64)])
