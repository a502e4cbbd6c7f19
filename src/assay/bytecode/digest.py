"""The digest that pins a code index: sha256 over its arrays in stated order."""

import hashlib
from collections.abc import Iterator

import numpy as np

from assay.bytecode.dex import DexFile
from assay.model import canonical


def index_sha256(dex: DexFile) -> str:
    """Return the sha256 over each array: canonical line [name, columns of the dtype, rows], newline, bytes.

    Arrays come in the order of `arrays`; all numbers are little-endian.
    """
    state = hashlib.sha256()
    for name, array in arrays(dex):
        state.update(canonical.line([name, list(array.dtype.descr), len(array)]) + b"\n")
        state.update(np.ascontiguousarray(array).data)
    return state.hexdigest()


def arrays(dex: DexFile) -> Iterator[tuple[str, np.ndarray]]:
    """Yield the arrays of an index with their names, in the order in which they are digested."""
    parts = (
        ("tables", dex.tables),
        ("strings", dex.strings),
        ("methods", dex.methods),
        ("fields", dex.fields),
        ("static_strings", dex.static_strings),
        ("bodies", dex.bodies),
        ("references", dex.references),
    )
    for part, columns in parts:
        for name in columns.__struct_fields__:
            yield f"{part}.{name}", getattr(columns, name)
