"""Constant regular expressions: how many alternatives one has, also where a static field keeps the compiled pattern."""

import re

import numpy as np
import numpy.typing as npt

from assay.bytecode.dex import DexFile
from assay.bytecode.opcodes import Reference, opcode
from assay.bytecode.sites.scene import Scene
from assay.bytecode.sites.sides import Side
from assay.bytecode.sites.tracing import CHAR, FIELD, HASHED, MEMBER, PARAMETER, SEVERAL, TEXT

I4 = npt.NDArray[np.int32]
I8 = npt.NDArray[np.int64]

_PUT, _GET = opcode("sput-object"), opcode("sget-object")
_PATTERN = b"Ljava/util/regex/Pattern;"
_ESCAPED = re.compile(rb"\\.|\[[^\]]*\]")
_VARIABLE = PARAMETER | FIELD | MEMBER | CHAR | HASHED | SEVERAL
MAX_PATTERN_BYTES = 1 << 16
"""Longest constant regular expression whose alternatives are counted."""


def puts(dex: DexFile) -> I8:
    """Return the rows of the references that write a static field of compiled patterns."""
    types = np.flatnonzero(np.isin(dex.tables.types["descriptor"], dex.find_string(_PATTERN)))
    fields = np.flatnonzero(np.isin(dex.tables.fields["type"], types))
    references = dex.references
    rows = np.flatnonzero((references.opcode == _PUT) & (references.kind == Reference.FIELD))
    return rows[np.isin(references.index[rows], fields)]


def alternatives(scene: Scene, patterns: Side, written: I8) -> I4:
    """Return how many alternatives the constant expression of each operand has, 0 where it is none.

    `written`: the rows of `puts`.
    """
    found = np.zeros(len(patterns.kinds), np.int32)
    constant = np.flatnonzero((patterns.string >= 0) & (patterns.kinds & _VARIABLE == 0))
    for row, string in zip(constant.tolist(), patterns.string[constant].tolist(), strict=True):
        found[row] = _count(scene.dex, string)
    kept, code = _kept(scene, written), scene.graph.code
    read = np.flatnonzero((patterns.kinds & FIELD != 0) & (patterns.first >= 0))
    read = read[code.opcode[patterns.first[read]] == _GET]
    for row, at in zip(read.tolist(), patterns.first[read].tolist(), strict=True):
        found[row] = kept.get(int(code.b[at]) & 0xFFFFFFFF, 0)
    return found


def _kept(scene: Scene, written: I8) -> dict[int, int]:
    """Return the alternatives of the expression in each static field that is written once, from a constant."""
    rows, code = scene.rows_of(written), scene.graph.code
    made = scene.ask(rows, code.a[rows].astype(np.int64))
    at = np.flatnonzero(made.first > 0)
    calls = made.first[at].astype(np.int64) - 1
    text = scene.ask(calls, scene.arguments(calls, np.zeros(len(calls), np.int64)))
    plain = (text.kinds & TEXT != 0) & (text.kinds & _VARIABLE == 0)
    fields = scene.dex.references.index[written]
    unique, counts = np.unique(fields, return_counts=True)
    once = np.isin(fields, unique[counts == 1])
    good = at[plain]
    pairs = zip(fields[good].tolist(), text.string[plain].tolist(), once[good].tolist(), strict=True)
    return {field: _count(scene.dex, string) for field, string, single in pairs if single}


def _count(dex: DexFile, string: int) -> int:
    """Return the alternatives of an expression, 0 where the instruction names a string that the file has not."""
    if string >= dex.string_count:
        return 0
    return 1 + _ESCAPED.sub(b"", dex.string_bytes(string)[:MAX_PATTERN_BYTES]).count(b"|")
