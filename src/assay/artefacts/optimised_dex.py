"""Optimised DEX files (ODEX) of Android up to 4.4: one DEX file, changed for one build, with what it depends on.

Source: AOSP dalvik/libdex/DexFile.h (DexOptHeader), dalvik/vm/analysis/DexPrepare.cpp (writeDependencies).
"""

import struct
from collections.abc import Iterator

from assay.artefacts.compiled_code import HERE, CompiledCode, DexOrigin, Part
from assay.artefacts.dex_span import dex_at
from assay.model import text
from assay.model.errors import Unreadable
from assay.model.locator import ByteRange
from assay.model.source import ByteSource
from assay.registry import reader

MAGIC = b"dey\n036\0"
MAX_DEPENDENCIES = 1024
"""Most dependencies that are read; real files have some dozens."""
_HEADER = struct.Struct("<8s8I")
_DEPENDENCIES = struct.Struct("<4I")
_DIGEST = 20
_COST = "what this file depends on is known in part"


class OptimisedDex(CompiledCode):
    """An ODEX file; `dependencies` are the paths of the files that it was optimised against."""

    kind = "odex"

    def __init__(self, source: ByteSource) -> None:
        """Read the header and the dependencies. Raises: Unreadable for a header that is cut off."""
        super().__init__(source)
        if len(self._view) < _HEADER.size:
            raise Unreadable(f"{len(self._view)} bytes are too few for an ODEX header of {_HEADER.size}")
        fields = _HEADER.unpack_from(self._view)
        self.version, self.stated_dex_files = "036", 1
        self.dex_files = tuple(self._dex(*fields[1:3]))
        self.dependencies = tuple(self._read_dependencies(fields[3], fields[4]))
        self.properties = {"dependencies": ":".join(map(text.from_bytes, self.dependencies))}
        at = min(fields[5], len(self._view))
        self.parts = (Part(what="optimised tables", offset=at, length=min(fields[6], len(self._view) - at)),)

    def _dex(self, offset: int, length: int) -> Iterator[DexOrigin]:
        stop = min(offset + length, len(self._view))
        span = dex_at(self._view, offset, stop)
        if span is None:
            what = f"no DEX header at 0x{offset:x}, where the ODEX header states one"
            self._log.add(ByteRange(8, 8), what, "read without", "its code was not examined")
            return
        cost = "what replaced instructions name is not in the index"
        what = "the DEX file was optimised for one build: instructions were replaced"
        self._log.add(ByteRange(span.offset, span.length), what, "read as it is", cost)
        yield DexOrigin(location=b"", checksum=None, lies=HERE, span=span, offset=8, length=8)

    def _read_dependencies(self, offset: int, length: int) -> Iterator[bytes]:
        stop = min(offset + length, len(self._view))
        if offset + _DEPENDENCIES.size > stop:
            self._cut(offset, 0, 0)
            return
        count = _DEPENDENCIES.unpack_from(self._view, offset)[3]
        at = offset + _DEPENDENCIES.size
        for number in range(min(count, MAX_DEPENDENCIES)):
            size = int.from_bytes(self._view[at : at + 4], "little")
            if at + 4 + size + _DIGEST > stop:
                self._cut(at, number, count)
                return
            yield bytes(self._view[at + 4 : at + 4 + size]).rstrip(b"\0")
            at += 4 + size + _DIGEST
        if count > MAX_DEPENDENCIES:
            self._cut(at, MAX_DEPENDENCIES, count)

    def _cut(self, at: int, read: int, count: int) -> None:
        place = ByteRange(min(at, len(self._view)), 0)
        self._log.add(place, f"{count} dependencies are stated, {read} were read", "read without the rest", _COST)


@reader(
    kind="odex",
    gives=OptimisedDex,
    recognise=lambda source: source.read(0, 8) == MAGIC,
    rank=60,
    blind_to=(
        "what instructions named before they were replaced for one build",
        "the tables that the optimisation added",
        "real files: the reader was held against files built from the published layout",
    ),
    source="AOSP dalvik/libdex/DexFile.h, struct DexOptHeader",
)
def open_optimised_dex(source: ByteSource) -> OptimisedDex:
    """Open an ODEX file. Raises: Unreadable."""
    return OptimisedDex(source)
