"""Several logical DEX files in one file of version 041, which may share data.

All offsets inside count from the first byte of the whole file, so the first logical file is read in place. A member is
one of the others: the whole file with its first 0x78 bytes replaced by the member's header, whose header_offset says
where it lies, so that it can be read, and cited, like any other DEX file.
Source: Android Open Source Project, "Dalvik executable format": container format of version 041. Tested against files
of our own writer alone: no compiler that writes such a file was at hand.
"""

from collections.abc import Iterator, Sequence
from functools import partial

from assay.bytecode.dex import MAX_DEX_BYTES, DexFile
from assay.bytecode.header import CONTAINER_HEADER_BYTES, CONTAINER_VERSION, HEADER_BYTES, is_logical
from assay.model.locator import ByteRange
from assay.model.problem import Problem
from assay.model.source import BufferSource, ByteSource
from assay.registry import Member, reader

MAX_LOGICAL_FILES = 256
"""Most logical DEX files that are read of one container."""

_SIZE_AT, _OFFSET_AT = 32, 0x74


class DexContainer(DexFile):
    """The first logical DEX file, and the others as members.

    `offsets`: where each header lies, in bytes from the file's first byte, that of the first file among them.
    """

    def __init__(self, source: ByteSource) -> None:
        """Index the first file and walk over the headers of the others. Raises: Unreadable."""
        super().__init__(source)
        self._walked: list[Problem] = []
        self.offsets: tuple[int, ...] = tuple(self._walk())

    @property
    def problems(self) -> Sequence[Problem]:
        """Problems of the first logical file, then those of the container."""
        return (*super().problems, *self._walked)

    def members(self) -> Iterator[Member]:
        """Yield the logical files but the first; the name is the row of the header, counted from 0."""
        for row, at in enumerate(self.offsets[1:], 1):
            yield Member(name=str(row).encode("ascii"), size=len(self.data), open=partial(self._open, at))

    def _open(self, at: int) -> ByteSource:
        header = bytes(self.data[at : at + _OFFSET_AT]) + at.to_bytes(4, "little")
        return BufferSource(header + bytes(self.data[CONTAINER_HEADER_BYTES:]))

    def _walk(self) -> Iterator[int]:
        """Yield the offset of each header; each lies behind the one before, so that no walk is endless."""
        at, size = 0, self.header.file_size
        for _ in range(MAX_LOGICAL_FILES):
            yield at
            if size < CONTAINER_HEADER_BYTES:
                self._say(at + _SIZE_AT, f"the header states a DEX file of {size} bytes, its header alone has 120")
                return
            at += size
            if at >= len(self.data):
                self._end(at)
                return
            found = self._size(at)
            if found is None:
                return
            size = found
        self._say(at, f"the container holds more than {MAX_LOGICAL_FILES} DEX files")

    def _size(self, at: int) -> int | None:
        """Return the size that a header states; None, and a problem, where there is no header."""
        start = self.data[at : at + CONTAINER_HEADER_BYTES].data
        if not is_logical(start):
            what = f"no DEX header of version {CONTAINER_VERSION} lies at {at}, where the file before it ends"
            self._say(at, what)
            return None
        stated = int.from_bytes(start[_OFFSET_AT:], "little")
        if stated != at:
            self._say(at + _OFFSET_AT, f"the header states that it lies at {stated}, it lies at {at}")
        return int.from_bytes(start[_SIZE_AT : _SIZE_AT + 4], "little")

    def _end(self, at: int) -> None:
        if at > len(self.data):
            self._say(0, f"the last DEX file of the container ends at {at}, there are {len(self.data)} bytes")

    def _say(self, at: int, what: str) -> None:
        place, cost = str(ByteRange(at, 4)), "code of DEX files behind it in the container was not examined"
        self._walked.append(Problem(place=place, what=what, instead="what the headers lead to was read", cost=cost))


def _recognise(source: ByteSource) -> bool:
    """Say whether a second header follows the first, or should."""
    start = memoryview(source.read(0, CONTAINER_HEADER_BYTES))
    if not is_logical(start):
        return False
    size, container, at = (int.from_bytes(start[i : i + 4], "little") for i in (_SIZE_AT, HEADER_BYTES, _OFFSET_AT))
    if at or not CONTAINER_HEADER_BYTES <= size < source.size:
        return False
    return container > size or is_logical(memoryview(source.read(size, CONTAINER_HEADER_BYTES)))


@reader(
    kind="dex-container",
    step="dex",
    gives=DexContainer,
    rank=61,
    recognise=_recognise,
    blind_to=(
        f"logical DEX files beyond the first {MAX_LOGICAL_FILES}",
        "bytes that no header leads to",
        f"containers of more than {MAX_DEX_BYTES} bytes",
    ),
    source="Android Open Source Project, Dalvik executable format, container format of version 041",
)
def open_container(source: ByteSource) -> DexContainer:
    """Open a file of several logical DEX files. Raises: Unreadable."""
    return DexContainer(source)
