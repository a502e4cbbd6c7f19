from pathlib import Path

import pytest

from assay.evidence.case_folder import CaseFolder
from assay.evidence.correction import correct
from assay.model.case import Handset
from assay.model.errors import UsageError


@pytest.fixture
def case(tmp_path: Path) -> CaseFolder:
    case = CaseFolder.create(tmp_path / "case")
    case.save_handsets((Handset(name="v1", build="short"), Handset(name="v1.2", build="long")))
    return case


def test_a_correction_is_kept_with_its_trace(case: CaseFolder) -> None:
    correct(case, "v1.2.build=V12.0=11", "misread label")
    again = CaseFolder.open(case.root)
    assert [handset.build for handset in again.handsets] == ["short", "V12.0=11"]
    entry = again.custody.entries()[-1]
    assert {key: entry[key] for key in ("event", "handset", "field", "value", "was", "reason")} == {
        "event": "handset corrected", "handset": "v1.2", "field": "build", "value": "V12.0=11", "was": "long",
        "reason": "misread label",
    }  # fmt: skip


def test_the_longest_name_that_fits_is_meant(case: CaseFolder) -> None:
    correct(case, "v1.build=other", "")
    assert [handset.build for handset in case.handsets] == ["other", "long"]


@pytest.mark.parametrize(("value", "offset"), [("-3", -3), ("0", 0), ("7", 7)])
def test_acquisition_can_be_corrected(case: CaseFolder, value: str, offset: int) -> None:
    correct(case, f"v1.acquisition.clock_offset_seconds={value}", "clock compared")
    correct(case, "v1.acquisition.who=Example Laboratory", "")
    acquisition = CaseFolder.open(case.root).handsets[0].acquisition
    assert (acquisition.clock_offset_seconds, acquisition.who) == (offset, "Example Laboratory")


@pytest.mark.parametrize(
    "statement",
    [
        "",
        "v1",
        "v1.build",
        "v1.=x",
        "v1.name=x",
        "v1.acquisition=x",
        "v1.colour=x",
        "v1.acquisition.colour=x",
        "v3.build=x",
        "v1.acquisition.clock_offset_seconds=soon",
        "v1.acquisition.clock_offset_seconds=\u00b2",
        "v1.acquisition.clock_offset_seconds=--3",
        "v1.acquisition.clock_offset_seconds=",
    ],
)
def test_what_cannot_be_meant_is_refused_and_changes_nothing(case: CaseFolder, statement: str) -> None:
    before = (case.root / "case.toml").read_bytes(), case.custody.head
    with pytest.raises(UsageError):
        correct(case, statement, "")
    assert ((case.root / "case.toml").read_bytes(), case.custody.head) == before
