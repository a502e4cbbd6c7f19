"""Annotations of one class and its members, with their values.

Source: Android Open Source Project, "Dalvik executable format": annotations_directory_item, annotation_set_ref_list,
annotation_set_item, annotation_item.
"""

from collections.abc import Callable
from enum import IntEnum
from typing import NamedTuple, TypeVar

import msgspec

from assay.bytecode.cursor import Cursor, broken
from assay.bytecode.encoded_values import Annotation, Element, Value, Values
from assay.bytecode.tables import Tables
from assay.model.errors import Unreadable
from assay.model.locator import ByteRange
from assay.model.problem import Problem

MAX_ANNOTATIONS = 100_000
"""Most annotations read of one class and its members."""

_COST = "annotations of this class may be missing"
Found = TypeVar("Found")


class Visibility(IntEnum):
    """Who is to see an annotation."""

    BUILD = 0
    RUNTIME = 1
    SYSTEM = 2


class Item(NamedTuple):
    """One annotation: offset of the annotation_item in bytes, visibility (`Visibility`) as found, type, elements."""

    offset: int
    visibility: int
    type: int
    elements: tuple[Element, ...]

    def element(self, name: bytes, string: Callable[[int], bytes]) -> Value | None:
        """Return the value of a name, None without; `string` gives the bytes of a string index."""
        return next((value for index, value in self.elements if string(index) == name), None)


class Annotations(msgspec.Struct, frozen=True):
    """Annotations of a class and its members, each list in the order of the file.

    `fields`: by field index; `methods`: by method index; `parameters`: by method index, one tuple for each parameter
    that the file lists (javac and D8 leave out those that the compiler added, so that there may be fewer than
    the prototype has).
    """

    own: tuple[Item, ...] = ()
    fields: dict[int, tuple[Item, ...]] = {}
    methods: dict[int, tuple[Item, ...]] = {}
    parameters: dict[int, tuple[tuple[Item, ...], ...]] = {}
    problems: tuple[Problem, ...] = ()


def read_annotations(data: memoryview, tables: Tables, class_row: int) -> Annotations:
    """Return the annotations of a class definition and its members. Raises: IndexError."""
    if not 0 <= class_row < len(tables.classes):
        raise IndexError(class_row)
    offset = int(tables.classes["annotations"][class_row])
    return _Directory(data, tables).read(offset) if offset else Annotations()


class _Directory:
    """Reads one annotations_directory_item; what is wrong with a part of it becomes a problem."""

    def __init__(self, data: memoryview, tables: Tables) -> None:
        self._data = data
        self._tables = tables
        self._values = Values(data, tables)
        self._problems: list[Problem] = []
        self._left = MAX_ANNOTATIONS

    def read(self, offset: int) -> Annotations:
        cursor = Cursor(self._data, offset)
        try:
            own, *counts = cursor.u4(4)
        except Unreadable as error:
            return Annotations(problems=(broken("lists of annotations", offset, error, _COST),))
        limits = len(self._tables.fields), len(self._tables.methods), len(self._tables.methods)
        rows = [self._rows(cursor, count, limit) for count, limit in zip(counts, limits, strict=True)]
        fields, methods = ({index: self._set(at) for index, at in part} for part in rows[:2])
        parameters = {index: self._sets(at) for index, at in rows[2]}
        return Annotations(self._set(own), fields, methods, parameters, (*self._problems, *self._astray()))

    def _rows(self, cursor: Cursor, stated: int, limit: int) -> list[tuple[int, int]]:
        """Return (member index, offset) of each row of a list; a member that does not exist is left out."""
        place, fitting = cursor.place, cursor.fitting(stated, 8)
        numbers = cursor.u4(2 * fitting)
        rows = list(zip(numbers[::2], numbers[1::2], strict=True))
        kept = [row for row in rows if row[0] < limit]
        if fitting < stated:
            self._say(place, f"a list of annotated members states {stated} rows, {fitting} fit", "those were read")
        if len(kept) < fitting:
            what = f"{fitting - len(kept)} annotated fields or methods are not in the table of ids"
            self._say(place, what, "left out")
        return kept

    def _offsets(self, offset: int) -> tuple[int, ...]:
        """Return the offsets of a list of them, which begins with their number; (,) at 0."""
        if offset == 0:
            return ()
        cursor = Cursor(self._data, offset)
        try:
            (stated,) = cursor.u4(1)
        except Unreadable as error:
            self._problems.append(broken("sets of annotations", offset, error, _COST))
            return ()
        fitting = min(cursor.fitting(stated, 4), self._left)
        if fitting < stated:
            self._say(
                offset, f"a set of annotations states {stated} rows, {fitting} were read", "the rest was left out"
            )
        self._left -= fitting
        return cursor.u4(fitting)

    def _sets(self, offset: int) -> tuple[tuple[Item, ...], ...]:
        return tuple(self._set(at) for at in self._offsets(offset))

    def _set(self, offset: int) -> tuple[Item, ...]:
        items = (self._item(at) for at in self._offsets(offset))
        return tuple(item for item in items if item is not None)

    def _item(self, offset: int) -> Item | None:
        try:
            visibility = Cursor(self._data, offset).byte()
            found: Annotation = self._values.annotation(offset + 1)
        except Unreadable as error:
            self._problems.append(broken("annotations", offset, error, _COST))
            return None
        return Item(offset, visibility, found.type, found.elements)

    def _astray(self) -> list[Problem]:
        """Return one problem for all indices that are not in their table."""
        if not self._values.astray:
            return []
        what = f"{len(self._values.astray)} values of annotations name what is not in a table; the first here"
        place = str(ByteRange(self._values.astray[0], 1))
        return [Problem(place=place, what=what, instead="kept by number", cost="what they name is not known")]

    def _say(self, offset: int, what: str, instead: str) -> None:
        self._problems.append(Problem(place=str(ByteRange(offset, 4)), what=what, instead=instead, cost=_COST))
