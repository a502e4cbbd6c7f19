"""Workers forked from one process, as their supervisor sees them: it has them made and ended, and hears how each ended.

The process (`assay.engine.fork_server`) starts anew for each pool, and again after a worker that ended badly: what a
worker's fall told of its addresses is worth nothing in the next one. Nothing here loads what workers load, so that the
process can begin while the supervisor does something else.
"""

import os
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import msgspec

from assay.engine.wire import Line

ANSWER_SECONDS = 10.0
"""How long a server that has loaded may take to answer, or to end with its workers, before it is ended."""
MAX_REQUEST_BYTES = 1 << 16
"""Longest word to a server, in bytes."""
PROGRAM = (
    "import gc, sys; gc.disable(); sys.path[:] = sys.argv[3:]; from assay.engine.fork_server import serve; "
    "serve(int(sys.argv[1]), int(sys.argv[2]))"
)
ENVIRONMENT = ("NUMBA_CACHE_DIR",)
"""What a server starts with of the supervisor's environment: where compiled kernels lie. Workers drop that, too."""
ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
}
"""What keeps libraries from starting threads when they are loaded: one that runs is lost in a fork."""


class Loads(msgspec.Struct, frozen=True, kw_only=True, tag="loads"):
    """What workers need: modules and packages with parts of the bench, all that the bench has where there are none."""

    parts: tuple[str, ...] = ()
    extensions: tuple[str, ...] = ()


class Fork(msgspec.Struct, frozen=True, tag="fork"):
    """One more worker, in a folder of its own; its two descriptors, reading and writing, come with the word."""

    folder: bytes


class End(msgspec.Struct, frozen=True, tag="end"):
    """The worker that was forked as so many others were before is to end, within so many seconds by itself."""

    worker: int
    seconds: float


class Ended(msgspec.Struct, frozen=True, kw_only=True):
    """How a worker ended: its exit status, negative for a signal; `killed` when it did not end by itself."""

    status: int
    killed: bool


Request = Loads | Fork | End

LOADED = b"loaded"
"""What a server says once it has loaded what workers need, before it forks the first."""

_ENCODE = msgspec.msgpack.Encoder().encode
_ENDED = msgspec.msgpack.Decoder(Ended)


class ForkServer:
    """A process that forks workers."""

    def __init__(self) -> None:
        """Start it; it begins with what it needs in any case."""
        self._line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = _started(theirs.fileno())
        self._loaded = False
        self._forked = 0

    def load(self, loads: Loads) -> None:
        """Say, once, what workers need. Kernels are compiled by then."""
        self._tell(loads)

    def fork(self, folder: Path) -> "tuple[Forked, Line]":
        """Have one more worker made, which may be a while before it begins; return it with the line to it."""
        theirs_in, ours_out = os.pipe()
        ours_in, theirs_out = os.pipe()
        self._tell(Fork(folder=os.fsencode(folder)), theirs_in, theirs_out)
        os.close(theirs_in)
        os.close(theirs_out)
        self._forked += 1
        return Forked(self, self._forked - 1), Line(ours_in, ours_out)

    def end(self, worker: int, seconds: float) -> Ended:
        """End a worker, which has some seconds to do so by itself, and return how it ended.

        A worker of a server that loads still, or has ended, ended with it.
        """
        if self._has_loaded():
            self._tell(End(worker=worker, seconds=seconds))
            if answer := self._heard(seconds + ANSWER_SECONDS):
                return _ENDED.decode(answer)
        self.close()
        return Ended(status=self._process.returncode, killed=False)

    def close(self) -> None:
        """End the server, and with it all of its workers."""
        if self._line.fileno() < 0:
            return
        if not self._has_loaded() and not self._is_gone():
            self._process.kill()
        self._line.close()
        try:
            self._process.wait(ANSWER_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _has_loaded(self) -> bool:
        """Say whether there may be workers: a server that still loads has forked none."""
        self._loaded = self._loaded or self._heard(0) == LOADED
        return self._loaded

    def _is_gone(self) -> bool:
        """Say whether the server ends by itself: its end of the line is closed."""
        return self._heard(0) == b""

    def _heard(self, seconds: float) -> bytes | None:
        """Return what the server said within so many seconds, nothing at its end, None where it was silent."""
        if self._line.fileno() < 0:
            return b""
        self._line.settimeout(seconds)
        try:
            return self._line.recv(MAX_REQUEST_BYTES)
        except ConnectionError:
            return b""
        except (TimeoutError, BlockingIOError):
            return None

    def _tell(self, request: Request, *descriptors: int) -> None:
        """Send a request; a server that is gone is seen by its silence."""
        with suppress(OSError):
            self._line.settimeout(ANSWER_SECONDS)
            socket.send_fds(self._line, [_ENCODE(request)], descriptors)


class Forked:
    """A worker; nobody else ends it, so that its number stands for it alone."""

    def __init__(self, server: ForkServer, number: int) -> None:
        """Take the server, and how many it was asked for before."""
        self.server = server
        self._number = number
        self._ended: Ended | None = None

    def end(self, seconds: float = 0.0) -> Ended:
        """End the worker, which has some seconds to do so by itself, and return how it ended."""
        self._ended = self._ended or self.server.end(self._number, seconds)
        return self._ended


def _started(line: int) -> "subprocess.Popen[bytes]":
    path = [os.path.abspath(entry) for entry in sys.path]  # noqa: PTH100 - an archive or a folder, as it is written
    command = [sys.executable, "-I", "-X", "utf8", "-c", PROGRAM, str(line), str(os.getpid())]
    return subprocess.Popen(  # noqa: S603 - this interpreter with a fixed program
        [*command, *path],
        cwd="/",
        env={**{name: os.environ[name] for name in ENVIRONMENT if name in os.environ}, **ONE_THREAD},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        pass_fds=(line,),
        start_new_session=True,
    )
