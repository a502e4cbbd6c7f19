"""Hermes bytecode: the strings of a compiled JavaScript bundle, with their places.

Only what stands before the header's first field that moved between versions is needed: counts of functions, string
kinds, identifiers and strings. Offsets are bytes from the first byte of the file.

Source: Hermes, include/hermes/BCGen/HBC/BytecodeFileFormat.h (BytecodeFileHeader, SmallStringTableEntry,
OverflowStringTableEntry), versions 59 to 96.
"""

import struct
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from assay.artefacts.problem_log import ProblemLog
from assay.artefacts.script import MAX_SCRIPT_STRINGS, Script, ScriptString
from assay.model import text as found
from assay.model.errors import Unreadable
from assay.model.limits import MIB
from assay.model.locator import ByteRange
from assay.model.problem import Problem
from assay.model.source import ByteSource
from assay.registry import reader

MAGIC = (0x1F1903C103BC1FC6).to_bytes(8, "little")
FIRST_VERSION, LAST_VERSION = 59, 96
"""Versions whose string tables lie alike; another layout is refused by its number."""
MAX_SHARING = 8
"""Bytes of strings read at most, as a multiple of their storage: the compiler lets strings overlap a little."""
FREE_BYTES = MIB

_HEADER = struct.Struct("<8sI20s9I")
_HEADER_BYTES, _FUNCTION_BYTES = 128, 16
_OVERFLOWN = 0xFF
U4 = npt.NDArray[np.uint32]


class HermesBytecode(Script):
    """A bundle compiled for Hermes; its strings in the order of its table."""

    language = "JavaScript"

    def __init__(self, source: ByteSource) -> None:
        """Read the tables. Raises: Unreadable for another version, and for a file cut off before its strings."""
        self._view = source.view()
        if len(self._view) < _HEADER_BYTES:
            raise Unreadable(f"Hermes bytecode of {len(self._view)} bytes is cut off inside its header")
        _, number, _, size, _, functions, *counts = _HEADER.unpack_from(self._view)
        if not FIRST_VERSION <= number <= LAST_VERSION:
            raise Unreadable(f"Hermes bytecode of version {number}, whose layout is not known here")
        self.version = f"Hermes {number}"
        self.functions = functions
        self._log = ProblemLog()
        if size != len(self._view):
            what = f"the header states {size} bytes and there are {len(self._view)}"
            self._log.add(ByteRange(32, 4), what, "read as it is", "the bundle may be cut off or changed")
        self._tables(_HEADER_BYTES + _FUNCTION_BYTES * functions, counts)

    @property
    def problems(self) -> Sequence[Problem]:
        """Problems met so far, in the order they were met."""
        return self._log()

    def _tables(self, at: int, counts: list[int]) -> None:
        """Read the tables behind the functions: kinds, hashes of identifiers, strings, longer strings, storage."""
        kinds, identifiers, strings, longer, storage = counts[:5]
        small = at + 4 * kinds + 4 * identifiers
        overflow = small + 4 * strings
        begin = overflow + 8 * longer
        if begin > len(self._view):
            what = f"Hermes bytecode states {self.functions} functions and {strings} strings, more than its bytes hold"
            raise Unreadable(what)
        if begin + storage > len(self._view):
            what = f"{storage} bytes of strings, of which {len(self._view) - begin} lie in the file"
            self._log.add(ByteRange(begin, 0), what, "read as far as they lie in it", "strings are missing")
        entries = np.frombuffer(self._view, "<u4", strings, small)
        long_entries = np.frombuffer(self._view, "<u4", 2 * longer, overflow).reshape(-1, 2)
        self._strings(entries, long_entries, (begin, min(begin + storage, len(self._view))))

    def _strings(self, entries: U4, longer: U4, storage: tuple[int, int]) -> None:
        wide = entries & 1 == 1
        at, length = (entries >> 1 & 0x7FFFFF).astype(np.int64), (entries >> 24).astype(np.int64)
        rows = np.flatnonzero(length == _OVERFLOWN)
        fit = at[rows] < len(longer)
        length[rows[~fit]], rows = -1, rows[fit]
        at[rows], length[rows] = longer[at[rows], 0], longer[at[rows], 1]
        self._wide, self._at = wide, at + storage[0]
        self._bytes = np.where(wide, 2 * length, length)
        sound = (length >= 0) & (self._at + self._bytes <= storage[1])
        self._kept = self._within(np.flatnonzero(sound), storage[1] - storage[0])
        if not sound.all():
            what = f"{int((~sound).sum())} strings lie outside the storage of strings"
            self._log.add(ByteRange(storage[0], 0), what, "left out", "what they say is not known")

    def _within(self, rows: npt.NDArray[np.int64], storage: int) -> npt.NDArray[np.int64]:
        """Return the first rows that stay within the limits of number and of bytes."""
        most = MAX_SHARING * storage + FREE_BYTES
        fit = min(int(np.searchsorted(np.cumsum(self._bytes[rows]), most, "right")), MAX_SCRIPT_STRINGS)
        if fit < len(rows):
            what = f"strings overlap so often, or are so many, that only {fit} of {len(rows)} were read"
            self._log.add(None, what, "the first were read", "later strings were not examined")
        return rows[:fit]

    def strings(self) -> Iterator[ScriptString]:
        """Yield its strings in the order of the table."""
        columns = (column[self._kept].tolist() for column in (self._at, self._bytes, self._wide))
        for at, length, wide in zip(*columns, strict=True):
            raw = bytes(self._view[at : at + length])
            yield ScriptString(at, length, _wide_text(raw) if wide else raw.decode("iso-8859-1"))


def _wide_text(raw: bytes) -> str:
    return found.from_str(raw.decode("utf-16-le", "surrogatepass"))


def is_hermes(source: ByteSource) -> bool:
    """Say whether the bytes begin as Hermes bytecode does."""
    return source.read(0, 8) == MAGIC


@reader(
    kind="hermes",
    gives=HermesBytecode,
    recognise=is_hermes,
    rank=60,
    blind_to=(
        f"versions before {FIRST_VERSION} and after {LAST_VERSION}, whose layout is not known here",
        "what the bytecode does: instructions, array buffers, regular expressions and debug information",
        "delta files between two versions of a bundle",
    ),
    source="Hermes, include/hermes/BCGen/HBC/BytecodeFileFormat.h, versions 59 to 96",
)
def open_hermes(source: ByteSource) -> HermesBytecode:
    """Open a compiled bundle. Raises: Unreadable."""
    return HermesBytecode(source)
