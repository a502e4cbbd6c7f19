from pathlib import Path

import pytest

from assay.engine.records import Failure
from assay.engine.state import CaseState
from assay.model.errors import CaseError

ONE = Failure(sha256="bb" * 32, part="obey", reason="worker ended twice: signal 11")
OTHER = Failure(sha256="aa" * 32, part="expansion", reason="worker ended twice: out of memory")


def test_failures_are_kept_sorted_and_once(tmp_path: Path) -> None:
    state = CaseState(tmp_path / "state.sqlite")
    for failure in (ONE, OTHER, ONE):
        state.record(failure)
    state.close()
    again = CaseState(tmp_path / "state.sqlite")
    assert again.failures() == (OTHER, ONE)
    again.forget_failures()
    assert again.failures() == ()
    again.close()


def test_a_damaged_state_is_told(tmp_path: Path) -> None:
    (tmp_path / "state.sqlite").write_bytes(b"not a database, but long enough" * 100)
    with pytest.raises(CaseError, match="damaged"):
        CaseState(tmp_path / "state.sqlite")
