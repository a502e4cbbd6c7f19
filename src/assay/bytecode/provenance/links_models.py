"""The model of a call: asked for by the class that it names and all classes above that one."""

from functools import cached_property, lru_cache

from assay.bytecode.names import MAX_NAME_BYTES
from assay.bytecode.program.names import descriptors
from assay.bytecode.program.program import Program
from assay.bytecode.provenance.bodies import Call
from assay.bytecode.provenance.boundary import Boundary
from assay.reference.models import OBJECT, Models
from assay.reference.models_records import Model


class CallModels:
    """Models of calls of one program; each class, name and prototype is asked for once."""

    def __init__(self, program: Program, models: Models, boundary: Boundary | None = None) -> None:
        """Keep both; classes beyond the boundary count as outside."""
        self._program, self._models, self._boundary = program, models, boundary or Boundary(program)
        self._owners: dict[bytes, tuple[bytes, ...]] = {}
        self._found: dict[tuple[bytes, bytes, bytes], Model | None] = {}
        self._inside: dict[bytes, bool] = {}

    def of(self, call: Call) -> Model | None:
        """Return the model of what a call names; a method that the program's own class has may have one too."""
        key = (call.owner, call.name, call.prototype)
        if key not in self._found:
            known = bool(call.owner) and call.name in self._names
            self._found[key] = self._models.find(self.owners(call.owner), *key[1:]) if known else None
        return self._found[key]

    def inside(self, descriptor: bytes) -> bool:
        """Say whether a class is in the program, and followed."""
        if descriptor not in self._inside:
            self._inside[descriptor] = self._boundary.find_class(descriptor) is not None
        return self._inside[descriptor]

    def owners(self, descriptor: bytes) -> tuple[bytes, ...]:
        """Return a class and all above it that are known: those of the program, then those outside, then by data."""
        if descriptor not in self._owners:
            self._owners[descriptor] = self._above(descriptor)
        return self._owners[descriptor]

    def is_below(self, descriptor: bytes, above: bytes) -> bool:
        """Say whether a class is another, or below it as far as program and data know."""
        return above == OBJECT or above in self.owners(descriptor)

    def _above(self, descriptor: bytes) -> tuple[bytes, ...]:
        class_id = self._program.find_class(descriptor)
        if class_id is None:
            return (descriptor, *self._models.supertypes(descriptor))
        inside = self._program.linked.class_symbols[self._program.supertypes(class_id)].tolist()
        named = [self._program.linked.names.symbols.of(symbol) for symbol in inside if symbol >= 0]
        outside = self._program.external_supertypes(class_id)
        further = [each for one in outside for each in self._models.supertypes(one)]
        return tuple(dict.fromkeys((descriptor, *named, *outside, *further)))

    @cached_property
    def _names(self) -> frozenset[bytes]:
        """The names of all methods that have models: most calls name another."""
        return self._models.names


def parameter_types(call: Call) -> tuple[bytes, ...]:
    """Return the type of each argument, the receiver's first; fewer where the prototype cannot be read."""
    types = _parameters(call.prototype)
    return types if call.static else (call.owner, *types)


@lru_cache(maxsize=8192)
def _parameters(prototype: bytes) -> tuple[bytes, ...]:
    return tuple((descriptors(prototype) or [b"V"])[:-1])


def shown(call: Call) -> str:
    """Return what a call names as text for messages, bounded."""
    whole = b"%s->%s%s" % (call.owner, call.name, call.prototype)
    return whole[:MAX_NAME_BYTES].decode("utf-8", "backslashreplace")
