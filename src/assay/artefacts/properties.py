"""Property files (name=value on each line) and transcripts of getprop ([name]: [value])."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from assay.artefacts.charsets import SAMPLE, charset_of
from assay.artefacts.text import Line, TextDocument
from assay.model.problem import Problem
from assay.model.source import ByteSource
from assay.registry import reader

MIN_PROPERTIES = 3
"""Fewest properties by which a file is recognised."""

_ASSIGNED = re.compile(r"\s*([A-Za-z0-9_.:@-]+)\s*=(.*)", re.DOTALL)
_PRINTED = re.compile(r"\[([^\[\]]*)\]: \[(.*)", re.DOTALL)
_SKIPPED = re.compile(r"\s*(?:#|!|$)|import\s")
_NEWLINE = re.compile(r"\r\n|\r|\n")


class Property(NamedTuple):
    """One property: name, value as written, line from 1."""

    name: str
    value: str
    line: int


class PropertiesFile(TextDocument):
    """The properties of a file in order; `transcript` is true for what getprop printed."""

    def __init__(self, source: ByteSource) -> None:
        """Read the properties. Raises: Unreadable."""
        super().__init__(source)
        filled = [line for line in self.lines if not _SKIPPED.match(line.text)]
        self.transcript = bool(filled) and _PRINTED.match(filled[0].text) is not None
        self._odd: list[Line] = []
        self.properties: tuple[Property, ...] = tuple(
            self._printed(filled) if self.transcript else self._assigned(filled)
        )
        if self._odd:
            self._problems.append(_no_properties(self._odd))

    def _assigned(self, lines: list[Line]) -> Iterator[Property]:
        for line in lines:
            match = _ASSIGNED.match(line.text)
            if match:
                yield Property(match[1], match[2].strip(), line.number)
            else:
                self._odd.append(line)

    def _printed(self, lines: list[Line]) -> Iterator[Property]:
        """Read bracketed properties; a value goes on over lines until its closing bracket."""
        name, value, first = "", "", 0
        for line in lines:
            match = _PRINTED.match(line.text)
            if match:
                name, value, first = match[1], match[2], line.number
            elif first:
                value += "\n" + line.text
            else:
                self._odd.append(line)
            if first and value.endswith("]"):
                yield Property(name, value[:-1], first)
                first = 0


def _no_properties(lines: list[Line]) -> Problem:
    return Problem(
        place=str(lines[0].range),
        what=f"{len(lines)} lines are no properties, the first one here",
        instead="they were skipped",
        cost="what they say was not examined as properties",
    )


def is_properties(source: ByteSource) -> bool:
    """Say whether every line of the first bytes that is not empty, a comment or an import is a property."""
    start = source.read(0, SAMPLE)
    charset = charset_of(start, cut=source.size > SAMPLE)
    if charset is None:
        return False
    lines = _NEWLINE.split(start[charset.mark :].decode(charset.codec, "replace"))
    whole = lines[:-1] if source.size > SAMPLE else lines
    filled = [line for line in whole if not _SKIPPED.match(line)]
    if len(filled) < MIN_PROPERTIES:
        return False
    return all(map(_ASSIGNED.match, filled)) or sum(1 for line in filled if _PRINTED.match(line)) >= 0.9 * len(filled)


@reader(
    kind="properties",
    gives=PropertiesFile,
    recognise=is_properties,
    rank=15,
    blind_to=(
        f"files of fewer than {MIN_PROPERTIES} properties: they are read as text",
        "escapes and continued lines of Java property files: values stay as written",
        "the binary property area of a running phone",
    ),
    source="Android 14, system/core/init/property_service.cpp (LoadProperties) and toolbox getprop",
)
def open_properties(source: ByteSource) -> PropertiesFile:
    """Open a property file. Raises: Unreadable."""
    return PropertiesFile(source)
