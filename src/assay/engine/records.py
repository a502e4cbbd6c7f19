"""What passes between the supervisor and its workers, and what the cache keeps."""

import msgspec

from assay.model.coverage import Coverage
from assay.model.problem import Problem

EXPANSION = "expansion"
"""The part of an examination that opens an artefact and lists what it contains."""


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
    """One artefact of an app: its sha256, its name for people, and one of the locators at which it lies."""

    sha256: str
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


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One artefact to examine, at one of its places, or an app (`whole`), whose id stands for the sha256 then.

    `analysers` are names; None means every analyser that applies. `without` are parts that brought a worker down.
    """

    sha256: str
    size: int
    locator: str
    analysers: tuple[str, ...] | None
    without: tuple[str, ...] = ()
    whole: Whole | None = None


class Examination(msgspec.Struct, frozen=True, kw_only=True):
    """What came of an item; `expansion` is None where it was known before."""

    sha256: str
    expansion: Expansion | None
    analyses: dict[str, Analysis]


class Ready(msgspec.Struct, frozen=True, tag="ready"):
    """A worker's word that it has started."""


class Begun(msgspec.Struct, frozen=True, tag="begun"):
    """A worker's word that it begins a part of an item: who dies afterwards died of it."""

    index: int
    part: str


class Finished(msgspec.Struct, frozen=True, tag="finished"):
    """A worker's result for an item."""

    index: int
    examination: Examination


class Stopped(msgspec.Struct, frozen=True, tag="stopped"):
    """A worker's word that the case folder is not what it was: the message, in its three parts."""

    thing: str
    fact: str
    next_step: str
    exit_code: int


Word = Ready | Begun | Finished | Stopped


class Failure(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """A part of an examination that brought its worker down twice; `reason` says how."""

    sha256: str
    part: str
    reason: str
