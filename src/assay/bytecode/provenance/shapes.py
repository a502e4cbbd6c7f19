"""Classes of libraries that apps carry under other names, told by the methods that they have.

A class is taken for one that models speak of where both have several methods of the same name without parameters, and
one of these is met in such classes alone. Names of methods are kept where classes are moved or renamed one by one;
where they are renamed too, nothing is told.
"""

from collections.abc import Iterator
from functools import cached_property

from assay.bytecode.class_data import ACC_STATIC
from assay.bytecode.program.program import Program
from assay.bytecode.provenance.links_dispatch import Dispatch
from assay.reference.models import Models

FEWEST = 3
"""Fewest methods that both classes have."""
_STORE, _SOURCE = "shape", "text.advertisement"


class Shapes:
    """Finds the classes of models that classes of a program have the shape of, each once."""

    def __init__(self, program: Program, models: Models, dispatch: Dispatch) -> None:
        """Keep what is asked."""
        self._program, self._models, self._dispatch = program, models, dispatch
        self._found: dict[bytes, bytes] = {}

    def of(self, descriptor: bytes) -> bytes:
        """Return the class of models that a class has the shape of, empty where it has none, or is one itself."""
        if not self._told_by:
            return b""
        if descriptor not in self._found:
            self._found[descriptor] = self._like(descriptor)
        return self._found[descriptor]

    def _like(self, descriptor: bytes) -> bytes:
        class_id = self._program.find_class(descriptor)
        own = frozenset() if class_id is None else frozenset(self._getters(class_id))
        if not own & self._told_by or descriptor in self._shapes:
            return b""
        alike = [(len(own & names), owner) for owner, names in self._shapes.items() if own & names & self._told_by]
        most, owner = max(alike, default=(0, b""))
        return owner if most >= FEWEST else b""

    def _getters(self, class_id: int) -> Iterator[bytes]:
        """Yield the names of the methods of objects that take nothing and give an object."""
        linked = self._program.linked
        for definition in self._dispatch.definitions(class_id):
            signature = int(linked.definition_signatures[definition])
            if signature >= 0 and not int(linked.definition_access[definition]) & ACC_STATIC:
                name, prototype = linked.names.signature_parts(signature)
                if prototype.startswith((b"()L", b"()[")):
                    yield name

    @cached_property
    def _shapes(self) -> dict[bytes, frozenset[bytes]]:
        found: dict[bytes, set[bytes]] = {}
        for owner, name, model in self._models.sources():
            if model.source == _SOURCE:
                found.setdefault(owner, set()).add(name)
        return {owner: frozenset(names) for owner, names in sorted(found.items())}

    @cached_property
    def _told_by(self) -> frozenset[bytes]:
        """The names met in such classes alone, those that the program has."""
        names = self._program.linked.names
        every = {name for shape in self._shapes.values() for name in shape if names.symbol(name) >= 0}
        return frozenset(name for name in every if self._models.key(_STORE, name.decode("utf-8", "replace")))
