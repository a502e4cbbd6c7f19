"""Writing columns: one file a DEX file, the same bytes for the same columns."""

from typing import BinaryIO

import msgspec
import numpy as np
from isal import isal_zlib

from assay.bytecode.columns.layout import DTYPES, MAGIC, VERSION, Header, column, on_grid, placed
from assay.bytecode.columns.record import Columns


def write(columns: Columns, stream: BinaryIO) -> int:
    """Write columns to a stream; return the number of bytes. Raises: OSError."""
    raw = {name: np.ascontiguousarray(column(columns, name)).reshape(-1).view(np.uint8).data for name in DTYPES}
    head = _header(columns, raw)
    written = stream.write(head)
    for name in DTYPES:
        size = len(raw[name])
        stream.write(raw[name])
        stream.write(bytes(on_grid(size) - size))
        written += on_grid(size)
    return written


def _header(columns: Columns, raw: dict[str, memoryview]) -> bytes:
    """Return all that stands before the arrays."""
    arrays, _ = placed({name: len(column(columns, name)) for name in DTYPES})
    header = Header(
        version=VERSION,
        dex_sha256=columns.dex_sha256,
        dex_size=columns.dex_size,
        text_from=columns.text_from,
        problems=columns.problems,
        arrays=arrays,
        crc32=_crc32(raw),
    )
    line = msgspec.json.encode(header, order="sorted")
    head = MAGIC + len(line).to_bytes(8, "little") + line
    return head + b"\n" + b" " * (on_grid(len(head) + 1) - len(head) - 1)


def _crc32(raw: dict[str, memoryview]) -> int:
    value = 0
    for part in raw.values():
        value = isal_zlib.crc32(part, value)
    return value
