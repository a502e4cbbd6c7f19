"""One run over a folder of applications: `python -m benchmarks.speed.following FOLDER CORES` prints its figures.

One process a core takes application by application: it inflates the DEX files (by zlib, the floor), makes their columns
and links them, scans them for places where text meets a list, and follows those with the analyser of comparisons as
the product does. Nothing is kept between applications.
"""

import gc
import hashlib
import json
import sys
import time
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache, partial
from io import BytesIO
from pathlib import Path

import msgspec

from assay.applications.application import Application, Archive
from assay.artefacts.apk import Apk
from assay.bytecode import columns
from assay.bytecode.dex import DexFile
from assay.bytecode.program.part import Part
from assay.bytecode.sites.program import program_sites
from assay.engine.worker import COLLECTED
from assay.facts.comparisons.comparisons import comparisons
from assay.model.coverage import NotFollowed
from assay.model.source import BufferSource
from assay.vocabulary.comparisons import Comparison, UnfollowedEdge, WitnessStep

OPEN = 2
"""DEX files of an application that are kept open at a time, as in the product."""
STEPS = ("inflate", "index", "sites", "follow")


class Looked(msgspec.Struct):
    """What came of one application: processor seconds of each step, and counts."""

    seconds: dict[str, float]
    counts: dict[str, int]


def look(path: Path) -> Looked:
    """Take one application through all steps."""
    gc.set_threshold(*COLLECTED)
    raw = path.read_bytes()
    clock = Clock()
    files = dict(_inflated(raw))
    clock.lap("inflate")
    app = _opened(path, raw, files)
    parts, methods = app.code.parts, app.code.application_definitions
    clock.lap("index")
    found = program_sites(app.code)
    clock.lap("sites")
    facts = [each.row for each in comparisons(app)]
    gc.collect()
    clock.lap("follow")
    sizes = {"bytes": sum(map(len, files.values())), "files": len(parts), "candidates": len(found)}
    sizes["methods"] = methods
    return Looked(clock.seconds, {**sizes, "kept": len(found.kept), "apps": 1, **counted(facts)})


def counted(facts: Iterable[object]) -> dict[str, int]:
    """Count what was found, and what budgets left out."""
    told = tuple(facts)
    kinds = Counter(type(fact).__name__ for fact in told)
    left = {fact.what: fact.count for fact in told if isinstance(fact, NotFollowed)}
    short = {fact.comparison for fact in told if isinstance(fact, UnfollowedEdge) and "budget" in fact.reason}
    beyond = left.get("sites beyond the budget of an app", 0)
    return {
        "comparisons": kinds[Comparison.__name__],
        "witness_steps": kinds[WitnessStep.__name__],
        "without_whole_witness": left.get("comparisons without a whole witness", 0),
        "comparisons_over_budget": len(short),
        "sites_with_ways_left_out": left.get("sites of which not all ways were gone", 0),
        "sites_beyond_app_budget": beyond,
        "apps_over_budget": int(beyond > 0),
    }


class Clock:
    """Processor seconds between laps, by their names."""

    def __init__(self) -> None:
        """Begin at once."""
        self.seconds: dict[str, float] = {}
        self._last = time.process_time()

    def lap(self, name: str) -> None:
        """End a lap."""
        now = time.process_time()
        self.seconds[name], self._last = now - self._last, now


def _inflated(raw: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the DEX files, by the standard library's zlib and without a check of their sums."""
    with zipfile.ZipFile(BytesIO(raw)) as archive:
        for info in archive.infolist():
            start = info.header_offset + 30 + len(info.filename)
            if info.filename.endswith(".dex"):
                yield info.filename.encode(), zlib.decompress(raw[start : start + info.compress_size], -15)


def _opened(path: Path, raw: bytes, files: dict[bytes, bytes]) -> Application:
    apk = Apk(BufferSource(raw))
    opened = lru_cache(maxsize=OPEN)(lambda name: DexFile(BufferSource(files[name])))
    made = [_part(name, partial(opened, name)) for name in files]
    return Application(apk.manifest.package, [Archive(path.name, "base", apk)], lambda: made)


def _part(name: bytes, dex: "partial[DexFile]") -> Part:
    sha256 = hashlib.sha256(dex().data.tobytes()).hexdigest()
    return Part(sha256, f"base!zip:{name.decode()}", columns.build(dex(), sha256), dex)


def main() -> None:
    """Look at all applications of a folder, after each process has looked at one to be warm."""
    paths, cores = sorted(Path(sys.argv[1]).iterdir()), int(sys.argv[2])
    with ProcessPoolExecutor(cores) as pool:
        list(pool.map(look, paths[:cores]))
        began = time.perf_counter()
        looked = list(pool.map(look, paths))
        wall = time.perf_counter() - began
    seconds, counts = Counter[str](), Counter[str]()
    for each in looked:
        seconds.update(each.seconds)
        counts.update(each.counts)
    slowest = max(each.seconds["follow"] for each in looked)
    told = {"wall": wall, "seconds": dict(seconds), "counts": dict(counts), "slowest_app": slowest}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
