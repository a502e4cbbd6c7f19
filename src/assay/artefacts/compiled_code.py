"""What the files that Android makes of DEX files have in common: they stand for DEX files, and may hold them."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

import msgspec

from assay.artefacts.dex_span import DexSpan
from assay.artefacts.problem_log import ProblemLog
from assay.model.locator import ByteRange
from assay.model.problem import Problem
from assay.model.source import BufferSource, ByteSource
from assay.registry import Member

MAX_DEX_FILES = 4096
"""Most DEX files that are read of one file; real ones have fewer than a hundred."""

MAX_RATIO = 32
"""Most bytes of all DEX files of one file, as a multiple of its own: those of compact DEX share their data."""


class DexOrigin(msgspec.Struct, frozen=True, kw_only=True):
    """A DEX file that was compiled.

    `location` is the path on the handset as stated, empty where none is; `checksum` that of the DEX file before it was
    compiled, None where none is stated. `lies` says in words where its bytes lie, `span` where inside this file.
    `offset` and `length` are the bytes that state it.
    """

    location: bytes
    checksum: int | None
    lies: str
    span: DexSpan | None
    offset: int
    length: int


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the file that is not examined: what it is, offset and length in bytes."""

    what: str
    offset: int
    length: int


HERE, BESIDE = "in this file", "in the VDEX file beside it"
ARCHIVE = "in the package or archive that was compiled"


class CompiledCode:
    """A container of the DEX files that lie in a compiled file."""

    kind: str = ""

    def __init__(self, source: ByteSource) -> None:
        """Take the bytes; a format fills in the rest."""
        self._view = source.view()
        self._log = ProblemLog()
        self.version = ""
        self.instruction_set = ""
        self.stated_dex_files = 0
        self.properties: Mapping[str, str] = {}
        self.dex_files: tuple[DexOrigin, ...] = ()
        self.parts: tuple[Part, ...] = ()

    @property
    def problems(self) -> Sequence[Problem]:
        """Problems met while reading."""
        return self._log()

    @property
    def spans(self) -> tuple[DexSpan, ...]:
        """The DEX files that lie in this file, in its order, each once."""
        return tuple(dict.fromkeys(one.span for one in self.dex_files if one.span is not None))

    def members(self) -> Iterator[Member]:
        """Yield the DEX files, named by where they lie, until together they pass MAX_RATIO times the file's size."""
        left = MAX_RATIO * len(self._view)
        for span in self.spans:
            left -= span.length
            if left < 0:
                what = f"the DEX files together have more than {MAX_RATIO} times the bytes of the file they lie in"
                self._log.add(ByteRange(span.offset, span.length), what, "the others were read", "the rest was not")
                return
            yield Member(name=span.name, size=span.length, open=partial(self._bytes, span))

    def _bytes(self, span: DexSpan) -> ByteSource:
        return BufferSource(self._view[span.offset : span.offset + span.length])
