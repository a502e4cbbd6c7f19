"""What loads for good is looked at by no collection, in a process that holds little else."""

import gc
from collections.abc import Iterator

import pytest

from assay.engine import loading


@pytest.fixture(autouse=True)
def collector() -> Iterator[None]:
    """The collector of the tests runs, and looks at everything again afterwards."""
    gc.enable()
    yield
    gc.unfreeze()
    gc.enable()


@pytest.mark.parametrize("few", [1 << 62, 0])
def test_only_a_fresh_process_leaves_out_what_it_loads(few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "FEW", few)
    before = gc.get_freeze_count()
    with loading.for_good():
        assert not gc.isenabled()
    assert gc.isenabled()
    assert (gc.get_freeze_count() > before) == (few > 0)


def test_a_collector_that_was_off_stays_off() -> None:
    gc.disable()
    with loading.for_good():
        pass
    assert not gc.isenabled()


def test_a_fault_within_leaves_the_collector_running() -> None:
    with pytest.raises(ZeroDivisionError), loading.for_good():
        _ = 1 // 0
    assert gc.isenabled()
