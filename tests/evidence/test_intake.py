import hashlib
import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assay.evidence import intake
from assay.evidence.case_folder import CaseFolder
from assay.evidence.intake import IntakeSummary, take, understand
from assay.evidence.store import Store
from assay.model.errors import CaseError, EvidenceError, UsageError

SHA_A = hashlib.sha256(b"a").hexdigest()


@pytest.fixture
def case(tmp_path: Path) -> CaseFolder:
    return CaseFolder.create(tmp_path / "case")


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    folder = tmp_path / "dump"
    (folder / "files").mkdir(parents=True)
    (folder / "files" / "a b").write_bytes(b"a")
    (folder / "empty").write_bytes(b"")
    return folder


def _take(case: CaseFolder, *arguments: object) -> IntakeSummary:
    return take(case, understand([str(argument) for argument in arguments]))


def _paths(case: CaseFolder) -> list[str]:
    return sorted(one.path for one in case.exhibits())


def _refused(case: CaseFolder) -> dict[str, str]:
    return {one.path: one.what for one in case.refusals()}


def _events(case: CaseFolder) -> list[object]:
    return [entry["event"] for entry in case.custody.entries()]


def test_a_folder_is_taken_whole_with_the_paths_below_it_as_labels(case: CaseFolder, dump: Path) -> None:
    summary = _take(case, dump)
    assert _paths(case) == ["empty", "files/a%20b"]
    assert {one.sha256: one.size for one in case.exhibits()} == {SHA_A: 1, hashlib.sha256(b"").hexdigest(): 0}
    assert (summary.added, summary.known, summary.refused) == (2, 0, 0)
    assert summary.custody_head == case.custody.head
    assert bytes(case.store.open(SHA_A, 1).view()) == b"a"


def test_every_step_leaves_its_line_of_custody(case: CaseFolder, dump: Path) -> None:
    _take(case, f"north={dump}")
    assert _events(case) == ["case created", "handset added", "exhibit taken", "exhibit taken"]
    taken: Any = case.custody.entries()[-1]["exhibit"]
    assert set(taken) == {"sha256", "size", "handset", "path"}
    assert taken["handset"] == "north"


def test_several_handsets_share_blobs_but_not_exhibits(case: CaseFolder, dump: Path) -> None:
    _take(case, f"north={dump}", f"west={dump}")
    assert {(one.handset, one.path) for one in case.exhibits()} == {
        ("north", "empty"), ("north", "files/a%20b"), ("west", "empty"), ("west", "files/a%20b"),
    }  # fmt: skip
    assert [handset.name for handset in case.handsets] == ["north", "west"]
    assert len([path for path in (case.root / "exhibits").rglob("*") if path.is_file()]) == 2


def test_the_same_evidence_twice_changes_nothing(case: CaseFolder, dump: Path) -> None:
    _take(case, dump)
    before = {path.name: path.read_bytes() for path in case.root.iterdir() if path.is_file()}
    again = _take(CaseFolder.open(case.root), dump)
    assert {path.name: path.read_bytes() for path in case.root.iterdir() if path.is_file()} == before
    assert (again.added, again.known) == (0, 2)


def test_evidence_can_be_added_later(case: CaseFolder, dump: Path) -> None:
    _take(case, f"north={dump}")
    (dump / "new").write_bytes(b"n")
    again = CaseFolder.open(case.root)
    assert _take(again, f"north={dump}").added == 1
    assert _paths(again) == ["empty", "files/a%20b", "new"]
    assert _events(again).count("exhibit taken") == 3


def test_a_changed_file_is_another_exhibit_beside_the_first(case: CaseFolder, dump: Path) -> None:
    _take(case, dump)
    (dump / "empty").write_bytes(b"now full")
    _take(case, dump)
    assert _paths(case) == ["empty", "empty", "files/a%20b"]


def test_links_pipes_and_devices_are_refused_and_the_rest_is_taken(case: CaseFolder, dump: Path) -> None:
    (dump / "link").symlink_to("/etc/passwd")
    (dump / "folder link").symlink_to(dump / "files")
    (dump / "dangling").symlink_to(b"/no\xffwhere".decode("utf-8", "surrogateescape"))
    os.mkfifo(dump / "pipe")
    summary = _take(case, dump)
    assert _paths(case) == ["empty", "files/a%20b"]
    assert _refused(case) == {
        "link": "symbolic link, not followed; it points to /etc/passwd",
        "folder%20link": f"symbolic link, not followed; it points to {dump}/files",
        "dangling": "symbolic link, not followed; it points to /no%FFwhere",
        "pipe": "not a regular file",
    }
    assert summary.refused == 4
    assert _events(case).count("refused") == 4


def test_names_of_any_bytes_become_labels(case: CaseFolder, dump: Path) -> None:
    for raw in (b"caf\xe9", b"new\nline", b"100%", b"a@b!c"):
        (dump / os.fsdecode(raw)).write_bytes(raw)
    _take(case, dump)
    assert {"caf%E9", "new%0Aline", "100%25", "a%40b%21c"} <= set(_paths(CaseFolder.open(case.root)))


def test_a_link_named_as_evidence_is_refused(case: CaseFolder, tmp_path: Path, dump: Path) -> None:
    (tmp_path / "way").symlink_to(dump)
    with pytest.raises(EvidenceError, match="no file in it could be read"):
        _take(case, tmp_path / "way")
    assert list(_refused(case)) == ["way"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every folder")
def test_an_unreadable_folder_is_a_refusal(case: CaseFolder, dump: Path) -> None:
    (dump / "files").chmod(0)
    _take(case, dump)
    assert _paths(case) == ["empty"]
    assert "Permission denied" in _refused(case)["files"]
    (dump / "files").chmod(0o755)


def _denied(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    really = os.scandir

    def scandir(folder: bytes) -> Iterator[os.DirEntry[bytes]]:
        if folder == os.fsencode(path):
            raise PermissionError(13, "Permission denied", folder)
        return really(folder)

    monkeypatch.setattr(os, "scandir", scandir)


def test_a_folder_that_cannot_be_listed_is_a_refusal_until_it_can(
    case: CaseFolder, dump: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        _denied(patch, dump / "files")
        assert _take(case, dump).refused == 1
    assert _refused(case) == {"files": "folder not readable: Permission denied"}
    assert _paths(case) == ["empty"]


def test_a_refusal_is_dropped_once_the_file_could_be_taken(case: CaseFolder, dump: Path) -> None:
    (dump / "late").symlink_to("empty")
    _take(case, dump)
    assert list(_refused(case)) == ["late"]
    (dump / "late").unlink()
    (dump / "late").write_bytes(b"here now")
    assert _take(case, dump).refused == 0
    assert _refused(case) == {}
    assert "refused" in _events(case)


def test_what_lies_beside_handsets_is_a_refusal(case: CaseFolder, tmp_path: Path) -> None:
    (tmp_path / "all" / "north").mkdir(parents=True)
    (tmp_path / "all" / "north" / "handset.toml").write_text('schema = "assay-handset/1"\nname = "North"\n')
    (tmp_path / "all" / "loose.txt").write_text("x")
    _take(case, tmp_path / "all")
    assert _paths(case) == ["handset.toml"]
    assert [handset.name for handset in case.handsets] == ["North"]
    assert "belongs to no handset" in _refused(case)["loose.txt"]


def test_nothing_readable_at_all_is_an_error(case: CaseFolder, tmp_path: Path) -> None:
    (tmp_path / "hollow").mkdir()
    with pytest.raises(EvidenceError, match="no file"):
        _take(case, tmp_path / "hollow")


def test_the_case_folder_is_never_its_own_evidence(dump: Path) -> None:
    case = CaseFolder.create(dump / "case")
    _take(case, dump)
    _take(case, dump)
    assert _paths(case) == ["empty", "files/a%20b"]
    with pytest.raises(UsageError, match="inside the case"):
        _take(case, case.root / "exhibits")


@pytest.fixture
def deep() -> Iterator[Path]:
    """A dump of its own: were it left behind in pytest's folder, the tidying up of later runs would fail on it."""
    dump = Path(tempfile.mkdtemp(prefix="deep-"))
    here = os.open(dump, os.O_RDONLY)
    for _ in range(1500):
        os.mkdir("d", dir_fd=here)
        inner = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    os.close(os.open("deep", os.O_CREAT, dir_fd=here))
    os.close(here)
    yield dump
    subprocess.run(["rm", "-rf", dump], check=True)


def test_folders_nested_deeper_than_any_stack_are_walked(case: CaseFolder, deep: Path) -> None:
    _take(case, deep)
    assert _paths(case) == ["d/" * 1500 + "deep"]


def test_batches_do_not_change_what_is_taken(case: CaseFolder, dump: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(7):
        (dump / str(number)).write_bytes(b"%d" % number)
    monkeypatch.setattr(intake, "BATCH_FILES", 2)
    seen: list[int] = []
    take(case, understand([str(dump)]), seen.append)
    assert seen == [2, 2, 2, 2, 1]
    assert len(_paths(case)) == 9


def test_a_stop_keeps_what_was_acknowledged_and_the_next_intake_goes_on(
    case: CaseFolder, dump: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (dump / "zz").write_bytes(b"z")
    monkeypatch.setattr(intake, "BATCH_FILES", 1)
    really = Store.stage

    def stopping(store: Store, source: Path) -> tuple[str, int]:
        taken = really(store, source)
        if source.name == "zz":
            raise KeyboardInterrupt
        return taken

    with monkeypatch.context() as patch:
        patch.setattr(Store, "stage", stopping)
        with pytest.raises(KeyboardInterrupt):
            _take(case, dump)
    again = CaseFolder.open(case.root)
    assert len(_paths(again)) >= 1
    _take(again, dump)
    assert _paths(again) == ["empty", "files/a%20b", "zz"]
    assert list((case.root / "exhibits" / "staging").iterdir()) == []


def test_a_stop_between_trace_and_list_leaves_a_line_too_many_never_one_too_few(
    case: CaseFolder, dump: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(CaseFolder, "save_exhibits", stop)
        with pytest.raises(KeyboardInterrupt):
            _take(case, dump)
    again = CaseFolder.open(case.root)
    _take(again, dump)
    assert _events(again).count("exhibit taken") >= len(again.exhibits()) == 2


def test_a_case_that_cannot_be_written_is_not_blamed_on_the_evidence(case: CaseFolder, dump: Path) -> None:
    (case.root / "exhibits").write_bytes(b"in the way")
    with pytest.raises(CaseError, match="not writable"):
        _take(case, dump)
    assert case.refusals() == ()


def test_metadata_stated_later_corrects_the_handset_with_a_trace(case: CaseFolder, dump: Path) -> None:
    _take(case, f"north={dump}")
    (dump / "handset.toml").write_text('schema = "assay-handset/1"\nname = "north"\nmarket = "LT"\n')
    _take(case, dump)
    assert [handset.market for handset in CaseFolder.open(case.root).handsets] == ["LT"]
    assert "handset corrected" in _events(case)
    (dump / "handset.toml").unlink()
    _take(case, f"north={dump}")
    assert [handset.market for handset in case.handsets] == ["LT"]
