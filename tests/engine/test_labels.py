import pytest

from assay.engine.labels import mislabelled


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("captures/a.har", "har"),
        ("a.HAR", "har"),
        ("list.json", "json"),
        ("capture.json", "har"),
        ("lib.jar", "zip"),
        ("app.apk", "apk"),
        ("app.apks", "bundle"),
        ("app.zip", "bundle"),
        ("app.odex", "oat"),
        ("words.txt", "json"),
        ("no-ending", "unknown"),
        ("%FF%FE.bin", "unknown"),
    ],
)
def test_a_label_that_fits_or_promises_nothing(path: str, kind: str) -> None:
    assert mislabelled(path, kind) is None


@pytest.mark.parametrize(
    ("path", "kind", "says"),
    [
        ("captures/a.har", "text", "called .har, but its content is text"),
        ("app.apk", "zip", "called .apk, but its content is zip"),
        ("app.vdex", "dex-carrier", "called .vdex, but its content is dex-carrier"),
        ("app.apk", "unknown", "called .apk, but no reader recognises its content"),
        ("classes.dex", "unreadable", "called .dex, but nothing of it can be read"),
        ("%FF.json", "empty", "called .json, but its content is empty"),
    ],
)
def test_a_label_that_promises_something_else(path: str, kind: str, says: str) -> None:
    problem = mislabelled(path, kind)
    assert problem is not None
    assert problem.what == f"{path}: {says}"
