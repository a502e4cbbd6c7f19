"""What is read of a DEX file only where somebody asks for it.

Source: Android Open Source Project, "Dalvik executable format".
"""

from functools import cached_property

import numpy as np
import numpy.typing as npt

from assay.bytecode.annotation_uses import AnnotationUses, read_annotation_uses
from assay.bytecode.annotations import Annotations, read_annotations
from assay.bytecode.bodies import Bodies
from assay.bytecode.call_sites import CallSite, MethodHandle, read_call_site, read_method_handle
from assay.bytecode.class_data import ACC_STATIC, Fields, Methods
from assay.bytecode.debug_info import DebugInfo, Entry, entries, read_debug_info
from assay.bytecode.header import Header, map_sections
from assay.bytecode.hidden_api import HiddenApi, read_hidden_api
from assay.bytecode.names import Names
from assay.bytecode.static_values import StaticValues, read_static_values
from assay.bytecode.strings import Strings
from assay.bytecode.tables import Tables
from assay.bytecode.tries import Tries, TryRange, read_tries, tries_of
from assay.model.problem import Problem


class Details:
    """Reads parts of an indexed DEX file; every part says itself what was wrong with it.

    A class row is a row of `tables.classes`, a definition a row of `methods`.
    """

    data: npt.NDArray[np.uint8]
    units: npt.NDArray[np.uint16]
    header: Header
    tables: Tables
    strings: Strings
    methods: Methods
    fields: Fields
    bodies: Bodies
    names: Names

    @cached_property
    def tries(self) -> Tries:
        """Try ranges and handlers of all definitions, read on first use; `tries_of` reads those of one definition."""
        return self.read_tries()[0]

    def read_tries(self) -> tuple[Tries, list[Problem]]:
        """Return the try ranges and handlers of all definitions and what was wrong with them."""
        return read_tries(self.data, self.units, self.bodies, len(self.tables.types))

    def tries_of(self, definition: int) -> tuple[tuple[TryRange, ...], list[Problem]]:
        """Return the try ranges of a definition and what was wrong with them. Raises: IndexError."""
        return tries_of(self.data, self.units, self.bodies, definition, len(self.tables.types))

    @cached_property
    def hidden_api(self) -> HiddenApi:
        """Flags of hidden members, read on first use."""
        return self.read_hidden_api()[0]

    def read_hidden_api(self) -> tuple[HiddenApi, list[Problem]]:
        """Return the flags of hidden members and what was wrong with them."""
        mapped, _ = map_sections(self.header, self.data.data)
        return read_hidden_api(mapped.hidden_api, self.tables, (self.fields, self.methods), self.data)

    def static_values(self, class_row: int) -> StaticValues:
        """Return the initial values of a class definition's static fields. Raises: IndexError."""
        return read_static_values(self.data.data, self.tables, class_row)

    def annotations(self, class_row: int) -> Annotations:
        """Return the annotations of a class definition and its members. Raises: IndexError."""
        return read_annotations(self.data.data, self.tables, class_row)

    def read_annotation_uses(self) -> tuple[AnnotationUses, list[Problem]]:
        """Return what the annotations of all classes name and what was wrong with them."""
        return read_annotation_uses(self.tables, self.data)

    def debug_info(self, definition: int) -> DebugInfo:
        """Return line numbers and names of variables of a definition. Raises: IndexError."""
        first = self._first(definition)
        if first == 0:
            return DebugInfo()
        offset = int(self.units[first - 4]) | int(self.units[first - 3]) << 16
        return read_debug_info(self.data.data, offset, int(self.bodies.size[definition]), self.entries(definition))

    def entries(self, definition: int) -> tuple[Entry, ...]:
        """Return the registers that hold `this` and the parameters when a definition begins. Raises: IndexError."""
        first, method = self._first(definition), int(self.methods.method[definition])
        if first == 0:
            return ()
        row = self.tables.methods[method]
        this = None if int(self.methods.access[definition]) & ACC_STATIC else int(row["class"])
        types = self.names.parameters(int(row["proto"]))
        registers, passed = int(self.units[first - 8]), int(self.units[first - 7])
        return entries(max(0, registers - passed), this, [(type_, self.names.type(type_)) for type_ in types])

    def _first(self, definition: int) -> int:
        """Return the place of the first instruction in 16-bit units from the file's first byte, 0 without code."""
        if not 0 <= definition < len(self.bodies.first):
            raise IndexError(definition)
        return int(self.bodies.first[definition])

    def call_site(self, index: int) -> CallSite:
        """Return what an invoke-custom calls. Raises: IndexError."""
        return read_call_site(self.data.data, self.tables, index)

    def method_handle(self, index: int) -> MethodHandle | None:
        """Return a method handle, None where there is none that can be read."""
        return read_method_handle(self.tables, index)

    def source_file(self, class_row: int) -> int | None:
        """Return the string index of a class definition's source file, None without. Raises: IndexError."""
        if not 0 <= class_row < len(self.tables.classes):
            raise IndexError(class_row)
        index = int(self.tables.classes["source_file"][class_row])
        return index if index < len(self.tables.strings) else None
