"""Compact DEX (Android 9 to 13): told by name, with what the header states; its code is not read.

Source: AOSP art/libdexfile/dex/compact_dex_file.h and dex_file.h (Header). All offsets are bytes from the header.
"""

import struct
from collections.abc import Sequence

from assay.artefacts.dex_span import COMPACT, HEADER
from assay.model.errors import Unreadable
from assay.model.problem import Problem
from assay.model.source import ByteSource
from assay.registry import reader

_FIELDS = struct.Struct("<4s4sI20s20I")


class CompactDex:
    """A compact DEX file; `states` is what its header says."""

    kind = "compact-dex"
    not_examined = "compact DEX: its strings, methods and code are not read"

    def __init__(self, source: ByteSource) -> None:
        """Read the header. Raises: Unreadable where it is cut off."""
        if source.size < HEADER:
            raise Unreadable(f"{source.size} bytes are too few for a compact DEX header of {HEADER}")
        _, version, checksum, _, *numbers = _FIELDS.unpack(source.read(0, HEADER))
        self.version = version[:3].decode("latin-1") if version[:3].isdigit() else ""
        tables = ("strings", "types", "prototypes", "fields", "methods", "classes")
        counts = ", ".join(f"{numbers[6 + 2 * row]} {name}" for row, name in enumerate(tables))
        self.states = f"checksum {checksum:08x}; {numbers[0]} bytes; {counts}"

    @property
    def problems(self) -> Sequence[Problem]:
        """None: what is wrong with a file that is not examined is not known."""
        return ()


@reader(
    kind="compact-dex",
    gives=CompactDex,
    recognise=lambda source: source.read(0, 4) == COMPACT,
    rank=60,
    blind_to=("every string, class, method and instruction of compact DEX",),
    source="AOSP art/libdexfile/dex/compact_dex_file.h",
)
def open_compact_dex(source: ByteSource) -> CompactDex:
    """Open a compact DEX file. Raises: Unreadable."""
    return CompactDex(source)
