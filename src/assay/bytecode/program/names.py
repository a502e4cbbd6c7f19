"""Numbers for what parts name: symbols of types and names, prototypes, and signatures of methods and fields.

Two parts mean the same by equal numbers, and only then; -1 stands for what a file names outside its tables or in bytes
that cannot be read, which is never equal to anything.
"""

from collections.abc import Sequence
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from assay.bytecode.columns.hashes import hash_of_prototype
from assay.bytecode.columns.record import NONE, U4, Columns
from assay.bytecode.kernel import settled
from assay.bytecode.program.symbols import I4, I8, Texts, number
from assay.bytecode.strings import hash_of

Keys = npt.NDArray[np.int64]


class Names:
    """What all parts name, in arrays over all parts; rows of part p lie from starts[p] to starts[p + 1].

    - `type_symbols` i4, `type_starts` i8: the symbol of each type id;
    - `method_types` i4 (symbol of the class), `method_signatures` i4, `method_starts` i8: of each method id;
    - `field_types` i4, `field_signatures` i4, `field_starts` i8: of each field id;
    - `symbols`: what symbols stand for; `method_keys` i8: name << 32 | prototype of each signature, ascending.
    """

    def __init__(self, parts: Sequence[Columns]) -> None:
        """Number everything that the parts name."""
        self._parts = parts
        of_string = self._strings()
        self.type_starts = starts_of([len(part.type_strings) for part in parts])
        of_type = [taken(strings, part.type_strings) for strings, part in zip(of_string, parts, strict=True)]
        self.type_symbols = joined(of_type)
        of_proto = self._prototypes(of_type)
        self.method_starts = starts_of([len(part.method_names) for part in parts])
        self.field_starts = starts_of([len(part.field_names) for part in parts])
        rows = list(zip(parts, of_string, of_type, of_proto, strict=True))
        self.method_types = joined([taken(types, part.method_classes) for part, _, types, _ in rows])
        self.method_signatures, self.method_keys = _pairs(
            joined([taken(strings, part.method_names) for part, strings, _, _ in rows]),
            joined([taken(protos, part.method_protos) for part, _, _, protos in rows]),
        )
        self.field_types = joined([taken(types, part.field_classes) for part, _, types, _ in rows])
        self.field_signatures, _ = _pairs(
            joined([taken(strings, part.field_names) for part, strings, _, _ in rows]),
            joined([taken(types, part.field_types) for part, _, types, _ in rows]),
        )

    def symbol(self, raw: bytes) -> int:
        """Return the symbol of these bytes, -1 where no part has a type or a member of this name."""
        return self.symbols.find(raw, hash_of(raw)) if b"\0" not in raw else -1

    def method_signature(self, name: bytes, prototype: bytes) -> int:
        """Return the number of a signature such as ``m``, ``(I)V``; -1 where no part names it."""
        types = descriptors(prototype)
        if types is None:
            return -1
        sequence = np.array([self.symbol(each) for each in (types[-1], *types[:-1])], np.int32)
        if (sequence < 0).any():
            return -1
        proto = self.prototypes.find(sequence.tobytes(), hash_of_prototype(types[-1], types[:-1]))
        return _row_of(self.method_keys, self.symbol(name), proto)

    def signature_parts(self, signature: int) -> tuple[bytes, bytes]:
        """Return name and prototype of the number of a signature. Raises: IndexError."""
        key = int(self.method_keys[_checked(signature)])
        sequence = np.frombuffer(self.prototypes.of(key & NONE), np.int32).tolist()
        returns, *parameters = map(self.symbols.of, sequence)
        return self.symbols.of(key >> 32), b"(" + b"".join(parameters) + b")" + returns

    def _strings(self) -> list[I4]:
        """Number the strings that name types and members; return the symbol of each string of each part."""
        wanted = [_used(part) for part in self._parts]
        files = [_texts(part, rows) for part, rows in zip(self._parts, wanted, strict=True)]
        found, self.symbols = number(files)
        result = []
        for part, rows, mine in zip(self._parts, wanted, found, strict=True):
            symbols = np.full(len(part.string_starts), -1, np.int32)
            symbols[rows] = mine
            result.append(settled(symbols))
        return result

    def _prototypes(self, of_type: list[I4]) -> list[I4]:
        """Number prototypes by the symbols of their types: the return type, then the parameters."""
        files = [_sequences(part, types) for part, types in zip(self._parts, of_type, strict=True)]
        found, self.prototypes = number([texts for texts, _ in files])
        result = []
        for mine, (_, whole) in zip(found, files, strict=True):
            result.append(settled(np.where(whole, mine, np.int32(-1))))
        return result


def descriptors(prototype: bytes) -> list[bytes] | None:
    """Return the parameters of a prototype and behind them what it returns; None where it is none."""
    begin, _, rest = prototype.partition(b"(")
    parameters, closed, returns = rest.partition(b")")
    if begin or not closed or not returns:
        return None
    found, place = [], 0
    while place < len(parameters):
        end = place
        while parameters[end : end + 1] == b"[":
            end += 1
        end = parameters.find(b";", end) + 1 if parameters[end : end + 1] == b"L" else end + 1
        if not place < end <= len(parameters):
            return None
        found.append(parameters[place:end])
        place = end
    return [*found, returns]


def starts_of(sizes: list[int]) -> I8:
    """Return where the rows of each part begin among those of all, and their number at the end."""
    return settled(np.array([0, *accumulate(sizes)], np.int64))


def joined(columns: Sequence[I4]) -> I4:
    """Return the rows of all parts one behind the other."""
    return settled(np.concatenate([np.zeros(0, np.int32), *columns]).astype(np.int32, copy=False))


def taken(symbols: I4, ids: U4) -> I4:
    """Return the number behind each id, -1 where it is outside."""
    found = np.full(len(ids), -1, np.int32)
    inside = ids < len(symbols)
    found[inside] = symbols[ids[inside]]
    return settled(found)


def _checked(row: int) -> int:
    if row < 0:
        raise IndexError(row)
    return row


def _used(part: Columns) -> I8:
    """Return the strings that name a type or a member and can be read."""
    marks = np.zeros(len(part.string_starts), np.bool_)
    for ids in (part.type_strings, part.method_names, part.field_names):
        marks[ids[ids < len(marks)]] = True
    marks &= (part.string_lengths > 0) | (part.string_hashes != 0)
    return np.flatnonzero(marks)


def _texts(part: Columns, rows: I8) -> Texts:
    starts = part.string_starts[rows].astype(np.int64) - part.text_from
    lengths = part.string_lengths[rows].astype(np.int64)
    return Texts(settled(part.text), settled(starts), settled(lengths), settled(part.string_hashes[rows]))


def _sequences(part: Columns, types: I4) -> tuple[Texts, npt.NDArray[np.bool_]]:
    """Return the prototypes as sequences of four-byte symbols, and which of them name only types that exist."""
    rows = len(part.proto_returns)
    parameter_starts = part.proto_parameter_starts.astype(np.int64)
    counts = parameter_starts[1:] - parameter_starts[:-1] + 1
    starts = np.zeros(rows + 1, np.int64)
    np.cumsum(counts, out=starts[1:])
    sequence = np.empty(int(starts[-1]), np.int32)
    first = np.zeros(len(sequence), np.bool_)
    first[starts[:-1]] = True
    sequence[first], sequence[~first] = taken(types, part.proto_returns), taken(types, part.proto_parameters)
    missing = np.concatenate([np.zeros(1, np.int64), np.cumsum(sequence < 0, dtype=np.int64)])
    whole = missing[starts[1:]] == missing[starts[:-1]]
    text = settled(sequence.view(np.uint8))
    return Texts(text, settled(4 * starts[:-1]), settled(4 * counts), settled(part.proto_hashes)), whole


def _pairs(names: I4, sorts: I4) -> tuple[I4, Keys]:
    """Number pairs: return the number of each, -1 where a half is missing, and the ascending pairs."""
    there = (names >= 0) & (sorts >= 0)
    keys = names[there].astype(np.int64) << 32 | sorts[there]
    unique, inverse = np.unique(keys, return_inverse=True)
    found = np.full(len(names), -1, np.int32)
    found[there] = inverse
    return settled(found), settled(unique)


def _row_of(keys: Keys, name: int, sort: int) -> int:
    if name < 0 or sort < 0:
        return -1
    key = name << 32 | sort
    row = int(np.searchsorted(keys, key))
    return row if row < len(keys) and int(keys[row]) == key else -1
