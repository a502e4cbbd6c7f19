"""Candidates by what is called: the instruction, what it asks, and the words of its arguments that matter."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from assay.bytecode.call_sites import implementation
from assay.bytecode.dex import DexFile
from assay.bytecode.flow.code import Code
from assay.bytecode.opcodes import Reference, opcode
from assay.bytecode.sites.callables import CALL_LIST, Callables
from assay.bytecode.sites.callers import equalities, natives
from assay.bytecode.sites.record import FAMILIES, OPERATORS

I4 = npt.NDArray[np.int32]
I8 = npt.NDArray[np.int64]
I2 = npt.NDArray[np.int16]
U1 = npt.NDArray[np.uint8]
Marks = npt.NDArray[np.bool_]

NATIVE = len(CALL_LIST)
"""Stands for a call of a native method behind the rows of `CALL_LIST`."""
_FAMILY = np.array([*(call.family for call in CALL_LIST), FAMILIES.index("native")], np.uint8)
_OPERATOR = np.array([*(call.operator for call in CALL_LIST), OPERATORS.index("native-call")], np.uint8)
_TEXT = np.array([*(call.operand.text for call in CALL_LIST), -1], np.int8)
_LIST = np.array([*(call.operand.list for call in CALL_LIST), -1], np.int8)
_SYMMETRIC = np.array([*(call.operand.symmetric for call in CALL_LIST), False], np.uint8)
_STATIC = (opcode("invoke-static"), opcode("invoke-static/range"))
_EQUAL_OBJECTS = frozenset(
    row for row, call in enumerate(CALL_LIST)
    if (FAMILIES[call.family], OPERATORS[call.operator], call.operand) == ("whole", "equals", (0, 1, True))
)  # fmt: skip
_FULL_REGION, _FULL_SEARCH = 6, 4
"""Words of String.regionMatches with a flag ahead, and fewest of a binarySearch within bounds."""


class Calls(NamedTuple):
    """Comparing calls in the order of code, one row a candidate.

    `references` i8, its row; `methods` i4; `family`, `operator`, `symmetric` u1; `text`, `list` i1: words of its
    arguments, -1 none; `static`: no receiver; `handed`: the method is not called here but handed over as a lambda, with
    what it is bound to.
    """

    references: I8
    methods: I4
    family: U1
    operator: U1
    text: npt.NDArray[np.int8]
    list: npt.NDArray[np.int8]
    symmetric: U1
    static: Marks
    handed: Marks


def calls_of(dex: DexFile, known: Callables) -> Calls:
    """Return the candidates of a file."""
    meaning, native = _meaning(dex, known)
    references = dex.references
    rows, methods = _named(dex, meaning)
    handed = references.kind[rows] == Reference.CALL_SITE
    which = meaning[methods]
    text = _TEXT[which]
    at = which == NATIVE
    static = np.isin(references.opcode[rows], _STATIC) | handed
    text[handed & (text > 0)] = -1
    list_ = np.where(handed & (_LIST[which] > 0), -1, _LIST[which]).astype(np.int8)
    both = np.array([native[method] for method in methods[at].tolist()], np.int8).reshape(-1, 2)
    text[at], list_[at] = np.where(handed[at, None], -1, both).T
    return Calls(rows, methods, _FAMILY[which], _OPERATOR[which], text, list_, _SYMMETRIC[which], static, handed)


def _named(dex: DexFile, meaning: I2) -> tuple[I8, I4]:
    """Return the rows of the references that call a comparing method or hand it over, and its method id."""
    references = dex.references
    methods = np.full(len(references.kind), -1, np.int64)
    rows = np.flatnonzero(references.kind == Reference.METHOD)
    methods[rows] = references.index[rows]
    for row in np.flatnonzero(references.kind == Reference.CALL_SITE).tolist():
        handle = implementation(dex.call_site(int(references.index[row])), dex.tables, dex.names)
        methods[row] = handle.member if handle is not None and handle.calls else -1
    rows = np.flatnonzero(methods >= 0)
    rows = rows[meaning[methods[rows]] >= 0]
    return rows, methods[rows].astype(np.int32)


def _meaning(dex: DexFile, known: Callables) -> tuple[I2, dict[int, tuple[int, int]]]:
    """Return the row of `CALL_LIST` by method id, methods of this file that are comparisons among them."""
    meaning = known.calls.copy()
    areas = equalities(dex, known.calls, _EQUAL_OBJECTS)
    meaning[areas] = min(_EQUAL_OBJECTS)
    native = natives(dex)
    meaning[list(native)] = NATIVE
    return meaning, native


def fitted(found: Calls, code: Code, rows: I8) -> Calls:
    """Return the candidates with the words of the overloads that are called; `rows` are theirs in the code."""
    text, list_ = found.text.copy(), found.list.copy()
    words = code.a[rows] & 0xFF
    region = (found.operator == OPERATORS.index("region-matches")) & ~found.static & (words == _FULL_REGION)
    list_[region] = 3
    search = (found.operator == OPERATORS.index("contains-member")) & found.static & (words >= _FULL_SEARCH)
    text[search & (found.family == FAMILIES.index("collection"))] = 3
    return found._replace(text=text, list=list_)
