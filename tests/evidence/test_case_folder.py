from pathlib import Path

import pytest

from assay.evidence.case_folder import CaseFolder, Refusal
from assay.model.case import Acquisition, Exhibit, Handset
from assay.model.errors import CaseError, MismatchError, UsageError

NORTH = Handset(
    name='Specimen "North"',
    build="V12.0.11 é 屏",
    acquisition=Acquisition(who="Example Laboratory", clock_offset_seconds=0),
)
EXHIBIT = Exhibit(sha256="a" * 64, size=1, handset="x", path="a%20b")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "case"


def test_a_case_is_the_same_when_opened_again(root: Path) -> None:
    case = CaseFolder.create(root)
    case.save_handsets((NORTH, Handset(name="bare")))
    case.save_exhibits([EXHIBIT, EXHIBIT], [Refusal(handset="x", path="p", what="w")])
    again = CaseFolder.open(root)
    assert again.handsets == (NORTH, Handset(name="bare"))
    assert again.exhibits() == (EXHIBIT,)
    assert again.refusals() == (Refusal(handset="x", path="p", what="w"),)
    assert again.custody.head == case.custody.head != "0" * 64


def test_exhibits_are_sorted_and_unique_whatever_the_order(root: Path) -> None:
    case = CaseFolder.create(root)
    two = [Exhibit(sha256=digit * 64, size=1, handset="x", path="") for digit in "ba"]
    case.save_exhibits([*two, *two], [])
    first = (root / "exhibits.jsonl").read_bytes()
    case.save_exhibits(reversed(two), [])
    assert (root / "exhibits.jsonl").read_bytes() == first
    assert [one.sha256[0] for one in case.exhibits()] == ["a", "b"]


@pytest.mark.parametrize("schema", ["2", "0", "-1", '"1"', "1.0"])
def test_a_case_of_another_schema_is_refused(root: Path, schema: str) -> None:
    CaseFolder.create(root)
    (root / "case.toml").write_text(f"schema = {schema}\n")
    with pytest.raises(CaseError, match="this version reads 1 to 1"):
        CaseFolder.open(root)


@pytest.mark.parametrize(
    "content", [b"", b"schema =", b"\xff", b"schema = 1\n[[handset]]\nname = 1\n", b"schema = 1\n[[handset]]\n"]
)
def test_a_damaged_case_is_refused(root: Path, content: bytes) -> None:
    CaseFolder.create(root)
    (root / "case.toml").write_bytes(content)
    with pytest.raises(CaseError):
        CaseFolder.open(root)


@pytest.mark.parametrize("line", [b"{}", b"[]", b"{", b'{"sha256":1}', b"\xff"])
def test_a_damaged_list_of_exhibits_is_refused(root: Path, line: bytes) -> None:
    case = CaseFolder.create(root)
    case.save_exhibits([EXHIBIT], [])
    with (root / "exhibits.jsonl").open("ab") as stream:
        stream.write(line + b"\n")
    with pytest.raises(CaseError, match="damaged"):
        case.exhibits()


def test_what_is_not_a_case_is_neither_opened_nor_made_into_one(root: Path) -> None:
    root.mkdir()
    (root / "letter.txt").write_text("not a case")
    with pytest.raises(CaseError, match=r"no case\.toml"):
        CaseFolder.open(root)
    with pytest.raises(UsageError, match="not a case"):
        CaseFolder.open_or_create(root)
    with pytest.raises(UsageError, match="not usable"):
        CaseFolder.open_or_create(root / "letter.txt")
    assert sorted(path.name for path in root.iterdir()) == ["letter.txt"]


def test_making_a_case_goes_on_where_it_was_stopped(root: Path) -> None:
    CaseFolder.create(root)
    (root / "case.toml").unlink()
    (root / ".case.toml.1.part").write_bytes(b"sch")
    assert CaseFolder.open_or_create(root).handsets == ()
    assert len(CaseFolder.open(root).custody.entries()) == 2


@pytest.mark.parametrize("content", [None, b""])
def test_a_case_without_its_custody_log_is_refused(root: Path, content: bytes | None) -> None:
    CaseFolder.create(root)
    (root / "custody.jsonl").unlink()
    if content is not None:
        (root / "custody.jsonl").write_bytes(content)
    with pytest.raises(CaseError, match="missing or empty"):
        CaseFolder.open(root)


def test_a_case_with_a_broken_custody_log_is_refused(root: Path) -> None:
    case = CaseFolder.create(root)
    case.custody.append([{"event": "a"}])
    lines = (root / "custody.jsonl").read_bytes().splitlines(keepends=True)
    (root / "custody.jsonl").write_bytes(lines[1])
    with pytest.raises(MismatchError):
        CaseFolder.open(root)


def test_only_one_process_changes_a_case_at_a_time(root: Path) -> None:
    case = CaseFolder.create(root)
    with case.alone(), pytest.raises(UsageError, match="another process"), CaseFolder.open(root).alone():
        pass
    with CaseFolder.open(root).alone():
        assert case.exhibits() == ()
