"""A worker process: closes itself in, takes batches of tasks, says what it begins, gives back what it found.

It is forked from a process that has loaded what it needs (`assay.engine.fork_server`).
"""

import gc
import os
import pickle
import signal
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import msgspec

from assay.engine import kernels
from assay.engine.examine import Parameters
from assay.engine.indices import Indices
from assay.engine.opening import Locations, from_store
from assay.engine.parts import load_parts
from assay.engine.records import Begun, Finished, Ready, Stopped, Task, Word
from assay.engine.sandbox import paths
from assay.engine.sandbox.closing import Rooms, close_in
from assay.engine.sandbox.kernel import control
from assay.engine.sandbox.limits import OUT_OF_MEMORY
from assay.engine.settings import Settings
from assay.engine.tasks import Desk
from assay.engine.wire import Counterpart
from assay.evidence.store import Store
from assay.model.errors import AssayError

PR_SET_PDEATHSIG = 1
COLLECTED = (50_000, 20, 20)
"""Thresholds of the garbage collector in a worker (`gc.set_threshold`); it runs after each batch, too."""

_BATCHES = msgspec.msgpack.Decoder(tuple[Task, ...])
_ENCODE = msgspec.msgpack.Encoder().encode


def desk(settings: Settings, parameters: Parameters, room: Path | None = None) -> Desk:
    """Return what answers tasks over the store of a case, and writes into `room` where there is one."""
    bench = load_parts(settings.parts, settings.extensions)
    exhibits = from_store(Store(Path(settings.exhibits)))
    return Desk(bench, Locations(bench, exhibits), parameters, Indices(Path(settings.indices)), room)


def begin(reading: int, writing: int, server: int) -> NoReturn:
    """Serve batches until the supervisor closes its line; the current folder is this worker's own. Never returns."""
    tie_to(server)
    try:
        status = _work(Counterpart(reading, writing))
    except MemoryError:
        status = OUT_OF_MEMORY
    os._exit(status)


def _work(line: Counterpart) -> int:
    settings, parameters = pickle.loads(line.hear())  # noqa: S301 - from the supervisor, not from evidence
    one = desk(settings, parameters, Path())
    rooms = _rooms(settings)
    _collect_from_now_on()
    sandbox = close_in(rooms)

    def say(word: Word) -> None:
        line.say(_ENCODE(word))

    try:
        say(Ready(sandbox))
        while True:
            _serve(one, _BATCHES.decode(line.hear()), say)
    except EOFError:
        return 0
    except AssayError as error:
        say(Stopped(Path(error.thing).name))
        return 0


def _serve(one: Desk, batch: tuple[Task, ...], say: Callable[[Word], None]) -> None:
    """Answer a batch; nothing of it stays: a few objects in a circle can hold all arrays of an app."""
    for index, task in enumerate(batch):
        say(Finished(index, one.answer(task, lambda part, index=index: say(Begun(index, part)))))  # type: ignore[misc]
    gc.collect()


def _rooms(settings: Settings) -> Rooms:
    own = Path.cwd()
    evidence = (settings.exhibits, settings.facts, settings.indices, settings.evidence, str(own.parent / "shared"))
    return Rooms(
        readable=(*paths.readable(settings.extensions, kernels.folder()), *filter(None, evidence)),
        spool=str(own),
        memory_bytes=settings.memory_bytes,
    )


def _collect_from_now_on() -> None:
    """Let the garbage collector, which does not run while a worker starts, go through what comes now and no more.

    It runs less often than it would by itself: the value graph of an app is many small things of which few are let go.
    """
    gc.freeze()
    gc.set_threshold(*COLLECTED)
    gc.enable()


def tie_to(parent: int) -> None:
    """End with the process that made this one, and let only the supervisor answer Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    control(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(0)
