"""What each kind of part declares, and the shapes the engine and the parts share."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Protocol, TypeVar, runtime_checkable

import msgspec

from assay.model.case import Handset, Occurrence
from assay.model.coverage import NotFollowed
from assay.model.problem import Problem
from assay.model.source import ByteSource
from assay.vocabulary import Fact, Located

F = TypeVar("F", bound=Fact)

Yielded = Fact | Problem | NotFollowed
"""What an analyser yields: facts, problems met on the way, and counts of what it could not follow."""


class In(NamedTuple):
    """What an analyser of several artefacts yields: the sha256 of the artefact that the row's place is inside."""

    artefact: str
    row: Yielded


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of a container, named by raw bytes; `open` unpacks it within limits.

    `size` is the declared unpacked size in bytes (a claim of the file, checked by `open`).
    `open` raises `assay.model.errors.Unreadable`.
    """

    name: bytes
    size: int
    open: Callable[[], ByteSource]


@runtime_checkable
class Document(Protocol):
    """What a reader returns: a typed view of one artefact, with the problems met while opening it."""

    @property
    def problems(self) -> Sequence[Problem]:
        """Problems met so far, in the order they were met."""


@runtime_checkable
class Container(Document, Protocol):
    """A document that holds other artefacts."""

    def members(self) -> Iterator[Member]:
        """Yield every member in the order of the container."""


@runtime_checkable
class Unexamined(Document, Protocol):
    """A document of a format that is known by name: nothing inside it is examined, and its coverage says so."""

    @property
    def not_examined(self) -> str:
        """Why, as the reason of a skipped artefact."""


class Parameter(Protocol):
    """A value that an analyser needs beside the artefact, known by its digest (planted values, databases …)."""

    @property
    def digest(self) -> str:
        """sha256 over the canonical form: part of the cache key."""


class FactTables(Protocol):
    """The facts of a case, as joiners see them. Rows come sorted by (artefact, fact id)."""

    def rows(self, record: type[F]) -> Sequence[Located[F]]:
        """Return all rows of a table."""

    def occurrences(self, artefact: str) -> Sequence[Occurrence]:
        """Return where an artefact lies, sorted."""

    def at(self, locator: str) -> str | None:
        """Return the sha256 of the artefact at a printed locator, None where there is none."""

    def beside(self, occurrence: Occurrence, name: str) -> str | None:
        """Return the sha256 of the artefact named `name` in the same folder or container as `occurrence`.

        Only labels are compared; nothing is opened. None where there is none.
        """

    def text(self, artefact: str) -> str | None:
        """Return the whole text of a small text artefact (at most 1 MiB), None where it is not one."""

    @property
    def handsets(self) -> Sequence[Handset]:
        """The handsets of the case, in the order of the case."""


class ReaderSpec(msgspec.Struct, frozen=True, kw_only=True):
    """A format: how its first bytes are recognised and what opening gives.

    Readers are tried by falling `rank`, then by kind; the first that recognises the bytes opens them. `recognise`
    takes the source and must look at few bytes, never at a name: a wrong file name or extension changes nothing.
    `step` is what locators call a step into it, where it is a container.
    """

    kind: str
    step: str
    version: int
    gives: type
    rank: int
    recognise: Callable[[ByteSource], bool]
    open: Callable[[ByteSource], Any]
    blind_to: tuple[str, ...]
    source: str
    module: str


class FactSource(msgspec.Struct, frozen=True, kw_only=True):
    """What analysers and joiners declare alike."""

    name: str
    version: int
    question: str
    emits: tuple[type[Fact], ...]
    needs: tuple[str, ...]
    blind_to: tuple[str, ...]
    module: str

    @property
    def id(self) -> str:
        """Name and version, as rows carry them."""
        return f"{self.name}@{self.version}"


class AnalyserSpec(FactSource, frozen=True, kw_only=True):
    """A pure function from a document to facts; from a document of several artefacts, to facts with their artefact."""

    reads: tuple[type, ...]
    run: Callable[..., Iterator[Any]]


class JoinerSpec(FactSource, frozen=True, kw_only=True):
    """A pure function from fact tables to facts; yields (artefact sha256, fact) or problems."""

    reads: tuple[type[Fact], ...]
    run: Callable[..., Iterator[tuple[str, Yielded]]]


class DecoderSpec(msgspec.Struct, frozen=True, kw_only=True):
    """A wrapping: `decode` undoes it (None where the bytes are not so wrapped); `one_liner` undoes it in a shell."""

    name: str
    version: int
    decode: Callable[[bytes], bytes | None]
    encode: Callable[[bytes], bytes] | None
    one_liner: str
    blind_to: tuple[str, ...]
    source: str
    module: str


class ReporterSpec(msgspec.Struct, frozen=True, kw_only=True):
    """An output: a pure function from the case's results to files, named relative to the report folder."""

    name: str
    version: int
    describes: str
    run: Callable[..., Mapping[str, bytes]]
    blind_to: tuple[str, ...]
    module: str
