"""DEX files in plain Python, for checks that shall need nothing of the bench: names, classes, what call sites make.

All work is counted and ends. What the runtime's own verifier refuses may be refused here, by one of `FAULTS`.

Source: Android Open Source Project, "Dalvik executable format", versions up to 041.
"""

import zipfile
import zlib
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from struct import calcsize, error, iter_unpack, unpack_from
from typing import Any

WORK = 100_000_000
_MOST = 128 << 20
_DEEPEST = 99
_FACTORY, _FIELDS, _STATIC = "Ljava/lang/invoke/LambdaMetafactory;", 3, 4
FAULTS = (ArithmeticError, AttributeError, EOFError, LookupError, OSError, RuntimeError, TypeError, ValueError, error,
          zipfile.BadZipFile, zlib.error)  # fmt: skip


class DoesNotHold(Exception):
    """Says what does not hold."""


def need(holds: object, otherwise: str) -> None:
    """Raise DoesNotHold unless something holds."""
    if not holds:
        raise DoesNotHold(otherwise)


class Dex:
    """One file: `names` by flag of the opcode, `parents` of each class, the superclass first, `code` offsets."""

    def __init__(self, data: bytes) -> None:
        """Read the tables and what every class defines."""
        self.data, self.left = data + bytes(16), WORK
        tables = iter_unpack("<2I", data[0x38:0x68])
        strings = [self._text(at) for (at,) in self._rows("<I", tables)]
        types = [strings[name] for (name,) in self._rows("<I", tables)]
        protos = [f"({''.join(self._listed(types, at))}){types[back]}" for _, back, at in self._rows("<3I", tables)]
        fields = [self.kept(f"{types[a]}->{strings[c]}:{types[b]}") for a, b, c in self._rows("<2HI", tables)]
        methods = [(types[a], self.kept(strings[c] + protos[b])) for a, b, c in self._rows("<2HI", tables)]
        named = [self.kept("->".join(each)) for each in methods]
        self.names = {"S": strings, "T": types, "G": fields, "P": fields, "M": named}
        self.parents, self.code = dict[str, list[str]](), dict[tuple[str, str], int]()
        for owner, _, above, interfaces, _, _, body, _ in self._rows("<8I", tables):
            parents = ["" if above == 0xFFFFFFFF else types[above], *self._listed(types, interfaces)]
            if self.parents.setdefault(types[owner], parents) is parents:
                self.code.update((methods[n], at) for n, at in self._defined(body) if methods[n][0] == types[owner])
        self.kept_methods, self._methods = dict[tuple[str, str], Any](), methods

    @cached_property
    def lambdas(self) -> list[str | None]:
        """The method that the lambda of each call site runs; None of another call site."""
        at = unpack_from("<I", self.data, 0x34)[0]
        size = unpack_from("<I", self.data, at)[0]
        tables = {each[0]: each[2:] for each in iter_unpack("<2H2I", self.data[at + 4 : at + 4 + 12 * size])}
        many, to = tables[8]
        handles = [*iter_unpack("<4H", self.data[to : to + 8 * many])]
        many, to = tables[7]
        sites = iter_unpack("<I", self.data[to : to + 4 * many])
        return [self._lambda([*self._values(place)], handles) for (place,) in sites]

    def kept(self, text: str, work: int = 1) -> str:
        """Return a text, and count what it and some other work take."""
        self.left -= len(text) + work
        need(self.left > 0, "checking it takes too much work")
        return text

    def numbers(self, at: int) -> Iterator[tuple[int, int]]:
        """Yield LEB128 numbers and how many bits they have."""
        while True:
            value = bits = 0
            while bits == 0 or (self.data[at - 1] > 127 and bits < 35):
                value, bits, at = value | (self.data[at] & 127) << bits, bits + 7, at + 1
            self.kept("")
            yield value, bits

    def _values(self, at: int) -> Iterator[tuple[int, int]]:
        """Yield the sorts and the numbers of the five values that begin an array at most."""
        many, at = min(self.data[at], 5), at + 1
        for _ in range(many):
            end = at + 2 + (self.data[at] >> 5)
            yield self.data[at] & 31, int.from_bytes(self.data[at + 1 : end], "little")
            at = end

    def _lambda(self, values: list[tuple[int, int]], handles: list[tuple[int, ...]]) -> str | None:
        self.kept("", len(values))
        if [sort for sort, _ in values] != [0x16, 0x17, 0x15, 0x15, 0x16]:
            return None
        (way, _, factory, _), (sort, _, run, _) = handles[values[0][1]], handles[values[4][1]]
        made = (way, sort > _FIELDS, self._methods[factory][0]) == (_STATIC, True, _FACTORY)
        return self.kept("->".join(self._methods[run])) if made else None

    def _rows(self, shape: str, tables: Iterator[tuple[int, int]]) -> Iterator[Any]:
        size, at = next(tables)
        return iter_unpack(shape, self.data[at : at + size * calcsize(shape)])

    def _text(self, at: int) -> str:
        at = next(end for end in range(at + 1, at + 6) if self.data[end - 1] < 128)
        return self.kept(self.data[at : self.data.index(0, at)].decode("utf-8", "backslashreplace"))

    def _listed(self, types: list[str], at: int) -> Iterator[str]:
        (size,) = unpack_from("<I", self.data, at) if at else (0,)
        return (self.kept(types[number]) for (number,) in iter_unpack("<H", self.data[at + 4 : at + 4 + 2 * size]))

    def _defined(self, at: int) -> Iterator[tuple[int, int]]:
        numbers = (number for number, _ in self.numbers(at))
        sizes = [next(numbers) if at else 0 for _ in range(4)]
        for _ in range(2 * (sizes[0] + sizes[1])):
            next(numbers)
        for size in sizes[2:]:
            method = 0
            for _ in range(size):
                method, _, code = method + next(numbers), next(numbers), next(numbers)
                yield method, code


def runs(dexes: Mapping[str, Dex], owner: str, signature: str) -> str:
    """Return the class whose code runs when an object of a class is asked for a method; one outside where it is."""
    for _ in range(_DEEPEST):
        dex = next((dex for dex in dexes.values() if owner in dex.parents), None)
        if dex is None or (owner, signature) in dex.code:
            return owner
        owner = dex.parents[owner][0]
    raise DoesNotHold("classes are below themselves")


def above(dexes: Mapping[str, Dex], owner: str) -> set[str]:
    """Return a class and all that are above it."""
    seen, todo = {owner}, [owner]
    for each in todo:
        parents = {parent for dex in dexes.values() for parent in dex.parents.get(each, ())} - seen
        seen |= parents
        todo += sorted(parents)
        next(iter(dexes.values())).kept("", len(parents))
    return seen


def dex_files(path: str) -> list[bytes]:
    """Return the DEX file that a file is, or those that it holds as a ZIP archive. Raises: what FAULTS lists."""
    if not zipfile.is_zipfile(path):
        return [Path(path).read_bytes()]
    with zipfile.ZipFile(path) as archive:
        entries = [each for each in archive.infolist() if each.filename.endswith(".dex") and each.file_size <= _MOST]
        return [archive.read(each) for each in entries]
