"""Reading columns, mapped from a file: nothing in it is believed before it was checked."""

import msgspec
import numpy as np
from isal import isal_zlib

from assay.bytecode.columns import checks
from assay.bytecode.columns.layout import (
    DTYPES,
    HEADER_AT,
    MAGIC,
    MAX_HEADER_BYTES,
    VERSION,
    WIDE,
    Header,
    on_grid,
    placed,
    width,
)
from assay.bytecode.columns.record import Columns
from assay.bytecode.kernel import settled
from assay.model.errors import Unreadable
from assay.model.ids import Buffer, is_sha256

_DECODE = msgspec.json.Decoder(Header).decode
_MAX_DEX_BYTES = 1 << 32


def read(buffer: Buffer, *, trusted: bool = False) -> Columns:
    """Return the columns of a file without a copy; the buffer stays in use as long as they are.

    Every length, dtype, offset and index is checked, and a checksum over all of it; of a `trusted` file, which this
    process checked before, only what tells where its arrays lie. The file must not be cut while it is mapped: one that
    is replaced goes by rename. Raises: Unreadable for a damaged file.
    """
    view = memoryview(buffer).cast("B").toreadonly()
    header, first = _header(view)
    arrays = _arrays(view, header, first)
    if not trusted and _crc32(arrays) != header.crc32:
        raise Unreadable("the columns are damaged: their checksum is another")
    columns = Columns(
        dex_sha256=header.dex_sha256,
        dex_size=header.dex_size,
        text_from=header.text_from,
        problems=header.problems,
        **arrays,
    )
    if not trusted and (why := checks.broken(columns)):
        raise Unreadable(f"the columns are damaged: {why}")
    return columns


def _header(view: memoryview) -> tuple[Header, int]:
    """Return the header and where the arrays begin."""
    if len(view) < HEADER_AT or view[: len(MAGIC)] != MAGIC:
        raise Unreadable("not a file of columns")
    length = int.from_bytes(view[len(MAGIC) : HEADER_AT], "little")
    if length > min(MAX_HEADER_BYTES, len(view) - HEADER_AT):
        raise Unreadable(f"the columns state a header of {length} bytes")
    try:
        header = _DECODE(view[HEADER_AT : HEADER_AT + length])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Unreadable(f"the header of the columns is damaged ({error})") from None
    if header.version != VERSION or not is_sha256(header.dex_sha256):
        raise Unreadable("the columns are of another version")
    if not (0 <= header.dex_size < _MAX_DEX_BYTES and 0 <= header.text_from <= header.dex_size):
        raise Unreadable("the header of the columns is damaged")
    return header, on_grid(HEADER_AT + length + 1)


def _arrays(view: memoryview, header: Header, first: int) -> dict[str, np.ndarray]:
    rows = {array.name: array.rows for array in header.arrays}
    if set(rows) != set(DTYPES) or not all(0 <= count <= len(view) for count in rows.values()):
        raise Unreadable("the columns are not those of this version")
    expected, size = placed(rows)
    if expected != header.arrays or first + size != len(view):
        raise Unreadable(f"the columns state {first + size} bytes, there are {len(view)}")
    found = {}
    for array in expected:
        start = first + array.offset
        raw = view[start : start + array.rows * width(array.name)]
        found[array.name] = _array(raw, array.name)
    return found


def _crc32(arrays: dict[str, np.ndarray]) -> int:
    value = 0
    for array in arrays.values():
        value = isal_zlib.crc32(array.reshape(-1).view(np.uint8), value)
    return value


def _array(raw: memoryview, name: str) -> np.ndarray:
    flat = np.frombuffer(raw, DTYPES[name]) if len(raw) else np.empty(0, DTYPES[name])
    return settled(flat.reshape(-1, 2) if name in WIDE else flat)
