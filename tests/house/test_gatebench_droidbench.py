"""What gatebench makes of a folder laid out as DroidBench is: its tags, its packages, and flows held against them."""

import hashlib
import json
import sys
import zipfile
from pathlib import Path

import pytest

import benchmarks.gatebench.__main__ as command
from benchmarks.gatebench import droidbench, examination
from benchmarks.gatebench.droidbench import App

CODE = {"One": b"dex of one", "Two": b"dex of two", "Three": b"dex of three"}


def digest(name: str) -> str:
    return hashlib.sha256(CODE[name]).hexdigest()


def flow(name: str, at: int, source: str = "identifier.imei", sink: str = "effect.sms") -> dict[str, object]:
    return {"artefact": digest(name), "source": source, "source_api": "s", "source_place": "p", "sink": sink,
            "sink_api": "t", "place": f"m+{at}"}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for category, name in (("Lifecycle", "One"), ("Lifecycle", "Two"), ("General", "Three")):
        place = tmp_path / "apk" / category / f"{name}.apk"
        place.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(place, "w") as archive:
            archive.writestr("classes.dex", CODE[name])
    return tmp_path


def tag(folder: Path, category: str, name: str, text: str, file: str = "Main") -> None:
    place = folder / "eclipse-project" / category / name / "src" / "de" / f"{file}.java"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(text.encode())


def test_packages_are_found_with_the_tags_of_their_sources(folder: Path) -> None:
    tag(folder, "Lifecycle", "One", "/** @testcase_name One\n * @number_of_leaks 2 */ class Main {}")
    tag(folder, "Lifecycle", "One", "/** @number_of_leaks 1 */", "Other")
    tag(folder, "Elsewhere", "Three", "/** @number_of_leaks 0 */")
    tag(folder, "Lifecycle", "Two", "/** nothing is said here: @number_of_leaks */")
    apps = droidbench.found(folder)
    assert [(app.category, app.name, app.flows) for app in apps] == [
        ("General", "Three", 0),
        ("Lifecycle", "One", 2),
        ("Lifecycle", "Two", None),
    ]
    assert [app.code for app in apps] == [{digest(name)} for name in ("Three", "One", "Two")]


def test_a_name_in_two_categories_says_nothing_of_a_third(folder: Path) -> None:
    for category in ("Here", "There"):
        tag(folder, category, "Three", "/** @number_of_leaks 3 */")
    tag(folder, "Lifecycle", "One", "/** @number_of_leaks 1 */")
    assert [app.flows for app in droidbench.found(folder)] == [None, 1, None]


def test_a_package_that_cannot_be_opened_has_no_code(folder: Path) -> None:
    (folder / "apk" / "General" / "Three.apk").write_bytes(b"no package")
    tag(folder, "General", "Three", "/** @number_of_leaks 1 */")
    assert droidbench.found(folder)[0].code == frozenset()


def test_flows_count_once_by_their_places_and_only_as_far_as_the_tag_goes() -> None:
    apps = [
        App("Lifecycle", "One", 2, frozenset({digest("One")})),
        App("Lifecycle", "Two", 0, frozenset({digest("Two")})),
        App("General", "Three", None, frozenset({digest("Three")})),
    ]
    rows = [flow("One", 1), flow("One", 1), flow("Two", 1), flow("Two", 2), flow("Three", 1)]
    rows += [flow("One", 5, source="variable.time"), flow("One", 6, sink="effect.show")]
    result = droidbench.scored(apps, rows)
    counts = {"stated": 2, "said": 3, "right": 1, "precision": 0.3333, "recall": 0.5, "f1": 0.4}
    trivial = {"stated": 2, "said": 2, "right": 1, "precision": 0.5, "recall": 0.5, "f1": 0.5}
    both = {"apps": 2, **counts, "every_app_leaks_once": trivial}
    assert result == {"untagged": 1, "all": both, "categories": {"Lifecycle": both}}


def test_where_nothing_is_stated_and_nothing_said_there_is_no_share() -> None:
    result = droidbench.scored([App("General", "Three", 0, frozenset())], [])
    shares = {"stated": 0, "said": 0, "right": 0, "precision": None, "recall": None, "f1": None}
    assert result["all"] == {
        "apps": 1,
        **shares,
        "every_app_leaks_once": {**shares, "said": 1, "precision": 0.0, "f1": 0.0},
    }


@pytest.mark.parametrize(
    ("made", "said"),
    [("", "is no folder"), ("empty", "no CATEGORY/NAME.apk below"), ("apk", "no @number_of_leaks in Java below")],
)
def test_a_folder_of_no_use_is_named_with_what_was_looked_for(
    folder: Path, made: str, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "empty").mkdir()
    place = folder / (made or "missing")
    monkeypatch.setattr(sys, "argv", ["gatebench", "--droidbench", str(place)])
    assert command.main() == command.UNUSABLE
    told = capsys.readouterr()
    assert told.out == ""
    assert said in told.err
    assert str(place) in told.err


def test_what_the_product_prints_is_read_and_its_case_removed(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def answered(*arguments: str) -> str:
        asked.append(arguments[0])
        if arguments[0] == "check":
            Path(arguments[3]).mkdir()
        return "" if arguments[0] == "check" else json.dumps(flow("One", 1)) + "\n"

    monkeypatch.setattr(examination, "product", answered)
    tag(folder, "Lifecycle", "One", "/** @number_of_leaks 1 */")
    result = droidbench.measure(folder, tmp_path / "case")
    assert asked == ["check", "flows"]
    assert not (tmp_path / "case").exists()
    assert result["untagged"] == 2
    assert (
        droidbench.scored([App("Lifecycle", "One", 1, frozenset({digest("One")}))], [flow("One", 1)])["all"]
        == (result["all"])
    )
