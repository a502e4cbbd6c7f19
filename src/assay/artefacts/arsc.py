"""Compiled resource tables (resources.arsc): values by resource id and configuration.

Source: AOSP frameworks/base, libs/androidfw/include/androidfw/ResourceTypes.h (ResTable_header, ResTable_package)
and libs/androidfw/LoadedArsc.cpp. Resource ids are 0xPPTTEEEE: package, type, entry.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property

import msgspec

from assay.artefacts.arsc_configuration import DEFAULT
from assay.artefacts.arsc_package import ResourcePackage
from assay.artefacts.arsc_type import Bag, TypeValues
from assay.artefacts.problem_log import ProblemLog
from assay.artefacts.resource_chunk import STRING_POOL, TABLE, Chunk, StringPool, chunk_at, chunks
from assay.artefacts.resource_value import Kind, Value
from assay.model.errors import Unreadable
from assay.model.limits import MIB
from assay.model.locator import ByteRange
from assay.model.problem import Problem
from assay.model.source import ByteSource
from assay.registry import reader

MAX_HOPS = 20
"""Most references followed one after the other, as Android has it."""
MAX_BYTES = 256 * MIB
"""Largest resource table that is read, in bytes."""
MAX_SHARED_BAGS = 4
"""Most bag items read, as a multiple of how many fit into the table once; bags may share bytes."""

_PACKAGE = 0x0200
_ARRAY_FIRST = (0x01000001, 0x02000000)
"""Key of an array's first item; the others count up from it. Plurals and attributes begin elsewhere."""


class StringArray(msgspec.Struct, frozen=True, kw_only=True):
    """A string array in one configuration; `name` is type and name, e.g. ``array/words``; entries as found."""

    resource_id: int
    name: str
    configuration: str
    entries: tuple[str, ...]
    offset: int


class ResourceValue(msgspec.Struct, frozen=True, kw_only=True):
    """A plain value of a resource in one configuration; `offset` is that of its entry in the table, in bytes."""

    resource_id: int
    name: str
    configuration: str
    value: Value
    offset: int


class ResourceTable:
    """A resource table. Values come in the order of the table: package, type chunk, entry."""

    def __init__(self, source: ByteSource) -> None:
        """Read chunks, names and columns; strings are decoded when asked for. Raises: Unreadable."""
        if source.size > MAX_BYTES:
            raise Unreadable(f"a resource table of {source.size} bytes is larger than the limit of {MAX_BYTES}")
        self._view = source.view()
        self._log = ProblemLog()
        outer = chunk_at(self._view, 0, source.size)
        if outer is None or outer.type != TABLE:
            raise Unreadable("does not begin with a chunk of a resource table")
        if outer.clipped:
            what = "the table declares more bytes than there are"
            self._log.add(ByteRange(0, 8), what, "read to the end", "resources may be missing")
        self._strings: StringPool | None = None
        self.packages: list[ResourcePackage] = []
        self._read(outer)
        self._known: dict[int, Value | None] = {}

    @property
    def problems(self) -> Sequence[Problem]:
        """Problems met so far, in the order they were met."""
        return self._log()

    def values(self) -> Iterator[ResourceValue]:
        """Yield every plain value in every configuration."""
        for package in self.packages:
            for values in package.values:
                for row in values.rows(complex_=False):
                    value = self._value(int(values.kind[row]), int(values.data[row]))
                    yield ResourceValue(
                        resource_id=package.id_of(values, row),
                        name=package.name_of(values, row),
                        configuration=values.configuration,
                        value=value,
                        offset=int(values.at[row]),
                    )

    def bags(self) -> Iterator[tuple[ResourcePackage, TypeValues, int, Bag]]:
        """Yield (package, values, row, bag) of every value of several parts, within the limit on shared bags."""
        left = MAX_SHARED_BAGS * (len(self._view) // 12)
        for package in self.packages:
            for values in package.values:
                for row in values.rows(complex_=True):
                    left -= values.bag_length(row)
                    if left < 0:
                        what = "bags overlap so that their items are many times more than the table has room for"
                        self._log.add(None, what, "later bags were passed over", "arrays may be missing")
                        return
                    yield package, values, row, values.bag(row)

    def strings(self) -> Iterator[tuple[int, str, str, str]]:
        """Yield (resource id, name, configuration, text) of every string, those inside bags included."""
        for package in self.packages:
            for values in package.values:
                for row in values.rows(complex_=False):
                    if values.kind[row] == Kind.STRING and (found := self._string(int(values.data[row]))) is not None:
                        yield package.id_of(values, row), package.name_of(values, row), values.configuration, found
        for package, values, row, bag in self.bags():
            name, number = package.name_of(values, row), package.id_of(values, row)
            for _, kind, data in bag.items:
                if kind == Kind.STRING and (found := self._string(data)) is not None:
                    yield number, name, values.configuration, found

    def plain_text(self, values: TypeValues, row: int) -> str | None:
        """Return the string of a plain value, None where it is none."""
        plain = not values.complex[row] and values.kind[row] == Kind.STRING
        return self._string(int(values.data[row])) if plain else None

    def string_arrays(self) -> Iterator[StringArray]:
        """Yield every array that holds at least one string, references resolved in the default configuration."""
        for package, values, row, bag in self.bags():
            items = sorted(bag.items, key=lambda item: item[0])
            array = _is_array(items)
            found = [self._item(kind, data) for _, kind, data in items if array]
            if any(value.string is not None for value in found):
                yield StringArray(
                    resource_id=package.id_of(values, row),
                    name=package.name_of(values, row),
                    configuration=values.configuration,
                    entries=tuple(map(str, found)),
                    offset=int(values.at[row]),
                )

    def resolve(self, value: Value) -> Value | None:
        """Return what a value refers to in the default configuration; itself where it refers to nothing.

        None where the resource is not in this table, has several parts, or where references go in a ring.
        """
        for _ in range(MAX_HOPS + 1):
            if value.reference is None:
                return value
            following = self._default(value.reference)
            if following is None:
                return None
            value = following
        return None

    # --- reading ----------------------------------------------------------------------------------

    def _read(self, outer: Chunk) -> None:
        for chunk in chunks(self._view, outer.body, outer.stop):
            if chunk.type == STRING_POOL and self._strings is None:
                self._strings = StringPool(self._view, chunk)
                self._check(self._strings, chunk)
            elif chunk.type == _PACKAGE:
                try:
                    self.packages.append(ResourcePackage(self._view, chunk, self._log))
                except Unreadable as error:
                    self._log.add(ByteRange(chunk.start, 8), error.what, "passed over", "resources are missing")
        declared = int.from_bytes(self._view[outer.start + 8 : outer.start + 12], "little")
        if declared and not self.packages:
            self._log.add(None, "no package of the resource table can be read", "nothing", "no resource was examined")

    def _check(self, pool: StringPool, chunk: Chunk) -> None:
        if pool.declared != len(pool):
            what = f"the string pool declares {pool.declared} strings and has room for {len(pool)}"
            self._log.add(ByteRange(chunk.start, 28), what, "read those", "text may be missing")
        if pool.refused:
            what = f"strings of a pool of {chunk.stop - chunk.start} bytes overlap to {pool.bytes} bytes"
            self._log.add(ByteRange(chunk.start, 28), what, "no string was read", "no text was examined")

    def _string(self, index: int) -> str | None:
        return None if self._strings is None else self._strings.text(index)

    def _value(self, kind: int, data: int) -> Value:
        return Value(kind, data, self._string(data) if kind == Kind.STRING else None)

    def _item(self, kind: int, data: int) -> Value:
        value = self._value(kind, data)
        return self.resolve(value) or value

    # --- references -------------------------------------------------------------------------------

    @cached_property
    def _by_type(self) -> dict[tuple[int, int], list[TypeValues]]:
        """Values by package and type, the default configuration first, then those that ask only for a version."""
        found: dict[tuple[int, int], list[TypeValues]] = {}
        for package in self.packages:
            for values in package.values:
                found.setdefault((package.id, values.type & 0xFF), []).append(values)
        for several in found.values():
            several.sort(key=lambda values: _distance(values.configuration))
        return found

    def _default(self, resource_id: int) -> Value | None:
        if resource_id not in self._known:
            self._known[resource_id] = self._look_up(resource_id)
        return self._known[resource_id]

    def _look_up(self, resource_id: int) -> Value | None:
        for values in self._by_type.get((resource_id >> 24, resource_id >> 16 & 0xFF), []):
            row = values.find(resource_id & 0xFFFF)
            if row is not None and not values.complex[row]:
                return self._value(int(values.kind[row]), int(values.data[row]))
        return None


def _is_array(items: Sequence[tuple[int, int, int]]) -> bool:
    if not items:
        return False
    first, last = items[0][0], items[-1][0]
    return first in _ARRAY_FIRST and last - first == len(items) - 1


def _distance(configuration: str) -> int:
    """Return 0 for the default configuration, 1 for one that asks only for a version, else 2."""
    if configuration == DEFAULT:
        return 0
    return 1 if configuration.startswith("v") and "-" not in configuration else 2


def is_arsc(source: ByteSource) -> bool:
    """Say whether the bytes begin with a resource table chunk and a string pool."""
    head = source.read(0, 16)
    return len(head) == 16 and head[:4] == b"\x02\0\x0c\0" and head[12:16] == b"\x01\0\x1c\0"


@reader(
    kind="arsc",
    gives=ResourceTable,
    recognise=is_arsc,
    rank=60,
    blind_to=(
        "values that refer to resources of the system or of another package",
        "which configuration a handset would choose: references are resolved in the default one",
        "styles of text inside strings, overlays, staged ids",
    ),
    source="AOSP libs/androidfw/include/androidfw/ResourceTypes.h, LoadedArsc.cpp",
)
def open_arsc(source: ByteSource) -> ResourceTable:
    """Open a resource table. Raises: Unreadable."""
    return ResourceTable(source)
