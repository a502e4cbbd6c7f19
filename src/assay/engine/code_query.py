"""What can be asked of the columns of one DEX file by name: hashes find, bytes decide."""

import re
from collections.abc import Callable, Iterator

import msgspec
import numpy as np
import numpy.typing as npt

from assay.bytecode.columns import Columns
from assay.bytecode.columns.hashes import hash_of_method, hash_of_prototype
from assay.bytecode.opcodes import INVOKES
from assay.bytecode.strings import hash_of
from assay.model.errors import UsageError

U4 = npt.NDArray[np.uint32]

_METHOD = re.compile(r"(?P<owner>\[*L[^;]+;|\[+[ZBSCIJFD])->(?P<name>[^(]+)(?P<prototype>\(.*\).+)")
_TYPE = re.compile(rb"\[*(?:[VZBSCIJFD]|L[^;]*;)")
_WRITTEN = "Write it like Lorg/example/A;->m(I)V, or name owner=, name= and prototype= apart."


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """A method by its parts, as MUTF-8 bytes; None stands for any."""

    owner: bytes | None
    name: bytes | None
    prototype: bytes | None

    @property
    def key(self) -> tuple[bytes, bytes, bytes] | None:
        """Class, name and prototype where all three are given."""
        if self.owner is None or self.name is None or self.prototype is None:
            return None
        return self.owner, self.name, self.prototype


def wanted(method: str | None, owner: str | None, name: str | None, prototype: str | None) -> Wanted:
    """Return what is asked for. Raises: UsageError for what is no method, and when nothing is asked for."""
    if method is not None:
        match = _METHOD.fullmatch(method)
        if match is None:
            raise UsageError(method, "this is not a method", _WRITTEN)
        owner, name, prototype = match["owner"], match["name"], match["prototype"]
    parts = [None if part is None else mutf8(part) for part in (owner, name, prototype)]
    if parts == [None, None, None]:
        raise UsageError("methods", "nothing is asked for", _WRITTEN)
    found = Wanted(owner=parts[0], name=parts[1], prototype=parts[2])
    if found.prototype is not None and types_of(found.prototype) is None:
        raise UsageError(prototype or "", "this is not a prototype", _WRITTEN)
    return found


def mutf8(text: str) -> bytes:
    """Return a text as DEX files hold it: each UTF-16 unit by itself, NUL in two bytes."""
    units = text.encode("utf-16-be", "surrogatepass")
    halves = (int.from_bytes(units[at : at + 2], "big") for at in range(0, len(units), 2))
    return "".join(map(chr, halves)).encode("utf-8", "surrogatepass").replace(b"\0", b"\xc0\x80")


def types_of(prototype: bytes) -> tuple[bytes, tuple[bytes, ...]] | None:
    """Return the return type and the parameters of a prototype like ``(I[J)V``, None where it is none."""
    inner, close, returns = prototype[1:].partition(b")")
    parameters = tuple(_TYPE.findall(inner))
    if prototype[:1] != b"(" or not close or b"".join(parameters) != inner or _TYPE.fullmatch(returns) is None:
        return None
    return returns, parameters


def strings(columns: Columns, raw: bytes) -> U4:
    """Return the ids of all strings of exactly these bytes, ascending."""
    return _kept(np.flatnonzero(columns.string_hashes == np.uint64(hash_of(raw))), columns.string, raw)


def methods(columns: Columns, asked: Wanted) -> U4:
    """Return the ids of all methods that are asked for, ascending."""
    if asked.key is not None:
        return _kept(np.flatnonzero(columns.method_hashes == np.uint64(_hash(asked))), columns.method_key, asked.key)
    found = np.ones(len(columns.method_names), np.bool_)
    for part in _parts(columns, asked):
        found &= part
    return np.flatnonzero(found).astype(np.uint32)


def calls(columns: Columns, method_ids: U4) -> tuple[U4, U4, npt.NDArray[np.uint8]]:
    """Return the definition, place and opcode of each call that names one of these methods, in the order of code."""
    users = [
        columns.method_users[slice(*columns.method_user_starts[method : method + 2].tolist())]
        for method in method_ids.tolist()
    ]
    rows = np.sort(np.concatenate([np.empty(0, np.uint32), *users]))
    rows = rows[np.isin(columns.reference_opcodes[rows], INVOKES)]
    definitions = np.searchsorted(columns.reference_starts, rows, "right") - 1
    return definitions.astype(np.uint32), columns.reference_pcs[rows], columns.reference_opcodes[rows]


def _hash(asked: Wanted) -> int:
    owner, name, prototype = asked.key or (b"", b"", b"()V")
    returns, parameters = types_of(prototype) or (b"", ())
    return hash_of_method(owner, name, hash_of_prototype(returns, parameters))


def _parts(columns: Columns, asked: Wanted) -> Iterator[npt.NDArray[np.bool_]]:
    """Yield, for each part that is asked for, which methods have it."""
    if asked.owner is not None:
        types = np.flatnonzero(columns.type_hashes == np.uint64(hash_of(asked.owner)))
        yield np.isin(columns.method_classes, _kept(types, columns.descriptor, asked.owner))
    if asked.name is not None:
        yield np.isin(columns.method_names, strings(columns, asked.name))
    if asked.prototype is not None:
        returns, parameters = types_of(asked.prototype) or (b"", ())
        protos = np.flatnonzero(columns.proto_hashes == np.uint64(hash_of_prototype(returns, parameters)))
        yield np.isin(columns.method_protos, _kept(protos, columns.prototype, asked.prototype))


def _kept(rows: np.ndarray, of: Callable[[int], object], value: object) -> U4:
    """Return those rows that name exactly `value`: equal hashes are a hint."""
    return np.array([row for row in rows.tolist() if of(row) == value], np.uint32)
