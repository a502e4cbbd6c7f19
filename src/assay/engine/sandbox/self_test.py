"""Every forbidden thing, tried in earnest by a process that should not be able to do any of it."""

import ctypes
import errno
import os
import platform
import resource
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

from assay.engine.records import Refused
from assay.engine.sandbox.kernel import call

READABLE = "outside"
"""The name of a file in the folder outside."""
PTRACE = {"x86_64": 101, "aarch64": 117}
CLONE3 = 435
PTRACE_ATTACH = 16
NO_PROGRAM = "/nonexistent/program"
GONE = (errno.ENOENT, errno.ESRCH, errno.EINVAL)
"""What is told by a kernel that would have done it: the program, process or argument is not there."""

LET = "it was let through"

Attempt = Callable[[], object]


def try_everything(outside: Path) -> Iterator[Refused]:
    """Yield what came of each attempt; `outside` is a folder that holds a file `READABLE`."""
    for what, attempt in _attempts(outside):
        try:
            attempt()
        except OSError as error:
            refused = error.errno not in GONE
            yield Refused(what, refused=refused, how=errno.errorcode.get(error.errno or 0, "") if refused else LET)
        else:
            yield Refused(what, refused=False, how=LET)


def _attempts(outside: Path) -> Iterator[tuple[str, Attempt]]:
    yield "read a file outside", (outside / READABLE).read_bytes
    yield "list a folder outside", lambda: list(outside.iterdir())
    yield "write a file outside", lambda: (outside / "written").write_bytes(b"")
    yield "remove a file outside", (outside / READABLE).unlink
    yield "change a file's mode", lambda: (outside / READABLE).chmod(0o600)
    yield "make a folder", lambda: Path("folder").mkdir()
    yield "make a link", lambda: Path("link").symlink_to("/")
    yield "open a TCP socket", lambda: _socket(socket.AF_INET, socket.SOCK_STREAM)
    yield "open a UDP socket", lambda: _socket(socket.AF_INET, socket.SOCK_DGRAM)
    yield "open a local socket", lambda: _socket(socket.AF_UNIX, socket.SOCK_STREAM)
    yield "run a program", lambda: os.execv(NO_PROGRAM, [NO_PROGRAM])  # noqa: S606 - it does not exist
    yield "fork", _fork
    yield "make a process by clone3", _clone3
    yield (
        "trace a process",
        lambda: call(PTRACE.get(platform.machine(), -1), ctypes.c_long(PTRACE_ATTACH), ctypes.c_long(0), None, None),
    )
    yield "signal its parent", lambda: os.kill(os.getppid(), 0)
    yield "limit its parent", _limit_parent


def _socket(family: int, kind: int) -> None:
    socket.socket(family, kind).close()


def _fork() -> None:
    process = os.fork()
    if process == 0:
        os._exit(0)
    os.waitpid(process, 0)


def _clone3() -> None:
    arguments = (ctypes.c_uint64 * 11)()
    arguments[4] = 17  # SIGCHLD: a process like that of fork
    process = call(CLONE3, arguments, ctypes.c_size_t(ctypes.sizeof(arguments)))
    if process == 0:
        os._exit(0)
    os.waitpid(process, 0)


def _limit_parent() -> None:
    resource.prlimit(os.getppid(), resource.RLIMIT_CORE, resource.prlimit(os.getppid(), resource.RLIMIT_CORE))
