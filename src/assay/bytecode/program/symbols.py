"""One number for each byte string over many files: equal hashes group, equal bytes decide.

Hashes have a key that everybody knows, so a hostile file can plant any number of strings of one hash. Strings that
differ from the first of their group are told apart by a dictionary of Python, whose hashes have a secret key: the work
stays in step with the number of strings.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from assay.bytecode.kernel import int64, kernel, settled

U1 = npt.NDArray[np.uint8]
U8 = npt.NDArray[np.uint64]
I4 = npt.NDArray[np.int32]
I8 = npt.NDArray[np.int64]


class Texts(NamedTuple):
    """Byte strings of one file: `starts` i8 and `lengths` i8 in `text` u1, `hashes` u8; one row a string."""

    text: U1
    starts: I8
    lengths: I8
    hashes: U8


class Symbols(NamedTuple):
    """Unique byte strings: those of symbol s lie in `text` from starts[s] to starts[s] + lengths[s].

    The first symbols are in the order of `hashes` u8, which are unique; those behind them collide with one of these
    and stand in `collided`.
    """

    text: U1
    starts: I8
    lengths: I8
    hashes: U8
    collided: dict[bytes, int]

    @property
    def size(self) -> int:
        """Number of symbols."""
        return len(self.starts)

    def of(self, symbol: int) -> bytes:
        """Return the bytes of a symbol. Raises: IndexError."""
        if symbol < 0:
            raise IndexError(symbol)
        start = int(self.starts[symbol])
        return self.text[start : start + int(self.lengths[symbol])].tobytes()

    def find(self, raw: bytes, hash_: int) -> int:
        """Return the symbol of these bytes, whose hash is `hash_`; -1 where there is none."""
        symbol = int(np.searchsorted(self.hashes, np.uint64(hash_)))
        if symbol < len(self.hashes) and int(self.hashes[symbol]) == hash_ and self.of(symbol) == raw:
            return symbol
        return self.collided.get(raw, -1)


def number(files: Sequence[Texts]) -> tuple[list[I4], Symbols]:
    """Return the symbol of each string of each file, and what symbols stand for."""
    sizes = [len(each.hashes) for each in files]
    hashes = np.concatenate([np.zeros(0, np.uint64), *(each.hashes for each in files)])
    unique, first, inverse = np.unique(hashes, return_index=True, return_inverse=True)
    found = _split(inverse.astype(np.int32), sizes)
    symbols = _pool(files, first, sizes, unique)
    wrong = [_differing(each, mine, symbols) for each, mine in zip(files, found, strict=True)]
    if any(len(rows) for rows in wrong):
        symbols = _tell_apart(files, found, wrong, symbols)
    return [settled(each) for each in found], symbols


def _split(whole: I4, sizes: list[int]) -> list[I4]:
    return [part.copy() for part in np.split(whole, np.cumsum(sizes, dtype=np.int64)[:-1])] if sizes else []


def _pool(files: Sequence[Texts], first: I8, sizes: list[int], unique: U8) -> Symbols:
    """Copy the first string of each hash out of its file."""
    lengths = np.concatenate([np.zeros(0, np.int64), *(each.lengths for each in files)])[first]
    starts = np.zeros(len(first) + 1, np.int64)
    np.cumsum(lengths, out=starts[1:])
    text, begin = np.zeros(int(starts[-1]), np.uint8), 0
    for each, size in zip(files, sizes, strict=True):
        chosen = np.flatnonzero((first >= begin) & (first < begin + size))
        _copy(each.text, each.starts, each.lengths, settled(first[chosen] - begin), settled(starts[chosen]), text)
        begin += size
    return Symbols(settled(text), settled(starts[:-1]), settled(lengths), settled(unique), {})


def _differing(file: Texts, found: I4, symbols: Symbols) -> I8:
    """Return the rows whose bytes are not those of their symbol."""
    same = np.zeros(len(found), np.uint8)
    _compare(file.text, file.starts, file.lengths, settled(found), symbols.text, symbols.starts, symbols.lengths, same)
    return np.flatnonzero(same == 0)


def _tell_apart(files: Sequence[Texts], found: list[I4], wrong: list[I8], symbols: Symbols) -> Symbols:
    """Give strings that differ from their symbol symbols of their own, written to `found`."""
    collided: dict[bytes, int] = {}
    for file, mine, rows in zip(files, found, wrong, strict=True):
        for row in rows.tolist():
            start = int(file.starts[row])
            raw = file.text[start : start + int(file.lengths[row])].tobytes()
            mine[row] = collided.setdefault(raw, symbols.size + len(collided))
    lengths = np.array([len(raw) for raw in collided], np.int64)
    starts = len(symbols.text) + np.cumsum(lengths) - lengths
    more = np.frombuffer(b"".join(collided), np.uint8)
    return Symbols(
        settled(np.concatenate([symbols.text, more])),
        settled(np.concatenate([symbols.starts, starts])),
        settled(np.concatenate([symbols.lengths, lengths])),
        symbols.hashes,
        collided,
    )


@kernel
def _copy(text: U1, starts: I8, lengths: I8, rows: I8, places: I8, out: U1) -> None:
    for i in range(rows.size):
        begin, place = starts[rows[i]], places[i]
        for k in range(lengths[rows[i]]):
            out[place + k] = text[begin + k]


@kernel
def _compare(
    text: U1, starts: I8, lengths: I8, found: I4, pool: U1, pool_starts: I8, pool_lengths: I8, same: U1
) -> None:
    for row in range(starts.size):
        symbol = int64(found[row])
        length = lengths[row]
        if pool_lengths[symbol] != length:
            continue
        mine, other, k = starts[row], pool_starts[symbol], 0
        while k < length and text[mine + k] == pool[other + k]:
            k += 1
        if k == length:
            same[row] = 1
