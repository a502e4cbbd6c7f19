"""Certificates that name no maker: public test keys, and debug keys that development tools make."""

import re
import tomllib
from datetime import date
from importlib import resources
from typing import Self

import msgspec

from assay.model.ids import sha256_hex

_TABLE = "data/reference/test_keys.toml"


class TestKey(msgspec.Struct, frozen=True, kw_only=True):
    """A certificate whose private key is public; `sha256` is over its DER bytes."""

    __test__ = False

    name: str
    sha256: str
    source: str
    as_of: date
    verified: str


class TestSubject(msgspec.Struct, frozen=True, kw_only=True):
    """A subject by which a debug certificate is known: exactly these attributes, in any order."""

    __test__ = False

    name: str
    attributes: tuple[str, ...]
    source: str
    as_of: date
    verified: str


class _Rows(msgspec.Struct, frozen=True):
    key: tuple[TestKey, ...]
    subject: tuple[TestSubject, ...]


class TestKeys:
    """The table; `digest` is the sha256 of its file."""

    __test__ = False

    def __init__(self, raw: bytes) -> None:
        """Read the table from the bytes of its file. Raises: ValueError."""
        rows = msgspec.convert(tomllib.loads(raw.decode("utf-8")), _Rows)
        self.digest = sha256_hex(raw)
        self.keys = rows.key
        self.subjects = rows.subject
        self._by_sha256 = {key.sha256: key.name for key in rows.key}

    @classmethod
    def packaged(cls) -> Self:
        """Return the table that comes with the bench."""
        return cls(resources.files("assay").joinpath(_TABLE).read_bytes())

    def look_up(self, sha256: str, subject: str) -> str:
        """Return the name of the test key with this certificate or this subject (RFC 4514), empty where none is."""
        parts = set(re.split(r"(?<!\\),", subject))
        named = (rule.name for rule in self.subjects if set(rule.attributes) == parts)
        return self._by_sha256.get(sha256) or next(named, "")
