"""Runs the whole bench in this process over a copy of the demo's evidence, and tells what it shows, cell by cell."""

import shutil
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from assay.engine import work
from assay.engine.executors import Choices
from assay.engine.given import Files
from assay.evidence import intake
from assay.evidence.case_folder import CaseFolder
from assay.reports.front import front_table

TRUTH: dict[str, Any] = tomllib.loads((Path(__file__).parents[1] / "specimens" / "truth.toml").read_text("utf-8"))
DEMO = Path(__file__).parents[2] / "src" / "assay" / "data" / "demo"
BUILT = Path(__file__).parents[1] / "specimens" / "built"

Cells = dict[tuple[str, str], str]
Edit = Callable[[Path], None]


def run(evidence: Path, case: Path) -> work.Worked:
    """Run everything over a folder laid out as the demo's evidence."""
    handsets = intake.understand([str(evidence / name) for name in ("north", "west", "east")])
    files = Files(
        planted=evidence / "planted.toml",
        databases=tuple(sorted((evidence / "databases").glob("*.csv"))),
        profiles=("eu-lt", "eu-de", "cn"),
        claims=(evidence / "claims",),
    )
    work.take(case, handsets, files, quiet=True)
    return work.run(CaseFolder.open(case), Choices(executor="serial"), quiet=True)


def edited(folder: Path, edit: Edit) -> work.Worked:
    """Run over the demo's evidence after an edit."""
    evidence = folder / "evidence"
    shutil.copytree(DEMO, evidence)
    edit(evidence)
    return run(evidence, folder / "case")


def cells(worked: work.Worked) -> Cells:
    """Return every cell: (row or claim or rule, handset) → what it says; a rule's cell is its subjects."""
    found: Cells = {}
    table = front_table(worked.results)
    for row in table.rows:
        found.update({(row.label, handset): cell.text for handset, cell in zip(table.handsets, row.cells, strict=True)})
    for verdict in worked.results.verdicts:
        found[verdict.claim, verdict.handset] = str(verdict.standing)
    for finding in worked.results.findings:
        key = (finding.rule, finding.handset)
        found[key] = "\n".join(sorted([*found.get(key, "").splitlines(), f"{finding.subject} {finding.grade}"]))
    return found


def changed(before: Mapping[tuple[str, str], str], after: Mapping[tuple[str, str], str]) -> set[tuple[str, str]]:
    """Return the cells that differ, as (label, handset)."""
    return {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}


def replace(path: Path, old: str, new: str) -> None:
    """Replace text in a file. It must be there."""
    text = path.read_text("utf-8")
    assert old in text, f"{path.name} has no {old!r}"
    path.write_text(text.replace(old, new), "utf-8")


def put(evidence: Path, place: str, specimen: str) -> None:
    """Put a built specimen in the place of an app."""
    shutil.copyfile(BUILT / f"{specimen}.apk", evidence / place)


def rows(worked: work.Worked, sql: str) -> list[dict[str, Any]]:
    """Return the rows of a query over the facts of a run."""
    found: list[dict[str, Any]] = worked.results.database.query(sql)
    return found
