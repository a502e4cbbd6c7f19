"""A DEX file without a single string: arrays without rows have the types of any others, so it needs each kernel."""

import struct

from assay.bytecode.dex import DexFile
from assay.bytecode.header import HEADER_BYTES, LITTLE_ENDIAN
from assay.model.source import BufferSource

_EMPTY = b"dex\n035\0" + bytes(24) + struct.pack("<3I", HEADER_BYTES, HEADER_BYTES, LITTLE_ENDIAN) + bytes(68)


def empty_dex() -> DexFile:
    """Return the file, opened."""
    return DexFile(BufferSource(_EMPTY))
