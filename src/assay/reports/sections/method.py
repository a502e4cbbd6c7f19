"""Method and versions: what took part in the run, as data."""

from collections.abc import Mapping, Sequence

import msgspec

from assay.model import canonical
from assay.model.coverage import Coverage


class RunLine(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the run record: a name and its value in words, or in canonical form where it has none."""

    name: str
    value: str


class RunGroup(msgspec.Struct, frozen=True, kw_only=True):
    """The lines of one part of the run record; those of no part have an empty name."""

    name: str
    lines: tuple[RunLine, ...]


def run_groups(run: Mapping[str, object]) -> tuple[RunGroup, ...]:
    """Return the run record: single values first, then its parts, each in the order of names."""
    single = {name: value for name, value in run.items() if not isinstance(value, Mapping)}
    parts = {name: value for name, value in run.items() if isinstance(value, Mapping) and value}
    return (
        RunGroup(name="", lines=_lines(single)),
        *(RunGroup(name=name, lines=_lines(parts[name])) for name in sorted(parts)),
    )


def _lines(values: Mapping[str, object]) -> tuple[RunLine, ...]:
    return tuple(RunLine(name=name, value=_value(values[name])) for name in sorted(values))


def _value(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, Coverage):
        return f"{value.analyser}: {value.outcome}" + (f" ({value.reason})" if value.reason else "")
    if isinstance(value, Sequence):
        return "; ".join(map(_value, value)) or "none"
    return canonical.line(value).decode("utf-8")
