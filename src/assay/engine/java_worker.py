"""The process of a Java-like view: loads the library, closes itself in, then reads the file and answers with text."""

import os
import signal
import sys
from pathlib import Path
from typing import Any

from assay.engine.sandbox import paths
from assay.engine.sandbox.closing import Rooms, close_in
from assay.engine.sandbox.kernel import control
from assay.engine.sandbox.level import Level
from assay.engine.sandbox.limits import OUT_OF_MEMORY

NOT_CLOSED_IN = 72
"""Exit status where the sandbox is not full: nothing was read."""
NO_METHOD = 73
"""Exit status where the library lists no such method."""
RECURSION = 20_000
"""Nesting of calls that the library may use, within its limit of memory."""
PR_SET_PDEATHSIG = 1


def begin(method: int, memory: int) -> None:
    """Read a DEX file from standard input, write one method to standard output. Never returns."""
    control(PR_SET_PDEATHSIG, signal.SIGKILL)
    answer = os.dup(1)
    try:
        status = _view(method, memory, answer)
    except MemoryError:
        status = OUT_OF_MEMORY
    os._exit(status)


def _view(method: int, memory: int, answer: int) -> int:
    library = _load()
    rooms = Rooms(readable=paths.readable((), ""), spool=str(Path.cwd()), memory_bytes=memory)
    if close_in(rooms).level != Level.FULL:
        return NOT_CLOSED_IN
    sys.setrecursionlimit(RECURSION)
    text = _source(library, sys.stdin.buffer.read(), method)
    if text is None:
        return NO_METHOD
    with os.fdopen(answer, "wb") as out:
        out.write(text.encode("utf-8", "backslashreplace"))
    return 0


def _load() -> Any:  # noqa: ANN401 - a library without types
    """Return the library's modules. What it writes to its log goes nowhere."""
    import loguru  # noqa: PLC0415 - an extra, and only this process loads it
    from androguard.core import dex  # noqa: PLC0415
    from androguard.core.analysis import analysis  # noqa: PLC0415
    from androguard.decompiler import decompile  # noqa: PLC0415

    loguru.logger.disable("androguard")
    return dex.DEX, analysis.MethodAnalysis, decompile.DvMethod


def _source(library: Any, raw: bytes, method: int) -> str | None:  # noqa: ANN401
    read, analyse, decompile = library
    file = read(raw)
    found = next((each for each in file.get_encoded_methods() if each.get_method_idx() == method), None)
    if found is None:
        return None
    view = decompile(analyse(file, found))
    view.process()
    return str(view.get_source())
