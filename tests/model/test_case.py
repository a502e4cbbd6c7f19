import pytest

from assay.model.case import Occurrence


@pytest.mark.parametrize(
    ("locator", "told"),
    [
        ("0", False),
        ("0!zip:trial.toml", False),
        ("0!har:3/response", True),
        ("0!zip:a.har!har:3/request", True),
        ("0!zip:app.apk!zip:assets/trial.toml", True),
        ("0!zip:app.apk.bak!zip:trial.toml", False),
        ("0!zip:app.apk", False),
    ],
)
def test_what_lies_in_a_capture_or_in_an_app_is_told_by_the_examined(locator: str, *, told: bool) -> None:
    place = Occurrence(artefact="1", handset="h", locator=locator, path="p")
    assert place.told_by({"0!zip:app.apk"}) is told
