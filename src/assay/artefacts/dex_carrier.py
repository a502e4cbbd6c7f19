"""Files that no other reader knows and that carry DEX files: behind a picture, in an own container, in a library.

A DEX file is taken from where a header lies that states a length within the bytes behind it.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice

from assay.artefacts.dex_span import DexSpan, carried
from assay.artefacts.problem_log import ProblemLog
from assay.model.locator import ByteRange
from assay.model.problem import Problem
from assay.model.source import BufferSource, ByteSource
from assay.registry import Member, reader

MAX_CARRIED = 256
"""Most DEX files that are taken out of one file."""
_REST = "it carries DEX files, and nothing else of it was examined"


class DexCarrier:
    """A file of no known format that carries DEX files."""

    def __init__(self, source: ByteSource) -> None:
        """Find the DEX files."""
        self._view = source.view()
        self._log = ProblemLog()
        spans = tuple(islice(carried(self._view, 1), MAX_CARRIED + 1))
        self.spans = spans[:MAX_CARRIED]
        self._log.add(None, "the format is not known", "DEX files were taken out", _REST)
        if len(spans) > MAX_CARRIED:
            at = ByteRange(spans[-1].offset, 0)
            self._log.add(at, f"more than {MAX_CARRIED} DEX files", "the first were read", "the rest was not examined")

    @property
    def problems(self) -> Sequence[Problem]:
        """Problems met."""
        return self._log()

    def members(self) -> Iterator[Member]:
        """Yield the DEX files, named by where they lie."""
        for span in self.spans:
            yield Member(name=span.name, size=span.length, open=partial(self._bytes, span))

    def _bytes(self, span: DexSpan) -> ByteSource:
        return BufferSource(self._view[span.offset : span.offset + span.length])


@reader(
    kind="dex-carrier",
    gives=DexCarrier,
    recognise=lambda source: next(carried(source.view(), 1), None) is not None,
    rank=1,
    blind_to=(
        "DEX files that are encrypted, packed, cut off, or not stored in one piece",
        "DEX files behind or inside a file of another recognised format",
        "whatever else the file holds",
    ),
    source="Android Open Source Project, Dalvik executable format, header_item",
)
def open_dex_carrier(source: ByteSource) -> DexCarrier:
    """Open a file that carries DEX files."""
    return DexCarrier(source)
