"""MANIFEST.MF and .SF files: sections of attributes, each with its own bytes.

Source: JAR File Specification, sections "Manifest Specification" and "Signature File".
"""

import base64
import binascii
import hashlib
import itertools
import re
from collections.abc import Iterator, Mapping

import msgspec

MAX_SECTIONS = 1_000_000
DIGESTS = (("SHA-512", "sha512"), ("SHA-384", "sha384"), ("SHA-256", "sha256"), ("SHA1", "sha1"), ("SHA", "sha1"),
           ("MD5", "md5"))  # fmt: skip
"""Attribute prefixes and digests, the strongest first."""

_BREAK = re.compile(rb"\r\n|\r|\n")


class Section(msgspec.Struct, frozen=True):
    """Attributes by lower-case name, and the section's bytes with the empty line that ends it."""

    attributes: Mapping[str, bytes]
    raw: bytes

    def digest_fault(self, suffix: str, content: bytes | memoryview) -> str | None:
        """Return why ``X-Digest<suffix>`` is not that of `content`, empty where it is, None where it is not stated."""
        for prefix, algorithm in DIGESTS:
            stated = self.attributes.get(f"{prefix}-Digest{suffix}".lower())
            if stated is not None:
                same = _decoded(stated) == hashlib.new(algorithm, content).digest()
                return "" if same else f"its {algorithm} digest differs"
        return None


def sections(raw: bytes) -> list[Section]:
    """Return the sections in order, the main one first. Raises: ValueError where there are too many."""
    found: list[Section] = []
    lines: list[bytes] = []
    first = 0
    for line, start, stop in itertools.chain(_lines(raw), [(b"", len(raw), len(raw))]):
        if line:
            first = first if lines else start
            lines.append(line)
        elif lines:
            found.append(Section(_attributes(lines), raw[first:stop]))
            lines = []
        if len(found) > MAX_SECTIONS:
            msg = f"more than {MAX_SECTIONS} sections"
            raise ValueError(msg)
    return found


def _lines(raw: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Yield (line without its break, where it begins, where the next begins)."""
    start = 0
    for match in _BREAK.finditer(raw):
        yield raw[start : match.start()], start, match.end()
        start = match.end()
    if start < len(raw):
        yield raw[start:], start, len(raw)


def by_name(found: list[Section]) -> dict[bytes, Section]:
    """Return the sections behind the main one by the entry they name; the first of a name counts."""
    named: dict[bytes, Section] = {}
    for section in found[1:]:
        name = section.attributes.get("name")
        if name is not None:
            named.setdefault(name, section)
    return named


def _attributes(lines: list[bytes]) -> dict[str, bytes]:
    """Return the attributes of a section; a line that begins with a space goes on with the one before."""
    parts: dict[str, list[bytes]] = {}
    last = ""
    for line in lines:
        name, colon, value = line.partition(b":")
        if line.startswith(b" ") and last:
            parts[last].append(line[1:])
        elif colon:
            last = name.decode("latin-1").lower()
            parts[last] = [value.removeprefix(b" ")]
    return {name: b"".join(values) for name, values in parts.items()}


def _decoded(text: bytes) -> bytes | None:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        return None
