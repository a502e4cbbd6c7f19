"""Who does the work on evidence: closed-in workers, or this process where the user chose so."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import msgspec

from assay.engine.examine import Parameters
from assay.engine.indices import FOLDER, Indices
from assay.engine.pool import Pool
from assay.engine.records import Answer, Examination
from assay.engine.serial import Serial
from assay.engine.settings import Settings
from assay.engine.spool import Room, Spool
from assay.evidence.case_folder import CaseFolder

MIB = 1 << 20
SPOOL = "spool"


class Choices(msgspec.Struct, frozen=True, kw_only=True):
    """How to work; nothing here changes a result. `allow_unsandboxed` accepts workers that are not fully closed in."""

    executor: str = "local"
    workers: int = 0
    deadline_seconds: float = 300.0
    memory_bytes: int = 4096 * MIB
    retry_failures: bool = False
    allow_unsandboxed: bool = False


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where the work is: the case, the cache folder in which workers get theirs, and packages of the user's own.

    `parts`: modules and packages whose parts workers load, and no others; empty for all that the bench has.
    """

    case: CaseFolder
    home: Path
    extensions: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


@contextmanager
def executor(choices: Choices, place: Place, facts: Path, parameters: Parameters) -> Iterator["Pool | Serial"]:
    """Give an executor for one case, whose fact tables lie below `facts`. Raises: SandboxError."""
    store = Indices(place.home / FOLDER)
    store.folder.mkdir(parents=True, exist_ok=True)
    with Spool(place.home / SPOOL) as spool:
        settings = Settings(
            exhibits=str((place.case.root / "exhibits").absolute()),
            facts=str(facts.absolute()),
            indices=str(store.folder.absolute()),
            spool=str(spool.folder.absolute()),
            memory_bytes=choices.memory_bytes,
            extensions=place.extensions,
            parts=place.parts,
        )
        with _made(choices, settings, parameters, spool) as made:
            if isinstance(made, Pool):
                made.collect = partial(_collect, store)
            yield made
    store.trim()


def _collect(store: Indices, room: Room, answer: Answer) -> None:
    """Move the columns that a worker left with an answer into the store."""
    if isinstance(answer, Examination):
        store.take_left(answer.columns, room.take)


def _made(choices: Choices, settings: Settings, parameters: Parameters, spool: Spool) -> "Pool | Serial":
    if choices.executor == "serial":
        return Serial(settings, parameters, spool)
    workers = choices.workers or len(os.sched_getaffinity(0))
    allowed = choices.allow_unsandboxed
    return Pool(settings, parameters, spool, workers, choices.deadline_seconds, allow_unsandboxed=allowed)
