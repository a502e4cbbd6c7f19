"""Columns of DEX files: made, written, read; the hashes and body digests that hold across files."""

from assay.bytecode.columns.build import build
from assay.bytecode.columns.record import NONE, Columns

__all__ = ["NONE", "Columns", "build"]
