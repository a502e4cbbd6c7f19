"""Android's packed relocations (APS2): groups of relocations as differences in signed LEB128.

Source: AOSP bionic, linker/linker_reloc_iterators.h (for_all_packed_relocs) and linker/linker_sleb128.h.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from assay.artefacts.elf_memory import U8
from assay.artefacts.problem_log import ProblemLog
from assay.model.locator import ByteRange

PACKED = b"APS2"
"""How packed relocations begin."""
_BY_INFO, _BY_OFFSET, _BY_ADDEND, _HAS_ADDEND = 1, 2, 4, 8
_MASK = (1 << 64) - 1
I8 = npt.NDArray[np.int64]


class _State(NamedTuple):
    """What the next relocation is a difference to: numbers modulo 2⁶⁴."""

    offset: int
    info: int
    addend: int


def signed_leb128(raw: memoryview) -> I8:
    """Return the numbers of a run of signed LEB128, modulo 2⁶⁴; an unfinished one at the end is left out."""
    data = np.frombuffer(raw, np.uint8) if raw else np.zeros(0, np.uint8)
    ends = np.flatnonzero(data < 0x80)
    starts = np.concatenate([[0], ends[:-1] + 1]).astype(np.int64)[: len(ends)]
    lengths, values = ends - starts + 1, np.zeros(len(ends), np.uint64)
    for byte in range(min(10, int(lengths.max(initial=0)))):
        rows = lengths > byte
        values[rows] |= (data[starts[rows] + byte] & 0x7F).astype(np.uint64) << np.uint64(7 * byte)
    negative = (lengths < 10) & (data[ends] & 0x40 != 0)
    values[negative] |= np.uint64(_MASK) << (7 * lengths[negative]).astype(np.uint64)
    return values.view(np.int64)


def unpack(raw: memoryview, *, addends: bool, limit: int, at: int, log: ProblemLog) -> tuple[U8, U8, U8]:
    """Return addresses, infos and addends of packed relocations, at most `limit`, as far as they are sound.

    `at`: offset in bytes of the run, for the problem that is recorded where it breaks off.
    """
    values = signed_leb128(raw)
    count = int(values[0]) if len(values) else 0
    if 0 <= count <= limit:
        parts, done = _groups(values, count, addends=addends)
    else:
        parts, done = [], -1
    if done != count:
        what = f"packed relocations break off: {max(done, 0)} of {count} can be read"
        log.add(ByteRange(at, len(raw)), what, "those were read", "tables of pointers may be incomplete")
    empty = np.zeros(0, np.uint64)
    addresses, infos, numbers = (np.concatenate([empty, *(part[k] for part in parts)]) for k in range(3))
    return addresses, infos, numbers


def _groups(values: I8, count: int, *, addends: bool) -> tuple[list[tuple[U8, U8, U8]], int]:
    parts: list[tuple[U8, U8, U8]] = []
    done, at = 0, 2
    state = _State(int(values[1]) & _MASK if len(values) > 1 else 0, 0, 0)
    while done < count and at + 2 <= len(values):
        size, flags = int(values[at]), int(values[at + 1])
        if not 0 < size <= count - done:
            break
        group = _group(values, at + 2, (size, flags if addends else flags & 3), state)
        if group is None:
            break
        part, at, state = group
        parts.append(part)
        done += size
    return parts, done


def _group(values: I8, at: int, shape: tuple[int, int], state: _State) -> tuple[tuple[U8, U8, U8], int, _State] | None:
    """Return the relocations of a group, where the next one begins, and the state behind it; None where cut off.

    `shape`: how many relocations, and the flags that say which of their numbers stand once for all.
    """
    size, flags = shape
    heads = bool(flags & _BY_OFFSET) + bool(flags & _BY_INFO) + (flags & 12 == _BY_ADDEND | _HAS_ADDEND)
    each = (not flags & _BY_OFFSET) + (not flags & _BY_INFO) + (flags & 12 == _HAS_ADDEND)
    end = at + heads + each * size
    if end > len(values):
        return None
    head = iter(values[at : at + heads].tolist())
    columns = iter(values[at + heads : end].view(np.uint64).reshape(size, each).T)
    steps = np.full(size, next(head) & _MASK, np.uint64) if flags & _BY_OFFSET else next(columns)
    infos = np.full(size, next(head) & _MASK, np.uint64) if flags & _BY_INFO else next(columns)
    offsets = _running(state.offset, steps)
    numbers = _addends(flags, head, columns, state.addend, size)
    after = _State(int(offsets[-1]), int(infos[-1]), int(numbers[-1]))
    return (offsets, infos, numbers), end, after


def _addends(flags: int, head: Iterator[int], columns: Iterator[U8], before: int, size: int) -> U8:
    if flags & 12 == _HAS_ADDEND:
        return _running(before, next(columns))
    value = before + next(head) if flags & 12 == _BY_ADDEND | _HAS_ADDEND else 0
    return np.full(size, value & _MASK, np.uint64)


def _running(before: int, steps: U8) -> U8:
    return np.cumsum(np.concatenate([np.array([before], np.uint64), steps]), dtype=np.uint64)[1:]
