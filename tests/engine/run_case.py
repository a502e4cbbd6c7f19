"""Run one case with the invented parts in a process of its own: ``run_case.py CASE CACHE WORKERS LOG``.

For each artefact that was examined a line is added to the log.
"""

import signal
import sys
from pathlib import Path
from types import FrameType

from assay.engine.cache import ResultCache
from assay.engine.executors import Choices
from assay.engine.parts import load_bench
from assay.engine.pipeline import Pipeline
from assay.evidence.case_folder import CaseFolder


def _interrupted(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _note(stage: str, done: int, _all: int) -> None:
    if stage.startswith("examine") and done:
        with Path(sys.argv[4]).open("a", encoding="utf-8") as log:
            log.write("examined\n")


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _interrupted)
    bench = load_bench(("tests.engine.invented_parts",))
    cache = ResultCache(Path(sys.argv[2]) / "results.sqlite")
    choices = Choices(workers=int(sys.argv[3]))
    facts = Pipeline(CaseFolder.open(Path(sys.argv[1])), bench, {}, cache).facts(choices, _note)
    sys.stdout.write(f"{facts.computed}\n")
