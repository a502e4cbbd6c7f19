"""Carried DEX files: those that lie in a file of another format where nothing of that format leads to them."""

from collections.abc import Iterator
from itertools import islice

from assay.artefacts.dex_span import DexSpan, carried
from assay.artefacts.elf import ElfFile
from assay.artefacts.zip import ZipArchive
from assay.model.coverage import NotFollowed
from assay.model.locator import ByteRange
from assay.registry import Yielded, analyser
from assay.vocabulary.containers import ForeignCode

MAX_CARRIED = 256
"""Most DEX files that are written down of one file."""
_REASON = "a DEX file inside a file of another format: it was seen by its header and not examined"


@analyser(
    question="Does a DEX file lie in this file where nothing of its format leads to it?",
    reads=(ElfFile, ZipArchive),
    emits=ForeignCode,
    blind_to=(
        "DEX files that are encrypted, packed, cut off, or not stored in one piece",
        "DEX files inside files of other formats, such as fonts, databases and text",
        f"DEX files beyond the first {MAX_CARRIED} of one file",
    ),
)
def find_carried_dex(document: ElfFile | ZipArchive) -> Iterator[Yielded]:
    """Yield one row for each DEX file, and how many were not followed."""
    spans = list(islice(_spans(document), MAX_CARRIED))
    for span in spans:
        place = str(ByteRange(span.offset, span.length))
        yield ForeignCode(place=place, form="dex", version="", states=f"{span.length} bytes", reason=_REASON)
    if spans:
        yield NotFollowed("DEX files inside files of other formats", len(spans))


def _spans(document: ElfFile | ZipArchive) -> Iterator[DexSpan]:
    if isinstance(document, ElfFile):
        yield from carried(document.memory.view, 1)
        return
    view = document.source.view()
    for start, stop in document.uncovered():
        yield from (span for span in carried(view[:stop], start) if span.offset + span.length <= stop)
