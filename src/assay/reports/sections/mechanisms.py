"""Why two reports can differ: the mechanisms, as data, with the evidence that each would need."""

import tomllib
from importlib.resources import files

import msgspec


class Mechanism(msgspec.Struct, frozen=True, kw_only=True):
    """One way in which two examinations differ while both are right."""

    id: str
    text: str
    evidence: str


class _Mechanisms(msgspec.Struct, frozen=True, kw_only=True):
    mechanism: tuple[Mechanism, ...]


def mechanisms() -> tuple[Mechanism, ...]:
    """Return the mechanisms in the order of the data file."""
    raw = (files("assay") / "data" / "report" / "mechanisms.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(raw), _Mechanisms).mechanism
