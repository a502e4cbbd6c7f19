"""Every element and attribute of every binary XML document of a package, the manifest among them, by aapt."""

import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from assay.artefacts.axml import Attribute, BinaryXml, Element
from assay.artefacts.resource_value import Kind
from assay.model.source import BufferSource
from tests.differential.differences import Table, hold
from tests.differential.material import apks

pytestmark = [
    pytest.mark.differential,
    pytest.mark.skipif(shutil.which("aapt") is None, reason="aapt is not installed"),
]
KNOWN: Table = {}

Row = tuple[int, str, str]
"""Depth below the root, what it is, and what it says: an element with its line, an attribute, a text."""


def documents(path: Path) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.endswith(".xml") and (raw := archive.read(name))[:4] == b"\x03\0\x08\0":
                yield name, raw


def ours(raw: bytes) -> Iterator[Row]:
    waiting = [(0, BinaryXml(BufferSource(raw)).root)]
    while waiting:
        depth, element = waiting.pop()
        yield from element_rows(depth, element)
        waiting += ((depth + 1, child) for child in reversed(element.children))


def element_rows(depth: int, element: Element) -> Iterator[Row]:
    yield depth, "E", f"{element.namespace}|{element.name} line {element.line}"
    for each in element.attributes:
        yield depth, "A", f"{each.namespace}|{each.name}{_number(each)}={_printed(each)}"
    for text in element.text:
        yield depth, "C", f'"{_escaped(text)}"'


def _number(attribute: Attribute) -> str:
    return f"(0x{attribute.resource_id:08x})" if attribute.resource_id else ""


def _printed(attribute: Attribute) -> str:
    """Return a value as aapt prints it (platform/frameworks/base, tools/aapt/AaptXml and Resource: printXMLBlock)."""
    value = attribute.value
    raw = "" if attribute.raw is None else f' (Raw: "{_escaped(attribute.raw)}")'
    if value.kind == Kind.STRING:
        return f'"{_escaped(value.string or "")}"{raw}'
    if value.kind in {Kind.REFERENCE, Kind.ATTRIBUTE}:
        return f"{'@?'[value.kind - 1]}0x{value.data:08x}{raw}"
    return "(null)" + raw if value.kind == Kind.NULL else f"(type 0x{value.kind:x})0x{value.data:x}{raw}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace('"', '\\"')


def theirs(path: Path, names: list[str]) -> Iterator[Row]:
    """Yield the rows of some documents, all in one run of aapt."""
    command = ["aapt", "dump", "xmltree", str(path), *names]
    printed = subprocess.run(command, capture_output=True, check=False).stdout.decode("utf-8", "surrogateescape")
    spaces: dict[str, str] = {}
    above: list[int] = []
    for line in printed.removesuffix("\n").split("\n"):
        indent, kind, said = _parted(line)
        while above and above[-1] >= indent:
            above.pop()
        if kind == "N":
            prefix, _, uri = said.partition("=")
            spaces[prefix] = uri
            continue
        yield len(above) - (kind != "E"), kind, said if kind == "C" else _qualified(said, spaces)
        above += [indent] if kind == "E" else []


def _parted(line: str) -> tuple[int, str, str]:
    match = re.match(r"( *)([ENAC]): (.*)$", line)
    assert match is not None, line
    return len(match[1]), match[2], match[3]


def _qualified(said: str, spaces: dict[str, str]) -> str:
    """Return an element or attribute with the namespace itself for its prefix."""
    name = re.match(r"[^(=\s\"]*", said)
    prefix, colon, _ = name[0].partition(":") if name else ("", "", "")
    known = colon and prefix in spaces
    said = said.removeprefix(f"{prefix}:") if known else said
    said = re.sub(r" \(line=(\d+)\)$", r" line \1", said)
    return f"{spaces[prefix] if known else ''}|{said}"


@apks
def test_documents_are_those_of_aapt(archive: Path) -> None:
    found = dict(documents(archive))
    mine = (row for raw in found.values() for row in ours(raw))
    hold(archive.name, enumerate(mine), enumerate(theirs(archive, list(found))), KNOWN)
