"""Which methods of a class the platform may call on an object that it is handed as one of the types above the class."""

from collections.abc import Iterable
from functools import cached_property, lru_cache

from assay.bytecode.program.callbacks import CERTAIN
from assay.bytecode.program.names import descriptors
from assay.bytecode.program.program import Program
from assay.bytecode.provenance.boundary import Boundary
from assay.bytecode.provenance.links_dispatch import Dispatch
from assay.bytecode.provenance.links_listeners import declared
from assay.bytecode.provenance.links_models import CallModels
from assay.reference.models import OBJECT

_BRIDGES = 0x40


class Overriding:
    """Answers are kept by class and type."""

    def __init__(self, program: Program, boundary: Boundary, models: CallModels, dispatch: Dispatch) -> None:
        """Keep what decides."""
        self._program, self._boundary, self._models, self._dispatch = program, boundary, models, dispatch
        self.by = lru_cache(maxsize=8192)(self._found)

    def _found(self, class_id: int, type_: bytes) -> tuple[int, ...]:
        """Return the methods of a class that the type outside, as which it is handed over, may call."""
        program = self._program
        name = program.linked.names.symbols.of(int(program.linked.class_symbols[class_id]))
        if not self._models.is_below(name, type_):
            return ()
        found: dict[int, int] = {}
        for above in self._dispatch.line(class_id):
            for each in self._dispatch.definitions(above):
                signature = int(program.linked.definition_signatures[each])
                if self.may_be_called(each) and self._declared(above, signature, type_):
                    found.setdefault(signature, each)
        return tuple(self._by_name(found.values()))

    def may_be_called(self, definition: int) -> bool:
        """Say whether a definition can override one outside, other than those of Object."""
        certain = int(self._boundary.callbacks[definition])
        return bool(certain) and not (certain == CERTAIN and self._of_object(definition))

    def _of_object(self, definition: int) -> bool:
        signature = int(self._program.linked.definition_signatures[definition])
        return signature in self._object_methods

    def _declared(self, class_id: int, signature: int, type_: bytes) -> bool:
        """Say whether a type outside may declare a signature: by known names, and by what code calls on types."""
        if (told := self._program.find_class(type_)) is not None:
            line = [one for each in self._dispatch.line(told) for one in self._dispatch.definitions(each)]
            return any(self._signature(each) == signature for each in line)
        names, others = self._program.linked.names, self._program.external_supertypes(class_id)
        name = names.signature_parts(signature)[0]
        if (stated := declared(type_, name)) is not None:
            return stated
        rows = (names.method_signatures == signature).nonzero()[0]
        owners = set(names.method_types[rows].tolist())
        named = {each for each in others if names.symbol(each) in owners and each != OBJECT}
        elsewhere = named or {each for each in others if declared(each, name)}
        return not elsewhere or any(self._models.is_below(type_, each) for each in elsewhere)

    def _by_name(self, found: Iterable[int]) -> list[int]:
        """Return definitions so that of those of one name and width the bridges stand for all."""
        groups: dict[tuple[bytes, int], list[int]] = {}
        for each in found:
            name, prototype = self._program.linked.names.signature_parts(self._signature(each))
            groups.setdefault((name, len(descriptors(prototype) or ())), []).append(each)
        return sorted(one for group in groups.values() for one in self.entered(tuple(group)))

    def _signature(self, definition: int) -> int:
        return int(self._program.linked.definition_signatures[definition])

    def entered(self, found: tuple[int, ...]) -> list[int]:
        """Return the bridges among definitions of one name, through which the platform comes; all where none is one."""
        access = self._program.linked.definition_access
        bridges = [each for each in found if int(access[each]) & _BRIDGES]
        return sorted(bridges or found)

    @cached_property
    def _object_methods(self) -> frozenset[int]:
        return frozenset(self._program.resolver.object_methods.tolist())
