"""Columns of DEX files: made, written, read; the hashes and body digests that hold across files."""

from assay.bytecode.columns.build import build
from assay.bytecode.columns.canonical import body_sha256, same_body
from assay.bytecode.columns.reading import read
from assay.bytecode.columns.record import NONE, UNNAMED, Columns
from assay.bytecode.columns.writing import write

__all__ = ["NONE", "UNNAMED", "Columns", "body_sha256", "build", "read", "same_body", "write"]
