"""Method and versions: what took part in the run, as data."""

from collections.abc import Iterator, Mapping

import msgspec

from assay.model import canonical


class RunLine(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the run record: a dotted name and its value, in canonical form where it is not text."""

    name: str
    value: str


def run_lines(run: Mapping[str, object]) -> tuple[RunLine, ...]:
    """Return the run record as lines in the order of their names."""
    return tuple(RunLine(name=name, value=value) for name, value in sorted(_flat("", run)))


def _flat(prefix: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _flat(f"{prefix}.{name}" if prefix else str(name), inner)
    elif isinstance(value, str):
        yield prefix, value
    else:
        yield prefix, canonical.line(value).decode("utf-8")
