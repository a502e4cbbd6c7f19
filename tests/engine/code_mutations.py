"""Changed code files through the supervised pool: `python -m tests.engine.code_mutations --trials 20000 --seed 1`.

Every thousand make a case and are examined in a process of their own, by workers that are held as in any run. What
must not happen is counted and named with its number: a supervisor that ends, a worker that ends, silence, memory past
the limit, a fault of ours, an artefact without any record. `--write N` writes the N-th change to a file, to look at it.
"""

import argparse
import hashlib
import json
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow.parquet as pq

from assay.engine.cache import ResultCache
from assay.engine.executors import Choices
from assay.engine.parts import load_bench
from assay.engine.pipeline import Facts, Pipeline
from assay.evidence.case_folder import CaseFolder
from assay.evidence.intake import take, understand
from assay.registry import Bench
from tests.engine.mutants import Mutant, mutant

MIB = 1 << 20
ROOT = Path(__file__).parents[2]
BATCH = 1_000
MEMORY_BYTES = 1024 * MIB
"""Private memory of a worker."""
RESIDENT_BYTES = 1536 * MIB
"""All memory of any one process, with the libraries and files it maps."""
DEADLINE_SECONDS = 30.0
BATCH_SECONDS = 900
OUR_FAULT = "a fault in Assay"


class Account:
    """What became of the changed files of one case."""

    def __init__(self, facts: Facts, mutants: Mapping[int, Mutant]) -> None:
        """Take the facts and the changed files by number."""
        self._facts = facts
        self._mutants = mutants
        self._digests = {number: hashlib.sha256(each.raw).hexdigest() for number, each in mutants.items()}
        self._numbers = {sha256: number for number, sha256 in self._digests.items()}
        self._exhibits = {one.artefact: one.locator.partition("!")[0] for one in facts.occurrences}
        self._problems = list(self._rows("problem"))

    def summary(self) -> dict[str, Any]:
        """Return how many files of each kind ended as what, and everything that must not happen."""
        return {"became": dict(self._became()), "bad": sorted(self._bad(), key=json.dumps)}

    def _rows(self, table: str) -> Iterator[dict[str, Any]]:
        for path in self._facts.segments.get(table, ()):
            yield from pq.read_table(path).to_pylist()

    def _became(self) -> Counter[str]:
        kinds = {one.sha256: one.kind for one in self._facts.artefacts}
        with_problems = {self._exhibit(row["artefact"]) for row in self._problems if row["artefact"]}
        found: Counter[str] = Counter()
        for number, sha256 in self._digests.items():
            end = f"{kinds[sha256]}{' with problems' if sha256 in with_problems else ''}"
            found[f"{self._mutants[number].kind} -> {end}"] += 1
        return found

    def _bad(self) -> Iterator[dict[str, Any]]:
        for failure in self._facts.examined.failures:
            what = "silence" if "no word" in failure.reason else "memory" if "memory" in failure.reason else "worker"
            yield self._named(failure.sha256, what, f"{failure.part}: {failure.reason}")
        for row in (*self._problems, *self._rows("coverage")):
            said = str(row.get("what") or row.get("reason") or "")
            if OUR_FAULT in said:
                yield self._named(row["artefact"], "fault", f"{row.get('part') or row.get('analyser')}: {said}")
        yield from self._unrecorded()

    def _unrecorded(self) -> Iterator[dict[str, Any]]:
        """Yield artefacts that ended in nothing: unreadable without a problem, or not there at all."""
        told = {row["artefact"] for row in self._problems}
        there = {one.sha256 for one in self._facts.artefacts}
        for one in self._facts.artefacts:
            if one.kind == "unreadable" and one.sha256 not in told:
                yield self._named(one.sha256, "unrecorded", "unreadable without a problem")
        for sha256 in self._numbers.keys() - there:
            yield self._named(sha256, "unrecorded", "no artefact")

    def _exhibit(self, sha256: str) -> str:
        return self._exhibits.get(sha256, sha256)

    def _named(self, sha256: str, what: str, how: str) -> dict[str, Any]:
        number = self._numbers.get(self._exhibit(sha256), -1)
        return {"what": what, "number": number, "artefact": sha256, "how": how}


def examine(folder: Path, mutants: Mapping[int, Mutant], workers: int, bench: Bench) -> dict[str, Any]:
    """Run one case of changed files; return what became of them."""
    evidence = folder / "evidence"
    evidence.mkdir()
    for number, each in mutants.items():
        (evidence / f"{number}.{each.kind}").write_bytes(each.raw)
    case = CaseFolder.create(folder / "case")
    take(case, understand([f"phone={evidence}"]))
    choices = Choices(workers=workers, deadline_seconds=DEADLINE_SECONDS, memory_bytes=MEMORY_BYTES)
    cache = ResultCache(folder / "cache" / "results.sqlite")
    try:
        facts = Pipeline(case, bench, {}, cache).facts(choices, lambda *_: None)
    finally:
        cache.close()
    of_workers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss << 10
    return {**Account(facts, mutants).summary(), "peak_bytes": max(_own_peak(), of_workers)}


def _own_peak() -> int:
    """Return the most memory this process had resident; what `getrusage` tells begins with the size of its parent."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) << 10 for line in lines if line.startswith("VmHWM:"))


def batch(seed: int, first: int, count: int, workers: int) -> dict[str, Any]:
    """Run one case in a process of its own; its end is a result too."""
    command = [sys.executable, "-m", "tests.engine.code_mutations", "--one-case", "--seed", str(seed)]
    command += ["--first", str(first), "--trials", str(count), "--workers", str(workers)]
    nothing: dict[str, Any] = {"became": {}, "peak_bytes": 0}
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=BATCH_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return {**nothing, "bad": [{"what": "silence", "number": first, "how": "the supervisor did not finish"}]}
    if done.returncode:
        how = f"the supervisor ended with {done.returncode}: {done.stderr[-2000:]}"
        return {**nothing, "bad": [{"what": "supervisor", "number": first, "how": how}]}
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    if result["peak_bytes"] > RESIDENT_BYTES:
        result["bad"].append({"what": "memory", "number": first, "how": f"{result['peak_bytes']} bytes resident"})
    return result


def run(trials: int, seed: int, workers: int = 2) -> dict[str, Any]:
    """Run all trials in cases of `BATCH`; return the sum of what became of them."""
    began, became, bad, peak = time.monotonic(), Counter[str](), [], 0
    for first in range(0, trials, BATCH):
        one = batch(seed, first, min(BATCH, trials - first), workers)
        became.update(one["became"])
        bad += one["bad"]
        peak = max(peak, one["peak_bytes"])
    return {
        "seed": seed,
        "trials": trials,
        "examined": became.total(),
        "seconds": round(time.monotonic() - began, 1),
        "peak_mib": peak // MIB,
        "became": dict(sorted(became.items())),
        "bad": bad,
    }


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--trials", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="number of the first change")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--one-case", action="store_true", help="all in one case, in this process")
    parser.add_argument("--write", type=int, metavar="N", help="write the N-th change to the standard output")
    return parser.parse_args()


def main() -> int:
    """Print a summary as JSON; return 1 where something happened that must not."""
    given = arguments()
    if given.write is not None:
        sys.stdout.buffer.write(mutant(given.seed, given.write).raw)
        return 0
    if given.one_case:
        with TemporaryDirectory() as folder:
            numbers = range(given.first, given.first + given.trials)
            mutants = {number: mutant(given.seed, number) for number in numbers}
            sys.stdout.write(json.dumps(examine(Path(folder), mutants, given.workers, load_bench())) + "\n")
        return 0
    found = run(given.trials, given.seed, given.workers)
    sys.stdout.write(json.dumps(found, indent=2) + "\n")
    return 1 if found["bad"] else 0


if __name__ == "__main__":
    sys.exit(main())
