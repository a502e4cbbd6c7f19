"""What a worker does with each sort of task."""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from assay.bytecode.dex import DexFile
from assay.engine import indexing
from assay.engine.answers import LOOK
from assay.engine.code_records import IndexCode
from assay.engine.examine import TWICE, Announce, Examiner, Parameters, failed, join, not_looked_at, not_opened
from assay.engine.indexing import Indexing
from assay.engine.indices import Indices
from assay.engine.inside import bytes_of, inside, method_and_offset
from assay.engine.opening import Locations, open_document
from assay.engine.records import (
    MAX_TEXT,
    Answer,
    Item,
    Join,
    Joined,
    Look,
    MethodCode,
    Places,
    ReadText,
    Seen,
    Task,
    Text,
    Tried,
    TryEverything,
)
from assay.engine.sandbox.self_test import try_everything
from assay.engine.shelf import Shelf
from assay.model.errors import Unreadable
from assay.model.limits import MIB
from assay.model.locator import InnerPlace, Locator, Place, parse_place
from assay.registry import Bench, Document, JoinerSpec

MAX_CODE_BYTES = 32 * MIB
"""Largest DEX file that is handed over with a method."""


class Desk:
    """Answers tasks with the parts of a bench, the way to the bytes, and the parameters of a run."""

    def __init__(
        self, bench: Bench, locations: Locations, parameters: Parameters, indices: Indices, room: Path | None
    ) -> None:
        """Take the parts, the way to the bytes, the parameters by name, the columns, and the folder to write into."""
        self._bench = bench
        self._indices = indices
        self._room = room
        self._locations = locations
        self._parameters = parameters
        self._examiner = Examiner(bench, locations, parameters, Shelf(indices, room))
        self._places: dict[str, Places] = {}

    def answer(self, task: Task, announce: Announce) -> Answer:
        """Return what comes of a task; `announce` is called with the name of each part before it begins.

        Raises: AssayError when the case folder is not what it was, MemoryError.
        """
        match task:
            case Item():
                return self._examiner.examine(task, announce)
            case Join():
                announce(task.joiner)
                return self._join(task)
            case Look():
                announce(LOOK)
                return self._look(task)
            case ReadText():
                announce(LOOK)
                return Text(content=None if task.without else self.text(task.locator))
            case IndexCode():
                return self._index(task, announce)
            case TryEverything():
                announce(LOOK)
                return Tried(things=() if task.without else tuple(try_everything(Path(task.outside))))

    def _index(self, task: IndexCode, announce: Announce) -> Answer:
        if self._room is None:
            msg = "columns are written by workers only"
            raise RuntimeError(msg)
        return Indexing(self._bench, self._indices, self._room, task, announce).run(self._locations)

    def _join(self, task: Join) -> Joined:
        from assay.engine.tables import CaseTables  # noqa: PLC0415 - it loads what reads tables; few processes join

        spec = _joiner(self._bench, task.joiner)
        if task.without:
            return Joined(analysis=failed(spec, "", f"it {TWICE}"))
        places = self._places_of(task.places)
        segments = {table: [Path(name) for name in names] for table, names in task.segments.items()}
        tables = CaseTables(spec.reads, segments, places.occurrences, places.handsets, SmallTexts(self, places.texts))
        return Joined(analysis=join(spec, tables, self._parameters))

    def _places_of(self, path: str) -> Places:
        if path not in self._places:
            self._places = {path: msgspec.msgpack.decode(Path(path).read_bytes(), type=Places)}
        return self._places[path]

    def _look(self, task: Look) -> Seen:
        if task.without:
            return Seen(lines=(f"not readable: looking at it {TWICE}",))
        try:
            source = self._locations.source(Locator.parse(task.locator))
            opened = open_document(self._bench, source)
        except Unreadable as why:
            return Seen(lines=(f"not readable: {why.what}",))
        document = None if opened is None else opened.document
        place = parse_place(task.place) if task.place else None
        code = _code(document, place) if task.code else None
        return Seen(lines=tuple(inside(source, document, place)), bytes=bytes_of(document, place), code=code)

    def text(self, locator: str) -> bytes | None:
        """Return the bytes of a small artefact, None where it is too large or cannot be read."""
        try:
            source = self._locations.source(Locator.parse(locator))
        except Unreadable:
            return None
        return bytes(source.view()) if source.size <= MAX_TEXT else None


class SmallTexts:
    """Reads the bytes of small artefacts for joiners."""

    def __init__(self, desk: Desk, places: Mapping[str, str]) -> None:
        """Take the desk that reads, and a locator for each artefact that may be read."""
        self._desk = desk
        self._places = places

    def __call__(self, sha256: str) -> bytes | None:
        """Return the bytes, None where the artefact is too large or cannot be read."""
        return self._desk.text(self._places[sha256]) if sha256 in self._places else None


def gave_up(task: Task, bench: Bench, reason: str) -> Answer:
    """Return the answer to a task that brings down whoever begins it, given by the supervisor without a look."""
    match task:
        case Item():
            return not_looked_at(task, bench, reason) if task.whole else not_opened(task, reason)
        case Join():
            return Joined(analysis=failed(_joiner(bench, task.joiner), "", reason))
        case Look():
            return Seen(lines=(f"not readable: {reason}",))
        case ReadText():
            return Text(content=None)
        case TryEverything():
            return Tried(things=())
        case IndexCode():
            return indexing.gave_up(task, reason)


def _code(document: Document | None, place: Place | None) -> MethodCode | None:
    if not isinstance(document, DexFile) or not isinstance(place, InnerPlace) or place.scheme != "method":
        return None
    definitions = document.find_definitions(method_and_offset(place.value)[0])
    if not definitions or document.data.nbytes > MAX_CODE_BYTES:
        return None
    return MethodCode(dex=bytes(document.data), method=int(document.methods.method[definitions[0]]))


def _joiner(bench: Bench, name: str) -> JoinerSpec:
    return next(spec for spec in bench.joiners if spec.name == name)
