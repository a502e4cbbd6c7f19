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

HASH_KEY = 0x9E3779B97F4A7C15
"""The key of every hash that is kept; equal hashes are a hint, equality is decided by bytes."""
MAX_SHARING = 8
"""Bytes of strings read at most, as a multiple of the file's size: strings of a sound file do not overlap."""

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
    `hashes` u8: keyed hash of these bytes (`HASH_KEY`).
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
    _scan(data, offsets, (starts, lengths, hashes), table, np.uint64(HASH_KEY), met)
    return Strings(offsets, settled(starts), settled(lengths), settled(hashes)), faults.problems(met, _SORTS)


def hash_of(raw: bytes) -> int:
    """Return the hash that the `hashes` column holds for a string of these bytes; they contain no NUL."""
    data = settled(np.frombuffer(raw + b"\0", np.uint8))
    return int(_hash(data, 0, np.uint64(HASH_KEY))[1])


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
def _scan(data: U1, offsets: U4, columns: tuple[U4, U4, U8], table: int, key: np.uint64, met: faults.Tally) -> None:
    starts, lengths, hashes = columns
    left = MAX_SHARING * int64(data.size)
    for row in range(offsets.size):
        begin = _after_length(data, int64(offsets[row]))
        if begin < 0:
            _note(met, _OUTSIDE, table + 4 * row)
            continue
        if left <= 0:
            _note(met, _SHARED, begin)
            continue
        end, value = _hash(data, begin, key)
        left -= end - begin + 1
        if end == data.size:
            _note(met, _ENDLESS, begin)
            continue
        starts[row], lengths[row], hashes[row] = begin, end - begin, value


@kernel
def _after_length(data: U1, offset: int) -> int:
    """Return where the bytes begin, behind the uleb128 that states the length in UTF-16 units; -1 outside."""
    for place in range(offset, min(offset + 5, data.size)):
        if data[place] < 0x80:
            return place + 1 if place + 1 < data.size else -1
    return -1


@kernel
def _hash(data: U1, begin: int, key: np.uint64) -> tuple[int, np.uint64]:
    """Return where the closing NUL lies (the file's size where there is none) and the hash of the bytes before it."""
    value, word, place = key, np.uint64(0), begin
    while place < data.size:
        byte = data[place]
        if byte == 0:
            break
        word = (word << np.uint64(8)) | np.uint64(byte)
        place += 1
        if (place - begin) & 7 == 0:
            value = _mix(value, word)
            word = np.uint64(0)
    value = _mix(value, word)
    return place, _mix(value, np.uint64(place - begin))


@kernel
def _mix(value: np.uint64, word: np.uint64) -> np.uint64:
    value = (value ^ word) * np.uint64(0xFF51AFD7ED558CCD)
    return value ^ (value >> np.uint64(32))


@kernel
def _note(met: faults.Tally, sort: int, offset: int) -> None:
    if met[sort, 0] == 0:
        met[sort, 1] = offset
    met[sort, 0] += 1
