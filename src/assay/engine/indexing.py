"""From one file to the columns of every DEX file in it, at any depth: what a worker does for `open_code`.

Only readers of containers and of DEX files are asked, by content, so that nothing else is parsed. Limits are those of
an exhibit. Columns that the store has are not made again.
"""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path

from assay.bytecode import columns
from assay.bytecode.dex import DexFile
from assay.bytecode.empty import empty_dex
from assay.engine import programs
from assay.engine.code_records import AppProgram, FoundCode, FoundProblem, IndexCode, Indexed, name_of
from assay.engine.indices import Indices
from assay.engine.opening import Locations, named_members
from assay.model.errors import Unreadable
from assay.model.ids import is_sha256, sha256_hex
from assay.model.limits import MAX_ARTEFACT_BYTES, MAX_DEPTH, MAX_EXPANDED_BYTES, MAX_MEMBERS
from assay.model.locator import Locator, percent_encode
from assay.model.problem import Problem
from assay.model.source import ByteSource
from assay.registry import Bench, Container, Member, ReaderSpec

PARTS = (
    *(
        f"assay.artefacts.{name}"
        for name in ("apk", "bundle", "dex_carrier", "har", "oat", "optimised_dex", "vdex", "zip")
    ),
    *(f"assay.artefacts.streams.{name}" for name in ("bzip2", "gzip", "xz", "zlib", "zstd")),
    *(f"assay.bytecode.{name}" for name in ("container", "dex")),
)
"""The modules that declare readers of containers and of DEX files: what a worker that indexes needs of the bench."""

Announce = Callable[[str], None]

MAX_PART = 1024
"""Longest name of a part, in characters; longer locators are named by their digest."""

LINKING = "linking"
"""The name of the last part, behind the exhibit's sha256."""

_MISSED = "code in it is not known"
_UNLINKED = "it is not known what its calls reach"


class Indexing:
    """The indexing of one file."""

    def __init__(self, bench: Bench, indices: Indices, room: Path, task: IndexCode, announce: Announce) -> None:
        """Take the parts, the store, the folder to write into, the task, and what hears of each part that begins."""
        self._readers = [spec for spec in bench.readers if _is_code(spec) or _has_members(spec)]
        self._indices = indices
        self._room = room
        self._announce = announce
        self._exhibit = Locator(task.sha256)
        self._without = task.without
        self._made: set[str] = set()
        self._files: list[FoundCode] = []
        self._problems: list[FoundProblem] = []
        self._members, self._bytes, self._held = 0, 0, 0
        self._dex: dict[Locator, str] = {}
        self._sizes: dict[str, int] = {}
        self._specs: dict[str, ReaderSpec] = {}
        self._kept: dict[str, columns.Columns] = {}

    def run(self, locations: Locations) -> Indexed:
        """Return what the exhibit holds. Raises: CaseError, MismatchError when it is not what it was."""
        if self._begin(self._exhibit):
            self._twice(self._exhibit)
        else:
            self._open(locations.source(self._exhibit), self._exhibit, ())
        program = self._program(locations)
        files, problems = tuple(sorted(self._files)), tuple(sorted(set(self._problems)))
        return Indexed(exhibit=self._exhibit.exhibit, files=files, problems=problems, program=program)

    def _program(self, locations: Locations) -> AppProgram | None:
        """Link what is on the class path, each file once; it is a part of its own, to take the blame."""
        path: dict[str, Locator] = {}
        for locator in programs.class_path(list(self._dex)):
            path.setdefault(self._dex[locator], locator)
        if not path:
            return None
        if self._begin(self._exhibit, f" {LINKING}"):
            self._note(self._exhibit, "linking it brought the worker down twice", "not linked", _UNLINKED)
        elif sum(self._sizes[sha256] for sha256 in path) > programs.MAX_BYTES:
            self._note(self._exhibit, f"more than {programs.MAX_BYTES} bytes of code", "not linked", _UNLINKED)
        else:
            return self._linked(path, locations)
        return None

    def _linked(self, path: dict[str, Locator], locations: Locations) -> AppProgram | None:
        parts = []
        for sha256, locator in path.items():
            dex = partial(_opened, locations, locator, self._specs[sha256])
            source = self._kept.get(sha256) or self._indices.get(sha256)
            if source is None:
                source = columns.build(dex(), sha256)
            parts.append((source, dex))
        try:
            return programs.figures(parts)
        except Unreadable as why:
            self._note(self._exhibit, f"linking its code: {why.what}", "not linked", _UNLINKED)
            return None

    def _open(self, source: ByteSource, locator: Locator, above: tuple[str, ...]) -> None:
        for spec in self._recognising(source):
            try:
                if _is_code(spec):
                    self._keep(source, locator, spec)
                if _has_members(spec):
                    self._enter(spec.open(source), locator, spec.step, (*above, sha256_hex(source.view())))
            except Unreadable as why:
                self._note(locator, f"looks like {spec.kind}: {why.what}", "tried as another format", why.cost)
            else:
                return

    def _recognising(self, source: ByteSource) -> Iterator[ReaderSpec]:
        if 0 < source.size <= MAX_ARTEFACT_BYTES:
            yield from (spec for spec in self._readers if spec.recognise(source))

    def _keep(self, source: ByteSource, locator: Locator, spec: ReaderSpec) -> None:
        sha256 = sha256_hex(source.view())
        if sha256 not in self._made and not self._indices.has(sha256):
            made = columns.build(spec.open(source), sha256)
            with (self._room / name_of(sha256)).open("wb") as stream:
                columns.write(made, stream)
            self._made.add(sha256)
            self._hold(made, locator)
        if programs.on_class_path(locator):
            self._dex[locator], self._sizes[sha256], self._specs[sha256] = sha256, source.size, spec
        left = sha256 in self._made
        self._files.append(FoundCode(locator=str(locator), sha256=sha256, size=source.size, made=left))

    def _hold(self, made: columns.Columns, locator: Locator) -> None:
        """Keep columns that will be linked, as far as there is room for them."""
        self._held += made.dex_size
        if programs.on_class_path(locator) and self._held <= programs.MAX_BYTES:
            self._kept[made.dex_sha256] = made

    def _enter(self, container: Container, locator: Locator, step: str, above: tuple[str, ...]) -> None:
        """Go through the members; the container is named again after each that was entered, to take the blame."""
        entered = 0
        for name, member in islice(named_members(container), MAX_MEMBERS):
            if self._enter_member(member, locator.child(step, name), above):
                entered += 1
                if self._begin(locator, f" {entered}"):
                    self._twice(locator)
                    break
        for problem in container.problems:
            self._problems.append(FoundProblem(locator=str(locator), problem=problem))

    def _enter_member(self, member: Member, locator: Locator, above: tuple[str, ...]) -> bool:
        """Say whether a member was entered, because a reader recognises it."""
        self._members += 1
        if self._members > MAX_MEMBERS or self._bytes > MAX_EXPANDED_BYTES:
            self._note(locator.parent(), "unpacks to more than is read of one file", "the rest was left out", _MISSED)
            return False
        try:
            source = member.open()
        except Unreadable as why:
            self._note(locator.parent(), f"member {percent_encode(member.name)}: {why.what}", "left out", why.cost)
            return False
        self._bytes += source.size
        if next(self._recognising(source), None) is None:
            return False
        if self._begin(locator):
            self._twice(locator)
        elif len(above) >= MAX_DEPTH:
            self._note(locator, f"nested deeper than {MAX_DEPTH} containers", "left out", _MISSED)
        else:
            self._open(source, locator, above)
        return True

    def _begin(self, locator: Locator, number: str = "") -> bool:
        """Announce a part; say whether it is to be left out, because it brought a worker down."""
        name = str(locator)
        if len(name) > MAX_PART - len(number):
            name = f"{self._exhibit} {sha256_hex(name.encode())}"
        self._announce(name + number)
        return name + number in self._without

    def _twice(self, locator: Locator) -> None:
        self._note(locator, "it brought the worker down twice", "left out", _MISSED)

    def _note(self, locator: Locator, what: str, instead: str, cost: str) -> None:
        problem = Problem(place="", what=what, instead=instead, cost=cost)
        self._problems.append(FoundProblem(locator=str(locator), problem=problem))


def load_kernels() -> None:
    """Load the kernels that indexing needs, or compile them: where workers are forked from, once for all of them."""
    dex = empty_dex()
    built = columns.build(dex, sha256_hex(b""))
    programs.figures([(built, lambda: dex)])


def _is_code(spec: ReaderSpec) -> bool:
    """Say whether a reader gives a DEX file; a container of several stands for the first."""
    return issubclass(spec.gives, DexFile)


def _has_members(spec: ReaderSpec) -> bool:
    return hasattr(spec.gives, "members")


def _opened(locations: Locations, locator: Locator, spec: ReaderSpec) -> DexFile:
    opened: DexFile = spec.open(locations.source(locator))
    return opened


def gave_up(task: IndexCode, reason: str) -> Indexed:
    """Return the answer to a task that nobody could begin."""
    problem = Problem(place="", what=reason, instead="left out", cost=_MISSED)
    found = FoundProblem(locator=str(Locator(task.sha256)), problem=problem)
    return Indexed(exhibit=task.sha256, files=(), problems=(found,))


def is_part(task: IndexCode, part: str) -> bool:
    """Say whether a worker may name a part so: a locator, and behind a container's how many members were entered."""
    return part.startswith(task.sha256) and len(part) <= MAX_PART and part.isascii() and part.isprintable()


def fits(task: IndexCode, answer: Indexed) -> bool:
    """Say whether an answer speaks of this exhibit alone."""
    places = [*(file.locator for file in answer.files), *(found.locator for found in answer.problems)]
    own = {answer.exhibit, *(place[: len(task.sha256)] for place in places)}
    sound = all(is_sha256(file.sha256) and file.size >= 0 for file in answer.files)
    linked = set(answer.program.parts) if answer.program else set()
    return own == {task.sha256} and sound and linked <= {file.sha256 for file in answer.files}
