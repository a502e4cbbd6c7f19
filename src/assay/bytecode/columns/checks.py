"""Every rule that columns keep, so that whoever reads them needs no check of his own.

Each rule is one pass over its column; together they run at the speed of memory.
"""

from collections.abc import Callable, Iterator

import numpy as np

from assay.bytecode.columns.record import NONE, Columns
from assay.bytecode.kernel import int64, kernel
from assay.bytecode.opcodes import Reference

_SAME_ROWS = (
    ("string_starts", "string_lengths", "string_hashes"),
    ("type_strings", "type_hashes"),
    ("proto_shorty", "proto_returns", "proto_hashes"),
    ("field_classes", "field_types", "field_names", "field_hashes"),
    ("method_classes", "method_protos", "method_names", "method_hashes"),
    ("class_types", "class_flags", "class_supers"),
    ("definition_methods", "definition_classes", "definition_access", "definition_code", "definition_bodies"),
    ("defined_fields", "defined_field_classes", "defined_field_access"),
    ("reference_pcs", "reference_opcodes", "reference_kinds", "reference_indices"),
    ("static_string_classes", "static_string_positions", "static_string_ids"),
)
_INSIDE_OR_NONE = (
    ("type_strings", "string_starts"),
    ("proto_shorty", "string_starts"),
    ("proto_returns", "type_strings"),
    ("proto_parameters", "type_strings"),
    ("field_classes", "type_strings"),
    ("field_types", "type_strings"),
    ("field_names", "string_starts"),
    ("method_classes", "type_strings"),
    ("method_protos", "proto_returns"),
    ("method_names", "string_starts"),
    ("class_types", "type_strings"),
    ("class_supers", "type_strings"),
    ("class_interfaces", "type_strings"),
)
_INSIDE = (
    ("definition_methods", "method_classes"),
    ("definition_classes", "class_types"),
    ("defined_fields", "field_classes"),
    ("defined_field_classes", "class_types"),
    ("string_users", "reference_pcs"),
    ("type_users", "reference_pcs"),
    ("field_users", "reference_pcs"),
    ("method_users", "reference_pcs"),
    ("static_string_classes", "class_types"),
    ("static_string_ids", "string_starts"),
)
_STARTS = (
    ("proto_parameter_starts", "proto_returns", "proto_parameters"),
    ("class_interface_starts", "class_types", "class_interfaces"),
    ("reference_starts", "definition_methods", "reference_pcs"),
    ("string_user_starts", "string_starts", "string_users"),
    ("type_user_starts", "type_strings", "type_users"),
    ("field_user_starts", "field_classes", "field_users"),
    ("method_user_starts", "method_classes", "method_users"),
)


def broken(columns: Columns) -> str:
    """Return the first rule that columns break, in words; empty where they keep all."""
    steps: tuple[Callable[[Columns], Iterator[str]], ...] = (_rows, _starts, _ids, _text, _references)
    return next((why for step in steps for why in step(columns)), "")


def _rows(columns: Columns) -> Iterator[str]:
    for first, *others in _SAME_ROWS:
        for other in others:
            if len(getattr(columns, first)) != len(getattr(columns, other)):
                yield f"{first} and {other} have not the same rows"


def _starts(columns: Columns) -> Iterator[str]:
    for name, table, rows in _STARTS:
        starts = getattr(columns, name)
        if len(starts) != len(getattr(columns, table)) + 1:
            yield f"{name} has not one row more than {table}"
        elif starts[0] != 0 or starts[-1] != len(getattr(columns, rows)) or np.any(starts[1:] < starts[:-1]):
            yield f"{name} does not rise from 0 to the rows of {rows}"


def _ids(columns: Columns) -> Iterator[str]:
    for name, table in _INSIDE_OR_NONE:
        ids, rows = getattr(columns, name), len(getattr(columns, table))
        if len(ids) and ids.max() >= rows and np.any((ids >= rows) & (ids != NONE)):
            yield f"{name} holds a row that {table} has not"
    for name, table in _INSIDE:
        ids, rows = getattr(columns, name), len(getattr(columns, table))
        if len(ids) and ids.max() >= rows:
            yield f"{name} holds a row that {table} has not"


def _text(columns: Columns) -> Iterator[str]:
    lengths = columns.string_lengths
    starts = columns.string_starts.astype(np.int64) - columns.text_from
    if np.any((lengths > 0) & ((starts < 0) | (starts + lengths > len(columns.text)))):
        yield "string_starts and string_lengths lead outside the text"


def _references(columns: Columns) -> Iterator[str]:
    limits = np.full(256, -1, np.int64)
    limits[: len(Reference)] = 1 << 32
    tables = {
        Reference.STRING: columns.string_starts,
        Reference.TYPE: columns.type_strings,
        Reference.FIELD: columns.field_classes,
        Reference.METHOD: columns.method_classes,
        Reference.PROTO: columns.proto_returns,
    }
    limits[Reference.NONE] = -1
    for kind, table in tables.items():
        limits[kind] = len(table)
    if _beyond(columns.reference_kinds, columns.reference_indices, limits) >= 0:
        yield "reference_indices holds a row that the table of its kind has not"


@kernel
def _beyond(kinds: np.ndarray, indices: np.ndarray, limits: np.ndarray) -> int:
    """Return the first reference that is not below the limit of its kind, -1 where there is none."""
    for row in range(kinds.size):
        if int64(indices[row]) >= limits[kinds[row]]:
            return row
    return -1
