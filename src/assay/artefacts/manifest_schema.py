"""The schema that a TOML manifest of the bench states in its first assignment."""

import re

from assay.model.source import ByteSource

OPENING = 4096
"""Bytes within which the first assignment must stand."""

_SCHEMA = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:[ \t]*(?:#[^\r\n]*)?\r?\n)*[ \t]*schema[ \t]*=[ \t]*[\"']([a-z0-9/-]+)[\"']"
)
"""No two parts of it can take the same byte, so that it never looks at a line twice."""


def schema_of(source: ByteSource) -> str:
    """Return the schema that the first assignment of a TOML text states, empty where there is none."""
    match = _SCHEMA.match(source.read(0, OPENING))
    return match[1].decode("ascii") if match else ""
