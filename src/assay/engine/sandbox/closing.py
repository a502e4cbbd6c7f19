"""Closing a worker in: everything that is taken from it, in order, before the first byte of evidence."""

import os
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from assay.engine.sandbox import landlock, limits, paths, seccomp
from assay.engine.sandbox.kernel import reason
from assay.engine.sandbox.level import Sandbox, level

TOLD = "told"
"""The file in a worker's folder into which it writes what it has to say before it ends."""
SEVERAL_THREADS = "not taken: threads were running already, which would have kept all rights"


class Rooms(msgspec.Struct, frozen=True, kw_only=True):
    """Where a worker may go: what it reads, and the one folder into which it writes."""

    readable: tuple[str, ...]
    spool: str
    memory_bytes: int


def close_in(rooms: Rooms) -> Sandbox:
    """Take from this process all that a worker does not need, for good, and say what was reached.

    Afterwards the folder is the worker's own, the environment is empty, standard output is gone, and standard error is
    a file in that folder. Descriptors that are open stay so.
    """
    os.chdir(rooms.spool)
    os.environ.clear()
    _mute(Path(rooms.spool) / TOLD)
    wanted = limits.wanted(rooms.memory_bytes)
    limits.take(wanted)
    files, landlocked = _taken(lambda: _files(rooms))
    calls, filtered = _taken(seccomp.install)
    return Sandbox(level=level(files=files, calls=calls), landlock=landlocked, seccomp=filtered, rlimits=wanted)


def _files(rooms: Rooms) -> str:
    if _threads() > 1:
        raise NotImplementedError(SEVERAL_THREADS)
    return f"ABI {landlock.restrict(rooms.readable, (rooms.spool,), (paths.NULL,))}"


def _threads() -> int:
    """Count the threads of this process, those of libraries included; a rule of Landlock binds the calling one."""
    try:
        return len(list(Path("/proc/self/task").iterdir()))
    except OSError:
        return threading.active_count()


def _taken(take: Callable[[], str]) -> tuple[bool, str]:
    try:
        return True, take()
    except NotImplementedError as why:
        return False, str(why)
    except OSError as error:
        return False, reason(error)


def _mute(told: Path) -> None:
    targets: Sequence[tuple[str | Path, int]] = ((paths.NULL, 1), (told, 2))
    for path, standard in targets:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(descriptor, standard)
        os.close(descriptor)
