import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assay.evidence.custody import CustodyLog, verify
from assay.model.errors import AssayError, CaseError, MismatchError

NOON = datetime(2021, 9, 21, 12, 0, 0, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "custody.jsonl"


def _written(path: Path, count: int) -> list[bytes]:
    log = CustodyLog(path)
    for number in range(count):
        log.append([{"event": f"e{number}"}], now=NOON)
    return path.read_bytes().splitlines(keepends=True)


def test_each_line_carries_the_digest_of_the_one_before(path: Path) -> None:
    log = CustodyLog(path)
    log.append([{"event": "a"}], now=NOON)
    log.append([{"event": "b", "n": 1}, {"event": "c"}], now=NOON)
    first = b'{"at":"2021-09-21T12:00:00Z","before":"' + b"0" * 64 + b'","event":"a"}'
    lines = path.read_bytes().splitlines()
    assert lines[0] == first
    assert json.loads(lines[1])["before"] == hashlib.sha256(first).hexdigest()
    assert json.loads(lines[2])["before"] == hashlib.sha256(lines[1]).hexdigest()
    assert log.head == verify(path) == hashlib.sha256(lines[2]).hexdigest()
    assert [entry["event"] for entry in log.entries()] == ["a", "b", "c"]


def test_an_empty_log_has_a_head_of_zeros_and_nothing_is_written_for_nothing(path: Path) -> None:
    log = CustodyLog(path)
    assert log.append([]) == log.head == "0" * 64
    assert not path.exists()
    assert log.entries() == []


def test_a_log_goes_on_after_it_was_opened_again(path: Path) -> None:
    _written(path, 2)
    CustodyLog(path).append([{"event": "later"}])
    assert [entry["event"] for entry in CustodyLog(path).entries()] == ["e0", "e1", "later"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_changed_byte_changes_the_head_or_breaks_the_chain(tmp_path: Path, data: st.DataObject) -> None:
    path = tmp_path / "custody.jsonl"
    path.unlink(missing_ok=True)
    content = bytearray(b"".join(_written(path, 3)))
    head = verify(path)
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] ^= data.draw(st.integers(1, 255))
    path.write_bytes(content)
    try:
        assert verify(path) != head
    except AssayError as error:
        assert error.exit_code in (3, 5)  # noqa: PT017 - either way is right


@pytest.mark.parametrize("removed", [0, 1])
def test_a_removed_line_is_seen(path: Path, removed: int) -> None:
    lines = _written(path, 3)
    path.write_bytes(b"".join(line for number, line in enumerate(lines) if number != removed))
    with pytest.raises(MismatchError, match=f"line {removed + 1} does not follow"):
        CustodyLog(path)


@pytest.mark.parametrize("at", [0, 1, 2])
@pytest.mark.parametrize("inserted", [b'{"event":"x"}\n', None])
def test_an_inserted_line_is_seen(path: Path, at: int, inserted: bytes | None) -> None:
    lines = _written(path, 3)
    lines.insert(at, lines[0] if inserted is None else inserted)
    path.write_bytes(b"".join(lines))
    with pytest.raises(MismatchError, match="does not follow"):
        verify(path)


def test_a_swap_of_lines_is_seen(path: Path) -> None:
    one, two, three = _written(path, 3)
    path.write_bytes(one + three + two)
    with pytest.raises(MismatchError, match="line 2"):
        verify(path)


@pytest.mark.parametrize("line", [b"\n", b"[]\n", b"null\n", b"{\n", b"\xff\n", b"[" * 100_000 + b"\n"])
def test_what_is_no_line_of_a_log_is_refused(path: Path, line: bytes) -> None:
    path.write_bytes(b"".join(_written(path, 1)) + line)
    with pytest.raises(CaseError, match="line 2 is not a JSON object"):
        CustodyLog(path)


def test_a_cut_log_has_another_head(path: Path) -> None:
    lines = _written(path, 3)
    head = verify(path)
    path.write_bytes(b"".join(lines[:2]))
    assert verify(path) != head


def test_a_line_whose_writing_was_stopped_does_not_count_and_leaves_a_trace(path: Path) -> None:
    lines = _written(path, 3)
    head = hashlib.sha256(lines[1].rstrip(b"\n")).hexdigest()
    path.write_bytes(b"".join(lines)[:-5])
    log = CustodyLog(path)
    assert log.head == head
    assert [entry["event"] for entry in log.entries()] == ["e0", "e1"]
    log.append([{"event": "next"}])
    assert [entry["event"] for entry in CustodyLog(path).entries()] == ["e0", "e1", "unfinished line dropped", "next"]


def test_two_who_append_in_turn_keep_one_chain(path: Path) -> None:
    one, other = CustodyLog(path), CustodyLog(path)
    one.append([{"event": "a"}])
    other.append([{"event": "b"}])
    one.append([{"event": "c"}])
    assert [entry["event"] for entry in CustodyLog(path).entries()] == ["a", "b", "c"]
    assert verify(path) == one.head
