"""Compiles every kernel ahead of time, so that no worker does it within its limits."""

import struct

import numpy as np

from assay.bytecode import columns
from assay.bytecode.dex import DexFile
from assay.bytecode.header import HEADER_BYTES, LITTLE_ENDIAN
from assay.bytecode.loops import loop_depth
from assay.bytecode.results import feeds_decision
from assay.model.source import BufferSource

_EMPTY = b"dex\n035\0" + bytes(24) + struct.pack("<3I", HEADER_BYTES, HEADER_BYTES, LITTLE_ENDIAN) + bytes(68)
"""A DEX file without a single string; arrays without rows have the types of any others."""


def compile_kernels() -> None:
    """Compile all kernels, or load them from the cache folder of numba."""
    dex = DexFile(BufferSource(_EMPTY))
    dex.find_string(b"")
    _ = dex.tries
    columns.build(dex)
    none = np.zeros(0, np.int64)
    loop_depth(dex.instructions)
    feeds_decision(dex.instructions, none, none)
