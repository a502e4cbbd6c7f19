"""Each stage of small cases, held against what a person read."""

from pathlib import Path

import pytest

from tests.engine.golden import CASES, STAGES, names, stages


@pytest.mark.parametrize("name", names())
def test_every_stage_gives_what_it_gave_when_it_was_read(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSAY_CACHE", str(tmp_path / "cache"))
    expected = {stage: (CASES / name / "expected" / stage).read_text("utf-8") for stage in STAGES}
    assert dict(stages(name, tmp_path)) == expected
