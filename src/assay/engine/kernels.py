"""Compiled kernels and workers: a worker reads the cache folder and never writes it, so they are compiled before."""

import os
import platform
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

import numba
from numba.core.caching import FunctionCache
from numba.core.codegen import get_host_cpu_features

from assay import bytecode
from assay.model import canonical

FOLDER = "NUMBA_CACHE_DIR"
PROGRAM = "import sys; sys.path[:] = sys.argv[2:]; from assay.bytecode.warm import GROUPS; GROUPS[sys.argv[1]]()"
"""Compiles one group."""


@cache
def prepare() -> None:
    """Compile every kernel unless that was done for these sources, libraries and processor. Runs on no evidence."""
    stamp = _stamp()
    if stamp is not None and stamp.exists():
        return
    sys.stderr.write(f"assay: compiling the code engine's kernels, {_where(stamp)}\n")
    if not _keeps(stamp) or not _compiled_beside():
        warm().compile_kernels()
    if stamp is not None and _keeps(stamp):
        stamp.touch()


def warm() -> ModuleType:
    """Return what compiles; it loads all of the code engine, which most processes need not."""
    return import_module("assay.bytecode.warm")


def _keeps(stamp: Path | None) -> bool:
    if stamp is None:
        return False
    with suppress(OSError):
        stamp.parent.mkdir(parents=True, exist_ok=True)
    return stamp.parent.is_dir() and os.access(stamp.parent, os.W_OK)


def _compiled_beside() -> bool:
    """Compile group by group in processes of their own, one a core; say whether all went well."""
    groups = list(warm().GROUPS)
    cores = len(os.sched_getaffinity(0))
    with ThreadPoolExecutor(min(cores, len(groups))) as processes:
        for done, well in enumerate(processes.map(_compiled, groups), start=1):
            if not well:
                return False
            sys.stderr.write(f"assay: {done} of {len(groups)} groups of kernels are compiled\n")
    return True


def _compiled(group: str) -> bool:
    command = [sys.executable, "-I", "-X", "utf8", "-c", PROGRAM, group, *map(os.path.abspath, sys.path)]
    return subprocess.run(command, check=False, stdin=subprocess.DEVNULL).returncode == 0  # noqa: S603 - fixed program


def _where(stamp: Path | None) -> str:
    if stamp is None:
        return "for this run; name a folder that can keep them with ASSAY_CACHE"
    return f"once: about half a minute on two cores; they are kept in {stamp.parent}"


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
