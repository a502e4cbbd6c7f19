"""Comparisons written out by hand, found by structure: character loops, tries and automata.

A character loop holds a character of one text against a character of another. A trie replaces an object by what a
look-up by a character of the text gives, again and again; an automaton does so with a number out of a table.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from assay.bytecode.dex import DexFile
from assay.bytecode.kernel import settled
from assay.bytecode.opcodes import OPCODES, Reference, opcode
from assay.bytecode.sites.callables import Callables
from assay.bytecode.sites.catalogue import CHANGED, CHARACTER, ELEMENT, JOINED, THROUGH
from assay.bytecode.sites.origins import Origins
from assay.bytecode.sites.record import DTYPES, FAMILIES, OPERATORS, Reason, Sites, Typed, joined
from assay.bytecode.sites.scene import Scene, empty
from assay.bytecode.sites.tracing import CHAR, FIELD, MEMBER, PARAMETER, SELF

I4 = npt.NDArray[np.int32]
I8 = npt.NDArray[np.int64]
U1 = npt.NDArray[np.uint8]
Marks = npt.NDArray[np.bool_]

_AGET_CHAR = opcode("aget-char")
_TESTS = tuple(map(opcode, ("if-eq", "if-ne", "sub-int/2addr", "xor-int/2addr")))
_DIFFERENCES = tuple(map(opcode, ("sub-int", "xor-int")))
_TABLES = tuple(map(opcode, ("aget", "aget-byte", "aget-char", "aget-short")))
_CHILDREN = opcode("aget-object")
_RESULT = opcode("move-result-object")
_INVOKES = np.array([row.name.startswith("invoke-") for row in OPCODES], np.bool_)


class Found(NamedTuple):
    """One row a motif: rows of the code, family, operator, and (row, number) of text and list; `score`."""

    rows: I8
    kind: str
    operator: str
    text: tuple[I8, I8]
    list: tuple[I8, I8]
    score: I8
    symmetric: bool


def worth_a_look(dex: DexFile, known: Callables, repeated: U1) -> I8:
    """Return the definitions that read characters in a loop, ascending."""
    references = dex.references
    calls = np.flatnonzero((references.kind == Reference.METHOD) & (repeated == 1))
    reads = calls[known.roles[references.index[calls]] == CHARACTER]
    bodies = np.searchsorted(references.starts, reads, "right") - 1
    arrays = np.flatnonzero(dex.instructions.opcode == _AGET_CHAR)
    return np.union1d(bodies, np.searchsorted(dex.instructions.starts, arrays, "right") - 1)


def sites(scene: Scene, definitions: I8) -> Sites:
    """Return the motifs in the chosen definitions."""
    rows = _rows(scene, definitions)
    found = [*_loops(scene, rows), _objects(scene, rows), _tables(scene, rows)]
    return joined([_sites(scene, each) for each in found])


def _rows(scene: Scene, definitions: I8) -> I8:
    """Return the rows of the definitions that lie in loops."""
    marks = np.repeat(np.isin(scene.graph.code.definitions, definitions), np.diff(scene.graph.code.starts))
    found: I8 = np.flatnonzero(marks & (scene.depth[scene.graph.blocks.of] > 0))
    return found


def _loops(scene: Scene, rows: I8) -> list[Found]:
    """Find characters held against each other: of two texts, or one that was handed over and those of an array."""
    code = scene.graph.code
    rows = rows[np.isin(code.opcode[rows], (*_TESTS, *_DIFFERENCES))]
    ahead = np.isin(code.opcode[rows], _TESTS)
    left = scene.ask(rows, np.where(ahead, code.a[rows], code.b[rows]))
    right = scene.ask(rows, np.where(ahead, code.b[rows], code.c[rows]))
    numbers = empty(len(rows), 0)
    return [
        _texts(scene, rows, left, right),
        _handed(scene, rows, left, right, numbers),
        _handed(scene, rows, right, left, numbers + 1),
    ]


def _texts(scene: Scene, rows: I8, left: Origins, right: Origins) -> Found:
    """Find a character of one text against a character of another."""
    both = (left.kinds & right.kinds & CHAR != 0) & (left.first != right.first) & (left.first >= 0) & (right.first >= 0)
    rows, one, other = rows[both], _read(scene, left.first[both]), _read(scene, right.first[both])
    texts, lists = _bases(scene, one), _bases(scene, other)
    apart = (texts.first != lists.first) | (texts.parameter != lists.parameter) | (texts.string != lists.string)
    turned = (texts.kinds & MEMBER != 0) & (lists.kinds & MEMBER == 0)
    text, list_ = np.where(turned, other, one)[apart], np.where(turned, one, other)[apart]
    zeros, members = empty(len(text), 0), (texts.kinds | lists.kinds)[apart] & MEMBER != 0
    score = 50 + 15 * np.minimum(scene.looped(rows[apart]), 2).astype(np.int64) + 20 * members
    return Found(rows[apart], "characters", "character-loop", (text, zeros), (list_, zeros), score, symmetric=True)


def _handed(scene: Scene, rows: I8, parameter: Origins, cell: Origins, numbers: I8) -> Found:
    """Find a parameter that is a number against the characters of an array in a field, as tries keep their edges."""
    at = np.flatnonzero((parameter.kinds & PARAMETER != 0) & (cell.kinds & CHAR != 0) & (cell.first >= 0))
    at = at[scene.graph.code.opcode[cell.first[at]] == _AGET_CHAR]
    cells = cell.first[at].astype(np.int64)
    kept = (_bases(scene, cells).kinds & FIELD != 0) & _numbers(scene, rows[at], parameter.parameter[at])
    at, cells = at[kept], cells[kept]
    score = np.full(len(at), 55, np.int64)
    text, list_ = (rows[at], numbers[at]), (cells, empty(len(at), 0))
    return Found(rows[at], "characters", "character-loop", text, list_, score, symmetric=False)


def _numbers(scene: Scene, rows: I8, words: I4) -> Marks:
    """Return which words of their methods' parameters are primitive values."""
    pairs = zip(scene.definitions(rows).tolist(), words.tolist(), strict=True)
    return np.array([scene.parameters.number_of(definition, word) for definition, word in pairs], np.bool_)


def _read(scene: Scene, made: I4) -> I8:
    """Return the instruction that reads a character: the call in front of its result, or the array access itself."""
    rows = made.astype(np.int64)
    return np.where(scene.graph.code.opcode[rows] == _AGET_CHAR, rows, np.maximum(rows - 1, 0))


def _bases(scene: Scene, reads: I8) -> Origins:
    """Return where the text or array comes from that a character is read of."""
    code = scene.graph.code
    called = scene.arguments(reads, np.zeros(len(reads), np.int64))
    return scene.ask(reads, np.where(_INVOKES[code.opcode[reads]], called, code.b[reads]))


def _objects(scene: Scene, rows: I8) -> Found:
    """Find objects that are replaced by a child looked up by a character."""
    code = scene.graph.code
    after = np.minimum(rows + 1, len(code.pc) - 1)
    calls = rows[_INVOKES[code.opcode[rows]] & (code.opcode[after] == _RESULT) & ((code.a[rows] & 0xFF) >= 2)]
    calls = calls[_steps(scene, calls)]
    held = scene.ask(calls, scene.arguments(calls, np.zeros(len(calls), np.int64)), held=True, own=calls + 1)
    calls = calls[held.kinds & SELF != 0]
    keys = scene.ask(calls, scene.arguments(calls, (code.a[calls] & 0xFF) - 1), held=True)
    calls = calls[keys.kinds & CHAR != 0]
    children = rows[code.opcode[rows] == _CHILDREN]
    held, index = _cells(scene, children)
    stepped = (held.kinds & SELF != 0) & (index.kinds & CHAR != 0)
    found = np.concatenate([calls, children[stepped]])
    return _stepping(scene, found, "trie", "trie-step", 80)


def _steps(scene: Scene, calls: I8) -> Marks:
    """Return which calls may be a step to another object: none that gives a text, or the same value again."""
    methods = scene.graph.code.b[calls].astype(np.int64) & 0xFFFFFFFF
    methods = np.minimum(methods, max(len(scene.known.roles) - 1, 0))
    roles = scene.known.roles[methods]
    same = np.isin(roles, (THROUGH, JOINED, CHANGED, CHARACTER))
    found: Marks = (scene.known.typed[methods] != Typed.YES) & ~same | (roles == ELEMENT)
    return found


def _cells(scene: Scene, rows: I8) -> tuple[Origins, Origins]:
    """Return where array and index of each array access come from."""
    code = scene.graph.code
    return (
        scene.ask(rows, code.b[rows].astype(np.int64), held=True, own=rows),
        scene.ask(rows, code.c[rows].astype(np.int64), held=True, own=rows),
    )


def _tables(scene: Scene, rows: I8) -> Found:
    """Find numbers that are replaced by what a table holds for them and a character."""
    cells = rows[np.isin(scene.graph.code.opcode[rows], _TABLES)]
    array, index = _cells(scene, cells)
    stepped = ((array.kinds | index.kinds) & SELF != 0) & (index.kinds & CHAR != 0)
    return _stepping(scene, cells[stepped], "automaton", "automaton-step", 75)


def _stepping(scene: Scene, rows: I8, kind: str, operator: str, score: int) -> Found:
    """Make motifs of steps: the key or index is the text, what it is looked up in the list."""
    code = scene.graph.code
    called = _INVOKES[code.opcode[rows]]
    text = np.where(called, (code.a[rows] & 0xFF) - 1, 1).astype(np.int64)
    scores = np.full(len(rows), score, np.int64)
    return Found(rows, kind, operator, (rows, text), (rows, np.zeros(len(rows), np.int64)), scores, symmetric=False)


def _sites(scene: Scene, found: Found) -> Sites:
    rows = found.rows
    columns: dict[str, npt.NDArray[np.generic]] = {
        "definition": scene.definitions(rows), "row": scene.within(rows), "pc": scene.graph.code.pc[rows],
        "family": np.full(len(rows), FAMILIES.index(found.kind)),
        "operator": np.full(len(rows), OPERATORS.index(found.operator)), "method": np.full(len(rows), -1),
        "text_row": scene.within(found.text[0]), "text": found.text[1], "list_row": scene.within(found.list[0]),
        "list": found.list[1], "symmetric": np.full(len(rows), found.symmetric), "text_typed": np.full(len(rows), 1),
        "in_loop": np.ones(len(rows)), "decides": np.ones(len(rows)), "reason": np.full(len(rows), Reason.KEPT),
        "head": np.full(len(rows), -1), "score": np.minimum(found.score, 100),
    }  # fmt: skip
    return Sites(*(settled(columns[name].astype(dtype)) for name, dtype in DTYPES.items()))
