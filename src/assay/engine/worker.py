"""A worker process: takes batches of items, says what it begins, gives back what it found."""

import ctypes
import os
import resource
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

import msgspec

from assay.engine.examine import Examiner, Parameters
from assay.engine.opening import Locations, from_store
from assay.engine.parts import load_bench
from assay.engine.records import Begun, Finished, Item, Ready, Stopped, Word
from assay.evidence.store import Store
from assay.model.errors import AssayError

PR_SET_PDEATHSIG = 1
OUT_OF_MEMORY = 71
"""Exit status of a worker whose private memory ran out."""

_BATCHES = msgspec.msgpack.Decoder(tuple[Item, ...])
_ENCODE = msgspec.msgpack.Encoder().encode


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What every worker of a run needs to know. `memory_bytes` bounds private memory (RLIMIT_DATA)."""

    exhibits: str
    memory_bytes: int
    extensions: tuple[str, ...] = ()


def examiner(settings: Settings, parameters: Parameters) -> Examiner:
    """Return an examiner over the store of a case."""
    bench = load_bench(settings.extensions)
    exhibits = from_store(Store(Path(settings.exhibits)))
    return Examiner(bench, Locations(bench, exhibits), parameters)


def work(connection: "Connection[bytes, bytes]", settings: Settings, parameters: Parameters) -> None:
    """Serve batches until the connection is closed."""
    _close_in(settings.memory_bytes)

    def say(word: Word) -> None:
        connection.send_bytes(_ENCODE(word))

    try:
        one = examiner(settings, parameters)
        say(Ready())
        while True:
            _serve(one, _BATCHES.decode(connection.recv_bytes()), say)
    except EOFError:
        return
    except AssayError as error:
        say(Stopped(error.thing, error.fact, error.next_step, int(error.exit_code)))
    except MemoryError:
        os._exit(OUT_OF_MEMORY)


def _serve(one: Examiner, batch: tuple[Item, ...], say: Callable[[Word], None]) -> None:
    for index, item in enumerate(batch):
        say(Finished(index, one.examine(item, lambda part, index=index: say(Begun(index, part)))))  # type: ignore[misc]


def _close_in(memory_bytes: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_DATA, (memory_bytes, memory_bytes))
