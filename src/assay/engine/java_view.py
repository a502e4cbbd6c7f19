"""A method as lines that read like Java: a reading aid from a library that is kept by others, never evidence.

The library reads hostile bytes in a process of its own, closed in as every worker is, with a deadline and a limit of
memory. Where the library is missing, or the process cannot be closed in, fails or takes too long, a reason stands
instead.
"""

import os
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from importlib.util import find_spec
from typing import BinaryIO, cast

import msgspec

from assay.engine.forked import ONE_THREAD
from assay.engine.java_worker import NO_METHOD, NOT_CLOSED_IN
from assay.engine.records import MethodCode
from assay.engine.sandbox.limits import OUT_OF_MEMORY
from assay.model.limits import MIB
from assay.model.text import show

LIBRARY = "androguard"
SECONDS = 60.0
"""How long the process may take, its start included."""
MEMORY = 2048 * MIB
"""Private memory of the process in bytes."""
MOST_DEX_BYTES = 32 * MIB
"""Largest DEX file that is handed over: the library reads all of it before it shows one method."""
MOST_TEXT_BYTES = MIB
MOST_LINES = 400
MOST_LINE = 400
"""Longest line in characters."""

ABOVE = "reads like this in Java (a reading aid, not evidence: the instructions above are)"
_PROGRAM = (
    "import sys; sys.path[:] = sys.argv[3:]; from assay.engine.java_worker import begin; "
    "begin(int(sys.argv[1]), int(sys.argv[2]))"
)
_REASONS = {
    OUT_OF_MEMORY: f"it needs more than {MEMORY // MIB} MiB of memory",
    NOT_CLOSED_IN: "this machine cannot close in the process that would read it",
    NO_METHOD: "the library does not find this method in the file",
}


class JavaView(msgspec.Struct, frozen=True):
    """Lines that are printable, or none and the reason."""

    lines: tuple[str, ...] = ()
    reason: str = ""


def java_view(dex: bytes, method: int, *, seconds: float = SECONDS, memory: int = MEMORY) -> JavaView:
    """Return the view of the definition of a method id of a DEX file, whose bytes are not parsed here."""
    if find_spec(LIBRARY) is None:
        return JavaView(reason="not installed: it comes with the extra assay[java-view]")
    if len(dex) > MOST_DEX_BYTES:
        return JavaView(reason=f"the DEX file has more than {MOST_DEX_BYTES // MIB} MiB")
    with tempfile.TemporaryDirectory(prefix="assay-") as folder:
        return _run(folder, method, memory, dex, seconds)


def java_lines(code: MethodCode) -> list[str]:
    """Return what is printed beside the instructions of a method."""
    view = java_view(code.dex, code.method)
    if view.reason:
        return [f"no Java view: {view.reason}"]
    return [ABOVE, *(f"  {line}" for line in view.lines)]


def _run(folder: str, method: int, memory: int, data: bytes, seconds: float) -> JavaView:
    path = [os.path.abspath(entry) for entry in sys.path]  # noqa: PTH100 - an archive or a folder, as it is written
    command = [sys.executable, "-I", "-X", "utf8", "-c", _PROGRAM, str(method), str(memory), *path]
    process = subprocess.Popen(  # noqa: S603 - this interpreter with a fixed program
        command, cwd=folder, env=ONE_THREAD, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    late = threading.Event()

    def end() -> None:
        late.set()
        process.kill()

    alarm = threading.Timer(seconds, end)
    alarm.start()
    try:
        text = _talk(process, data)
        status = process.wait()
    finally:
        alarm.cancel()
    return _view(text, status, late=late.is_set())


def _talk(process: "subprocess.Popen[bytes]", data: bytes) -> bytes:
    """Hand over the file and return what comes back, one byte over the limit at most; then the process is ended."""
    given, answer = cast("BinaryIO", process.stdin), cast("BinaryIO", process.stdout)
    with suppress(BrokenPipeError), given:
        given.write(data)
    with answer:
        text = answer.read(MOST_TEXT_BYTES + 1)
    if len(text) > MOST_TEXT_BYTES:
        process.kill()
    return text


def _view(text: bytes, status: int, *, late: bool) -> JavaView:
    if late:
        return JavaView(reason="the library took too long")
    if len(text) > MOST_TEXT_BYTES:
        return JavaView(reason=f"it has more than {MOST_TEXT_BYTES} bytes")
    if status or not text:
        return JavaView(reason=_REASONS.get(status, "the library failed on this method"))
    lines = text.decode("utf-8", "replace").strip("\n").splitlines()
    shown = [_short(show(line)) for line in lines[:MOST_LINES]]
    more = [f"… {len(lines) - MOST_LINES} lines more"] if len(lines) > MOST_LINES else []
    return JavaView((*shown, *more))


def _short(line: str) -> str:
    return line if len(line) <= MOST_LINE else line[:MOST_LINE] + "…"
