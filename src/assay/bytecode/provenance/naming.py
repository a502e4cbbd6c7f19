"""What instructions name, as bytes; `UNNAMED` where a hostile file names what its tables do not have."""

from assay.bytecode.columns.record import NONE, UNNAMED, Columns

Member = tuple[bytes, bytes, bytes]
NOBODY: Member = (UNNAMED, UNNAMED, UNNAMED)
"""A member that is in no table."""


def string_named(columns: Columns, index: int) -> bytes:
    """Return a string."""
    return columns.string(index) if 0 <= index < len(columns.string_starts) else UNNAMED


def type_named(columns: Columns, index: int) -> bytes:
    """Return the descriptor of a type."""
    return columns.descriptor(index) if 0 <= index < len(columns.type_strings) else UNNAMED


def prototype_named(columns: Columns, index: int) -> bytes:
    """Return a prototype."""
    return columns.prototype(index) if 0 <= index < len(columns.proto_returns) else UNNAMED


def method_named(columns: Columns, index: int) -> Member:
    """Return class, name and prototype of a method."""
    return columns.method_key(index) if 0 <= index < len(columns.method_names) and index != NONE else NOBODY


def field_named(columns: Columns, index: int) -> Member:
    """Return class, name and type of a field."""
    return columns.field_key(index) if 0 <= index < len(columns.field_names) and index != NONE else NOBODY
