"""Why two reports can differ: the mechanisms, as data, with the evidence that each would need."""

import tomllib
from collections.abc import Iterable
from importlib.resources import files

import msgspec

from assay.model.finding import Finding


class Mechanism(msgspec.Struct, frozen=True, kw_only=True):
    """One way in which two examinations differ while both are right."""

    id: str
    text: str
    evidence: str
    rules: tuple[str, ...] = ()
    """Rules whose findings are evidence of that kind; a finding does not show that the mechanism was at work."""


class MechanismView(msgspec.Struct, frozen=True, kw_only=True):
    """A mechanism with the findings of the case that are evidence of the kind it needs."""

    mechanism: Mechanism
    findings: tuple[str, ...]


class _Mechanisms(msgspec.Struct, frozen=True, kw_only=True):
    mechanism: tuple[Mechanism, ...]


def mechanism_views(findings: Iterable[Finding]) -> tuple[MechanismView, ...]:
    """Return the mechanisms with the ids of the findings that speak to them."""
    held = [(finding.rule, finding.id) for finding in findings]
    return tuple(
        MechanismView(mechanism=one, findings=tuple(name for rule, name in held if rule in one.rules))
        for one in mechanisms()
    )


def mechanisms() -> tuple[Mechanism, ...]:
    """Return the mechanisms in the order of the data file."""
    raw = (files("assay") / "data" / "report" / "mechanisms.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(raw), _Mechanisms).mechanism
