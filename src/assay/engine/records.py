"""What passes between the supervisor and its workers, and what the cache keeps."""

import msgspec

from assay.engine.code_records import IndexCode, Indexed
from assay.engine.sandbox.level import Sandbox
from assay.model.case import Handset, Occurrence
from assay.model.coverage import Coverage
from assay.model.locator import ByteRange
from assay.model.problem import Problem

EXPANSION = "expansion"
"""The part of an examination that opens an artefact and lists what it contains."""
MAX_TEXT = 1 << 20
"""Largest artefact whose text a joiner may read, in bytes."""


class Child(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """A member of a container that could be unpacked: its unique name, sha256 and size in bytes."""

    member: bytes
    sha256: str
    size: int


class Expansion(msgspec.Struct, frozen=True, kw_only=True):
    """What an artefact is and what it contains.

    `kind` is ``empty``, ``unknown``, or the kind of the reader that opened it; `step` names steps into it.
    `unreadable` says why nothing of it could be read, `not_examined` why nothing inside was looked at.
    """

    kind: str
    step: str = ""
    reader: str = ""
    unreadable: str = ""
    not_examined: str = ""
    children: tuple[Child, ...] = ()
    problems: tuple[Problem, ...] = ()


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One fact as plain data: table, id, artefact and the record's columns."""

    table: str
    fact: str
    artefact: str
    values: dict[str, bool | int | str | list[str] | None]


class Analysis(msgspec.Struct, frozen=True, kw_only=True):
    """What one analyser gave for one artefact, or a joiner for a case."""

    coverage: Coverage
    rows: tuple[Row, ...] = ()
    problems: tuple[Problem, ...] = ()


class AppPlace(msgspec.Struct, frozen=True):
    """One artefact of an app: its sha256 and size in bytes, its name for people, one of the locators where it lies."""

    sha256: str
    size: int
    name: str
    locator: str


class Whole(msgspec.Struct, frozen=True, kw_only=True):
    """An app: its archives, base first, and its DEX files in the order of the class path.

    `id` is a digest over the archives; `left_out` counts DEX files beyond the limit.
    """

    id: str
    package: str
    archives: tuple[AppPlace, ...]
    code: tuple[AppPlace, ...]
    left_out: int = 0


class Item(msgspec.Struct, frozen=True, kw_only=True, tag="item"):
    """One artefact to examine, at one of its places, or an app (`whole`), whose id stands for the sha256 then.

    `analysers` are names; None means every analyser that applies. `without` are parts that brought a worker down.
    """

    sha256: str
    size: int
    locator: str
    analysers: tuple[str, ...] | None
    without: tuple[str, ...] = ()
    whole: Whole | None = None


class Join(msgspec.Struct, frozen=True, kw_only=True, tag="join"):
    """A joiner to run over fact tables: the paths of their segments, and of the case's `Places`."""

    joiner: str
    segments: dict[str, tuple[str, ...]]
    places: str
    without: tuple[str, ...] = ()


class Look(msgspec.Struct, frozen=True, kw_only=True, tag="look"):
    """What stands at a printed place in the artefact at a printed locator, in words; `code`: with a method's code."""

    locator: str
    place: str
    code: bool = False
    without: tuple[str, ...] = ()


class ReadText(msgspec.Struct, frozen=True, kw_only=True, tag="read-text"):
    """The bytes of a small artefact at a printed locator."""

    locator: str
    without: tuple[str, ...] = ()


class TryEverything(msgspec.Struct, frozen=True, kw_only=True, tag="try-everything"):
    """Every forbidden thing, tried by the worker itself; `outside` is a folder that is none of its own."""

    outside: str
    without: tuple[str, ...] = ()


Task = Item | Join | Look | ReadText | TryEverything | IndexCode
"""What a worker is asked. `without` are parts that brought a worker down: it answers without them."""


class Places(msgspec.Struct, frozen=True, kw_only=True):
    """What joiners see of a case beside its fact tables; `texts` are locators of small artefacts by sha256."""

    handsets: tuple[Handset, ...]
    occurrences: tuple[Occurrence, ...]
    texts: dict[str, str]


class Examination(msgspec.Struct, frozen=True, kw_only=True, tag="examination"):
    """What came of an item; `expansion` is None where it was known before.

    `columns` are the DEX files of an app whose columns the worker left in its folder.
    """

    sha256: str
    expansion: Expansion | None
    analyses: dict[str, Analysis]
    columns: tuple[str, ...] = ()


class Joined(msgspec.Struct, frozen=True, kw_only=True, tag="joined"):
    """What came of a joiner."""

    analysis: Analysis


class MethodCode(msgspec.Struct, frozen=True, kw_only=True):
    """A method as other tools find it: the bytes of its DEX file, not to be parsed by whoever asked, and its id."""

    dex: bytes
    method: int


class Seen(msgspec.Struct, frozen=True, kw_only=True, tag="seen"):
    """What stands at a place, as lines, and the method's code where it was asked for and is not too large.

    `bytes`: where in the artefact the instruction of a place in code lies.
    """

    lines: tuple[str, ...]
    bytes: ByteRange | None = None
    code: MethodCode | None = None


class Text(msgspec.Struct, frozen=True, kw_only=True, tag="text"):
    """The bytes of a small artefact, None where it is too large or cannot be read."""

    content: bytes | None


class Refused(msgspec.Struct, frozen=True):
    """One forbidden thing that a worker tried: what, whether it was refused, and what it was told."""

    what: str
    refused: bool
    how: str


class Tried(msgspec.Struct, frozen=True, kw_only=True, tag="tried"):
    """What came of trying every forbidden thing."""

    things: tuple[Refused, ...]


Answer = Examination | Joined | Seen | Text | Tried | Indexed


class Ready(msgspec.Struct, frozen=True, tag="ready"):
    """A worker's word that it has started, and how it is closed in."""

    sandbox: Sandbox


class Begun(msgspec.Struct, frozen=True, tag="begun"):
    """A worker's word that it begins a part of a task: who dies afterwards died of it."""

    index: int
    part: str


class Finished(msgspec.Struct, frozen=True, tag="finished"):
    """A worker's answer to a task."""

    index: int
    answer: Answer


class Stopped(msgspec.Struct, frozen=True, tag="stopped"):
    """A worker's word that an exhibit, by sha256, is not what it was; the supervisor looks for itself."""

    exhibit: str


Word = Ready | Begun | Finished | Stopped


class Failure(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """A part of a task that brought its worker down twice; `reason` says how.

    `sha256` is the artefact, empty where the task was of none.
    """

    sha256: str
    part: str
    reason: str
