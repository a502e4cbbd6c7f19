"""The resources of an app by id, over its base and all splits: names, configurations, files.

Source: AOSP frameworks/base, libs/androidfw/include/androidfw/ResourceTypes.h.
"""

from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from assay.applications.application import Application
from assay.artefacts.arsc import ResourceTable
from assay.artefacts.arsc_package import ResourcePackage
from assay.artefacts.arsc_type import TypeValues

U4 = npt.NDArray[np.uint32]


class Resource(msgspec.Struct, frozen=True, kw_only=True):
    """One resource: ``type/name``, the configurations that have a value, and those values that are plain texts."""

    id: int
    name: str
    configurations: tuple[str, ...]
    texts: tuple[str, ...]

    @property
    def kind(self) -> str:
        """The type, e.g. ``array``."""
        return self.name.partition("/")[0]


class Resources:
    """Every resource id of an app; names and values are read for those that are asked for."""

    def __init__(self, tables: Iterable[ResourceTable]) -> None:
        """Take the resource tables of the base and the splits."""
        self._types: dict[int, list[_Values]] = {}
        for table in tables:
            for package in table.packages:
                for values in package.values:
                    self._types.setdefault(_type(package, values), []).append(_Values(table, package, values))

    @classmethod
    def of(cls, app: Application) -> "Resources":
        """Return the resources of an app; archives whose table cannot be read have none."""
        found = (archive.document.resources for archive in app.archives)
        return cls([table for table in found if table is not None])

    @cached_property
    def ids(self) -> U4:
        """All resource ids, sorted, each once. Shape (n,), u4."""
        parts = [_ids(type_, one.values) for type_, several in self._types.items() for one in several]
        return np.unique(np.concatenate([np.zeros(0, np.uint32), *parts]))

    def named(self, kind: str, name: str) -> int | None:
        """Return the lowest id of a type and name, None where there is none."""
        return self._by_name.get(f"{kind}/{name}")

    @cached_property
    def _by_name(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for one in (one for several in self._types.values() for one in several):
            for row in range(len(one.values)):
                number = one.package.id_of(one.values, row)
                name = one.package.name_of(one.values, row)
                found[name] = min(number, found.get(name, number))
        return found

    def get(self, resource_id: int) -> Resource:
        """Return a resource. Raises: KeyError."""
        found = [
            (one, row) for one in self._types.get(resource_id >> 16, ()) if (row := one.row(resource_id)) is not None
        ]
        if not found:
            raise KeyError(resource_id)
        texts = {one.table.plain_text(one.values, row) for one, row in found} - {None}
        return Resource(
            id=resource_id,
            name=min(one.package.name_of(one.values, row) for one, row in found),
            configurations=tuple(sorted({one.values.configuration for one, _ in found})),
            texts=tuple(sorted(text for text in texts if text is not None)),
        )


class _Values(NamedTuple):
    """The values of one type in one configuration, with the table and package that hold them."""

    table: ResourceTable
    package: ResourcePackage
    values: TypeValues

    def row(self, resource_id: int) -> int | None:
        return self.values.find(resource_id & 0xFFFF)


def _type(package: ResourcePackage, values: TypeValues) -> int:
    """Return the upper half of the ids of a type."""
    return package.id << 8 | values.type & 0xFF


def _ids(type_: int, values: TypeValues) -> U4:
    return (values.entry.astype(np.uint32) & np.uint32(0xFFFF)) | np.uint32(type_ << 16)
