"""Lists in plain text, an entry on each line."""

import re
from collections.abc import Iterator

from assay.artefacts.csv import CsvTable
from assay.artefacts.properties import PropertiesFile
from assay.artefacts.text import Line, TextDocument
from assay.facts.term_lists.joined import MIN_JOINED, split_joined
from assay.facts.term_lists.rows import FoundList, empty, rows
from assay.facts.term_lists.shape import MIN_ENTRIES, list_shape
from assay.model.locator import InnerPlace
from assay.registry import analyser
from assay.vocabulary.lists import Census, Term, TermList

_COMMENT = re.compile(r"#(?:\s|$)|##|//|!\s|;\s")


@analyser(
    question="Is this text a list of terms, an entry on each line, and how large is it?",
    reads=TextDocument,
    emits=(TermList, Term, Census),
    blind_to=(
        f"lists of fewer than {MIN_ENTRIES} lines, and of fewer than {MIN_JOINED} entries on one line",
        "a list that is part of a text of another kind",
        "lines that begin as comments do (# or ; and a space, //, !): they are no entries",
        "a heading on the first line: it counts as an entry",
        "lists whose entries look like names in code, sentences or codes, and lists of single characters",
    ),
)
def find_text_lists(document: TextDocument) -> Iterator[TermList | Term | Census]:
    """Yield the list that a text is, if it is one."""
    if isinstance(document, (CsvTable, PropertiesFile)):
        return
    lines = [line for line in document.lines if not _COMMENT.match(line.text)]
    if not any(line.text.strip() for line in document.lines):
        yield empty("", "", document.encoding, "text-lines")
    elif sum(1 for line in lines if line.text.strip()) == 1:
        yield from _on_one_line(next(line for line in lines if line.text.strip()), document.encoding)
    else:
        yield from _on_each_line(lines, document.encoding)


def _on_each_line(lines: list[Line], encoding: str) -> Iterator[TermList | Term | Census]:
    entries = [line.text for line in lines]
    shape = list_shape(entries)
    if shape is not None:
        place = str(InnerPlace("lines", f"{lines[0].number}-{lines[-1].number}"))
        yield from rows(
            FoundList(
                entries=entries,
                carrier="text-lines",
                shape=shape,
                place=place,
                entry_place=lambda ordinal: str(lines[ordinal].range),
                encoding=encoding,
            )
        )


def _on_one_line(line: Line, encoding: str) -> Iterator[TermList | Term | Census]:
    parts = split_joined(line.text)
    if parts is not None:
        yield from rows(
            FoundList(
                entries=parts[0],
                carrier="text-string",
                shape=parts[2],
                place=str(line.range),
                entry_place=lambda _: str(line.range),
                encoding=encoding,
            )
        )
