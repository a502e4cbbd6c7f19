"""A worker process: takes batches of items, says what it begins, gives back what it found."""

import ctypes
import resource
import signal
from multiprocessing.connection import Connection
from pathlib import Path

import msgspec

from assay.engine.examine import Examiner, Parameters
from assay.engine.opening import Locations, from_store
from assay.engine.parts import load_bench
from assay.engine.records import Begun, Finished, Item
from assay.evidence.store import Store

PR_SET_PDEATHSIG = 1


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


def work(connection: Connection, settings: Settings, parameters: Parameters) -> None:
    """Serve batches until the connection is closed."""
    _close_in(settings.memory_bytes)
    one = examiner(settings, parameters)
    batches = msgspec.msgpack.Decoder(tuple[Item, ...])
    encode = msgspec.msgpack.Encoder().encode
    while True:
        try:
            batch = batches.decode(connection.recv_bytes())
        except EOFError:
            return
        for index, item in enumerate(batch):
            found = one.examine(item, lambda part, index=index: connection.send_bytes(encode(Begun(index, part))))
            connection.send_bytes(encode(Finished(index, found)))


def _close_in(memory_bytes: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_DATA, (memory_bytes, memory_bytes))
