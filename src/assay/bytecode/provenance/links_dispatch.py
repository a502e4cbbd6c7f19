"""Which definition answers on an object of a known class: found on the class, above it, then in its interfaces."""

from functools import lru_cache

from assay.bytecode.program.access import ABSTRACT, INTERFACE, STATIC
from assay.bytecode.program.names import descriptors
from assay.bytecode.program.program import Program
from assay.bytecode.provenance.boundary import Boundary

MOST_HEIRS = 64
"""Most subclasses that are looked at for the definitions that objects of a class may have."""


class Dispatch:
    """Answers by class; constructors and static methods answer nothing."""

    def __init__(self, program: Program, boundary: Boundary) -> None:
        """Keep the program; what lies beyond the boundary answers nothing."""
        self._program, self._linked, self._boundary = program, program.linked, boundary
        self.signature = lru_cache(maxsize=4096)(self._signature)
        self.named = lru_cache(maxsize=4096)(self._named)
        self._answers = lru_cache(maxsize=16384)(self._answering)
        self.line = lru_cache(maxsize=4096)(self._line)

    def target(self, class_id: int, name: bytes, prototype: bytes) -> int | None:
        """Return the definition that a call of a signature reaches on an object of just this class."""
        return self.by_signature(class_id, self.signature(name, prototype))

    def by_signature(self, class_id: int, signature: int) -> int | None:
        """Return the same for the number of a signature; None for -1."""
        found = (self.own(each, signature) for each in self.line(class_id)) if signature >= 0 else iter(())
        return next((each for each in found if each is not None), None)

    def own(self, class_id: int, signature: int) -> int | None:
        """Return the definition with a body that a class itself has of a signature."""
        return self._answers(class_id).get(signature)

    def _answering(self, class_id: int) -> dict[int, int]:
        """Return the definitions with a body that a class itself has for objects, by signature."""
        members, access = self._linked.methods, self._linked.definition_access
        first, end = members.starts[class_id : class_id + 2].tolist()
        pairs = zip(members.signatures[first:end].tolist(), members.rows[first:end].tolist(), strict=True)
        own = [(signature, row) for signature, row in pairs if not int(access[row]) & (ABSTRACT | STATIC)]
        return {signature: row for signature, row in reversed(own) if not self._boundary.has(row)}

    def definitions(self, class_id: int) -> list[int]:
        """Return all definitions of a class itself, by signature."""
        first, end = self._linked.methods.starts[class_id : class_id + 2].tolist()
        found: list[int] = self._linked.methods.rows[first:end].tolist()
        return found

    def owner(self, definition: int) -> int:
        """Return the class of a definition, -1 where it is not linked."""
        return int(self._linked.definition_classes[definition])

    def heirs(self, definition: int) -> list[int]:
        """Return the classes whose objects answer with a definition, by rising number: its own and some below."""
        owner, signature = self.owner(definition), int(self._linked.definition_signatures[definition])
        if owner < 0 or signature < 0:
            return []
        below = self._program.subtypes(owner)[:MOST_HEIRS].tolist()
        return [owner, *(each for each in below if self.by_signature(each, signature) == definition)]

    def _signature(self, name: bytes, prototype: bytes) -> int:
        return self._linked.names.method_signature(name, prototype)

    def _named(self, class_id: int, name: bytes, parameters: int) -> tuple[int, ...]:
        """Return the definitions of a name and number of parameters (`this` not counted) that an object answers with.

        Those that override another one stand for it; bridges that a compiler made come behind what they call.
        """
        found: dict[int, int] = {}
        for each in self.line(class_id):
            for definition in self.definitions(each):
                signature = int(self._linked.definition_signatures[definition])
                if self._fits(signature, name, parameters) and self.own(each, signature) is not None:
                    found.setdefault(signature, definition)
        return tuple(sorted(found.values()))

    def _fits(self, signature: int, name: bytes, parameters: int) -> bool:
        known, prototype = self._linked.names.signature_parts(signature)
        return known == name and len(descriptors(prototype) or ()) == parameters + 1

    def _line(self, class_id: int) -> tuple[int, ...]:
        """Return a class, its superclasses, then all its interfaces."""
        line, above = [], class_id
        while above >= 0 and above not in line:
            line.append(above)
            above = self._program.superclass(above)
        supers = self._program.supertypes(class_id).tolist()
        flags = self._linked.class_flags
        return (*line, *(each for each in supers if int(flags[each]) & INTERFACE and each not in line))
