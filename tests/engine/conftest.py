"""A bench with the parts of an invented format, and cases made for it."""

import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from assay.engine.cache import ResultCache
from assay.engine.executors import Choices
from assay.engine.parts import bench_sha256, load_bench
from assay.engine.pipeline import Facts, Pipeline
from assay.evidence.case_folder import CaseFolder
from assay.evidence.intake import take, understand
from assay.registry import BENCH, Bench

EXTENSION = "tests.engine.invented_parts"
MIB = 1 << 20

MakeCase = Callable[[Mapping[str, bytes]], CaseFolder]
Run = Callable[..., Facts]


@pytest.fixture
def bench() -> Iterator[Bench]:
    load_bench()
    bench_sha256.cache_clear()
    before = {name: value.copy() if isinstance(value, dict) else value for name, value in vars(BENCH).items()}
    yield load_bench((EXTENSION,))
    vars(BENCH).update(before)
    del sys.modules[EXTENSION]


@pytest.fixture
def make_case(tmp_path: Path) -> MakeCase:
    def make(files: Mapping[str, bytes]) -> CaseFolder:
        root = tmp_path / f"evidence {len(list(tmp_path.iterdir()))}"
        for name, content in files.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(content)
        case = CaseFolder.create(tmp_path / f"case {len(list(tmp_path.iterdir()))}")
        take(case, understand([f"phone={root}"]))
        return case

    return make


@pytest.fixture
def run(bench: Bench, tmp_path: Path) -> Run:
    def run_case(case: CaseFolder, cache: str = "cache", parameters: Any = None, **choices: Any) -> Facts:
        chosen = Choices(**{"workers": 2, "executor": "serial", **choices})
        results = ResultCache(tmp_path / cache / "results.sqlite")
        try:
            return Pipeline(case, bench, parameters or {}, results).facts(chosen, lambda _stage, _done, _total: None)
        finally:
            results.close()

    return run_case
