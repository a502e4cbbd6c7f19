import os
from pathlib import Path

import pytest

from assay.evidence.naming import read_handset, understand
from assay.model.case import Handset
from assay.model.errors import EvidenceError, UsageError

NORTH = 'schema = "assay-handset/1"\nname = "Specimen North"\nmarket = "LT"\n[acquisition]\nclock_offset_seconds = -3\n'


def _folder(path: Path, handset: str = "") -> Path:
    path.mkdir(parents=True)
    (path / "a.txt").write_text("a")
    if handset:
        (path / "handset.toml").write_text(handset)
    return path


def _names(*arguments: str) -> list[tuple[str, str]]:
    return [(given.handset.name, given.path.name) for given in understand(list(arguments))]


def test_a_folder_or_a_file_is_called_after_itself(tmp_path: Path) -> None:
    folder = _folder(tmp_path / "phone v1.2")
    (tmp_path / "app.release.apk").write_bytes(b"")
    assert _names(str(folder), str(tmp_path / "app.release.apk")) == [
        ("phone v1.2", "phone v1.2"),
        ("app.release", "app.release.apk"),
    ]


@pytest.mark.parametrize("form", ["{}", "{}/", "./{}", "{}/.", "./{}//"])
def test_a_name_is_kept_however_the_path_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    _folder(tmp_path / "dump")
    monkeypatch.chdir(tmp_path)
    (given,) = understand(["north=" + form.format("dump")])
    assert given.handset == Handset(name="north")
    assert given.path.samefile(tmp_path / "dump")


def test_a_path_may_hold_equals_signs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _folder(tmp_path / "a=b")
    monkeypatch.chdir(tmp_path)
    assert _names("a=b") == [("a=b", "a=b")]
    assert _names("north=a=b") == [("north", "a=b")]
    assert _names("./a=b/a.txt") == [("a", "a.txt")]


def test_a_path_that_exists_is_a_path_and_not_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _folder(tmp_path / "b")
    _folder(tmp_path / "a=b")
    monkeypatch.chdir(tmp_path)
    (given,) = understand(["a=b"])
    assert given.path == Path("a=b")


@pytest.mark.parametrize("argument", ["missing", "north=missing", "north=", "=dump", "", "x" * 5000, "n=" + "x" * 5000])
def test_what_is_not_there_is_refused_with_the_next_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, argument: str
) -> None:
    _folder(tmp_path / "dump")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(EvidenceError, match="no such file or folder"):
        understand([argument])


def test_a_sidecar_describes_the_handset(tmp_path: Path) -> None:
    folder = _folder(tmp_path / "dump", NORTH)
    for argument, name in (
        (str(folder), "Specimen North"),
        (f"west={folder}", "west"),
        (str(folder / "a.txt"), "Specimen North"),
    ):
        (given,) = understand([argument])
        assert (given.handset.name, given.handset.market) == (name, "LT")
        assert given.handset.acquisition.clock_offset_seconds == -3


def test_a_folder_of_handsets_is_several_and_what_lies_beside_them_is_refused(tmp_path: Path) -> None:
    top = tmp_path / "all"
    _folder(top / "west", NORTH.replace("North", "West"))
    _folder(top / "north", NORTH)
    _folder(top / "loose")
    (top / "notes.txt").write_text("n")
    (top / "link").symlink_to(top / "north")
    given = understand([str(top)])
    assert [(one.handset.name, one.path.name) for one in given if not one.refused] == [
        ("Specimen North", "north"),
        ("Specimen West", "west"),
    ]
    assert [one.path.name for one in given if "belongs to no handset" in one.refused] == ["link", "loose", "notes.txt"]


def test_a_folder_that_is_a_handset_is_one_whatever_lies_in_it(tmp_path: Path) -> None:
    _folder(tmp_path / "all", NORTH)
    _folder(tmp_path / "all" / "inner", NORTH)
    assert _names(str(tmp_path / "all")) == [("Specimen North", "all")]


def test_a_name_for_a_folder_of_handsets_makes_it_one(tmp_path: Path) -> None:
    _folder(tmp_path / "all" / "north", NORTH)
    assert _names(f"mine={tmp_path / 'all'}") == [("mine", "all")]


def test_names_that_are_no_text_are_written_with_escapes(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/caf\xe9"
    os.mkdir(raw)  # noqa: PTH102 - the name is bytes
    (given,) = understand([os.fsdecode(raw)])
    assert given.handset.name == "caf\\xe9"
    (given,) = understand([os.fsdecode(b"n\xff=" + raw)])
    assert given.handset.name == "n\\xff"


def test_a_link_that_points_at_itself_is_still_named(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    assert _names(str(tmp_path / "loop")) == [("loop", "loop")]


def test_a_sidecar_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    folder = _folder(tmp_path / "dump")
    (tmp_path / "elsewhere.toml").write_text(NORTH)
    (folder / "handset.toml").symlink_to(tmp_path / "elsewhere.toml")
    assert _names(str(folder)) == [("dump", "dump")]


@pytest.mark.parametrize(
    ("content", "fact"),
    [
        (b"", "no schema"),
        (b'schema = "assay-handset/2"\nname = "x"', "no schema"),
        (b'schema = "assay-handset/1"', "name"),
        (b'schema = "assay-handset/1"\nname = ""', "no name"),
        (b'schema = "assay-handset/1"\nname = 3', "name"),
        (b'schema = "assay-handset/1"\nname = "x"\nmodle = "y"', "modle"),
        (b'schema = "assay-handset/1"\nname = "x"\n[acquisition]\nwhom = "y"', "whom"),
        (b'schema = "assay-handset/1"\nname = "x"\n[acquisition]\nwhen = 2021-09-21', "when"),
        (b"schema =", "not a handset description"),
        (b"\xff", "not a handset description"),
        (b"a = " + b"[" * 50_000, "nested too deeply"),
        (b"a = " + b"9" * 5_000, "not a handset description"),
        (b"#" * ((1 << 20) + 1), "larger than 1 MiB"),
    ],
)
def test_a_mistake_in_a_sidecar_is_named(tmp_path: Path, content: bytes, fact: str) -> None:
    (tmp_path / "handset.toml").write_bytes(content)
    with pytest.raises(UsageError, match=fact):
        read_handset(tmp_path / "handset.toml")


def test_a_sidecar_of_exactly_the_largest_size_is_read(tmp_path: Path) -> None:
    (tmp_path / "handset.toml").write_bytes(NORTH.encode().ljust(1 << 20))
    assert read_handset(tmp_path / "handset.toml").name == "Specimen North"


def test_files_of_one_name_from_two_folders_are_two_handsets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a/app.apk", "b/app.apk", "b/app.har", "c/other.apk"):
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).touch()
    given = understand(["a/app.apk", "b/app.apk", "c/other.apk"])
    assert [one.handset.name for one in given] == ["a/app.apk", "b/app.apk", "other"]
    assert [one.handset.name for one in understand(["b/app.apk", "b/app.har"])] == ["app", "app"]
    assert [one.handset.name for one in understand(["phone=a/app.apk", "phone=b/app.apk"])] == ["phone", "phone"]


def test_two_folders_described_as_one_handset_are_one(tmp_path: Path) -> None:
    minimal = 'schema = "assay-handset/1"\nname = "one"\n'
    folders = [_folder(tmp_path / name / "dump", minimal) for name in ("first", "second")]
    assert [one.handset.name for one in understand([str(folder) for folder in folders])] == ["one", "one"]
