"""The columns of one DEX file: everything that is asked of many files at once, the same in memory and on disk."""

import msgspec
import numpy as np
import numpy.typing as npt

from assay.bytecode.names import MAX_NAME_BYTES, MAX_PARAMETERS
from assay.model.problem import Problem

U1 = npt.NDArray[np.uint8]
U4 = npt.NDArray[np.uint32]
U8 = npt.NDArray[np.uint64]
I8 = npt.NDArray[np.int64]

NONE = 0xFFFFFFFF
"""No such row: in every column of ids, where the file names one outside its table, and where it names none."""
UNNAMED = b"\0"
"""The name of what has none because its row is missing, or is beyond the limits of `assay.bytecode.names`; no string of
a DEX file holds this byte."""


class Columns(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """One DEX file as settled arrays; indices are those of its own id tables, `NONE` where there is no such row.

    Little-endian; n stands for the rows of the table that a group of columns belongs to. Starts of compressed rows
    (`*_starts`) have n + 1 entries: those of row i lie from starts[i] to starts[i + 1]. Offsets are in bytes from the
    first byte of the DEX file, offsets of code (`*_pcs`) in 16-bit units from the first instruction of their method.
    Hashes are those of `assay.bytecode.columns.hashes`: the same name has the same hash in every file; the reverse is
    decided by bytes.

    - text u1: the bytes of the file from `text_from` on that hold all strings; string_starts u4, string_lengths u4 (in
      bytes, without the closing NUL, 0 where it cannot be read), string_hashes u8;
    - type_strings u4 (string), type_hashes u8;
    - proto_shorty u4 (string), proto_returns u4 (type), proto_parameters u4 (types), proto_hashes u8;
    - field_classes u4, field_types u4 (types), field_names u4 (string), field_hashes u8;
    - method_classes u4 (type), method_protos u4 (proto), method_names u4 (string), method_hashes u8;
    - class_types u4, class_flags u4, class_supers u4 (types), class_interfaces u4 (types), in the file's order;
    - definition_methods u4 (method), definition_classes u4 (row of the classes), definition_access u4 (flags),
      definition_code u4 (offset of the code_item as the file states it, which may lie outside; 0 = none),
      definition_bodies u8, shape (n, 2): digest of the body, (0, 0) where there is none or none that can be read;
      direct methods before virtual ones within each class;
    - defined_fields u4 (field), defined_field_classes u4 (row of the classes), defined_field_access u4 (flags);
    - references in the order of definitions, then of code: reference_starts i8 (by definition), reference_pcs u4,
      reference_opcodes u1, reference_kinds u1 (`assay.bytecode.opcodes.Reference`), reference_indices u4 (in the table
      of that kind);
    - *_user_starts i8, *_users u4: the rows of the references that name a string, type, field or method, ascending;
    - static_string_classes u4 (row of the classes), static_string_positions u4, static_string_ids u4 (string): as in
      `assay.bytecode.static_values.StaticStrings`.

    `problems` are those met while the file was read, in the order of its parts.
    """

    dex_sha256: str
    dex_size: int
    text_from: int
    problems: tuple[Problem, ...]
    text: U1
    string_starts: U4
    string_lengths: U4
    string_hashes: U8
    type_strings: U4
    type_hashes: U8
    proto_shorty: U4
    proto_returns: U4
    proto_parameter_starts: U4
    proto_parameters: U4
    proto_hashes: U8
    field_classes: U4
    field_types: U4
    field_names: U4
    field_hashes: U8
    method_classes: U4
    method_protos: U4
    method_names: U4
    method_hashes: U8
    class_types: U4
    class_flags: U4
    class_supers: U4
    class_interface_starts: U4
    class_interfaces: U4
    definition_methods: U4
    definition_classes: U4
    definition_access: U4
    definition_code: U4
    definition_bodies: U8
    defined_fields: U4
    defined_field_classes: U4
    defined_field_access: U4
    reference_starts: I8
    reference_pcs: U4
    reference_opcodes: U1
    reference_kinds: U1
    reference_indices: U4
    string_user_starts: I8
    string_users: U4
    type_user_starts: I8
    type_users: U4
    field_user_starts: I8
    field_users: U4
    method_user_starts: I8
    method_users: U4
    static_string_classes: U4
    static_string_positions: U4
    static_string_ids: U4

    def string(self, index: int) -> bytes:
        """Return the MUTF-8 bytes of a string, `UNNAMED` for `NONE`. Raises: IndexError."""
        if index == NONE:
            return UNNAMED
        if index < 0:
            raise IndexError(index)
        start = int(self.string_starts[index]) - self.text_from
        length = int(self.string_lengths[index])
        return self.text[start : start + length].tobytes() if length else b""

    def descriptor(self, type_id: int) -> bytes:
        """Return a type like ``Lorg/x/A;``, `UNNAMED` for `NONE`. Raises: IndexError."""
        return UNNAMED if type_id == NONE else self.string(int(self.type_strings[_checked(type_id)]))

    def prototype(self, proto_id: int) -> bytes:
        """Return a prototype like ``(I)V``, `UNNAMED` for `NONE` and for one beyond the limits. Raises: IndexError."""
        if proto_id == NONE:
            return UNNAMED
        start, end = self.proto_parameter_starts[_checked(proto_id) : proto_id + 2].tolist()
        if end - start > MAX_PARAMETERS:
            return UNNAMED
        types = [*self.proto_parameters[start:end].tolist(), int(self.proto_returns[proto_id])]
        if sum(map(self._descriptor_length, types)) > MAX_NAME_BYTES - 2:
            return UNNAMED
        *parameters, returns = map(self.descriptor, types)
        return b"(" + b"".join(parameters) + b")" + returns

    def method_key(self, method_id: int) -> tuple[bytes, bytes, bytes]:
        """Return class, name and prototype of a method id, `UNNAMED` for one beyond the limits. Raises: IndexError."""
        owner = self._short_descriptor(int(self.method_classes[_checked(method_id)]))
        name = self._short(int(self.method_names[method_id]))
        return owner, name, self.prototype(int(self.method_protos[method_id]))

    def field_key(self, field_id: int) -> tuple[bytes, bytes, bytes]:
        """Return class, name and type of a field id, `UNNAMED` for one beyond the limits. Raises: IndexError."""
        owner = self._short_descriptor(int(self.field_classes[_checked(field_id)]))
        name = self._short(int(self.field_names[field_id]))
        return owner, name, self._short_descriptor(int(self.field_types[field_id]))

    def _short(self, index: int) -> bytes:
        """Return a string, `UNNAMED` where it is longer than `MAX_NAME_BYTES`: many members can share a long name."""
        return UNNAMED if index != NONE and self.string_lengths[index] > MAX_NAME_BYTES else self.string(index)

    def _short_descriptor(self, type_id: int) -> bytes:
        return UNNAMED if type_id == NONE else self._short(int(self.type_strings[type_id]))

    def _descriptor_length(self, type_id: int) -> int:
        index = NONE if type_id == NONE else int(self.type_strings[_checked(type_id)])
        return len(UNNAMED) if index == NONE else int(self.string_lengths[index])


def _checked(index: int) -> int:
    """Return the index. Raises: IndexError where it is negative, which an array would take from its end."""
    if index < 0:
        raise IndexError(index)
    return index
