"""Libraries that apps carry, by the packages of their classes and by features that survive renaming.

A row describes published code; it says nothing of what an app does with it. A feature is 48 bits of a hash
(`assay.bytecode.shapes.features`): one may agree by chance or by a common origin, several do not.
"""

import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from importlib import resources
from typing import Literal, NamedTuple, Self

import msgspec
import numpy as np
import numpy.typing as npt

from assay.model import canonical

SCHEMA = "assay-sdks/1"
WEIGHT = 4
"""The weight of a feature that a single SDK has; what n of them have weighs WEIGHT // n."""
_FOLDER = "data/reference/sdks"


class Observed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Features that were found in just these versions; `hashes` are written in hexadecimal, between spaces."""

    versions: tuple[str, ...]
    hashes: str


class Sdk(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One SDK. `prefixes` are packages like ``org.example.lib``, each with all below it; `as_of` is the row's day.

    `verified`: verified (the classes were read in the files that `source` names) · secondary · unverified.
    `classes`: how many were read.
    """

    id: str
    name: str
    publisher: str
    category: str
    prefixes: tuple[str, ...]
    source: str
    as_of: date
    verified: Literal["verified", "secondary", "unverified"]
    classes: int = 0
    observed: tuple[Observed, ...] = ()


class Known(NamedTuple):
    """A feature of the table as it is met: row of `Sdks.rows`, group of versions of that SDK, weight."""

    sdk: int
    group: int
    weight: int


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    schema: str
    sdk: tuple[Sdk, ...]


class Sdks:
    """The table. `rows` by id; `features` u8: all features, ascending, those of several SDKs several times.

    `known`: what stands behind each of them; `sizes`: how many each row has.
    """

    def __init__(self, rows: Iterable[Sdk]) -> None:
        """Take the rows. Raises: ValueError for an id or a prefix that stands twice, or a feature that is none."""
        self.rows: tuple[Sdk, ...] = tuple(sorted(rows, key=lambda row: row.id))
        _once([row.id for row in self.rows])
        self._prefixes = {prefix: number for number, row in enumerate(self.rows) for prefix in row.prefixes}
        _once([prefix for row in self.rows for prefix in row.prefixes])
        found = sorted(
            (int(word, 16), sdk, group)
            for sdk, row in enumerate(self.rows)
            for group, observed in enumerate(row.observed)
            for word in observed.hashes.split()
        )
        self.sizes = tuple(sum(len(one.hashes.split()) for one in row.observed) for row in self.rows)
        shared = Counter(feature for feature, _, _ in found)
        self.features: npt.NDArray[np.uint64] = np.array([feature for feature, _, _ in found], np.uint64)
        self.known = tuple(Known(sdk, group, WEIGHT // shared[feature]) for feature, sdk, group in found)

    @classmethod
    def parse(cls, texts: Iterable[str]) -> Self:
        """Read the files of ``data/reference/sdks``. Raises: ValueError."""
        files = [msgspec.convert(tomllib.loads(text), _File) for text in texts]
        if wrong := [one.schema for one in files if one.schema != SCHEMA]:
            msg = f"{wrong[0]!r} is not the schema {SCHEMA}"
            raise ValueError(msg)
        return cls(row for one in files for row in one.sdk)

    @classmethod
    def packaged(cls) -> Self:
        """Return the table that comes with the bench."""
        folder = resources.files("assay").joinpath(_FOLDER)
        names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
        return cls.parse(folder.joinpath(name).read_text("utf-8") for name in names)

    @property
    def digest(self) -> str:
        """The sha256 over all rows."""
        return canonical.digest([SCHEMA, [msgspec.to_builtins(row) for row in self.rows]])

    def named(self, package: str) -> int | None:
        """Return the row whose prefix, the longest one, is this package or lies above it; dots between its parts."""
        while package:
            if (number := self._prefixes.get(package)) is not None:
                return number
            package = package.rpartition(".")[0]
        return None

    def find(self, hashes: npt.NDArray[np.uint64]) -> list[range]:
        """Return the rows of `known` of each hash."""
        low, high = (np.searchsorted(self.features, hashes, side).tolist() for side in ("left", "right"))
        return [range(first, end) for first, end in zip(low, high, strict=True)]

    def versions_of(self, met: Iterable[int]) -> tuple[str, ...]:
        """Return the versions that most of some rows of `known`, all of one SDK, were observed in, sorted."""
        counts = Counter(
            version
            for known in (self.known[row] for row in met)
            for version in self.rows[known.sdk].observed[known.group].versions
        )
        most = max(counts.values(), default=0)
        return tuple(sorted(version for version, count in counts.items() if count == most))


def _once(names: Sequence[str]) -> None:
    if twice := sorted(name for name, count in Counter(names).items() if count > 1):
        msg = f"{twice[0]} stands twice in the table of SDKs"
        raise ValueError(msg)
