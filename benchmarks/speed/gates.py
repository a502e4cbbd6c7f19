"""Where text meets a list, over a whole phone: the scan of everything, then provenance, effects and gates of all of it.

The corpus is that of `phone`. `following` looks at every application once; `updating` examines a part of them by the
engine, then again after new versions of some came.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.speed import machine, phone_corpus
from benchmarks.speed.memory import Watch

FEW_IN = 8
"""The part of the applications that is updated: one in so many of all."""
UPDATED = 0.05
TARGETS = {
    "sites_s": "< 15 on two cores",
    "gates_s": "< 180 on two cores",
    "peak_pss_mb": "< 2048",
    "update_share": "near the share of the applications that changed",
}
MEANING = {
    "sites_s": "processor seconds of the scan of all DEX files over the cores: wall time where nothing else runs",
    "gates_s": (
        "the same of the analyser of comparisons: its scan, provenance of both sides, effects, gates and witnesses"
    ),
    "run_s": "seconds of wall time with inflating, columns and linking, kernels compiled beforehand",
    "sites_vs_inflate": "processor seconds of the scan over those of zlib for the same bytes",
    "gates_vs_inflate": "the same of the analyser",
    "slowest_app_s": "processor seconds of the analyser for the one application that takes most",
    "candidates_per_mb": "candidates over 10**6 bytes of DEX",
    "kept_share": "candidates that are worth following over all; a search that follows each name it knows has 1",
    "left_over_share": "sites that were not looked at, beyond the budget of their application, over those kept",
    "cut_share": "sites of which not all ways in were gone, by the budget of one site, over those kept",
    "short_share": "comparisons of which a part is unknown by a budget, over all",
    "update_share": (
        "seconds of a second examination, after a DEX file of some applications changed, over those of the first"
    ),
    "updated_share": "bytes of the applications that changed over those of all in that part: what a share of 1 to 1 is",
    "peak_pss_mb": "largest proportional set size of the process and its workers, in 2**20 bytes",
}
Result = dict[str, object]


def measure(apks: Path, folder: Path, *, seed: int, apps: int, gigabytes: float, real: bool = True) -> Result:
    """Return the figures; the corpus is made at `folder`, which the caller removes."""
    dex = phone_corpus.sources(apks, seed, real=real)
    plans = phone_corpus.plans(list(map(len, dex)), apps, round(gigabytes * 1e9), seed)
    phone_corpus.write(folder / "all", dex, plans, _cores())
    warmed = _warm(folder)
    found, peak = _run("following", [folder / "all", str(_cores())], folder)
    updates = _updates(folder, dex, plans[::FEW_IN], seed)
    return {
        **_figures(found),
        **updates,
        "peak_pss_mb": round(peak / (1 << 20)),
        "corpus": {"apps": apps, "seed": seed, "real": real},
        "method": {"cores": _cores(), "kernels_s": round(warmed, 1)},
        **machine.described(),
        "targets": TARGETS,
        "meaning": MEANING,
    }


def _figures(found: Result) -> Result:
    seconds, counts = found["seconds"], found["counts"]
    assert isinstance(seconds, dict)
    assert isinstance(counts, dict)
    floor, kept = seconds["inflate"], max(counts["kept"], 1)
    return {
        "sites_s": round(seconds["sites"] / _cores(), 2),
        "gates_s": round(seconds["follow"] / _cores(), 1),
        "sites_vs_inflate": round(seconds["sites"] / floor, 2),
        "gates_vs_inflate": round(seconds["follow"] / floor, 1),
        "run_s": _rounded(found["wall"]),
        "slowest_app_s": _rounded(found["slowest_app"]),
        "processor_s": {step: round(spent, 1) for step, spent in seconds.items()},
        "candidates_per_mb": round(counts["candidates"] / counts["bytes"] * 1e6, 1),
        "kept_share": round(kept / max(counts["candidates"], 1), 3),
        "left_over_share": round(counts["sites_beyond_app_budget"] / kept, 4),
        "cut_share": round(counts["sites_with_ways_left_out"] / kept, 4),
        "short_share": round(counts["comparisons_over_budget"] / max(counts["comparisons"], 1), 4),
        "counts": counts,
    }


def _updates(folder: Path, dex: list[bytes], plans: list[phone_corpus.Plan], seed: int) -> Result:
    """Examine some applications by the engine, then again after one DEX file of some of them changed."""
    few, case, cache = folder / "few", folder / "case", folder / "cache"
    phone_corpus.write(few, dex, plans, _cores())
    first, _ = _run("updating", [case, cache, few], folder)
    again = phone_corpus.changed(plans, UPDATED, seed, most_parts=1)
    sizes = {path.name: path.stat().st_size for path in few.iterdir()}
    phone_corpus.write(few, dex, again, _cores())
    second, _ = _run("updating", [folder / "case-2", cache, few], folder)
    return {
        "update_share": round(_number(second["seconds"]) / _number(first["seconds"]), 3),
        "updated_share": round(sum(sizes[plan.name] for plan in again) / sum(sizes.values()), 3),
        "updates": {"first": first, "second": second, "apps": len(plans), "updated": len(again)},
    }


def _run(module: str, arguments: list[Path | str], folder: Path) -> tuple[Result, int]:
    os.sync()
    process = subprocess.Popen(  # noqa: S603 - this interpreter with a program of our own
        [sys.executable, "-m", f"benchmarks.speed.{module}", *arguments],
        stdout=subprocess.PIPE,
        env=_environment(folder),
    )
    watch = Watch(process)
    told, _ = process.communicate()
    watch.stop()
    assert process.returncode == 0, "the run failed"
    found: Result = json.loads(told)
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
        "NUMBA_CACHE_DIR": os.environ.get("NUMBA_CACHE_DIR") or str(Path(home) / "kernels"),
        "PYTHONPATH": os.pathsep.join([str(Path.cwd()), *filter(None, [os.environ.get("PYTHONPATH")])]),
    }


def _rounded(value: object) -> float:
    return round(_number(value), 1)


def _number(value: object) -> float:
    assert isinstance(value, (int, float))
    return float(value)


def _cores() -> int:
    return len(os.sched_getaffinity(0))
