"""Where each string lies, how long it is, and a keyed hash of its bytes.

Source: Android Open Source Project, "Dalvik executable format": string_data_item, MUTF-8 encoding.
"""

import msgspec
import numpy as np
import numpy.typing as npt

from assay.bytecode import faults
from assay.bytecode.kernel import int64, kernel, settled
from assay.bytecode.tables import U4, Tables
from assay.model import text
from assay.model.problem import Problem

U1 = npt.NDArray[np.uint8]
U8 = npt.NDArray[np.uint64]

MAX_SHARING = 8
"""Bytes of strings read at most, as a multiple of the file's size: strings of a sound file do not overlap."""

_KEY = np.uint64(0x9E3779B97F4A7C15)
"""The key of every hash that is kept; equal hashes are a hint, equality is decided by bytes."""
_ONES, _TOPS = np.uint64(0x0101010101010101), np.uint64(0x8080808080808080)
"""(word - ones) & ~word & tops is not 0 exactly where one of the eight bytes of a word is 0."""

_OUTSIDE, _ENDLESS, _SHARED = 0, 1, 2
_SORTS = (
    ("strings lie outside the file", "read as empty", "text may be missing from the index"),
    ("strings have no end", "read as empty", "text may be missing from the index"),
    ("strings overlap so often that reading them all would take too long", "read as empty",
     "text is missing from the index"),
)  # fmt: skip


class Strings(msgspec.Struct, frozen=True, eq=False):
    """Strings in the order of their ids, which a sound file sorts by UTF-16 value. All arrays have one row a string.

    `offsets` u4: offset of the string_data_item; `starts` u4: offset of its first MUTF-8 byte (both in bytes from the
    file's first byte); `lengths` u4: bytes before the closing NUL, 0 for strings that cannot be read;
    `hashes` u8: keyed hash of these bytes (`hash_of`): over little-endian words of eight bytes, the last one filled
    with zeros, then the length; each word is mixed in by `_mix`.
    """

    offsets: U4
    starts: U4
    lengths: U4
    hashes: U8


def read_strings(tables: Tables, data: U1, table: int) -> tuple[Strings, list[Problem]]:
    """Return the columns of all strings and the problems met; `table` is the offset of the string ids in bytes."""
    offsets = settled(tables.strings["data"])
    starts, lengths = np.zeros(len(offsets), np.uint32), np.zeros(len(offsets), np.uint32)
    hashes = np.zeros(len(offsets), np.uint64)
    met = faults.tally(len(_SORTS))
    _scan(data, _words(data), offsets, (starts, lengths, hashes), table, met)
    return Strings(offsets, settled(starts), settled(lengths), settled(hashes)), faults.problems(met, _SORTS)


def hash_of(raw: bytes) -> int:
    """Return the hash that the `hashes` column holds for a string of these bytes; they contain no NUL."""
    data = settled(np.frombuffer(b"\0" + raw + b"\0", np.uint8).copy())
    columns = np.zeros(1, np.uint32), np.zeros(1, np.uint32), np.zeros(1, np.uint64)
    _scan(data, _words(data), settled(np.zeros(1, np.uint32)), columns, 0, faults.tally(len(_SORTS)))
    return int(columns[2][0])


def _words(data: U1) -> U8:
    """Return the bytes as little-endian words of eight, the last incomplete one left out; they lie on that grid."""
    return settled(data[: len(data) & ~7].view("<u8"))


def text_of(raw: bytes) -> str:
    """Return MUTF-8 as text as found: surrogate pairs joined; what is not MUTF-8 stays bytes behind the marker."""
    try:
        return text.from_str(raw.decode("utf-8"))
    except UnicodeDecodeError:
        return _modified(raw)


def _modified(raw: bytes) -> str:
    try:
        halves = raw.replace(b"\xc0\x80", b"\0").decode("utf-8", "surrogatepass")
        return text.from_str(halves.encode("utf-16-le", "surrogatepass").decode("utf-16-le"))
    except UnicodeDecodeError:
        return text.from_bytes(raw)


@kernel
def _scan(  # noqa: C901 - one function, as the rules of kernels ask
    data: U1, words: U8, offsets: U4, columns: tuple[U4, U4, U8], table: int, met: faults.Tally
) -> None:
    """Write where each string begins, how many bytes it has before its NUL, and their hash.

    Eight bytes at a time while none of them is NUL, put together from two words of the grid; the rest one by one.
    """
    starts, lengths, hashes = columns
    left = MAX_SHARING * int64(data.size)
    for row in range(offsets.size):
        offset = int64(offsets[row])
        begin = offset
        while begin < min(offset + 4, data.size) and data[begin] >= 0x80:
            begin += 1
        if begin + 1 >= data.size or data[begin] >= 0x80:
            _note(met, _OUTSIDE, table + 4 * row)
            continue
        begin += 1
        if left <= 0:
            _note(met, _SHARED, begin)
            continue
        value, place, grid = _KEY, begin, begin >> 3
        shift = np.uint64((begin & 7) << 3)
        while grid + 1 < words.size:
            word = words[grid] >> shift
            if shift:
                word |= words[grid + 1] << (np.uint64(64) - shift)
            if (word - _ONES) & ~word & _TOPS:
                break
            value = _mix(value, word)
            grid += 1
            place += 8
        word, shift = np.uint64(0), np.uint64(0)
        while place < data.size and data[place]:
            word |= np.uint64(data[place]) << shift
            shift += np.uint64(8)
            place += 1
            if shift == np.uint64(64):
                value, word, shift = _mix(value, word), np.uint64(0), np.uint64(0)
        left -= place - begin + 1
        if place >= data.size:
            _note(met, _ENDLESS, begin)
            continue
        starts[row], lengths[row] = begin, place - begin
        hashes[row] = _mix(_mix(value, word), np.uint64(place - begin))


@kernel
def _mix(value: np.uint64, word: np.uint64) -> np.uint64:
    value = (value ^ word) * np.uint64(0xFF51AFD7ED558CCD)
    return value ^ (value >> np.uint64(32))


@kernel
def _note(met: faults.Tally, sort: int, offset: int) -> None:
    if met[sort, 0] == 0:
        met[sort, 1] = offset
    met[sort, 0] += 1
