"""SQL comparisons: loads of strings in which an operator stands with its operand, and the query they are given to."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from assay.bytecode.dex import DexFile
from assay.bytecode.kernel import settled
from assay.bytecode.opcodes import Reference
from assay.bytecode.sites.record import DTYPES, FAMILIES, OPERATORS, Reason, Sites, Typed
from assay.bytecode.sites.scene import Scene

I4 = npt.NDArray[np.int32]
I8 = npt.NDArray[np.int64]

_WORDS = (b"like", b"match", b"glob", b"regexp", b"=?", b"= ?")
_SQL = re.compile(
    rb"""(?<![A-Za-z0-9_])(?:
        (?P<like>LIKE) \s* (?: [?'":@$(] | %s | \|\| ) |              # column LIKE ?, LIKE '%..., LIKE :word
        (?P<other>MATCH|GLOB|REGEXP) \s* \? |                       # column MATCH ?
        (?: SELECT|WHERE ) \b .* (?<![A-Za-z0-9_])
        (?P<late>LIKE|MATCH|GLOB|REGEXP) \s* (?: [?'":@$(] | %s | \|\| )
    )""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
"""An SQL comparison with its operand in one string; words that are also English need SELECT or WHERE before them."""
_BOUND = re.compile(
    rb"(?<![A-Za-z0-9_])(?!(?:[A-Za-z_]*[._])?_?id\b)[A-Za-z_][A-Za-z0-9_.]*[\"`\]]?\s*=\s*\?", re.IGNORECASE
)
"""A column held against a bound value, but for columns called id."""
MAX_STRING_BYTES = 1 << 16
"""Longest string in which SQL is looked for; longer ones are no statements that code holds."""

_ARGUMENTS = {"rawQuery": 2, "rawQueryWithFactory": 3, "query": 4, "delete": 3, "update": 4, "execSQL": 2,
              "queryNumEntries": 3, "longForQuery": 2, "stringForQuery": 2}  # fmt: skip
"""The argument that holds the bound values, by the name of the method that takes the statement or selection."""
MAX_AHEAD = 96
"""Instructions behind a load in which the query that takes it is looked for."""


class Loads(NamedTuple):
    """`references` i8: rows that load an SQL comparison, ascending; `operators`: row of `OPERATORS` of each."""

    references: I8
    operators: npt.NDArray[np.uint8]


def loads(dex: DexFile) -> Loads:
    """Return the loads of strings that hold an SQL comparison."""
    found = sorted(
        (row, OPERATORS.index(operator))
        for index, operator in strings(dex)
        for row in np.flatnonzero((dex.references.index == index) & (dex.references.kind == Reference.STRING)).tolist()
    )
    return Loads(
        np.array([row for row, _ in found], np.int64), np.array([operator for _, operator in found], np.uint8)
    )  # fmt: skip


def strings(dex: DexFile) -> Iterator[tuple[int, str]]:
    """Yield (string index, operator) of each string that holds a comparison."""
    order = np.argsort(dex.strings.starts, kind="stable")
    starts = dex.strings.starts[order]
    if len(starts) == 0:
        return
    low, high = int(starts[0]), int((dex.strings.starts + dex.strings.lengths).max())
    text = dex.data[low:high].tobytes().lower()
    hits = sorted({low + place for word in _WORDS for place in _occurrences(text, word)})
    near = np.searchsorted(starts, np.array(hits, np.int64), "right") - 1
    for index in sorted({int(order[row]) for row in near.tolist() if row >= 0}):
        operator = _operator(dex.string_bytes(index)) if dex.strings.lengths[index] <= MAX_STRING_BYTES else None
        if operator:
            yield index, operator


def _operator(raw: bytes) -> str | None:
    match = _SQL.search(raw)
    if match:
        return match[match.lastgroup or 0].decode().lower()
    return "equals-bound" if _BOUND.search(raw) else None


def _occurrences(data: bytes, word: bytes) -> Iterator[int]:
    place = data.find(word)
    while place >= 0:
        yield place
        place = data.find(word, place + 1)


def sites(scene: Scene, found: Loads) -> Sites:
    """Return the sites of loads; where the query that takes one is found, its bound values are the text."""
    rows = scene.rows_of(found.references)
    queries = [_query(scene, row) for row in rows.tolist()]
    calls = np.array([row for row, _ in queries], np.int64)
    numbers = np.array([number for _, number in queries], np.int8)
    columns = {
        "definition": scene.definitions(rows), "row": scene.within(rows), "pc": scene.graph.code.pc[rows],
        "family": np.full(len(rows), FAMILIES.index("sql")), "operator": found.operators,
        "method": np.full(len(rows), -1), "text_row": scene.within(calls), "text": numbers,
        "list_row": scene.within(calls), "list": np.where(calls >= 0, 0, -1), "symmetric": np.zeros(len(rows)),
        "text_typed": np.full(len(rows), Typed.YES), "in_loop": scene.looped(rows) > 0, "decides": np.zeros(len(rows)),
        "reason": np.full(len(rows), Reason.KEPT), "head": np.full(len(rows), -1),
        "score": np.where(calls >= 0, 45, 30) - 15 * (found.operators == OPERATORS.index("equals-bound")),
    }  # fmt: skip
    return Sites(*(settled(columns[name].astype(dtype)) for name, dtype in DTYPES.items()))


def _query(scene: Scene, load: int) -> tuple[int, int]:
    """Return the call that takes the string loaded at a row, and its argument of bound values; -1 for what is missing.

    Code is read on in its order as far as the register holds the string.
    """
    code = scene.graph.code
    register = int(code.a[load])
    for row in range(load + 1, min(load + MAX_AHEAD, len(code.pc))):
        if scene.same_method(load, row) and 0x6E <= code.opcode[row] <= 0x78 and register in _registers(scene, row):
            method = int(code.b[row]) & 0xFFFFFFFF
            name = scene.dex.names.name(int(scene.dex.tables.methods["name"][method])) if scene.has(method) else ""
            return row, _ARGUMENTS.get(name, -1)
        if scene.writes(row, register):
            break
    return -1, -1


def _registers(scene: Scene, row: int) -> list[int]:
    count = int(scene.graph.code.a[row]) & 0xFF
    words = np.arange(min(count, 5) if scene.graph.code.opcode[row] < 0x74 else count)
    found: list[int] = scene.arguments(np.full(len(words), row), words).tolist()
    return found
