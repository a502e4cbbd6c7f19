"""Portable executables with a .NET header: assemblies, whose code is known by name and not examined.

Source: Microsoft, "PE Format" (optional header data directories); ECMA-335, II.25.2.1 (PE headers) and II.24.2.1
(metadata root). All offsets are bytes from the first byte of the file.
"""

import struct
from collections.abc import Iterator, Sequence

from assay.model import text
from assay.model.errors import Unreadable
from assay.model.problem import Problem
from assay.model.source import ByteSource
from assay.registry import reader

MAX_SECTIONS = 96
"""Most sections that the loader of the format takes."""
_CLI_HEADER = 14
_DIRECTORIES = {0x10B: 96, 0x20B: 112}


class DotnetAssembly:
    """A .NET assembly; `version` is that of the runtime as its metadata states it, empty where it cannot be read."""

    kind = "dotnet-assembly"
    not_examined = "a .NET assembly: this code is known by name and not examined"
    states = ""

    def __init__(self, source: ByteSource) -> None:
        """Read the headers. Raises: Unreadable where they are cut off, or there is no .NET header."""
        self._source = source
        try:
            self.version = self._runtime(_cli_header(source))
        except struct.error as error:
            raise Unreadable("the headers of the portable executable are cut off") from error

    @property
    def problems(self) -> Sequence[Problem]:
        """None: what is wrong with a file that is not examined is not known."""
        return ()

    def _runtime(self, address: int) -> str:
        header = _offset(self._source, address)
        if header is None:
            return ""
        (metadata,) = struct.unpack("<I", self._source.read(header + 8, 4))
        root = _offset(self._source, metadata)
        if root is None or self._source.read(root, 4) != b"BSJB":
            return ""
        (length,) = struct.unpack("<I", self._source.read(root + 12, 4))
        return text.from_bytes(self._source.read(root + 16, min(length, 255)).partition(b"\0")[0])


def _optional_header(source: ByteSource) -> tuple[int, int, int]:
    """Return the offset of the optional header, its length, and the number of sections."""
    (at,) = struct.unpack("<I", source.read(0x3C, 4))
    signature, sections, length = struct.unpack("<4s2xH12xH", source.read(at, 22))
    if signature != b"PE\0\0":
        raise Unreadable("there is no PE header where the file states one")
    return at + 24, length, sections


def _cli_header(source: ByteSource) -> int:
    """Return the address of the .NET header. Raises: Unreadable where there is none, struct.error where cut off."""
    at, _, _ = _optional_header(source)
    (magic,) = struct.unpack("<H", source.read(at, 2))
    directories = _DIRECTORIES.get(magic)
    if directories is None:
        raise Unreadable(f"an optional header of magic number 0x{magic:x} is not known")
    address, size = struct.unpack("<2I", source.read(at + directories + 8 * _CLI_HEADER, 8))
    if not (address and size):
        raise Unreadable("a portable executable without a .NET header")
    return int(address)


def _offset(source: ByteSource, address: int) -> int | None:
    """Return the offset of an address, None where no section has it."""
    for start, size, raw in _sections(source):
        if start <= address < start + size:
            return raw + address - start
    return None


def _sections(source: ByteSource) -> Iterator[tuple[int, int, int]]:
    """Yield (address, size in the file, offset in the file) of each section."""
    at, length, count = _optional_header(source)
    for number in range(min(count, MAX_SECTIONS)):
        _, start, size, raw = struct.unpack("<4I", source.read(at + length + 40 * number + 8, 16))
        yield start, size, raw


def is_dotnet(source: ByteSource) -> bool:
    """Say whether the bytes are a portable executable with a .NET header."""
    if source.read(0, 2) != b"MZ":
        return False
    try:
        return _cli_header(source) > 0
    except (Unreadable, struct.error):
        return False


@reader(
    kind="dotnet-assembly",
    gives=DotnetAssembly,
    recognise=is_dotnet,
    rank=55,
    blind_to=("every method and string of a .NET assembly", "portable executables without a .NET header"),
    source="ECMA-335, II.24.2.1 and II.25.2.1",
)
def open_dotnet(source: ByteSource) -> DotnetAssembly:
    """Open a .NET assembly. Raises: Unreadable."""
    return DotnetAssembly(source)
