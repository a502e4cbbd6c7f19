"""What the method ids of one DEX file mean to the scan: operators and roles, by class and name, as arrays."""

from functools import cache
from typing import NamedTuple, TypeVar

import msgspec
import numpy as np
import numpy.typing as npt

from assay.bytecode.dex import DexFile
from assay.bytecode.kernel import settled
from assay.bytecode.sites.catalogue import BYTES, CALLS, OPEN_TYPES, ROLES, TEXT_TYPES, Operand
from assay.bytecode.sites.record import FAMILIES, OPERATORS, Typed
from assay.bytecode.strings import hash_of

U1 = npt.NDArray[np.uint8]
I2 = npt.NDArray[np.int16]
U8 = npt.NDArray[np.uint64]
I4 = npt.NDArray[np.int32]

MAX_STEPS_UP = 32
"""Superclasses that are looked through for one that is known."""


Scalar = TypeVar("Scalar", bound=np.generic)


class Call(NamedTuple):
    """One comparing call of the catalogue: rows of `FAMILIES` and `OPERATORS`, and the operands."""

    family: int
    operator: int
    operand: Operand


class _Known(NamedTuple):
    """The catalogue by number: `classes` and `names` as raw strings, `meaning` and `roles` by (class, name)."""

    strings: dict[int, list[bytes]]
    sorted_hashes: U8
    classes: dict[bytes, int]
    names: dict[bytes, int]
    calls: I2
    roles: U1


CALL_LIST: tuple[Call, ...] = tuple(
    dict.fromkeys(
        Call(FAMILIES.index(family), OPERATORS.index(operator), operand)
        for family, operand, _, named in CALLS
        for operator in named.values()
    )
)
"""Every distinct call; `Callables.calls` holds rows of it."""


class Callables(msgspec.Struct, frozen=True, eq=False):
    """What ids mean, as arrays by id.

    By method id: `calls` i2, row of `CALL_LIST`, -1 for others; `roles` u1 (`catalogue.ROLES`), 0 for others;
    `typed` u1 (`Typed`): its result; `hashes` u1: 1 for String.hashCode. By type id: `types` u1 (`Typed`). By field id:
    `fields` u1.
    """

    calls: I2
    roles: U1
    typed: U1
    hashes: U1
    types: U1
    fields: U1


def callables(dex: DexFile) -> Callables:
    """Return what the ids of a file mean."""
    known, tables = _known(), dex.tables
    classes, names = _numbers(dex, known)
    strings = len(classes) - 1
    owner = classes[np.minimum(tables.types["descriptor"], strings)]
    _kin(dex, owner, known.classes[b"Ljava/lang/Object;"])
    types = _typed(owner, known)
    of_method = _taken(owner, tables.methods["class"], -1)
    called = names[np.minimum(tables.methods["name"], strings)]
    both = (of_method >= 0) & (called >= 0)
    calls, roles = np.full(len(of_method), -1, np.int16), np.zeros(len(of_method), np.uint8)
    calls[both], roles[both] = (table[of_method[both], called[both]] for table in (known.calls, known.roles))
    results = _taken(tables.protos["returns"].astype(np.int64), tables.methods["proto"], -1)
    hashing = (of_method == known.classes[b"Ljava/lang/String;"]) & (called == known.names[b"hashCode"])
    return Callables(
        settled(calls), settled(roles), settled(_taken(types, results, 0)), settled(hashing.astype(np.uint8)),
        settled(types), settled(_taken(types, tables.fields["type"], 0)),
    )  # fmt: skip


def _taken(table: npt.NDArray[Scalar], rows: npt.NDArray[np.integer], other: int) -> npt.NDArray[Scalar]:
    """Return the value at each row, `other` outside."""
    padded = np.append(table, np.array([other], table.dtype))
    inside = (rows >= 0) & (rows < len(table))
    return padded[np.where(inside, rows, len(table))]


@cache
def _known() -> _Known:
    """Number classes and names of the catalogue."""
    owners = [*TEXT_TYPES, *OPEN_TYPES, *(c for row in CALLS for c in row[2]), *(c for row in ROLES for c in row[1])]
    described = dict.fromkeys([*BYTES, *(f"L{name};" for name in owners)])
    classes = {name.encode(): number for number, name in enumerate(described)}
    every = [*(n for row in CALLS for n in row[3]), *(n for row in ROLES for n in row[2])]
    words = {name.encode(): number for number, name in enumerate(dict.fromkeys(every))}
    names = {**words, **{name + b"$default": number for name, number in words.items()}}
    calls, roles = (np.full((len(classes), len(words)), -1, np.int16), np.zeros((len(classes), len(words)), np.uint8))
    for family, operand, places, named in CALLS:
        for name, operator in named.items():
            call = Call(FAMILIES.index(family), OPERATORS.index(operator), operand)
            for place in places:
                calls[classes[f"L{place};".encode()], words[name.encode()]] = CALL_LIST.index(call)
    for role, places, wanted in ROLES:
        for place in places:
            roles[classes[f"L{place};".encode()], [words[name.encode()] for name in wanted]] = role
    strings: dict[int, list[bytes]] = {}
    for raw in (*classes, *names):
        strings.setdefault(hash_of(raw), []).append(raw)
    return _Known(strings, settled(np.array(sorted(strings), np.uint64)), classes, names, calls, roles)


def _numbers(dex: DexFile, known: _Known) -> tuple[I4, I4]:
    """Return the number of the class and of the name that each string is, -1 for others; one more row for no string."""
    hashes = dex.strings.hashes
    classes, names = (np.full(len(hashes) + 1, -1, np.int32) for _ in range(2))
    at = np.minimum(np.searchsorted(known.sorted_hashes, hashes), len(known.sorted_hashes) - 1)
    for index in np.flatnonzero(known.sorted_hashes[at] == hashes).tolist():
        raw = dex.string_bytes(index)
        if raw in known.strings[int(hashes[index])]:
            classes[index], names[index] = known.classes.get(raw, -1), known.names.get(raw, -1)
    return classes, names


def _kin(dex: DexFile, owner: I4, root: int) -> None:
    """Give classes of the file that extend a known one its number; Object is no kin that tells anything."""
    classes, types = dex.tables.classes, len(owner)
    rows = np.flatnonzero((classes["class"] < types) & (classes["superclass"] < types))
    own, above = classes["class"][rows], classes["superclass"][rows]
    for _ in range(MAX_STEPS_UP):
        new = (owner[own] < 0) & (owner[above] >= 0) & (owner[above] != root)
        if not new.any():
            return
        owner[own[new]] = owner[above[new]]


def _typed(owner: I4, known: _Known) -> U1:
    """Return whether a value of each type is text."""
    found = np.full(len(owner), Typed.NO, np.uint8)
    open_types = [*BYTES, *(f"L{name};" for name in OPEN_TYPES)]
    for names, value in (([f"L{name};" for name in TEXT_TYPES], Typed.YES), (open_types, Typed.UNKNOWN)):
        found[np.isin(owner, [known.classes[name.encode()] for name in names])] = value
    return found
