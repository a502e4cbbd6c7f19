"""The two operands of each comparing call: where they come from, which is the text, whether both are text."""

from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from assay.bytecode.opcodes import OPCODES
from assay.bytecode.sites.calls import Calls
from assay.bytecode.sites.origins import Origins
from assay.bytecode.sites.record import FAMILIES, OPERATORS, Typed
from assay.bytecode.sites.scene import Scene
from assay.bytecode.sites.tracing import (
    CHAR,
    FIELD,
    HASHED,
    IS_TEXT,
    MEMBER,
    NOT_TEXT,
    NUMBER,
    PARAMETER,
    REPLACED,
    TEXT,
)

I1 = npt.NDArray[np.int8]
I4 = npt.NDArray[np.int32]
I8 = npt.NDArray[np.int64]
U4 = npt.NDArray[np.uint32]
U1 = npt.NDArray[np.uint8]
Marks = npt.NDArray[np.bool_]

_TYPED_BY_API = np.isin(np.arange(len(FAMILIES)), [FAMILIES.index(n) for n in (
    "substring", "prefix", "regex", "text-utils", "replace")])  # fmt: skip
_INVOKES = np.array([row.name.startswith("invoke-") for row in OPCODES], np.bool_)

_WHOLE, _COLLECTION = (np.arange(len(FAMILIES)) == FAMILIES.index(name) for name in ("whole", "collection"))
_LISTS = np.isin(np.arange(len(OPERATORS)), [OPERATORS.index(n) for n in (
    "disjoint", "retain", "remove", "contains-all")])  # fmt: skip
"""Operators whose both operands are collections: their types do not say what they hold."""

Scalar = TypeVar("Scalar", bound=np.generic)


class Side(NamedTuple):
    """One operand of each candidate: `rows` i8 of the code and `numbers` i1 where it stands, and its origin."""

    rows: I8
    numbers: I1
    kinds: U4
    first: I4
    string: I8
    parameter: I4


class Sides(NamedTuple):
    """Both operands of each candidate; `typed` u1 (`Typed`)."""

    text: Side
    list: Side
    typed: U1
    replaced: Marks


def sides_of(scene: Scene, calls: Calls, rows: I8) -> Sides:
    """Return the operands of the candidates at rows of the code."""
    text = _side(scene, rows, calls.text)
    list_ = _side(scene, rows, calls.list)
    text, list_ = _matchers(scene, calls, text, list_)
    text = _hashed(scene, calls, rows, text)
    text, list_ = _placed(calls, text, list_)
    return Sides(text, list_, _typed(scene, calls, rows, text, list_), _undone(scene, rows, text, list_))


def _side(scene: Scene, rows: I8, numbers: I1) -> Side:
    found = scene.ask(rows, scene.arguments(rows, numbers))
    return _of(rows, numbers, found)


def _of(rows: I8, numbers: I1, found: Origins) -> Side:
    return Side(rows, numbers, found.kinds, found.first, found.string, found.parameter)


def _matchers(scene: Scene, calls: Calls, text: Side, list_: Side) -> tuple[Side, Side]:
    """Go from a regular expression's matcher to the call that made it, where that stands in the same method."""
    at = np.flatnonzero((calls.text == calls.list) & (text.first > 0))
    made = text.first[at].astype(np.int64) - 1
    at, made = at[_INVOKES[scene.graph.code.opcode[made]]], made[_INVOKES[scene.graph.code.opcode[made]]]
    ones, zeros = np.ones(len(at), np.int8), np.zeros(len(at), np.int8)
    return _replaced(text, at, _side(scene, made, ones)), _replaced(list_, at, _side(scene, made, zeros))


def _hashed(scene: Scene, calls: Calls, rows: I8, text: Side) -> Side:
    """Say of numbers that a collection is asked for whether they are made from characters."""
    numbers = (calls.family == FAMILIES.index("collection")) & (text.kinds & NUMBER != 0) & (text.kinds & TEXT == 0)
    at = np.flatnonzero(numbers)
    found = scene.ask(rows[at], scene.arguments(rows[at], calls.text[at]), held=True)
    kinds = text.kinds.copy()
    kinds[at] |= found.kinds & np.uint32(CHAR | HASHED)
    return text._replace(kinds=kinds)


def _replaced(side: Side, at: I8, other: Side) -> Side:
    return Side(
        _put(side.rows, at, other.rows), _put(side.numbers, at, other.numbers), _put(side.kinds, at, other.kinds),
        _put(side.first, at, other.first), _put(side.string, at, other.string),
        _put(side.parameter, at, other.parameter),
    )  # fmt: skip


def _put(column: npt.NDArray[Scalar], at: I8, other: npt.NDArray[Scalar]) -> npt.NDArray[Scalar]:
    """Return a column with other values at some rows."""
    found = column.copy()
    found[at] = other
    return found


def _placed(calls: Calls, text: Side, list_: Side) -> tuple[Side, Side]:
    """Change sides where only the text looks like the list: it is a constant, or a member of something."""
    listed = [(side.kinds & MEMBER != 0).astype(np.int8) * 2 + (side.kinds & TEXT != 0) for side in (text, list_)]
    turned = (calls.symmetric == 1) & (listed[0] > listed[1])
    at = np.flatnonzero(turned)
    return _replaced(text, at, _taken(list_, at)), _replaced(list_, at, _taken(text, at))


def _taken(side: Side, at: I8) -> Side:
    return Side(
        side.rows[at], side.numbers[at], side.kinds[at], side.first[at], side.string[at], side.parameter[at]
    )  # fmt: skip


def _typed(scene: Scene, calls: Calls, rows: I8, text: Side, list_: Side) -> U1:
    """Return whether what is compared is text: by the called method, by what either operand is, by parameters."""
    kinds = (text.kinds | np.where(calls.family == FAMILIES.index("whole"), list_.kinds, np.uint32(0))).astype(
        np.uint32
    )
    found = np.where(kinds & IS_TEXT, Typed.YES, np.where(kinds & NOT_TEXT, Typed.NO, Typed.UNKNOWN)).astype(np.uint8)
    found[kinds & (HASHED | CHAR) != 0] = Typed.YES
    found[_TYPED_BY_API[calls.family]] = Typed.YES
    found[_LISTS[calls.operator] & (found == Typed.NO)] = Typed.UNKNOWN
    _by_called(scene, calls, found)
    _by_parameter(scene, rows, text, _LISTS[calls.operator], found)
    _by_parameter(scene, rows, list_, _LISTS[calls.operator] | _COLLECTION[calls.family], found)
    return found


def _by_called(scene: Scene, calls: Calls, found: U1) -> None:
    """Take types from what is called: its class for a receiver, its prototype for arguments, a number among them."""
    owners = scene.dex.tables.methods["class"][calls.methods]
    receivers = scene.known.types[np.minimum(owners, len(scene.known.types) - 1)] if len(owners) else owners
    found[_WHOLE[calls.family] & ~calls.static & (receivers == Typed.YES)] = Typed.YES
    for words in (calls.text, calls.list):
        rows = np.flatnonzero((_WHOLE | _COLLECTION)[calls.family] & (words >= 0))
        texts, _ = _declared(scene, calls.methods[rows], words[rows], calls.static[rows])
        found[rows[texts]] = Typed.YES
    for family in map(FAMILIES.index, ("substring", "replace", "collection")):
        rows = np.flatnonzero(calls.family == family)
        words = calls.text if _COLLECTION[family] else calls.list
        _, numbers = _declared(scene, calls.methods[rows], words[rows], calls.static[rows])
        kept = _COLLECTION[family] & (found[rows] == Typed.YES)
        found[rows[numbers & ~kept]] = Typed.NO


def _declared(scene: Scene, methods: I4, words: I1, static: Marks) -> tuple[Marks, Marks]:
    """Return which calls take a text, and which a number, at a word; one answer for each method, word and way."""
    keys = methods.astype(np.int64) << 16 | (words.astype(np.int64) & 0xFF) << 8 | static
    unique, inverse = np.unique(keys, return_inverse=True)
    asked = [(key >> 16, key >> 8 & 0xFF, bool(key & 1)) for key in unique.tolist()]
    texts = [scene.parameters.declared(method, word, static=way) is Typed.YES for method, word, way in asked]
    numbers = [scene.parameters.number(method, word, static=way) for method, word, way in asked]
    return np.array(texts, np.bool_)[inverse], np.array(numbers, np.bool_)[inverse]


def _by_parameter(scene: Scene, rows: I8, side: Side, lists: Marks, found: U1) -> None:
    """Where an operand is a parameter alone, its declared type decides."""
    at = np.flatnonzero((found == Typed.UNKNOWN) & ~lists & (side.kinds & PARAMETER != 0) & (side.parameter >= 0))
    places = zip(at.tolist(), scene.definitions(rows[at]).tolist(), side.parameter[at].tolist(), strict=True)
    for index, definition, word in places:
        found[index] = scene.parameters.of_definition(definition, word)


def _undone(scene: Scene, rows: I8, text: Side, list_: Side) -> Marks:
    """Return which comparisons hold a text against itself with parts replaced."""
    found = np.zeros(len(rows), np.bool_)
    for one, other in ((text, list_), (list_, text)):
        at = np.flatnonzero((one.kinds & REPLACED != 0) & (one.first > 0))
        made = one.first[at].astype(np.int64) - 1
        source = scene.ask(made, scene.arguments(made, np.zeros(len(made), np.int8)))
        same = (source.first == other.first[at]) & (source.parameter == other.parameter[at])
        same &= (source.first >= 0) | (source.parameter >= 0)
        found[at[same]] = True
    return found


def single_constant(side: Side) -> Marks:
    """Return where an operand is one constant string, or a number, and nothing else."""
    rest = PARAMETER | FIELD | MEMBER | CHAR | HASHED
    found: Marks = (side.kinds & TEXT != 0) & (side.kinds & rest == 0)
    return found
