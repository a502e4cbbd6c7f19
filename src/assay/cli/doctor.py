"""``assay doctor``: is this machine fit for the work?"""

import importlib
import os
import platform
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import click
import msgspec

from assay import __version__
from assay.cli.options import JSON
from assay.cli.printing import say
from assay.engine.cache_home import cache_home
from assay.engine.indices import FOLDER, MAX_BYTES, Indices
from assay.engine.parts import libraries, load_bench
from assay.engine.records import Refused
from assay.engine.sandbox.level import Level
from assay.engine.sandbox_check import self_test
from assay.model.errors import ExitCode

FREE_BYTES = 2 << 30
TOOLS = ("jq", "openssl", "od")


class Check(msgspec.Struct, frozen=True):
    """One thing that was looked at: whether it is well, and what was seen. `needed` when the bench fails without it."""

    name: str
    well: bool
    seen: str
    needed: bool = True


@click.command(short_help="Is this machine fit for the work?")
@click.option("--warm", is_flag=True, help="Compile the kernels now instead of at the first run.")
@JSON
def doctor(warm: bool, as_json: bool) -> int:  # noqa: FBT001
    r"""Look at the interpreter, libraries, caches, disk, the sandbox, and the tools for checking by hand.

    A worker tries every thing that it must not be able to do, and says what it was told.

    \b
    assay doctor
    assay doctor --warm
    assay doctor --json
    """
    checks = [*_checks(), *(_warm() if warm else ())]
    lines = [f"{'well' if check.well else 'LOOK'}  {check.name:<30} {check.seen}" for check in checks]
    say(as_json, {"version": __version__, "checks": checks}, "\n".join([f"assay {__version__}", *lines]))
    return ExitCode.DONE if all(check.well or not check.needed for check in checks) else ExitCode.USAGE


def _checks() -> Iterator[Check]:
    version = platform.python_version()
    yield Check("python", version.split(".")[:2] in (["3", "11"], ["3", "12"], ["3", "13"]), version)
    yield Check("libraries", bool(libraries()), f"{len(libraries())} installed")
    bench = load_bench()
    parts = f"{len(bench.readers)} readers, {len(bench.analysers)} analysers, {len(bench.joiners)} joiners"
    yield Check("bench", bool(bench.readers), parts)
    home = cache_home(Path.cwd() / "assay-cache")
    yield Check("result cache", os.access(home, os.W_OK), str(home))
    count, size = Indices(home / FOLDER).size()
    kept = f"{count} files, {size >> 20} MiB; those used longest ago go above {MAX_BYTES >> 30} GiB"
    yield Check("code indices", well=True, seen=kept, needed=False)
    free = shutil.disk_usage(home).free
    yield Check("disk", free > FREE_BYTES, f"{free >> 30} GiB free", needed=False)
    cores = len(os.sched_getaffinity(0))
    yield Check("cores", cores > 0, f"{cores} usable", needed=False)
    yield from _sandbox()
    for tool in TOOLS:
        found = shutil.which(tool)
        yield Check(tool, found is not None, found or "not installed; only for checking results by hand", needed=False)


def _sandbox() -> Iterator[Check]:
    """Yield the level that a worker reaches, and each forbidden thing that it tried."""
    found = self_test()
    reached = f"{found.sandbox.level}: Landlock {found.sandbox.landlock}; seccomp {found.sandbox.seccomp}"
    full = found.sandbox.level == Level.FULL
    yield Check("sandbox", full, reached if full else f"{reached}; runs need --allow-unsandboxed", needed=False)
    yield Check("sandbox tried", bool(found.things), f"{len(found.things)} forbidden things by a worker", needed=full)
    for thing in found.things:
        yield Check(f"  {thing.what}", thing.refused, _told(thing), needed=full)


def _told(thing: Refused) -> str:
    return f"refused ({thing.how})" if thing.refused else thing.how


def _warm() -> Iterator[Check]:
    started = time.monotonic()
    kernels = importlib.import_module("assay.engine.kernels")
    kernels.prepare()
    kept = kernels.folder() or "no folder: they are compiled in each run; name one with ASSAY_CACHE"
    yield Check(name="kernels", well=True, seen=f"ready after {time.monotonic() - started:.1f} s, kept in {kept}")
