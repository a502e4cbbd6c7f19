"""A whole phone: from empty caches to columns on disk and linked, then again after an update.

Each run is a process of its own with its own cache folder; only kernels are compiled beforehand. The corpus was just
written, so it lies in the page cache, and what was written before a run is on disk when it begins: what is measured is
the work, not the disk.
"""

import hashlib
import json
import math
import os
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from benchmarks.speed import machine, phone_corpus
from benchmarks.speed.memory import Watch

TARGETS = {
    "phone_first_run_s": "< 60 on two cores",
    "phone_second_run_share": "< 0.1",
    "peak_pss_mb": "< 2048",
    "scaling_exponent": "<= 1.05",
    "unique_bodies_share": ">= 0.6",
}
MEANING = {
    "phone_first_run_s": (
        "seconds from the start of a process, without indices, to all columns on disk, each application linked as its "
        "class loader sees it, and all of them linked by identity, with how many hold each class, method and body"
    ),
    "phone_second_run_share": (
        "the same in a new process with the same cache folder, after new versions of some applications, over the first "
        "run: files that stayed are known by their inode, and what was linked is kept"
    ),
    "peak_pss_mb": "largest proportional set size of the process and its workers in any run, in 2**20 bytes",
    "scaling_exponent": "slope of log seconds over log bytes, from a part of the applications to all",
    "unique_bodies_share": "different method bodies over all bodies, by the generator's own count",
}
FEW_IN = 8
"""The part that the exponent is measured from: one in so many applications."""
UPDATED = 0.05
RUN = """
import json, sys, time
began = time.perf_counter()
import assay
with assay.open_code(sys.argv[1], cache=sys.argv[2], allow_unsandboxed=True) as code:
    opened = time.perf_counter()
    linked = code.linked()
    shared = [int((apps > 1).sum()) for apps in (linked.class_apps, linked.method_apps, linked.body_apps)]
    programs = [program for program in code.programs if program is not None]
    files = len(code.files)
    problems = len(code.problems)
print(json.dumps({
    "open_s": opened - began, "link_s": time.perf_counter() - opened, "dex_files": files, "problems": problems,
    "classes": linked.classes, "methods": linked.methods, "bodies": linked.bodies,
    "shared": shared, "programs": len(programs), "edges": sum(sum(one.edges.values()) for one in programs),
}))
"""
Result = dict[str, object]


def measure(apks: Path, folder: Path, *, seed: int, apps: int, gigabytes: float, real: bool = True) -> Result:
    """Return the figures; the corpus is made at `folder`, which the caller removes."""
    began = time.perf_counter()
    dex = phone_corpus.sources(apks, seed, real=real)
    plans = phone_corpus.plans(list(map(len, dex)), apps, round(gigabytes * 1e9), seed)
    made = phone_corpus.write(folder / "all", dex, plans, _cores())
    few = _few(folder, [plan.name for plan in plans])
    generated = time.perf_counter() - began
    warmed = _warm(folder)
    floors = _floors(folder / "all")
    part = _run(few, folder / "cache-part", folder)
    first = _run(folder / "all", folder / "cache", folder)
    updated = phone_corpus.changed(plans, UPDATED, seed)
    phone_corpus.write(folder / "all", dex, updated, _cores())
    second = _run(folder / "all", folder / "cache", folder)
    runs = (part, first, second)
    return {
        "phone_first_run_s": first["seconds"],
        "phone_second_run_share": round(_of(second, "seconds") / _of(first, "seconds"), 3),
        "peak_pss_mb": round(max(_of(run, "peak_pss_bytes") for run in runs) / (1 << 20)),
        "scaling_exponent": _exponent(made, part, first, len(list(few.iterdir()))),
        "unique_bodies_share": _unique(made),
        "runs": {"part": part, "first": first, "second": second},
        "floors": floors,
        "megabytes_per_second": round(_dex_bytes(made) / 1e6 / _of(first, "seconds"), 1),
        "index_bytes": sum(path.stat().st_size for path in (folder / "cache").rglob("*.columns")),
        "corpus": {
            **_described(made), "seed": seed, "real": real, "sources": len(dex), "generated_s": round(generated, 1),
            "updated_apps": len(updated),
            "packed_bytes": sum(path.stat().st_size for path in (folder / "all").iterdir()),
        },
        "method": {
            "clock": "wall time of the process, start of the interpreter and of the workers included",
            "caches": "no indices and no results; kernels compiled beforehand; applications in the page cache",
            "kernels_s": round(warmed, 1),
        },
        **machine.described(),
        "targets": TARGETS,
        "meaning": MEANING,
    }  # fmt: skip


def _run(apps: Path, cache: Path, home: Path) -> Result:
    os.sync()
    began = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603 - this interpreter with a fixed program
        [sys.executable, "-c", RUN, apps, cache], stdout=subprocess.PIPE, env=_environment(home)
    )
    watch = Watch(process)
    told, _ = process.communicate()
    seconds = time.perf_counter() - began
    watch.stop()
    assert process.returncode == 0, "the run failed"
    found: Result = json.loads(told)
    steps = {name: round(value, 2) if isinstance(value, float) else value for name, value in found.items()}
    return {**steps, "seconds": round(seconds, 2), "peak_pss_bytes": watch.peak_bytes}


def _warm(home: Path) -> float:
    began = time.perf_counter()
    program = "import assay; assay.open_code; from assay.engine import kernels; kernels.prepare()"
    subprocess.run([sys.executable, "-c", program], check=True, env=_environment(home))  # noqa: S603 - fixed
    return time.perf_counter() - began


def _environment(home: Path) -> dict[str, str]:
    return {**os.environ, "ASSAY_CACHE": str((home / "home").absolute())}


def _floors(folder: Path) -> Result:
    """Return the seconds of what cannot be done without, on all cores: inflate and sha256 of all, and a copy."""
    archives = sorted(folder.iterdir())
    steps: dict[str, Callable[[Path], object]] = {
        "zlib_inflate_s": lambda path: [zlib.decompress(packed, -15) for packed in _packed(path)],
        "sha256_s": lambda path: [hashlib.sha256(_content(path, name)).digest() for name in _names(path)],
        "cp_s": lambda path: _copied(path, folder.parent / "copy"),
    }
    found: Result = {}
    (folder.parent / "copy").mkdir()
    with ThreadPoolExecutor(_cores()) as threads:
        for name, step in steps.items():
            began = time.perf_counter()
            list(threads.map(step, archives))
            found[name] = round(time.perf_counter() - began, 2)
    return {**found, "sha256_s_is": "zipfile.read with its CRC, then sha256", "cores": _cores()}


def _copied(path: Path, folder: Path) -> None:
    """Copy the bytes, not the extents: a file system that shares them would copy nothing."""
    with path.open("rb") as reading, (folder / path.name).open("wb") as writing:
        while block := reading.read(1 << 20):
            writing.write(block)
    (folder / path.name).unlink()


def _packed(path: Path) -> Iterator[bytes]:
    raw = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            start = info.header_offset + 30 + len(info.filename)
            yield raw[start : start + info.compress_size]


def _names(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        return archive.namelist()


def _content(path: Path, name: str) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)


def _few(folder: Path, names: list[str]) -> Path:
    (folder / "part").mkdir()
    for name in names[::FEW_IN]:
        os.link(folder / "all" / name, folder / "part" / name)
    return folder / "part"


def _exponent(made: list[phone_corpus.Made], part: Result, first: Result, few: int) -> float:
    sizes = _dex_bytes(made[::FEW_IN]), _dex_bytes(made)
    assert few == len(made[::FEW_IN])
    return round(math.log(_of(first, "seconds") / _of(part, "seconds")) / math.log(sizes[1] / sizes[0]), 3)


def _unique(made: list[phone_corpus.Made]) -> float:
    hashes = np.concatenate([one.bodies for one in made])
    return round(len(np.unique(hashes)) / len(hashes), 3)


def _described(made: list[phone_corpus.Made]) -> Result:
    return {"apps": len(made), "dex_bytes": _dex_bytes(made), "bodies": sum(len(one.bodies) for one in made)}


def _dex_bytes(made: list[phone_corpus.Made]) -> int:
    return sum(one.dex_bytes for one in made)


def _of(run: Result, name: str) -> float:
    value = run[name]
    assert isinstance(value, (int, float))
    return float(value)


def _cores() -> int:
    return len(os.sched_getaffinity(0))
