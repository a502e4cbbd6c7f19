"""Countries by their ISO 3166-1 alpha-2 code."""

import tomllib
from collections.abc import Mapping
from typing import Self

from assay.model import canonical

SCHEMA = "assay-countries/1"


class Countries:
    """The codes that stand for a country, with a short English name each."""

    def __init__(self, names: Mapping[str, str]) -> None:
        """Take names by code."""
        self._names = dict(names)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``data/reference/countries.toml``. Raises: ValueError for another schema."""
        table = tomllib.loads(text)
        if table.get("schema") != SCHEMA:
            msg = f"not a table of schema {SCHEMA}"
            raise ValueError(msg)
        return cls(table["names"])

    @property
    def digest(self) -> str:
        """The sha256 over all codes and names."""
        return canonical.digest([SCHEMA, self._names])

    def __contains__(self, code: object) -> bool:
        return code in self._names

    def name(self, code: str) -> str:
        """Return the name of a code, the code itself where it stands for no country."""
        return self._names.get(code, code)
