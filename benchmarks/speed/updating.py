"""One run of the engine over a case: `python -m benchmarks.speed.updating CASE CACHE EVIDENCE` prints its figures.

Readers, packages and the analyser of comparisons are the only parts that are loaded, in workers closed in as always.
"""

import json
import sys
import time
from pathlib import Path

from assay.engine import work
from assay.engine.cache import ResultCache
from assay.engine.executors import Choices
from assay.engine.given import Files
from assay.engine.pipeline import Pipeline
from assay.evidence import intake
from assay.registry import load

PARTS = ("assay.artefacts", "assay.bytecode", "assay.facts.packages", "assay.facts.comparisons")


def main() -> None:
    """Take evidence, examine it, and say how long the examination took and what was known before."""
    case = work.take(Path(sys.argv[1]), intake.understand([sys.argv[3]]), Files(), quiet=True)
    cache = ResultCache(Path(sys.argv[2]) / "results.sqlite")
    began = time.perf_counter()
    facts = Pipeline(case, load(*PARTS), {}, cache).facts(Choices(allow_unsandboxed=True), lambda *_: None)
    told = {
        "seconds": time.perf_counter() - began,
        "computed": facts.computed,
        "reused": facts.examined.reused,
        "apps": len(facts.examined.apps),
        "comparisons": facts.counts.get("comparison", 0),
    }
    cache.close()
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
