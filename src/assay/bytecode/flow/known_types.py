"""What a DEX file says about types, as tables by index: sorts of descriptors, results of methods, elements of arrays.

Source: Android Open Source Project, "Dalvik executable format": TypeDescriptor, proto_id_item, method_id_item.
"""

import msgspec
import numpy as np
import numpy.typing as npt

from assay.bytecode.dex import DexFile
from assay.bytecode.kernel import settled

U1 = npt.NDArray[np.uint8]
I4 = npt.NDArray[np.int32]
Integers = npt.NDArray[np.integer]

NO_TYPE = -1
"""Stands for a type that cannot be known, or has no type id in this file."""

_NAMED = (b"Ljava/lang/String;", b"Ljava/lang/Class;", b"Ljava/lang/Throwable;", b"Ljava/lang/invoke/MethodHandle;",
          b"Ljava/lang/invoke/MethodType;")  # fmt: skip
STRING, CLASS, THROWABLE, METHOD_HANDLE, METHOD_TYPE = range(5)
"""Rows of `KnownTypes.named`."""


class KnownTypes(msgspec.Struct, frozen=True, eq=False):
    """Tables by index of the file; type indices i4, `NO_TYPE` where nothing can be said.

    `sorts` u1, by type: the first byte of its descriptor, 0 where that cannot be read; `elements`, by type: the type of
    an array's elements; `results`, by method, and `proto_results`, by prototype: what is returned; `fields`, by field:
    its type; `starts_object` u1, by method: 1 for those named ``<init>``; `named`: types the instruction set names.
    """

    sorts: U1
    elements: I4
    results: I4
    proto_results: I4
    fields: I4
    starts_object: U1
    named: I4


def known_types(dex: DexFile) -> KnownTypes:
    """Return the tables of a file."""
    tables = dex.tables
    types = len(tables.types)
    proto_results = _inside(tables.protos["returns"], types)
    results = _at(proto_results, tables.methods["proto"])
    starts_object = np.isin(tables.methods["name"], dex.find_string(b"<init>")).astype(np.uint8)
    ids = _by_string(dex)
    named = np.array([_find(dex, ids, name) for name in _NAMED], np.int32)
    return KnownTypes(
        settled(_sorts(dex)), settled(_elements(dex, ids)), settled(results), settled(proto_results),
        settled(_inside(tables.fields["type"], types)), settled(starts_object), settled(named),
    )  # fmt: skip


def _inside(indices: Integers, rows: int) -> I4:
    return np.where(indices < rows, indices, NO_TYPE).astype(np.int32)


def _at(table: I4, indices: Integers) -> I4:
    """Return the row of a table at each index, `NO_TYPE` outside it."""
    padded = np.append(table, np.int32(NO_TYPE))
    return padded[np.minimum(indices, len(table))].astype(np.int32)


def _sorts(dex: DexFile) -> U1:
    """Return the first byte of each descriptor; strings that cannot be read are empty."""
    strings = dex.strings
    if len(strings.starts) == 0:
        return np.zeros(len(dex.tables.types), np.uint8)
    rows = np.minimum(dex.tables.types["descriptor"], len(strings.starts) - 1)
    there = (dex.tables.types["descriptor"] < len(strings.starts)) & (strings.lengths[rows] > 0)
    places = np.where(there, strings.starts[rows], 0)
    return np.where(there, dex.data[places], 0).astype(np.uint8)


def _by_string(dex: DexFile) -> dict[int, int]:
    """Return the first type index of each string that is a descriptor."""
    strings = dex.tables.types["descriptor"].tolist()
    return {string: row for row, string in reversed(list(enumerate(strings)))}


def _find(dex: DexFile, ids: dict[int, int], descriptor: bytes) -> int:
    return next((ids[string] for string in dex.find_string(descriptor) if string in ids), NO_TYPE)


def _elements(dex: DexFile, ids: dict[int, int]) -> I4:
    elements = np.full(len(dex.tables.types), NO_TYPE, np.int32)
    for row in np.flatnonzero(_sorts(dex) == ord("[")).tolist():
        elements[row] = _find(dex, ids, dex.string_bytes(int(dex.tables.types["descriptor"][row]))[1:])
    return elements
