"""The values of one resource type in one configuration, as columns.

Source: AOSP frameworks/base, libs/androidfw/include/androidfw/ResourceTypes.h (ResTable_type, ResTable_entry,
ResTable_sparseTypeEntry, ResTable_map_entry); compact entries as of Android 14.
"""

import struct
from collections.abc import Iterator

import msgspec
import numpy as np
from numpy.typing import NDArray

from assay.artefacts.arsc_configuration import qualifiers
from assay.artefacts.resource_chunk import Chunk, gather

_TYPE = struct.Struct("<2HI2BH2I")
_SPARSE, _OFFSET16 = 1, 2
_COMPLEX, _COMPACT = 1, 8
_NO_ENTRY32, _NO_ENTRY16 = 0xFFFFFFFF, 0xFFFF
_MAP = np.dtype([("key", "<u4"), ("size", "<u2"), ("zero", "u1"), ("kind", "u1"), ("data", "<u4")])

Column = NDArray[np.int64]


class Bag(msgspec.Struct, frozen=True):
    """A value of several parts: (key, data type, data) of each, in the order of the table."""

    parent: int
    items: tuple[tuple[int, int, int], ...]


class TypeValues:
    """Columns over the entries of a type chunk, sorted by `entry`, each entry once.

    `key` is the index of the name, `at` the offset of the entry in the table in bytes, `kind` and `data` its value;
    `complex` entries have a bag instead. `skipped` counts entries that lead outside the chunk.
    """

    def __init__(self, view: memoryview, chunk: Chunk, type_offset: int, most: int) -> None:
        """Read the columns, at most `most` entries. Raises: ValueError where there are more or no header fits."""
        if chunk.start + _TYPE.size > chunk.body:
            msg = "a type chunk is too short for its header"
            raise ValueError(msg)
        _, _, _, number, flags, _, count, start = _TYPE.unpack_from(view, chunk.start)
        self._view = view[: chunk.stop]
        self.type: int = number + type_offset
        self.name_index: int = number - 1
        self.configuration = qualifiers(bytes(view[chunk.start + _TYPE.size : chunk.body]))
        entry, offset = _offsets(self._view, chunk.body, flags, count)
        if len(entry) > most:
            msg = f"{len(entry)} entries where {most} are still allowed"
            raise ValueError(msg)
        self._fill(entry, chunk.start + start + offset)

    def _fill(self, entry: Column, at: Column) -> None:
        flags = gather(self._view, at + 2, 2)
        compact = flags & _COMPACT != 0
        size = gather(self._view, at, 2)
        value = np.where(compact, at, at + size)
        complex_ = ~compact & (flags & _COMPLEX != 0)
        need = np.where(complex_ | compact, np.where(compact, at + 8, at + 16), value + 8)
        inside = need <= len(self._view)
        self.skipped = int(len(at) - inside.sum())
        self.entry, self.at, self.complex = entry[inside], at[inside], complex_[inside]
        compact, value, flags = compact[inside], value[inside], flags[inside]
        self.key = np.where(compact, gather(self._view, self.at, 2), gather(self._view, self.at + 4, 4))
        self.kind = np.where(compact, flags >> 8, gather(self._view, value + 3, 1))
        self.data = gather(self._view, value + 4, 4)

    def __len__(self) -> int:
        return len(self.entry)

    def find(self, entry: int) -> int | None:
        """Return the row of an entry, None where this configuration has none."""
        row = int(np.searchsorted(self.entry, entry))
        return row if row < len(self.entry) and int(self.entry[row]) == entry else None

    def bag_length(self, row: int) -> int:
        """Return how many parts the bag of a row has, as far as they lie inside."""
        at = int(self.at[row])
        stated = int.from_bytes(self._view[at + 12 : at + 16], "little")
        first = at + int.from_bytes(self._view[at : at + 2], "little")
        return max(0, min(stated, (len(self._view) - first) // _MAP.itemsize))

    def bag(self, row: int) -> Bag:
        """Return the bag of a row."""
        at = int(self.at[row])
        first = at + int.from_bytes(self._view[at : at + 2], "little")
        stop = first + self.bag_length(row) * _MAP.itemsize
        items = np.frombuffer(self._view[first:stop], _MAP)
        columns = (items["key"].tolist(), items["kind"].tolist(), items["data"].tolist())
        return Bag(int.from_bytes(self._view[at + 8 : at + 12], "little"), tuple(zip(*columns, strict=True)))

    def rows(self, *, complex_: bool) -> Iterator[int]:
        """Yield the rows that have, or have not, a bag."""
        yield from np.flatnonzero(self.complex == complex_).tolist()


def _offsets(view: memoryview, at: int, flags: int, count: int) -> tuple[Column, Column]:
    """Return (entry, offset from the start of the values in bytes) of each entry that has a value."""
    width = 2 if flags & _OFFSET16 and not flags & _SPARSE else 4
    fitting = max(0, min(count, (len(view) - at) // width))
    if width == 2:
        words = np.frombuffer(view[at : at + 2 * fitting], "<u2").astype(np.int64)
        entry = np.flatnonzero(words != _NO_ENTRY16)
        return entry, words[entry] * 4
    words = np.frombuffer(view[at : at + 4 * fitting], "<u4").astype(np.int64)
    if flags & _SPARSE:
        entry, first = np.unique(words & 0xFFFF, return_index=True)
        return entry, (words[first] >> 16) * 4
    entry = np.flatnonzero(words != _NO_ENTRY32)
    return entry, words[entry]
