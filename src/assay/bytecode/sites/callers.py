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
MAX_WORD = 127
"""Last word of a call's arguments that operands of sites can name."""
_TEXTS = ("Ljava/lang/String;", "Ljava/lang/CharSequence;", "[B", "[C")
_LISTS = ("[Ljava/lang/String;", "Ljava/util/List;", "Ljava/util/Collection;", "Ljava/util/Set;",
          "Ljava/util/ArrayList;", "Ljava/util/HashSet;")  # fmt: skip
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

    def place(self, method: int, word: int, *, static: bool) -> int:
        """Return the number of the argument at a word of a method id's call, a wide one counted once; -1 stays."""
        receiver = 0 if static else 1
        numbers = [0] * receiver
        for at, type_ in enumerate(self._dex.names.parameters(int(self._dex.tables.methods["proto"][method]))):
            numbers += [at + receiver] * (2 if self._dex.names.type(type_) in {"J", "D"} else 1)
        return numbers[word] if 0 <= word < len(numbers) else -1

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


def natives(dex: DexFile) -> dict[int, tuple[int, int]]:
    """Return, by method id, the words of the first text and the first list that native methods of this file take.

    Those that take a text and answer about it count; without a text a list of texts is asked about. -1: no list.
    What lies beyond `MAX_WORD` is left out.
    """
    methods = dex.methods
    found = {}
    for row in np.flatnonzero(methods.access & ACC_NATIVE).tolist():
        receiver = 0 if methods.access[row] & ACC_STATIC else 1
        asked = _asked_about(dex, int(methods.method[row]))
        text, list_ = (word + receiver if 0 <= word <= MAX_WORD - receiver else -1 for word in asked)
        if text >= 0:
            found[int(methods.method[row])] = (text, list_)
    return found


def _asked_about(dex: DexFile, method: int) -> tuple[int, int]:
    """Return the words of a text and of a list, counted without a receiver; -1 twice where it answers nothing."""
    proto = int(dex.tables.methods["proto"][method])
    if proto >= len(dex.tables.protos) or dex.names.type(int(dex.tables.protos["returns"][proto])) not in _ANSWERS:
        return -1, -1
    words: dict[str, int] = {}
    at = 0
    for type_ in dex.names.parameters(proto):
        name = dex.names.type(type_)
        words.setdefault("text" if name in _TEXTS else "list" if name in _LISTS else name, at)
        at += 2 if name in {"J", "D"} else 1
    text, list_ = words.get("text", -1), words.get("list", -1)
    return (text, list_) if text >= 0 else (list_, -1)


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
