"""Address databases that the user brings: what each says of an IP address, with its name and date.

Nothing is resolved and nothing is asked over a network. A database says where an address is registered or located
according to it, never where data are kept. Formats: MMDB (MaxMind DB 2.0) and CSV with the columns ``start``, ``end``,
``country`` and optionally ``kind`` (``anycast``, ``cdn``). A sidecar (``schema = "assay-address-database/1"``) gives
``name``, ``as_of``, ``source`` and, for a CSV without a first line of names, ``columns``.
"""

import tomllib
from collections.abc import Iterable, Mapping
from typing import Protocol, Self

import msgspec

from assay.model import canonical
from assay.model.errors import UsageError
from assay.model.ids import sha256_hex
from assay.reference.address_ranges import Ranges
from assay.reference.address_tree import MARK, Tree

SCHEMA = "assay-address-database/1"


class AddressClaim(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """What one database says of an address; `country` is empty where it does not list it."""

    database: str
    as_of: str
    country: str
    note: str = ""


class _Lookup(Protocol):
    """The way to (country, note) of a canonical address; None where it is not listed."""

    def find(self, address: str) -> tuple[str, str] | None: ...


class AddressDatabase:
    """One database with its name, date, source and the digest of its bytes."""

    def __init__(self, content: bytes, sidecar: str | None = None, label: str = "") -> None:
        """Read a database; `label` names it where nothing else does. Raises: UsageError."""
        about = _about(sidecar, label)
        self.sha256 = sha256_hex(content)
        self._lookup: _Lookup
        if MARK in content:
            tree = Tree(content, label)
            self._lookup, built = tree, tree.built
        else:
            self._lookup, built = Ranges.parse(content, about.columns, label), ""
        self.name = about.name or label or self.sha256[:16]
        self.as_of = about.as_of or built
        self.source = about.source

    def claim(self, address: str) -> AddressClaim:
        """Return what the database says of a canonical address."""
        country, note = self._lookup.find(address) or ("", "")
        return AddressClaim(database=self.name, as_of=self.as_of, country=country, note=note)


class AddressDatabases:
    """Several databases: their claims stand side by side."""

    def __init__(self, databases: Iterable[AddressDatabase]) -> None:
        """Take databases; the same bytes given twice count once, so that one database cannot agree with itself."""
        once = {database.sha256: database for database in databases}
        self.databases = tuple(sorted(once.values(), key=lambda database: (database.name, database.sha256)))

    @classmethod
    def of(cls, files: Iterable[tuple[bytes, str | None, str]]) -> Self:
        """Read (content, sidecar, label) of each database. Raises: UsageError."""
        return cls(AddressDatabase(*file) for file in files)

    @property
    def digest(self) -> str:
        """The sha256 over every database's name, date, source and bytes."""
        about = [[each.name, each.as_of, each.source, each.sha256] for each in self.databases]
        return canonical.digest([SCHEMA, about])

    def look_up(self, address: str) -> list[AddressClaim]:
        """Return one claim a database, also of those that do not list the address."""
        return [database.claim(address) for database in self.databases]


class _About(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a sidecar says."""

    name: str = ""
    as_of: str = ""
    source: str = ""
    columns: tuple[str, ...] = ()
    schema: str = SCHEMA


def _about(sidecar: str | None, label: str) -> _About:
    if sidecar is None:
        return _About()
    try:
        about = msgspec.convert(_dated(tomllib.loads(sidecar)), _About)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise UsageError(f"{label}: sidecar", f"cannot be used ({error})", "Correct it or leave it out.") from error
    if about.schema != SCHEMA:
        raise UsageError(f"{label}: sidecar", f"is of schema {about.schema!r}", f'Begin it with schema = "{SCHEMA}".')
    return about


def _dated(table: Mapping[str, object]) -> dict[str, object]:
    """Return the table with dates written without quotes as text."""
    return {key: str(value) if key == "as_of" else value for key, value in table.items()}
