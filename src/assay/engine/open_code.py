"""Opens the code below a path: files are hashed here, and read by closed-in workers where the store lacks columns.

What is known is looked up before anything of the code engine is loaded: where files are new, the process that workers
are forked from loads while this one hashes them, and loads itself.
"""

import os
import tempfile
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING

from assay.engine import cache_home
from assay.engine.code_given import Held, given
from assay.engine.digests import Digests
from assay.engine.forked import ForkServer
from assay.engine.loading import for_good
from assay.engine.recalled import Recalled
from assay.model.limits import MIB

if TYPE_CHECKING:
    from assay.engine.code import Code


def open_code(
    path: str | os.PathLike[str],
    *,
    workers: int = 0,
    cache: str | os.PathLike[str] | None = None,
    memory_bytes: int = 4096 * MIB,
    deadline_seconds: float = 300.0,
    allow_unsandboxed: bool = False,
    rehash: bool = False,
) -> "Code":
    """Return all DEX files below a path: a DEX file, a package, bundle or archive of any depth, a folder, or a case.

    What was indexed before is taken from the cache folder (`cache`, else the user's own). `workers`: processes, 0 for
    one a core, each with at most `memory_bytes` of private memory; a part of a file that takes one longer than
    `deadline_seconds` is left out, with a problem. `allow_unsandboxed` accepts workers that cannot be closed in here.
    A file whose inode did not change since it was hashed is not hashed again, unless `rehash` is given
    (`assay.engine.digests`); the exhibits of a case are known by their digests.
    Raises: UsageError, EvidenceError, CaseError, SandboxError.
    """
    held = Held(
        workers=workers or _cores(),
        memory_bytes=memory_bytes,
        deadline_seconds=deadline_seconds,
        allow_unsandboxed=allow_unsandboxed,
    )
    with ExitStack() as unless_done, closing(_Ahead()) as ahead:
        home, lasts = _home(cache, unless_done)
        what = given(Path(path), Digests(home if lasts else None, rehash=rehash, before=ahead.begin))
        found = Recalled(home).get({app.sha256 for app in what.apps})
        if any(app.sha256 not in found for app in what.apps):
            ahead.begin()
        else:
            ahead.close()
        with for_good():
            from assay.engine.code_work import Work  # noqa: PLC0415 - it loads all of the code engine

        work = Work(what, home, held, lasts=lasts)
        return work.code(found | work.missing(found, ahead.server), unless_done.pop_all().close)


class _Ahead:
    """What workers are forked from, begun as soon as it is likely that some are needed: files are new."""

    def __init__(self) -> None:
        self.server: ForkServer | None = None

    def begin(self) -> None:
        self.server = self.server or ForkServer()

    def close(self) -> None:
        if self.server is not None:
            self.server.close()


def _home(chosen: str | os.PathLike[str] | None, until: ExitStack) -> tuple[Path, bool]:
    """Return the cache folder and whether it lasts; where none can be written, one that is removed in the end."""
    if chosen is not None:
        Path(chosen).mkdir(parents=True, exist_ok=True)
        return Path(chosen), True
    if (own := cache_home.writable()) is not None:
        return own, True
    return Path(until.enter_context(tempfile.TemporaryDirectory(prefix="assay-"))), False


def _cores() -> int:
    return len(os.sched_getaffinity(0))
