"""Tables that bind Java methods to native functions: three pointers a row, as JNI's RegisterNatives takes them.

Found by structure: a name, a signature that parses, and an address in code. The class is not part of such a table.

Source: Java Native Interface Specification, chapter 4, RegisterNatives (JNINativeMethod).
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from assay.artefacts.elf_memory import I8, Memory
from assay.artefacts.elf_relocations import Pointers
from assay.artefacts.jni_names import is_method_name, is_signature
from assay.artefacts.problem_log import ProblemLog

MAX_REGISTRATIONS = 100_000
"""Most rows that are read in one library."""
MAX_CANDIDATES = 400_000
"""Most rows whose texts are looked at, to see whether they are such."""
MAX_SIGNATURE = 4096
"""Longest signature in bytes, and more than the longest name."""


class Registration(NamedTuple):
    """One row: the place of its three pointers, and of its `function`, in bytes from the file's first byte.

    `table`: offset of the first row of the unbroken run of rows that it stands in.
    """

    offset: int
    length: int
    table: int
    name: bytes
    signature: bytes
    function: int


def registrations(memory: Memory, pointers: Pointers, word: int, log: ProblemLog) -> Iterator[Registration]:
    """Yield the rows of all tables, by rising address."""
    candidates = _candidates(memory, pointers, word)
    offsets = memory.offsets(pointers.slots)
    table, behind, found = 0, -1, 0
    if len(candidates) > MAX_CANDIDATES:
        what = f"more than {MAX_CANDIDATES} rows of pointers that could be JNI tables"
        log.add(None, what, "the first were looked at", "later rows are not known")
    for row in candidates[:MAX_CANDIDATES].tolist():
        read = _row(memory, pointers, row)
        if read is None:
            continue
        found += 1
        if found > MAX_REGISTRATIONS:
            cost = "later rows are not known"
            log.add(None, f"more than {MAX_REGISTRATIONS} rows of JNI tables", "the first were kept", cost)
            return
        offset, slot = int(offsets[row]), int(pointers.slots[row])
        table = table if slot == behind else offset
        behind = slot + 3 * word
        yield Registration(offset, 3 * word, table, *read)


def _candidates(memory: Memory, pointers: Pointers, word: int) -> I8:
    """Return the rows of `pointers` that begin three words side by side, the second of which points to a ``(``."""
    slots, step = pointers.slots, np.uint64(word)
    if len(slots) < 3:
        return np.zeros(0, np.int64)
    triple = (slots[1:-1] - slots[:-2] == step) & (slots[2:] - slots[1:-1] == step)
    rows = np.flatnonzero(triple & (memory.offsets(slots[:-2]) >= 0))
    at = memory.offsets(pointers.targets[rows + 1])
    rows, at = rows[at >= 0], at[at >= 0]
    first = np.frombuffer(memory.view, np.uint8)[at]
    return rows[np.isin(first, tuple(b"(!"))]


def _row(memory: Memory, pointers: Pointers, row: int) -> tuple[bytes, bytes, int] | None:
    name, signature, function = (int(target) for target in pointers.targets[row : row + 3])
    code, raw = memory.load(function), _text(memory, name)
    if code is None or not code.executable or not is_method_name(raw):
        return None
    described = _text(memory, signature)
    return (raw, described, memory.offset(function) or 0) if is_signature(described) else None


def _text(memory: Memory, address: int) -> bytes:
    """Return the bytes before the NUL at an address, none where there is no NUL within `MAX_SIGNATURE`."""
    offset, length = memory.span(address, MAX_SIGNATURE)
    text, end, _ = bytes(memory.view[offset : offset + length]).partition(b"\0")
    return text if end else b""
