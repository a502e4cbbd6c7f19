"""Parts that attack: an analyser does what the evidence says, as far as the process that it runs in can.

``HOSTILE <what> [<path>]``: `path` is a folder outside, in which there is a file called `secret`.
"""

import ctypes
import errno
import fcntl
import mmap
import os
import resource
import signal
import socket
import stat
import struct
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from assay.model.problem import Problem
from assay.model.source import ByteSource
from assay.registry import Yielded, analyser, reader
from assay.vocabulary.handset import BuildProperty

CLONE3, IO_URING_SETUP, MEMFD_CREATE = 435, 425, {"x86_64": 319, "aarch64": 279}[os.uname().machine]


KINDS = {stat.S_IFIFO: "pipe", stat.S_IFSOCK: "socket", stat.S_IFCHR: "device", stat.S_IFREG: "file"}
MAP_PRIVATE, MAP_ANONYMOUS, MAP_GROWSDOWN = 0x02, 0x20, 0x100


class Hostile:
    def __init__(self, words: list[str]) -> None:
        self.words = words
        self.problems: Sequence[Problem] = ()


def _is_hostile(source: ByteSource) -> bool:
    return source.read(0, 8) == b"HOSTILE "


@reader(kind="hostile", gives=Hostile, recognise=_is_hostile, blind_to=("all",), source="invented", rank=99)
def open_hostile(source: ByteSource) -> Hostile:
    return Hostile(bytes(source.view()).decode().split(" ", 2))


@analyser(question="What can be done?", reads=Hostile, emits=BuildProperty, blind_to=("all",))
def attack(document: Hostile) -> Iterator[Yielded]:
    what = document.words[1]
    if what == "reach":
        yield from _reach(Path(document.words[2]))
    elif what in DEATHS:
        DEATHS[what]()
    yield BuildProperty(name="survived", value=what)


def _reach(outside: Path) -> Iterator[Yielded]:
    yield BuildProperty(name="descriptors", value=", ".join(kind for _, kind in _descriptors()))
    for name, attempt in _attempts(outside):
        try:
            attempt()
        except OSError as error:
            yield BuildProperty(name=name, value=errno.errorcode.get(error.errno or 0, "?"))
        else:
            yield BuildProperty(name=name, value="done")


def _attempts(outside: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    secret = outside / "secret"
    yield "read", secret.read_bytes
    yield "read by a folder above", Path(os.path.relpath(secret)).read_bytes
    yield "read by the root of the process", Path(f"/proc/self/root{secret}").read_bytes
    yield "list", lambda: list(outside.iterdir())
    yield "passwords", Path("/etc/passwd").read_bytes
    yield "own environment", Path("/proc/self/environ").read_bytes
    yield "environment of the parent", Path(f"/proc/{os.getppid()}/environ").read_bytes
    yield "memory of the parent", Path(f"/proc/{os.getppid()}/mem").open
    yield "write", lambda: (outside / "new").write_bytes(b"x")
    yield "truncate", lambda: os.truncate(secret, 0)
    yield "truncate by opening", lambda: os.close(os.open(secret, os.O_RDONLY | os.O_TRUNC))
    yield "remove", secret.unlink
    yield "rename", lambda: secret.rename(outside / "other")
    yield "mode", lambda: secret.chmod(0o777)
    yield "times", lambda: os.utime(secret, (0, 0))
    yield "owner", lambda: os.chown(secret, 1, 1)
    yield "attribute", lambda: os.setxattr(secret, "user.a", b"b")
    yield "hard link", lambda: Path("hard").hardlink_to(secret)
    yield "symbolic link", lambda: Path("soft").symlink_to(secret)
    yield "folder", Path("folder").mkdir
    yield "pipe in the folder", lambda: os.mkfifo("pipe")
    yield "TCP", lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    yield "UDP", lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    yield "IPv6", lambda: socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
    yield "local socket", lambda: socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    yield "socket pair", socket.socketpair
    yield "netlink", lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)
    yield "io_uring", lambda: _call(IO_URING_SETUP, 1, None)
    yield "memory file", lambda: _call(MEMFD_CREATE, b"x", 0)
    yield "exec", lambda: os.execv("/bin/true", ["true"])
    yield "spawn", lambda: os.posix_spawn("/bin/true", ["true"], {})
    yield "fork", os.fork
    yield "clone3", lambda: _call(CLONE3, (ctypes.c_uint64 * 11)(), ctypes.c_size_t(88))
    yield "kill the parent", lambda: os.kill(os.getppid(), signal.SIGURG)
    yield "kill all", lambda: os.kill(-1, signal.SIGURG)
    yield "limit the parent", lambda: resource.prlimit(os.getppid(), resource.RLIMIT_CORE, (0, 0))
    yield "raise a limit", lambda: resource.prlimit(0, resource.RLIMIT_DATA, (1 << 40, 1 << 40))
    yield "shared memory", lambda: mmap.mmap(-1, 1 << 20)
    yield "priority of the parent", lambda: os.setpriority(os.PRIO_PROCESS, os.getppid(), 19)
    yield "change root", lambda: os.chroot("/")
    yield "own folder", lambda: Path("own").write_bytes(b"x")
    yield "remove an own file", lambda: Path("own").unlink()
    yield "rename an own file", lambda: Path("own").rename("other")
    yield "file without a name", lambda: os.open(".", os.O_TMPFILE | os.O_RDWR)
    yield "space ahead", lambda: os.posix_fallocate(os.open("own", os.O_RDWR), 0, 1 << 20)
    yield "device of zeroes", Path("/dev/zero").open
    yield "memory that counts as a stack", lambda: _map(1 << 20, MAP_GROWSDOWN)
    yield "file that grows down", lambda: _map(1 << 12, MAP_GROWSDOWN, os.open("own", os.O_RDWR))
    yield "addresses", lambda: _map(1 << 40, 0, writing=False)


def _call(number: int, *arguments: object) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.syscall(ctypes.c_long(number), *arguments) < 0:
        raise OSError(ctypes.get_errno(), "")


def _map(size: int, flags: int, file: int = -1, *, writing: bool = True) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.mmap.restype = ctypes.c_void_p
    private = MAP_PRIVATE | (MAP_ANONYMOUS if file < 0 else 0)
    arguments = ctypes.c_int(3 if writing else 1), ctypes.c_int(private | flags), ctypes.c_int(file), ctypes.c_long(0)
    if libc.mmap(None, ctypes.c_size_t(size), *arguments) == ctypes.c_void_p(-1).value:
        raise OSError(ctypes.get_errno(), "")


def _line() -> int:
    """Return the descriptor of the line to the supervisor: the one pipe that can be written."""
    (found,) = [one for one, kind in _descriptors() if kind == "pipe to write"]
    return found


def _descriptors() -> Iterator[tuple[int, str]]:
    for number in range(256):
        try:
            mode, flags = os.fstat(number).st_mode, fcntl.fcntl(number, fcntl.F_GETFL)
        except OSError:
            continue
        writing = flags & os.O_ACCMODE != os.O_RDONLY
        yield number, f"{KINDS.get(stat.S_IFMT(mode), oct(mode))} to {'write' if writing else 'read'}"


def _send(raw: bytes) -> None:
    os.write(_line(), raw)
    time.sleep(600)


def _many_files() -> None:
    for number in range(1_000_000):
        Path(f"file-{number}").touch()
        if number > 5000:
            time.sleep(0.05)


def _close_all() -> None:
    os.closerange(0, 256)
    time.sleep(600)


def _turn() -> None:
    while True:
        pass


def _shout() -> None:
    while True:
        os.write(_line(), bytes(1 << 16))


DEATHS: dict[str, Callable[[], None]] = {
    "garbage": lambda: _send(struct.pack("<Q", 5) + b"\xc1junk"),
    "huge-word": lambda: _send(struct.pack("<Q", 1 << 40)),
    "half-a-word": lambda: _send(struct.pack("<Q", 100) + b"half"),
    "shout": _shout,
    "close-all": _close_all,
    "kill-9": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "stop": lambda: os.kill(os.getpid(), signal.SIGSTOP),
    "many-files": _many_files,
    "turn": _turn,
}
