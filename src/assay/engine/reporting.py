"""Writes what the reporters give into the case's report folder."""

from collections.abc import Callable
from pathlib import Path, PurePosixPath

from assay.evidence.case_folder import CaseFolder
from assay.evidence.durable import write_bytes
from assay.registry import BENCH
from assay.reports.results import CaseResults

FOLDER = "report"
FRONT = "index.html"

Progress = Callable[[str, int, int], None]


def write(case: CaseFolder, results: CaseResults, progress: Progress) -> Path:
    """Run every reporter and return the path of the page to open first."""
    folder = case.root / FOLDER
    reporters = BENCH.reporters
    for number, spec in enumerate(reporters):
        progress("report", number, len(reporters))
        for name, content in spec.run(results).items():
            target = folder / _inside(name)
            target.parent.mkdir(parents=True, exist_ok=True)
            write_bytes(target, content)
    progress("report", len(reporters), len(reporters))
    return folder / FRONT


def _inside(name: str) -> PurePosixPath:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or not path.parts:
        msg = f"a reporter names a file outside the report folder: {name!r}"
        raise ValueError(msg)
    return path
