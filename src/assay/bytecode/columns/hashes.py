"""Hashes of what ids name, put together from the hashes of strings: the same descriptor, the same hash in every file.

A type has the hash of its descriptor (`assay.bytecode.strings.hash_of`). Prototypes, fields and methods mix those of
their parts, after a word that tells the three apart. `MISSING` stands for a row that does not exist. Hashes are hints:
equality is decided by bytes.
"""

from collections.abc import Sequence

import numpy as np

from assay.bytecode.columns.record import U4, U8
from assay.bytecode.columns.type_lists import TypeLists
from assay.bytecode.kernel import int64, kernel, settled
from assay.bytecode.strings import hash_of

MISSING = 0x6D15_5106_0000_0001
"""The hash of what a row names that does not exist."""
FIELD, METHOD, HANDLE = 3, 4, 6

_MASK = (1 << 64) - 1
_PROTO_KEY, _MEMBER_KEY = 0x70726F746F, 0x6D656D626572
_FACTOR = 0xFF51AFD7ED558CCD


def named(hashes: U8, ids: U4) -> U8:
    """Return the hash behind each id, `MISSING` where it is outside."""
    found = np.full(len(ids), MISSING, np.uint64)
    inside = ids < len(hashes)
    found[inside] = hashes[ids[inside]]
    return settled(found)


def proto_hashes(types: U8, returns: U4, parameters: TypeLists) -> U8:
    """Return the hash of each prototype: of its return type, its parameters and their number."""
    out = np.empty(len(returns), np.uint64)
    _protos(named(types, returns), parameters.starts, named(types, parameters.types), out)
    return settled(out)


def member_hashes(kind: int, owners: U8, names: U8, sorts: U8) -> U8:
    """Return the hash of each field or method: of its class, its name, and its type or prototype."""
    out = np.empty(len(owners), np.uint64)
    _members(kind, owners, names, sorts, out)
    return settled(out)


def hash_of_prototype(returns: bytes, parameters: Sequence[bytes]) -> int:
    """Return what `proto_hashes` gives for these descriptors."""
    return mixed(_PROTO_KEY, hash_of(returns), *map(hash_of, parameters), len(parameters))


def hash_of_method(owner: bytes, name: bytes, prototype: int) -> int:
    """Return what `member_hashes` gives for a method; `prototype` is the hash of its prototype."""
    return mixed(_MEMBER_KEY + METHOD, hash_of(owner), hash_of(name), prototype)


def hash_of_field(owner: bytes, name: bytes, type_: bytes) -> int:
    """Return what `member_hashes` gives for a field."""
    return mixed(_MEMBER_KEY + FIELD, hash_of(owner), hash_of(name), hash_of(type_))


def mixed(key: int, *words: int) -> int:
    """Return `key` with each word mixed in, as the kernels of this package do."""
    value = key
    for word in words:
        value = ((value ^ word) * _FACTOR) & _MASK
        value ^= value >> 32
    return value


@kernel
def _protos(returns: U8, starts: U4, parameters: U8, out: U8) -> None:
    for row in range(returns.size):
        first, end = int64(starts[row]), int64(starts[row + 1])
        value = _mix(np.uint64(_PROTO_KEY), returns[row])
        for i in range(first, end):
            value = _mix(value, parameters[i])
        out[row] = _mix(value, np.uint64(end - first))


@kernel
def _members(kind: int, owners: U8, names: U8, sorts: U8, out: U8) -> None:
    for row in range(owners.size):
        value = _mix(np.uint64(_MEMBER_KEY + kind), owners[row])
        out[row] = _mix(_mix(value, names[row]), sorts[row])


@kernel
def _mix(value: np.uint64, word: np.uint64) -> np.uint64:
    value = (value ^ word) * np.uint64(0xFF51AFD7ED558CCD)
    return value ^ (value >> np.uint64(32))
