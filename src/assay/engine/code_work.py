"""The way from files to the columns of their code in the store, and to what `assay.open_code` gives."""

from collections.abc import Callable, Container, Iterator, Mapping
from pathlib import Path

from assay.bytecode.columns import Columns
from assay.engine import indices
from assay.engine.code import Code, Place
from assay.engine.code_given import App, Given, Held
from assay.engine.code_records import FoundProblem, IndexCode, Indexed
from assay.engine.forked import ForkServer
from assay.engine.indexing import PARTS
from assay.engine.indices import Indices
from assay.engine.links import Links
from assay.engine.pool import Pool
from assay.engine.recalled import Recalled
from assay.engine.records import Answer, Failure
from assay.engine.settings import Settings
from assay.engine.spool import Room, Spool
from assay.model.errors import CaseError

SPOOL = "spool"


class Work:
    """The way from files to columns in the store."""

    def __init__(self, what: Given, home: Path, held: Held, *, lasts: bool) -> None:
        """Take the files, the cache folder and whether it `lasts`, and how workers are held."""
        self._given = what
        self._home = home
        self._held = held
        self._links = Links(home if lasts else None)
        self._indices = Indices(home / indices.FOLDER)

    def missing(self, found: Container[str], server: ForkServer | None) -> dict[str, Indexed]:
        """Return what the files hold that are not among those `found`; their columns are in the store then.

        Workers are forked from `server`, where there is one. Raises: as `Pool.run`.
        """
        missing = {app.sha256: app for app in self._given.apps if app.sha256 not in found}
        made = self._indexed(missing, server) if missing else {}
        if missing:
            self._indices.trim()
        return made

    def code(self, found: Mapping[str, Indexed], close: Callable[[], None]) -> Code:
        """Return the code of all files, each of which is among those `found`; `close` is called in the end."""
        apps = self._given.apps
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
            lambda sha256: self._columns(sha256, home[sha256]),
            self._links,
            close,
        )

    def _columns(self, sha256: str, app: App) -> Columns:
        """Return columns from the store; where they are missing or damaged they are made anew. Raises: CaseError."""
        found = self._indices.get(sha256)
        if found is None:
            self._indices.drop(sha256)
            self._indexed({app.sha256: app}, None)
            found = self._indices.get(sha256)
        if found is None:
            raise CaseError(app.path, "its code can no longer be indexed", "Restore the file, then open it again.")
        return found

    def _indexed(self, apps: dict[str, App], server: ForkServer | None) -> dict[str, Indexed]:
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
            for outcome in self._outcomes(settings, spool, apps, server):
                if isinstance(outcome, Failure):
                    failed.add(outcome.sha256)
                elif isinstance(outcome, Indexed):
                    found[outcome.exhibit] = outcome
        Recalled(self._home).put({sha256: indexed for sha256, indexed in found.items() if sha256 not in failed})
        return found

    def _outcomes(
        self, settings: Settings, spool: Spool, apps: dict[str, App], server: ForkServer | None
    ) -> Iterator[Answer | Failure]:
        held = self._held
        largest_first = sorted(apps.values(), key=lambda app: (-app.size, app.sha256))
        pool = Pool(
            settings,
            {},
            spool,
            held.workers,
            held.deadline_seconds,
            allow_unsandboxed=held.allow_unsandboxed,
            server=server,
        )
        with pool:
            pool.collect = self._collect
            self._links.prepare()
            yield from pool.run([(IndexCode(sha256=app.sha256),) for app in largest_first])

    def _collect(self, room: Room, answer: Answer) -> None:
        """Move what a worker made for the task it answers into the store."""
        if isinstance(answer, Indexed):
            self._indices.take_left({file.sha256 for file in answer.files if file.made}, room.take)
