"""Arguments of calls: the registers and types that stand at a place, and methods of the file that are comparisons."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from assay.bytecode.class_data import ACC_NATIVE, ACC_STATIC
from assay.bytecode.dex import DexFile
from assay.bytecode.flow.code import Code
from assay.bytecode.opcodes import OPCODES, Reference
from assay.bytecode.sites.record import Typed

I4 = npt.NDArray[np.int32]
I8 = npt.NDArray[np.int64]
U1 = npt.NDArray[np.uint8]

_RANGED = np.isin(np.arange(256), [value for value, row in enumerate(OPCODES) if row.name.endswith("/range")])
_BOTH_OBJECTS = "(Ljava/lang/Object;Ljava/lang/Object;)Z"
MAX_EQUALITY_UNITS = 24
_TEXTS = ("Ljava/lang/String;", "Ljava/lang/CharSequence;", "[B", "[C", "[Ljava/lang/String;")
_ANSWERS = ("Z", "I", "Ljava/lang/String;")


def registers(code: Code, rows: I8, words: npt.NDArray[np.integer]) -> I8:
    """Return the register of each call's argument, counted in words from the receiver; -1 where it has none."""
    counts, packed = code.a[rows].astype(np.int64) & 0xFF, code.c[rows].astype(np.int64)
    listed = packed >> 4 * np.clip(words, 0, 4).astype(np.int64) & 0xF
    found = np.where(_RANGED[code.opcode[rows]], packed + words, listed)
    return np.where((words >= 0) & (words < counts), found, -1)


class Parameters:
    """Types of the parameters of methods of one file, by word; each prototype is read once."""

    def __init__(self, dex: DexFile, types: U1) -> None:
        """`types`: whether a value of each type is text, by type id."""
        self._dex, self._types = dex, types
        self._words: dict[int, tuple[list[Typed], list[bool]]] = {}

    def of_definition(self, definition: int, word: int) -> Typed:
        """Return whether a definition's own parameter is text; a receiver is none."""
        at = word - (0 if self._dex.methods.access[definition] & ACC_STATIC else 1)
        words = self._of(int(self._dex.methods.method[definition]))[0]
        return Typed.NO if at < 0 else words[at] if at < len(words) else Typed.UNKNOWN

    def declared(self, method: int, word: int, *, static: bool) -> Typed:
        """Return whether a method id takes a text at a word, the receiver counted."""
        words, at = self._of(method)[0], word - (0 if static else 1)
        return words[at] if 0 <= at < len(words) else Typed.UNKNOWN

    def number_of(self, definition: int, word: int) -> bool:
        """Return whether a definition's own parameter is a primitive value."""
        static = bool(self._dex.methods.access[definition] & ACC_STATIC)
        return self.number(int(self._dex.methods.method[definition]), word, static=static)

    def number(self, method: int, word: int, *, static: bool) -> bool:
        """Return whether a method id takes a primitive value at a word, the receiver counted."""
        words, at = self._of(method)[1], word - (0 if static else 1)
        return 0 <= at < len(words) and words[at]

    def _of(self, method: int) -> tuple[list[Typed], list[bool]]:
        proto = int(self._dex.tables.methods["proto"][method])
        if proto not in self._words:
            read = list(self._read(proto))
            self._words[proto] = [typed for typed, _ in read], [number for _, number in read]
        return self._words[proto]

    def _read(self, proto: int) -> Iterator[tuple[Typed, bool]]:
        for type_ in self._dex.names.parameters(proto):
            name = self._dex.names.type(type_)
            typed = Typed(int(self._types[type_])) if type_ < len(self._types) else Typed.UNKNOWN
            yield from [(typed, len(name) == 1)] * (2 if name in {"J", "D"} else 1)


def natives(dex: DexFile) -> dict[int, int]:
    """Return, by method id, the word of the first text that a native method of this file takes and answers about."""
    methods = dex.methods
    rows = np.flatnonzero(methods.access & ACC_NATIVE)
    found = {}
    for row in rows.tolist():
        word = _first_text(dex, int(methods.method[row]))
        if word is not None:
            found[int(methods.method[row])] = word + (0 if methods.access[row] & ACC_STATIC else 1)
    return found


def _first_text(dex: DexFile, method: int) -> int | None:
    proto = int(dex.tables.methods["proto"][method])
    if proto >= len(dex.tables.protos) or dex.names.type(int(dex.tables.protos["returns"][proto])) not in _ANSWERS:
        return None
    word = 0
    for type_ in dex.names.parameters(proto):
        name = dex.names.type(type_)
        if name in _TEXTS:
            return word
        word += 2 if name in {"J", "D"} else 1
    return None


def equalities(dex: DexFile, calls: npt.NDArray[np.int16], equals: frozenset[int]) -> list[int]:
    """Return the method ids of small static methods that compare their two objects and call nothing else.

    `equals`: rows of `CALL_LIST` that compare objects. Kotlin's areEqual is one, under whatever name.
    """
    methods, references = dex.methods, dex.references
    small = (dex.bodies.size > 0) & (dex.bodies.size <= MAX_EQUALITY_UNITS) & (methods.access & ACC_STATIC != 0)
    used = np.diff(references.starts) == 1
    first = references.starts[:-1][small & used]
    rows = np.flatnonzero(small & used)
    named = references.kind[first] == Reference.METHOD
    rows, index = rows[named], references.index[first[named]]
    wanted = np.isin(calls[index], list(equals)) if len(index) else np.zeros(0, np.bool_)
    found = methods.method[rows[wanted]].tolist()
    return [method for method in found if dex.names.method_signature(method).endswith(_BOTH_OBJECTS)]
