"""The process that workers are forked from: it loads once what each of them needs, and meets no evidence.

It is this interpreter begun anew, so that it holds nothing of the supervisor: no case, no parameters, no descriptor but
the line on which it is told to fork and to end workers. A worker closes that line first of all; what it is to know, and
what it is asked, comes on its own (`assay.engine.worker`). The server has one thread, and does nothing between two
requests. When its line closes it ends, after all of its workers.
"""

import gc
import os
import signal
import socket
import time
import traceback
from importlib import import_module
from typing import NoReturn

import msgspec

from assay.engine import indexing, kernels, worker
from assay.engine.forked import LOADED, MAX_REQUEST_BYTES, End, Ended, Fork, Loads, Request
from assay.engine.parts import load_parts
from assay.engine.sandbox.limits import OUT_OF_MEMORY

LOOK_SECONDS = 0.001
"""How often the server looks whether a worker that is to end has ended."""
DESCRIPTORS = 2
"""Those that come with a request."""

_ENCODE = msgspec.msgpack.Encoder().encode
_REQUEST: msgspec.msgpack.Decoder[Request] = msgspec.msgpack.Decoder(Request)


def serve(line: int, supervisor: int) -> NoReturn:
    """Serve requests until the supervisor closes its line. Never returns."""
    worker.tie_to(supervisor)
    try:
        Server(socket.socket(fileno=line)).run()
        status = 0
    except MemoryError:
        status = OUT_OF_MEMORY
    os._exit(status)


class Server:
    """Forks workers and ends them, by the numbers in which they were asked for."""

    def __init__(self, line: socket.socket) -> None:
        """Take the line to the supervisor."""
        self._line = line
        self._workers: dict[int, int] = {}
        self._asked = 0

    def run(self) -> None:
        """Serve requests; in the end all workers are ended."""
        while (heard := socket.recv_fds(self._line, MAX_REQUEST_BYTES, DESCRIPTORS))[0]:
            self._answer(_REQUEST.decode(heard[0]), heard[1])
        for process in self._workers.values():
            os.kill(process, signal.SIGKILL)
        for number in list(self._workers):
            self._end(number, 0.0)

    def _answer(self, request: Request, descriptors: list[int]) -> None:
        match request:
            case Loads():
                _load(request)
                self._line.send(LOADED)
            case Fork(folder):
                self._fork(folder, descriptors)
            case End(number, seconds):
                self._line.send(_ENCODE(self._end(number, seconds)))

    def _fork(self, folder: bytes, descriptors: list[int]) -> None:
        server = os.getpid()
        process = os.fork()
        if process == 0:
            self._begin(folder, descriptors, server)
        for descriptor in descriptors:
            os.close(descriptor)
        self._workers[self._asked] = process
        self._asked += 1

    def _begin(self, folder: bytes, descriptors: list[int], server: int) -> NoReturn:
        """Become a worker: of what the server has, the line to the supervisor is given up before anything else."""
        try:
            self._line.close()
            os.setsid()
            os.chdir(folder)
            reading, writing = descriptors
            worker.begin(reading, writing, server)
        finally:
            traceback.print_exc()
            os._exit(1)

    def _end(self, number: int, seconds: float) -> Ended:
        process, until, killed = self._workers.pop(number), time.monotonic() + seconds, False
        while (found := os.waitpid(process, os.WNOHANG))[0] == 0:
            if not killed and time.monotonic() >= until:
                os.kill(process, signal.SIGKILL)
                killed = True
            time.sleep(LOOK_SECONDS)
        return Ended(status=os.waitstatus_to_exitcode(found[1]), killed=killed)


def _load(what: Loads) -> None:
    """Load parts, and what reads tables or indexes code; no worker writes kernels that others run."""
    kernels.keep_in_memory()
    load_parts(what.parts, what.extensions)
    if what.parts:
        indexing.load_kernels()
    else:
        import_module("assay.engine.tables")
    gc.freeze()
