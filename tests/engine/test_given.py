import hashlib
import json
import tomllib
from pathlib import Path

import pytest

from assay.engine.given import Files, Given, assumed, given, keep
from assay.evidence.case_folder import CaseFolder
from assay.model.case import Handset
from assay.model.errors import CaseError, UsageError


@pytest.fixture
def case(tmp_path: Path) -> CaseFolder:
    return CaseFolder.create(tmp_path / "case")


def _file(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def _events(case: CaseFolder) -> list[object]:
    return [entry["event"] for entry in case.custody.entries()][1:]


def test_what_was_given_is_remembered_and_added_to(case: CaseFolder, tmp_path: Path) -> None:
    keep(case, Files(profiles=("cn",), rules=(tmp_path,)))
    keep(case, Files(profiles=("eu-lt", "cn")))
    assert given(CaseFolder.open(case.root)) == Given(profiles=("cn", "eu-lt"), rules=(str(tmp_path),))
    assert _events(case) == ["run options given", "run options given"]


def test_gates_are_judged_under_the_profile_of_each_handset_and_those_given(case: CaseFolder) -> None:
    case.save_handsets((Handset(name="North", profile="eu-lt"), Handset(name="Unstated")))
    assert list(assumed(case)) == [("North", "eu-lt")]
    keep(case, Files(profiles=("cn", "eu-lt")))
    assert list(assumed(case)) == [
        ("North", "eu-lt"),
        ("North", "cn"),
        ("Unstated", "cn"),
        ("Unstated", "eu-lt"),
    ]


def test_nothing_given_leaves_no_trace(case: CaseFolder) -> None:
    keep(case, Files())
    assert given(case) == Given()
    assert _events(case) == []


def test_planted_values_are_kept_private_and_out_of_the_custody_log(case: CaseFolder, tmp_path: Path) -> None:
    planted = _file(
        tmp_path / "mine.toml",
        b'schema = "assay-planted/1"\n[[value]]\nkind = "imei"\nvalue = "356938035643809"\nlabel = "mine"\n',
    )
    keep(case, Files(planted=planted))
    keep(case, Files(planted=planted))
    kept = case.root / "planted.toml"
    assert kept.read_bytes() == planted.read_bytes()
    assert kept.stat().st_mode & 0o777 == 0o600
    assert _events(case) == ["planted values given"]
    assert b"356938035643809" not in (case.root / "custody.jsonl").read_bytes()


def test_databases_are_named_by_content_and_keep_their_sidecar(case: CaseFolder, tmp_path: Path) -> None:
    table = _file(tmp_path / "countries\udcff.csv", b"192.0.2.0,192.0.2.255,LT\n")
    _file(tmp_path / "countries\udcff.toml", b'as_of = "2021-09-01"\n')
    keep(case, Files(databases=(table,)))
    sha256 = hashlib.sha256(table.read_bytes()).hexdigest()
    assert sorted(path.name for path in (case.root / "databases").iterdir()) == [f"{sha256}.csv", f"{sha256}.toml"]
    entry = case.custody.entries()[-1]
    assert (entry["sha256"], entry["label"], entry["described"]) == (sha256, "countries%FF.csv", True)


def test_a_database_without_a_sidecar_is_called_after_its_file(case: CaseFolder, tmp_path: Path) -> None:
    table = _file(tmp_path / 'my "countries".csv', b"192.0.2.0,192.0.2.255,LT\n")
    keep(case, Files(databases=(table,)))
    (sidecar,) = (case.root / "databases").glob("*.toml")
    assert tomllib.loads(sidecar.read_text())["name"] == 'my%20"countries"'
    assert case.custody.entries()[-1]["described"] is False


def test_a_file_that_is_not_there_is_told(case: CaseFolder, tmp_path: Path) -> None:
    for files in (Files(planted=tmp_path / "no"), Files(databases=(tmp_path / "no",)), Files(planted=tmp_path)):
        with pytest.raises(UsageError, match="not readable"):
            keep(case, files)


@pytest.mark.parametrize("content", [b"", b"{", json.dumps({"profiles": 1}).encode()])
def test_a_damaged_record_is_told(case: CaseFolder, content: bytes) -> None:
    (case.root / "given.json").write_bytes(content)
    with pytest.raises(CaseError, match="damaged"):
        given(case)
