"""Opens the code below a path: files are hashed here, and read by closed-in workers where the store lacks columns."""

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing
from functools import cache
from importlib import resources
from pathlib import Path

from assay.bytecode.columns import Columns
from assay.engine import cache_home, indices
from assay.engine.cache import ResultCache, key
from assay.engine.code import Code, Place
from assay.engine.code_given import App, Given, given
from assay.engine.code_records import FoundProblem, IndexCode, Indexed
from assay.engine.digests import Digests
from assay.engine.indexing import PARTS
from assay.engine.indices import Indices
from assay.engine.links import Links
from assay.engine.pool import Pool
from assay.engine.records import Answer, Failure
from assay.engine.settings import Settings
from assay.engine.spool import Room, Spool
from assay.model.errors import CaseError
from assay.model.limits import MIB

SPOOL = "spool"
_WALKED = ("artefacts", "encodings", "registry", "engine/indexing.py", "engine/programs.py")


def open_code(
    path: str | os.PathLike[str],
    *,
    workers: int = 0,
    cache: str | os.PathLike[str] | None = None,
    memory_bytes: int = 4096 * MIB,
    deadline_seconds: float = 300.0,
    allow_unsandboxed: bool = False,
    rehash: bool = False,
) -> Code:
    """Return all DEX files below a path: a DEX file, a package, bundle or archive of any depth, a folder, or a case.

    What was indexed before is taken from the cache folder (`cache`, else the user's own). `workers`: processes, 0 for
    one a core, each with at most `memory_bytes` of private memory; a part of a file that takes one longer than
    `deadline_seconds` is left out, with a problem. `allow_unsandboxed` accepts workers that cannot be closed in here.
    A file whose inode did not change since it was hashed is not hashed again, unless `rehash` is given
    (`assay.engine.digests`); the exhibits of a case are known by their digests.
    Raises: UsageError, EvidenceError, CaseError, SandboxError.
    """
    with ExitStack() as unless_done:
        home, lasts = _home(cache, unless_done)
        what = given(Path(path), Digests(home if lasts else None, rehash=rehash))
        links = Links(home if lasts else None)
        work = _Work(what, home, _Held(workers or _cores(), memory_bytes, deadline_seconds, allow_unsandboxed), links)
        found = work.run()
        until = unless_done.pop_all()
    return _code(what.apps, found, work, links, until)


class _Held:
    """How workers are held."""

    def __init__(self, workers: int, memory_bytes: int, deadline_seconds: float, allow_unsandboxed: bool) -> None:  # noqa: FBT001
        self.workers = workers
        self.memory_bytes = memory_bytes
        self.deadline_seconds = deadline_seconds
        self.allow_unsandboxed = allow_unsandboxed


class _Work:
    """The way from files to columns in the store."""

    def __init__(self, what: Given, home: Path, held: _Held, links: Links) -> None:
        self._given = what
        self._home = home
        self._held = held
        self._links = links
        self._indices = Indices(home / indices.FOLDER)

    def run(self) -> dict[str, Indexed]:
        """Return what each file holds, by its sha256; the columns of all of it are in the store then."""
        distinct = {app.sha256: app for app in self._given.apps}
        found = self._recalled(distinct)
        missing = {sha256: app for sha256, app in distinct.items() if sha256 not in found}
        if missing:
            found |= self._indexed(missing)
            self._indices.trim()
        return found

    def columns(self, sha256: str, app: App) -> Columns:
        """Return columns from the store; where they are missing or damaged they are made anew. Raises: CaseError."""
        found = self._indices.get(sha256)
        if found is None:
            self._indices.drop(sha256)
            self._indexed({app.sha256: app})
            found = self._indices.get(sha256)
        if found is None:
            raise CaseError(app.path, "its code can no longer be indexed", "Restore the file, then open it again.")
        return found

    def _recalled(self, apps: Iterable[str]) -> dict[str, Indexed]:
        """Return what is known of files, and whose columns are in the store."""
        with _results(self._home) as results:
            known = results.get({_key(sha256): sha256 for sha256 in apps}, Indexed)
        names = {_key(sha256): sha256 for sha256 in apps}
        return {
            names[name]: indexed
            for name, indexed in known.items()
            if all(self._indices.has(file.sha256) for file in indexed.files)
        }

    def _indexed(self, apps: dict[str, App]) -> dict[str, Indexed]:
        found: dict[str, Indexed] = {}
        failed: set[str] = set()
        self._indices.folder.mkdir(parents=True, exist_ok=True)
        with Spool(self._home / SPOOL) as spool:
            exhibits = self._given.lay_out(set(apps), spool.shared / "exhibits")
            settings = Settings(
                exhibits=str(exhibits.absolute()),
                indices=str(self._indices.folder.absolute()),
                spool=str(spool.folder.absolute()),
                memory_bytes=self._held.memory_bytes,
                evidence=self._given.root,
                parts=PARTS,
            )
            for outcome in self._outcomes(settings, spool, apps):
                if isinstance(outcome, Failure):
                    failed.add(outcome.sha256)
                elif isinstance(outcome, Indexed):
                    found[outcome.exhibit] = outcome
        with _results(self._home) as results:
            results.put({_key(sha256): indexed for sha256, indexed in found.items() if sha256 not in failed})
        return found

    def _outcomes(self, settings: Settings, spool: Spool, apps: dict[str, App]) -> Iterator[Answer | Failure]:
        held = self._held
        largest_first = sorted(apps.values(), key=lambda app: (-app.size, app.sha256))
        with Pool(
            settings, {}, spool, held.workers, held.deadline_seconds, allow_unsandboxed=held.allow_unsandboxed
        ) as pool:
            pool.collect = self._collect
            self._links.prepare()
            yield from pool.run([(IndexCode(sha256=app.sha256),) for app in largest_first])

    def _collect(self, room: Room, answer: Answer) -> None:
        """Move what a worker made for the task it answers into the store."""
        if isinstance(answer, Indexed):
            self._indices.take_left({file.sha256 for file in answer.files if file.made}, room.take)


def _code(apps: tuple[App, ...], found: dict[str, Indexed], work: _Work, links: Links, until: ExitStack) -> Code:
    places: dict[str, list[Place]] = {}
    sizes: dict[str, int] = {}
    for number, app in enumerate(apps):
        for file in found[app.sha256].files:
            places.setdefault(file.sha256, []).append(Place(number, file.locator))
            sizes[file.sha256] = file.size
    files = [(sha256, sizes[sha256], tuple(sorted(where))) for sha256, where in places.items()]
    home = {sha256: apps[where[0].app] for sha256, where in places.items()}
    problems: set[FoundProblem] = {problem for indexed in found.values() for problem in indexed.problems}
    return Code(
        apps,
        sorted(files, key=lambda file: (file[2], file[0])),
        sorted(problems),
        tuple(found[app.sha256].program for app in apps),
        lambda sha256: work.columns(sha256, home[sha256]),
        links,
        until.close,
    )


def _home(chosen: str | os.PathLike[str] | None, until: ExitStack) -> tuple[Path, bool]:
    """Return the cache folder and whether it lasts; where none can be written, one that is removed in the end."""
    if chosen is not None:
        Path(chosen).mkdir(parents=True, exist_ok=True)
        return Path(chosen), True
    if (own := cache_home.writable()) is not None:
        return own, True
    return Path(until.enter_context(tempfile.TemporaryDirectory(prefix="assay-"))), False


def _results(home: Path) -> "closing[ResultCache]":
    return closing(ResultCache(home / cache_home.RESULTS))


def _key(sha256: str) -> str:
    return key("code", sha256, _made_by())


@cache
def _made_by() -> str:
    root = resources.files("assay")
    return key(indices.made_by(), dict(pair for part in _WALKED for pair in indices.sources(root.joinpath(part), part)))


def _cores() -> int:
    return len(os.sched_getaffinity(0))
