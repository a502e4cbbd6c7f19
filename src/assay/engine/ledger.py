"""The facts of a case on disk: segments of many artefacts in Parquet, coverage, problems, and a digest a stage.

Rows come in the order of (artefact, analyser, fact), so that the same evidence gives the same bytes.
"""

import hashlib
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from assay.engine.records import Analysis, Row
from assay.evidence.durable import replacing, sync_folder
from assay.findings.case_tables import CASE_TABLES
from assay.model import canonical
from assay.vocabulary import TABLES
from assay.vocabulary.arrow import schema

SEGMENT_ROWS = 100_000

Record = dict[str, Any]


class Ledger:
    """Collects analyses in order and writes them as segments; `finish` gives files and digests."""

    def __init__(self, root: Path) -> None:
        """Write beside `root`; `finish` puts it in the place of what an earlier run left there."""
        self._root = root
        self._part = root.with_name(root.name + ".part")
        shutil.rmtree(self._part, ignore_errors=True)
        self._part.mkdir()
        self._rows: dict[str, list[Record]] = {}
        self._files: dict[str, list[Path]] = {}
        self._digests: dict[str, Any] = {}
        self._seen: set[tuple[str, str]] = set()
        self.counts: dict[str, int] = {}

    @property
    def folder(self) -> Path:
        """Where the segments lie until `finish`; the folder is there from the beginning."""
        return self._part

    def add(self, analysis: Analysis) -> None:
        """Add what one analyser gave for one artefact, or a joiner for the case."""
        coverage = analysis.coverage
        if coverage.artefact:
            self.note("coverage", msgspec.to_builtins(coverage))
        for problem in analysis.problems:
            self.note(
                "problem",
                {"artefact": coverage.artefact, "part": coverage.analyser, **msgspec.to_builtins(problem)},
            )
        for row in analysis.rows:
            self._add_row(coverage.analyser, row)

    def _add_row(self, analyser: str, row: Row) -> None:
        if (row.artefact, row.fact) in self._seen:
            return
        self._seen.add((row.artefact, row.fact))
        self.note(row.table, {"fact": row.fact, "artefact": row.artefact, "analyser": analyser, **row.values})

    def note(self, table: str, record: Record) -> None:
        """Add one row of any table of the case."""
        rows = self._rows.setdefault(table, [])
        rows.append(record)
        self.counts[table] = self.counts.get(table, 0) + 1
        self._digests.setdefault(table, hashlib.sha256()).update(canonical.line(record) + b"\n")
        if len(rows) >= SEGMENT_ROWS:
            self._flush(table)

    def digests(self) -> dict[str, str]:
        """Return the sha256 of each table's canonical JSON lines so far, by table."""
        return {table: digest.hexdigest() for table, digest in sorted(self._digests.items())}

    def files(self) -> dict[str, list[Path]]:
        """Write what is left and return the segments of each table."""
        for table in sorted(self._rows):
            if self._rows[table]:
                self._flush(table)
        return {table: list(files) for table, files in sorted(self._files.items())}

    def finish(self) -> dict[str, list[Path]]:
        """Write what is left, put it in the place of an earlier run's, and return the segments of each table."""
        files = self.files()
        old = self._root.with_name(self._root.name + ".old")
        shutil.rmtree(old, ignore_errors=True)
        if self._root.exists():
            self._root.rename(old)
        self._part.rename(self._root)
        sync_folder(self._root.parent)
        shutil.rmtree(old, ignore_errors=True)
        return {table: [self._root / table / path.name for path in paths] for table, paths in files.items()}

    def _flush(self, table: str) -> None:
        rows = self._rows[table]
        shape = CASE_TABLES[table] if table in CASE_TABLES else schema(TABLES[table])
        number = len(self._files.setdefault(table, []))
        folder = self._part / table
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{number:05d}.parquet"
        with replacing(path) as stream:
            pq.write_table(pa.Table.from_pylist(rows, schema=shape), stream, compression="zstd")
        self._files[table].append(path)
        rows.clear()


def in_order(analyses: Iterable[Analysis]) -> Iterator[Analysis]:
    """Yield the analyses of one artefact by analyser."""
    yield from sorted(analyses, key=lambda analysis: analysis.coverage.analyser)
