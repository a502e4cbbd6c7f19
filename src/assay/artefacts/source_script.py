"""Program text in a scripting language: a text whose strings are known, recognised by its content alone."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from assay.artefacts.charsets import SAMPLE, charset_of
from assay.artefacts.literals import Literals
from assay.artefacts.script import MAX_SCRIPT_STRINGS, Script, ScriptString
from assay.artefacts.text import TextDocument
from assay.model.errors import Unreadable
from assay.model.limits import MIB
from assay.model.problem import Problem
from assay.model.source import ByteSource

MAX_SCRIPT_BYTES = 128 * MIB
"""Largest script whose strings are read, in bytes."""
EVIDENCE = 1 << 16
"""Bytes that are looked at to recognise a script."""

_OTHER = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<[!?/A-Za-z]|\{\s*\"|\[\s*[\[{\"]|package\s+[\w.]+;|#include\b|%PDF|---\s)"
    rb"|^\s*(?:public|private|protected)\s+(?:static\s+|final\s+|abstract\s+)*(?:class|interface|void|enum)\b|^#include\b",
    re.MULTILINE,
)
"""How documents and programs in other languages begin, and what a line of them says."""

Scanner = Callable[[memoryview, Literals, int | None], None]


class SourceScript(TextDocument, Script):
    """A text that is a program. A subclass names its language, its scanner and how escapes are resolved."""

    scan: Scanner
    resolve: Callable[[bytes], bytes]

    def __init__(self, source: ByteSource) -> None:
        """Read the text. Raises: Unreadable for one that is too large, or not in ASCII or UTF-8."""
        super().__init__(source)
        if source.size > MAX_SCRIPT_BYTES:
            raise Unreadable(f"a script of {source.size} bytes is larger than the limit of {MAX_SCRIPT_BYTES}")
        if self.charset.codec not in {"utf-8", "ascii"}:
            raise Unreadable(f"a script in {self.encoding}: its strings are read only in UTF-8")

    version = "source"
    functions: int | None = None

    @cached_property
    def literals(self) -> Literals:
        """The places of its strings."""
        literals = Literals()
        type(self).scan(self._raw, literals, None)
        self._problems.extend(_problems(literals))
        return literals

    def strings(self) -> Iterator[ScriptString]:
        """Yield its strings by rising place."""
        return self.literals.strings(self._raw, type(self).resolve)


def _problems(literals: Literals) -> Iterator[Problem]:
    count, first = literals.damaged
    if count:
        yield Problem(
            place=f"0x{first:x}+1",
            what=f"{count} quotes begin a string that does not end; the first one here",
            instead="read on behind the quote",
            cost="strings behind it may be taken for code, and code for strings",
        )
    if literals.lost:
        yield Problem(
            place="",
            what=f"more than {MAX_SCRIPT_STRINGS} strings in one script",
            instead="the first were kept",
            cost=f"{literals.lost} strings were not examined",
        )


def sample_of(source: ByteSource, worth: Sequence[bytes]) -> bytes:
    """Return the first bytes of what may be a program, none where it is no text in ASCII or UTF-8.

    `worth`: words of which the sample holds at least one.
    """
    sample = source.read(0, EVIDENCE)
    if not any(word in sample for word in worth) or b"\0" in sample or _OTHER.search(sample):
        return b""
    charset = charset_of(sample[:SAMPLE], cut=source.size > SAMPLE)
    return sample if charset is not None and charset.codec in {"utf-8", "ascii"} else b""


def reads_well(sample: bytes, scan: Scanner) -> bool:
    """Say whether strings end where they should: at most one in fifty does not, the last one of the sample left out."""
    literals = Literals()
    scan(memoryview(sample), literals, None)
    return literals.damaged[0] <= 1 + len(literals) // 50
