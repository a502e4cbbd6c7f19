"""The golden cases: small evidence, and what each stage makes of it, read by a person when it changes.

``python -m tests.engine.golden`` writes the expected files anew; the diff is what to read.
"""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from assay.engine import work
from assay.engine.executors import Choices
from assay.engine.given import Files
from assay.evidence import intake
from tests.engine.golden_evidence import MADE

CASES = Path(__file__).parents[1] / "cases"
STAGES = ("artefacts.jsonl", "facts.jsonl", "coverage.jsonl", "problems.jsonl", "findings.jsonl", "verdicts.jsonl")
FAR = ('"standing":"other scope"', '"standing":"not testable"')
"""Verdicts that say nothing of a small case; they would hide the ones that do."""


def names() -> list[str]:
    """Return the names of the cases."""
    return sorted(path.name for path in CASES.iterdir() if (path / "evidence").is_dir())


def stages(name: str, folder: Path) -> Iterator[tuple[str, str]]:
    """Run a case in `folder` and yield each stage's lines."""
    case = CASES / name
    files = Files(
        planted=case / "planted.toml" if (case / "planted.toml").exists() else None,
        databases=tuple(sorted(case.glob("databases*.csv"))),
    )
    evidence = Path(shutil.copytree(case / "evidence", folder / "evidence"))
    if name in MADE:
        MADE[name](evidence)
    taken = work.take(folder / "case", intake.understand([str(evidence)]), files, quiet=True)
    report = work.run(taken, Choices(executor="serial"), quiet=True).report
    for stage in STAGES:
        lines = (report.parent / stage).read_text("utf-8").splitlines(keepends=True)
        yield stage, "".join(line for line in lines if not any(far in line for far in FAR))


def main() -> None:
    """Write what every case gives."""
    for name in names():
        with tempfile.TemporaryDirectory() as folder:
            for stage, lines in stages(name, Path(folder)):
                (CASES / name / "expected").mkdir(exist_ok=True)
                (CASES / name / "expected" / stage).write_text(lines, "utf-8")
        sys.stdout.write(f"{name}: written; read the diff\n")


if __name__ == "__main__":
    main()
