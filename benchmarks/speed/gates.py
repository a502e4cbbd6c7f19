"""Where text meets a list, over a whole phone: the motif scan; what follows it is not measured here yet.

The corpus is that of `phone`. One process a core takes application by application, inflates its DEX files, indexes them
and scans them; nothing is kept between files, so that a file which many applications carry counts each time.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.speed import machine, phone_corpus
from benchmarks.speed.memory import Watch

TARGETS = {"sites_s": "< 15 on two cores", "peak_pss_mb": "< 2048"}
MEANING = {
    "sites_s": (
        "seconds of wall time for the scan of all DEX files, its share of the whole run: seconds of the run times the "
        "processor time of indexing, decoding and scanning over that of everything"
    ),
    "run_s": "seconds of wall time with inflating and reading, kernels compiled beforehand",
    "candidates_per_mb": "candidates over 10**6 bytes of DEX",
    "kept_share": "candidates that are worth following over all",
    "peak_pss_mb": "largest proportional set size of the process and its workers, in 2**20 bytes",
}
RUN = """
import json, os, sys, time, zipfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from assay.bytecode.dex import DexFile
from assay.bytecode.sites.record import FAMILIES, SAID, Reason
from assay.bytecode.sites.scan import sites
from assay.model.source import BufferSource

def look(path):
    began, found = time.process_time(), {"bytes": 0, "candidates": 0, "kept": 0, "files": 0, "scan": 0.0, "left": {}}
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.endswith(".dex"):
                raw = archive.read(name)
                start = time.process_time()
                whole = sites(DexFile(BufferSource(raw)))
                found["scan"] += time.process_time() - start
                found["bytes"] += len(raw)
                found["files"] += 1
                found["candidates"] += len(whole)
                found["kept"] += len(whole.kept)
                for reason, count in whole.left_out().items():
                    found["left"][SAID[reason]] = found["left"].get(SAID[reason], 0) + count
    found["cpu"] = time.process_time() - began
    return found

if __name__ == "__main__":
    paths = sorted(Path(sys.argv[1]).iterdir())
    with ProcessPoolExecutor(int(sys.argv[2])) as pool:
        list(pool.map(look, paths[:int(sys.argv[2])]))
        began = time.perf_counter()
        rows = list(pool.map(look, paths))
        seconds = time.perf_counter() - began
    total = {key: sum(row[key] for row in rows) for key in ("bytes", "candidates", "kept", "files", "scan", "cpu")}
    left = {}
    for row in rows:
        for said, count in row["left"].items():
            left[said] = left.get(said, 0) + count
    print(json.dumps({**total, "seconds": seconds, "left": left}))
"""
Result = dict[str, object]


def measure(apks: Path, folder: Path, *, seed: int, apps: int, gigabytes: float, real: bool = True) -> Result:
    """Return the figures; the corpus is made at `folder`, which the caller removes."""
    dex = phone_corpus.sources(apks, seed, real=real)
    plans = phone_corpus.plans(list(map(len, dex)), apps, round(gigabytes * 1e9), seed)
    phone_corpus.write(folder / "all", dex, plans, _cores())
    program = folder / "scan.py"
    program.write_text(RUN, encoding="utf-8")
    warmed = _warm(folder)
    found, peak = _run(program, folder)
    return {
        "sites_s": round(found["seconds"] * found["scan"] / found["cpu"], 2),
        "run_s": round(found["seconds"], 2),
        "scan_cpu_s": round(found["scan"], 2),
        "candidates": found["candidates"],
        "kept": found["kept"],
        "candidates_per_mb": round(found["candidates"] / found["bytes"] * 1e6, 1),
        "kept_share": round(found["kept"] / found["candidates"], 3),
        "left_out": found["left"],
        "peak_pss_mb": round(peak / (1 << 20)),
        "corpus": {"apps": apps, "dex_files": found["files"], "dex_bytes": found["bytes"], "seed": seed, "real": real},
        "method": {"cores": _cores(), "kernels_s": round(warmed, 1), "provenance_and_gates": "not measured here yet"},
        **machine.described(),
        "targets": TARGETS,
        "meaning": MEANING,
    }


def _run(program: Path, folder: Path) -> tuple[dict[str, float], int]:
    process = subprocess.Popen(  # noqa: S603 - this interpreter with a program of our own
        [sys.executable, program, folder / "all", str(_cores())], stdout=subprocess.PIPE, env=_environment(folder)
    )
    watch = Watch(process)
    told, _ = process.communicate()
    watch.stop()
    assert process.returncode == 0, "the run failed"
    found: dict[str, float] = json.loads(told)
    return found, watch.peak_bytes


def _warm(folder: Path) -> float:
    began = time.perf_counter()
    program = "from assay.engine import kernels; kernels.prepare()"
    subprocess.run([sys.executable, "-c", program], check=True, env=_environment(folder))  # noqa: S603 - fixed
    return time.perf_counter() - began


def _environment(folder: Path) -> dict[str, str]:
    home = str((folder / "home").absolute())
    return {
        **os.environ,
        "ASSAY_CACHE": home,
        "NUMBA_CACHE_DIR": str(Path(home) / "kernels"),
        "PYTHONPATH": str(Path.cwd()),
    }


def _cores() -> int:
    return len(os.sched_getaffinity(0))
