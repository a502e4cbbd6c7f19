"""Where each column stands in a file: magic, length of the header, header, then the arrays on a grid of 64 bytes."""

import msgspec
import numpy as np
import numpy.typing as npt

from assay.bytecode.columns.record import I8, U1, U4, U8, Columns
from assay.model.problem import Problem

MAGIC = b"ASSAYCOL"
VERSION = 1
GRID = 64
HEADER_AT = 16
"""Offset of the header in bytes, behind the magic number and the header's length (u8, little-endian)."""
MAX_HEADER_BYTES = 16 << 20

_DTYPES: dict[object, np.dtype[np.generic]] = {
    U1: np.dtype("<u1"),
    U4: np.dtype("<u4"),
    U8: np.dtype("<u8"),
    I8: np.dtype("<i8"),
}

DTYPES: dict[str, np.dtype[np.generic]] = {
    name: _DTYPES[kind] for name, kind in Columns.__annotations__.items() if kind in _DTYPES
}
"""The dtype of every column, in the order in which they stand in the file."""
WIDE = ("definition_bodies",)
"""Columns of two numbers a row."""


class Array(msgspec.Struct, frozen=True):
    """A column in a file: `offset` in bytes from the file's first byte."""

    name: str
    dtype: str
    rows: int
    offset: int


class Header(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What stands before the arrays. `crc32` is that of all arrays one behind the other, without what lies between."""

    version: int
    dex_sha256: str
    dex_size: int
    text_from: int
    problems: tuple[Problem, ...]
    arrays: tuple[Array, ...]
    crc32: int


def width(name: str) -> int:
    """Return the bytes of one row of a column."""
    return DTYPES[name].itemsize * (2 if name in WIDE else 1)


def placed(rows: dict[str, int]) -> tuple[tuple[Array, ...], int]:
    """Return all columns with offsets counted from the end of the header, and the bytes that they take."""
    arrays, at = [], 0
    for name, dtype in DTYPES.items():
        arrays.append(Array(name, dtype.str, rows[name], at))
        at = on_grid(at + rows[name] * width(name))
    return tuple(arrays), at


def on_grid(offset: int) -> int:
    """Return the first place of the grid that is not before an offset."""
    return -(-offset // GRID) * GRID


def column(columns: Columns, name: str) -> npt.NDArray[np.generic]:
    """Return a column by name."""
    found: npt.NDArray[np.generic] = getattr(columns, name)
    return found
