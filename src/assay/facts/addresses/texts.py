"""Addresses in plain text, tables and property files."""

from collections.abc import Iterator

from assay.artefacts.csv import CsvTable
from assay.artefacts.properties import PropertiesFile
from assay.artefacts.script import Script
from assay.artefacts.text import Line, TextDocument
from assay.facts.addresses.rows import limited, row, unfinished
from assay.facts.addresses.written import BLIND, addresses_in
from assay.model import text as found
from assay.model.coverage import NotFollowed
from assay.model.locator import ByteRange
from assay.registry import analyser
from assay.vocabulary.addresses import Address


@analyser(
    question="Which network addresses are written in this text?",
    reads=TextDocument,
    emits=(Address,),
    blind_to=(*BLIND, "addresses that go on over the end of a line", "addresses in comments of scripts"),
)
def find_text_addresses(document: TextDocument) -> Iterator[Address | NotFollowed]:
    """Yield the addresses of a text, of the fields of a table, or of the values of properties."""
    if isinstance(document, Script):
        return
    if isinstance(document, CsvTable):
        cells = [(f"line:{line}", text) for column in document.columns() for line, text in column.cells]
        yield from _of_values(cells, "csv")
    elif isinstance(document, PropertiesFile):
        yield from _of_values([(f"line:{item.line}", item.value) for item in document.properties], "text")
    else:
        yield from limited(address for line in document.lines for address in _of_line(line, document.charset.codec))
        yield from unfinished(line.text for line in document.lines)


def _of_values(values: list[tuple[str, str]], carrier: str) -> Iterator[Address | NotFollowed]:
    yield from limited(row(written, place, carrier) for place, text in values for written in addresses_in(text))
    yield from unfinished(text for _, text in values)


def _of_line(line: Line, codec: str) -> Iterator[Address]:
    """Yield the addresses of a line, at their bytes; a line that does not decode is read byte by byte."""
    text = line.text
    if found.is_bytes(text):
        text, codec = found.to_bytes(text).decode("iso-8859-1"), "iso-8859-1"
    at, before = line.offset, 0
    for written in addresses_in(text):
        at += _length(text[before : written.start], codec)
        before = written.start
        yield row(written, str(ByteRange(at, _length(written.value, codec))), "text")


def _length(text: str, codec: str) -> int:
    return len(text.encode(codec, "replace"))
