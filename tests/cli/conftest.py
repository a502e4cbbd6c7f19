"""The demo's evidence, run once for each file of tests, with a cache of its own."""

from collections.abc import Iterable

import pytest

from assay.engine.work import Worked
from tests.cli.bench_run import DEMO, Cells, cells, run


@pytest.fixture(scope="module", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterable[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ASSAY_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Worked:
    return run(DEMO, tmp_path_factory.mktemp("demo") / "case")


@pytest.fixture(scope="module")
def before(demo: Worked) -> Cells:
    return cells(demo)
