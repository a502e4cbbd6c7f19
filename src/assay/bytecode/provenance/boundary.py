"""Where following ends: packages of libraries that apps carry, for which models speak as they do for the platform.

A class counts as such a library's by the name of its package alone. What models do not say of it is unknown.
"""

from collections.abc import Sequence
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt

from assay.bytecode.kernel import settled
from assay.bytecode.program.callbacks import CERTAIN, NOT
from assay.bytecode.program.hierarchy import U1
from assay.bytecode.program.program import Program


class Boundary:
    """Which classes and definitions of a program lie beyond it."""

    def __init__(self, program: Program, packages: Sequence[bytes] = (), own: str = "") -> None:
        """Keep the program; `packages` like ``Lorg/x/``. Those that hold `own`, the app's package, are the app's."""
        inside = f"L{own.replace('.', '/')}/".encode("utf-8", "surrogatepass")
        self._program = program
        self._packages = tuple(each for each in packages if not own or not inside.startswith(each))
        self.find_class = lru_cache(maxsize=8192)(self._find_class)

    def names(self, descriptor: bytes) -> bool:
        """Say whether a class of this name lies beyond."""
        return descriptor.startswith(self._packages)

    def has(self, definition: int) -> bool:
        """Say whether a definition lies beyond."""
        return bool(self.definitions[definition])

    @cached_property
    def classes(self) -> npt.NDArray[np.bool_]:
        """True for each class that lies beyond."""
        linked = self._program.linked
        symbols = linked.class_symbols.tolist() if self._packages else []
        found = np.zeros(linked.classes, np.bool_)
        for row, symbol in enumerate(symbols[: linked.classes]):
            found[row] = symbol >= 0 and self.names(linked.names.symbols.of(symbol))
        return settled(found)

    @cached_property
    def definitions(self) -> npt.NDArray[np.bool_]:
        """True for each definition whose class lies beyond."""
        owners = self._program.linked.definition_classes
        found = np.zeros(len(owners), np.bool_)
        found[owners >= 0] = self.classes[owners[owners >= 0]]
        return settled(found)

    @cached_property
    def callbacks(self) -> U1:
        """`Program.callbacks`, with what lies beyond counted as outside."""
        if not self.classes.any():
            return self._program.callbacks
        pairs, found = self._program.override_pairs, self._program.callbacks.copy()
        lower = np.repeat(np.arange(len(found)), np.diff(pairs.upper_starts))
        found[lower[self.definitions[pairs.uppers]]] = CERTAIN
        found[self.definitions] = NOT
        return settled(found)

    def _find_class(self, descriptor: bytes) -> int | None:
        """Return a class of the program that does not lie beyond."""
        return None if self.names(descriptor) else self._program.find_class(descriptor)
