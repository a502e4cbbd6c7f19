"""Where the code of an app loads ids of its resources: as a constant, from a field of an R class, by name.

Source: AOSP frameworks/base, tools/aapt2/java/ClassDefinition.cpp (R classes); Resources.getIdentifier.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

import numpy as np

from assay.applications.application import Application
from assay.applications.resources import Resources
from assay.bytecode.columns.record import Columns
from assay.bytecode.constants import arguments, constants, row_at
from assay.bytecode.dex import DexFile
from assay.bytecode.encoded_values import Sort
from assay.bytecode.flow.control_flow import Flows
from assay.bytecode.opcodes import Reference, opcode
from assay.bytecode.program.part import Part
from assay.bytecode.strings import hash_of
from assay.model.errors import Unreadable

CONSTANT, FIELD, NAME = "constant", "field", "name"
_R_CLASS = re.compile(rb"L(?:.*/)?R\$[a-z]+;", re.DOTALL)
_STATIC = 0x0008
_SGET, _CONST_STRING, _JUMBO = opcode("sget"), opcode("const-string"), opcode("const-string/jumbo")
_GET_IDENTIFIER = (b"Landroid/content/res/Resources;", b"getIdentifier")
MAX_BY_NAME = 10_000
"""Most calls of getIdentifier of one DEX file whose names are followed."""

Key = tuple[bytes, bytes, bytes]


class Load(NamedTuple):
    """One load: row of the DEX file's instructions, resource id, and how the code has it."""

    row: int
    resource_id: int
    how: str


class ResourceIds:
    """Finds loads of resource ids in the parts of an app."""

    def __init__(self, app: Application, resources: Resources) -> None:
        """Take the app and its resources."""
        self._parts = app.code.parts
        self._resources = resources
        self.not_followed = 0
        """Calls of getIdentifier whose name is not a constant of the calling method, or names no resource."""

    def loads(self, part: Part) -> list[Load]:
        """Return the loads in a part, in the order of its code."""
        dex = part.dex()
        return sorted({*self._constants(dex), *self._fields(part, dex), *self._names(part.columns, dex)})

    def _constants(self, dex: DexFile) -> Iterator[Load]:
        found = constants(dex)
        hits = np.flatnonzero(np.isin(found.values, self._resources.ids))
        yield from map(Load, found.rows[hits].tolist(), found.values[hits].tolist(), [CONSTANT] * len(hits))

    def _fields(self, part: Part, dex: DexFile) -> Iterator[Load]:
        columns = part.columns
        hashes = np.array([field_hash for field_hash, _ in self._id_fields], np.uint64)
        for field in np.flatnonzero(np.isin(columns.field_hashes, hashes)).tolist():
            wanted = self._id_fields.get((int(columns.field_hashes[field]), columns.field_key(field)))
            if wanted is not None:
                yield from (Load(row, wanted, FIELD) for row in _rows(columns, dex, field))

    @cached_property
    def _id_fields(self) -> Mapping[tuple[int, Key], int]:
        """The fields of R classes that begin with an id of a resource, by hash and key."""
        found: dict[tuple[int, Key], int] = {}
        ids = set(self._resources.ids.tolist())
        for part in self._parts:
            for field, value in _static_numbers(part):
                if value in ids:
                    key = int(part.columns.field_hashes[field]), part.columns.field_key(field)
                    found.setdefault(key, value)
        return found

    def _names(self, columns: Columns, dex: DexFile) -> Iterator[Load]:
        """Yield the calls of getIdentifier whose name and type are constants of the method."""
        sites = [site for method in _by_name(columns) for site in dex.places(Reference.METHOD, method)]
        flows = Flows(dex)
        for method, pc in sites[:MAX_BY_NAME]:
            found = self._named(dex, flows, method, pc)
            yield from found
            self.not_followed += not found
        self.not_followed += len(sites[MAX_BY_NAME:])

    def _named(self, dex: DexFile, flows: Flows, method: int, pc: int) -> list[Load]:
        definition = dex.definition(method)
        row = None if definition is None else row_at(dex.instructions, definition, pc)
        if definition is None or row is None:
            return []
        texts = _texts(dex, flows, definition, row)
        ids = {self._resources.named(*_name(name, kind)) for name in texts[0] for kind in texts[1] or {""}}
        return [Load(row, number, NAME) for number in sorted(number for number in ids if number is not None)]


def _name(name: str, kind: str) -> tuple[str, str]:
    """Return type and name as getIdentifier takes them: ``package:type/name``, where parts can be given apart."""
    plain = name.rpartition(":")[2]
    before, slash, after = plain.partition("/")
    return (before, after) if slash else (kind, plain)


def _texts(dex: DexFile, flows: Flows, definition: int, row: int) -> tuple[set[str], set[str]]:
    """Return the constant strings that a call can get as its second and third argument, with `this` as the first."""
    passed = arguments(dex.instructions, row)
    if len(passed) < 4:
        return set(), set()
    first = int(dex.instructions.starts[definition])
    try:
        values = flows.of(definition).values
    except Unreadable:
        return set(), set()
    read = dict(values.read(row - first))
    found = [values.sources(read[register]) if read.get(register, -1) >= 0 else [] for register in passed[1:3]]
    written = [[first + value - values.registers for value in each if value >= values.registers] for each in found]
    name, kind = ({_text(dex, row) for row in each} for each in written)
    return {text for text in name if text is not None}, {text for text in kind if text is not None}


def _text(dex: DexFile, row: int) -> str | None:
    code = dex.instructions
    if int(code.opcode[row]) not in {_CONST_STRING, _JUMBO}:
        return None
    index = int(code.b[row]) & 0xFFFFFFFF
    return dex.string_text(index) if index < dex.string_count else None


def _rows(columns: Columns, dex: DexFile, field: int) -> Iterator[int]:
    """Yield the instructions that load a static field."""
    low, high = columns.field_user_starts[field : field + 2].tolist()
    for reference in columns.field_users[low:high].tolist():
        if int(columns.reference_opcodes[reference]) == _SGET:
            definition = int(np.searchsorted(columns.reference_starts, reference, "right")) - 1
            row = row_at(dex.instructions, definition, int(columns.reference_pcs[reference]))
            if row is not None:
                yield row


def _static_numbers(part: Part) -> Iterator[tuple[int, int]]:
    """Yield (field id, value) of each static field of an R class that begins with a number."""
    columns = part.columns
    static = columns.defined_field_access & _STATIC != 0
    owners, fields = columns.defined_field_classes[static], columns.defined_fields[static]
    order = np.argsort(owners, kind="stable")
    for class_row in _r_classes(columns):
        low, high = np.searchsorted(owners, [class_row, class_row + 1], sorter=order).tolist()
        values = part.dex().static_values(class_row).values
        for field, value in zip(fields[order[low:high]].tolist(), values, strict=False):
            if value.sort is Sort.INT and isinstance(value.content, int):
                yield field, value.content & 0xFFFFFFFF


def _r_classes(columns: Columns) -> Iterator[int]:
    for class_row, type_id in enumerate(columns.class_types.tolist()):
        if _R_CLASS.fullmatch(columns.descriptor(type_id)):
            yield class_row


def _by_name(columns: Columns) -> Iterator[int]:
    """Yield the method ids of getIdentifier."""
    strings = np.flatnonzero(columns.string_hashes == np.uint64(hash_of(_GET_IDENTIFIER[1])))
    for method in np.flatnonzero(np.isin(columns.method_names, strings)).tolist():
        if columns.method_key(method)[:2] == _GET_IDENTIFIER:
            yield method
