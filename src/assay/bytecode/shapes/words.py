"""A word for each thing that code refers to, which does not depend on names that a shrinker can change.

Strings and members of the platform have words of their own. Of all others only the sort counts: for a method its
prototype, for a field its type, in which every class outside the platform is the same.
"""

from typing import NamedTuple

import numpy as np

from assay.bytecode.columns.hashes import hash_of_method, hash_of_prototype, mixed, named, proto_hashes
from assay.bytecode.columns.record import U8, Columns
from assay.bytecode.columns.type_lists import TypeLists
from assay.bytecode.opcodes import Reference
from assay.bytecode.shapes.platform import Mask, platform_types
from assay.bytecode.strings import hash_of

MIN_TEXT = 3
"""Shortest string, in bytes, that tells something."""
OWN, OWN_ARRAY, OWN_FIELD, OWN_METHOD, TEXT, OTHER = (mixed(0x73686170, number) for number in range(6))
"""Words of classes outside the platform and arrays of them; keys under which fields, methods and strings are mixed."""

_OBJECT = b"Ljava/lang/Object;"
_EVERYWHERE = hash_of_method(_OBJECT, b"<init>", hash_of_prototype(b"V", ()))
_JOINING = hash_of(b"Ljava/lang/StringBuilder;")
"""Compilers put strings together in several ways: members of StringBuilder tell nothing."""
_FACTOR, _HALF = np.uint64(0xFF51AFD7ED558CCD), np.uint64(32)


class Words(NamedTuple):
    """One row a reference: its word, and whether it tells something (a string, a member or type of the platform)."""

    words: U8
    telling: Mask


def mix(key: int, words: U8) -> U8:
    """Return each word mixed into a key, as `assay.bytecode.columns.hashes.mixed` does it."""
    value = (np.uint64(key) ^ words) * _FACTOR
    found: U8 = value ^ (value >> _HALF)
    return found


def type_words(columns: Columns) -> tuple[U8, Mask]:
    """Return the word of each type, and which of them tell something."""
    platform, arrays = platform_types(columns)
    own = np.where(arrays, np.uint64(OWN_ARRAY), np.uint64(OWN))
    return np.where(platform, columns.type_hashes, own), platform


def reference_words(columns: Columns) -> Words:
    """Return the words of all references in their order."""
    tables = _tables(columns)
    words = np.full(len(columns.reference_kinds), OTHER, np.uint64)
    telling = np.zeros(len(words), np.bool_)
    for kind, (of_kind, tells) in tables.items():
        rows = np.flatnonzero(columns.reference_kinds == kind)
        indices = columns.reference_indices[rows]
        inside = indices < len(of_kind)
        words[rows[inside]], telling[rows[inside]] = of_kind[indices[inside]], tells[indices[inside]]
    return Words(words, telling)


def _tables(columns: Columns) -> dict[int, tuple[U8, Mask]]:
    types, platform = type_words(columns)
    protos = TypeLists(columns.proto_parameter_starts, columns.proto_parameters)
    shapes = proto_hashes(types, columns.proto_returns, protos)
    tells = platform & (columns.type_hashes != np.uint64(_JOINING))
    of_field, of_method = _inside(tells, columns.field_classes), _inside(tells, columns.method_classes)
    joining = named(columns.type_hashes, columns.method_classes) == np.uint64(_JOINING)
    own_fields = mix(OWN_FIELD, named(types, columns.field_types))
    own_methods = mix(OWN_METHOD, named(shapes, columns.method_protos))
    everywhere = columns.method_hashes == np.uint64(_EVERYWHERE)
    return {
        Reference.STRING: (mix(TEXT, columns.string_hashes), columns.string_lengths >= MIN_TEXT),
        Reference.TYPE: (types, tells),
        Reference.FIELD: (np.where(of_field, columns.field_hashes, own_fields), of_field),
        Reference.METHOD: (
            np.where(of_method | joining, columns.method_hashes, own_methods), of_method & ~everywhere,
        ),
    }  # fmt: skip


def _inside(mask: Mask, ids: np.ndarray) -> Mask:
    """Return the mask behind each id, False where it is outside."""
    found = np.zeros(len(ids), np.bool_)
    inside = ids < len(mask)
    found[inside] = mask[ids[inside]]
    return found
