"""Compiled kernels and workers: a worker reads the cache folder and never writes it, so they are compiled before."""

import os
import platform
import sys
from functools import cache
from pathlib import Path

import numba
from numba.core.caching import FunctionCache
from numba.core.codegen import get_host_cpu_features

from assay import bytecode
from assay.bytecode.warm import compile_kernels
from assay.model import canonical

FOLDER = "NUMBA_CACHE_DIR"


@cache
def prepare() -> None:
    """Compile every kernel unless that was done for these sources, libraries and processor. Runs on no evidence."""
    stamp = _stamp()
    if stamp is not None and stamp.exists():
        return
    sys.stderr.write(f"assay: compiling the code engine's kernels, {_where(stamp)}\n")
    compile_kernels()
    if stamp is not None and stamp.parent.is_dir() and os.access(stamp.parent, os.W_OK):
        stamp.touch()


def _where(stamp: Path | None) -> str:
    if stamp is None:
        return "for this run; name a folder that can keep them with ASSAY_CACHE"
    return f"once: about a minute; they are kept in {stamp.parent}"


def keep_in_memory() -> None:
    """Let this process keep what it compiles to itself: a worker must not write code that others run."""
    setattr(FunctionCache, "save_overload", lambda *_: None)  # noqa: B010 - a method, which types cannot assign


def folder() -> str:
    """Return the cache folder, empty where none was chosen and numba keeps kernels beside their sources."""
    return os.environ.get(FOLDER, "")


def _stamp() -> Path | None:
    if not folder():
        return None
    sources = sorted(file for place in bytecode.__path__ for file in Path(place).rglob("*.py"))
    seen = [[str(file), file.stat().st_mtime_ns, file.stat().st_size] for file in sources]
    made_by = [numba.__version__, platform.python_version(), str(get_host_cpu_features())]  # type: ignore[no-untyped-call]
    return Path(folder()) / f"compiled-{canonical.digest([made_by, [list(map(str, one)) for one in seen]])[:32]}"
