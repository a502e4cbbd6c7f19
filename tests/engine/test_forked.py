"""Workers are forked from a process that holds nothing of the supervisor; each end of a worker is told as it was."""

import os
import pickle
import select
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from assay.engine import forked
from assay.engine.forked import ENVIRONMENT, ONE_THREAD, Ended, ForkServer, Loads
from assay.engine.wire import Line

LITTLE = Loads(parts=("assay.bytecode.dex",))


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ForkServer]:
    monkeypatch.setenv("ASSAY_SECRET", "of the supervisor")
    one = ForkServer()
    yield one
    one.close()


def until_loaded(server: ForkServer) -> int:
    """Wait until the server has loaded; return its process."""
    assert select.select([server._line], [], [], 240)[0]
    assert server._has_loaded()
    return server._process.pid


def heard(line: Line) -> bytes:
    """Return what comes until the line closes."""
    os.set_blocking(line.reading, True)
    return b"".join(iter(lambda: os.read(line.reading, 1 << 16), b""))


def test_the_server_holds_nothing_of_the_supervisor(server: ForkServer, tmp_path: Path) -> None:
    with (tmp_path / "evidence").open("wb") as stream:
        os.set_inheritable(stream.fileno(), True)  # noqa: FBT003 - as the library has it
        server.load(Loads())
        proc = Path(f"/proc/{until_loaded(server)}")
        shown = {str(one.readlink()) for one in (proc / "fd").iterdir()}
    names = {entry.split(b"=")[0].decode() for entry in (proc / "environ").read_bytes().split(b"\0") if entry}
    assert names <= {*ENVIRONMENT, *ONE_THREAD, "LC_CTYPE"}
    sockets = {name for name in shown if name.startswith("socket:")}
    assert shown - sockets <= {"/dev/null", str(Path("/proc/self/fd/2").readlink())}
    assert len(sockets) == 1
    assert (proc / "cwd").readlink() == Path("/")
    assert len(list((proc / "task").iterdir())) == 1, "what forks has one thread, with all parts loaded"


def test_ends_are_told_as_they_were(server: ForkServer, tmp_path: Path) -> None:
    server.load(LITTLE)
    workers = [server.fork(tmp_path) for _ in range(3)]
    (torn, torn_line), (still, still_line), (other, other_line) = workers
    torn_line.say(b"no start")
    assert heard(torn_line) == b""
    assert torn.end(5.0) == Ended(status=1, killed=False)
    assert still.end() == still.end(5.0) == Ended(status=-signal.SIGKILL, killed=True)
    assert heard(still_line) == b""
    assert not select.select([other_line.reading], [], [], 0.1)[0], "another worker was ended"
    assert other.end(0.1) == Ended(status=-signal.SIGKILL, killed=True)


def test_workers_end_with_their_server(server: ForkServer, tmp_path: Path) -> None:
    server.load(LITTLE)
    one, line = server.fork(tmp_path)
    os.kill(until_loaded(server), signal.SIGKILL)
    assert heard(line) == b""
    assert one.end(1.0) == Ended(status=-signal.SIGKILL, killed=False)


def test_closing_ends_the_server_and_its_workers(server: ForkServer, tmp_path: Path) -> None:
    server.load(LITTLE)
    line = server.fork(tmp_path)[1]
    until_loaded(server)
    server.close()
    assert server._process.returncode == 0
    assert heard(line) == b""


def test_a_server_that_loads_still_is_ended_at_once(server: ForkServer, tmp_path: Path) -> None:
    line = server.fork(tmp_path)[1]
    began = time.monotonic()
    server.close()
    assert server._process.returncode == -signal.SIGKILL
    assert time.monotonic() - began < forked.ANSWER_SECONDS
    assert heard(line) == b""


def test_a_server_that_cannot_load_says_how_it_ended(server: ForkServer, tmp_path: Path) -> None:
    server.load(Loads(parts=("no_such_package_here",)))
    one, line = server.fork(tmp_path)
    assert heard(line) == b""
    assert one.end(1.0) == Ended(status=1, killed=False)
    late, late_line = server.fork(tmp_path)
    assert heard(late_line) == b""
    assert late.end() == Ended(status=1, killed=False)


def test_a_server_that_does_not_answer_is_ended(
    server: ForkServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forked, "ANSWER_SECONDS", 0.2)
    server.load(LITTLE)
    one = server.fork(tmp_path)[0]
    os.kill(until_loaded(server), signal.SIGSTOP)
    assert one.end() == Ended(status=-signal.SIGKILL, killed=False)


def test_the_start_of_a_worker_is_its_own(server: ForkServer, tmp_path: Path) -> None:
    """What a worker is told first goes past the server: nothing of it is among what others are forked with."""
    server.load(LITTLE)
    told = pickle.dumps("a parameter of the case 7f3a9c")
    one, line = server.fork(tmp_path)
    line.say(told)
    heard(line)
    one.end(1.0)
    proc = Path(f"/proc/{server._process.pid}")
    with (proc / "mem").open("rb", 0) as memory:
        for row in (proc / "maps").read_text().splitlines():
            first, last = (int(part, 16) for part in row.split()[0].split("-"))
            if row.split()[1].startswith("rw") and last - first < 1 << 28:
                memory.seek(first)
                assert b"of the case 7f3a9c" not in memory.read(last - first)
