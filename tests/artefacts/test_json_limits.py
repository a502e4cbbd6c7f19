"""What is read up to a limit and refused one beyond."""

import json

import pytest

from assay.artefacts import json as json_module
from assay.artefacts.json import JsonDocument, open_json
from assay.model import limits
from assay.model.errors import Unreadable
from assay.model.source import BufferSource


def opened(data: bytes) -> JsonDocument:
    return open_json(BufferSource(data))


def test_nesting_is_read_at_the_limit_and_cut_one_deeper() -> None:
    deepest = limits.MAX_JSON_DEPTH
    assert opened(b"[" * deepest + b"]" * deepest).problems == []
    deeper = opened(b'["a",' + b"[" * deepest + b"]" * deepest + b"]")
    assert deeper.value[0] == "a"
    assert [problem.place for problem in deeper.problems] == [f"0x{5 + deepest - 1:x}+0"]


def test_absurd_nesting_costs_no_recursion() -> None:
    assert len(opened(b"[" * 200_000).problems) == 1


def test_nodes_are_read_at_the_limit_and_refused_beyond(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_STRUCTURE_NODES", 5)
    assert opened(b"[1,2,3,4]").value == [1, 2, 3, 4]
    with pytest.raises(Unreadable, match="6 nodes"):
        opened(b"[1,2,3,4,5]")


def test_a_damaged_document_has_a_limit_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_module, "MAX_RESCUED_NODES", 3)
    assert opened(b"[1,2 3]").value == [1, 2]
    short = opened(b"[1,2,3 4]")
    assert short.value == [1, 2]
    assert "more values" in short.problems[0].what


def test_size_is_read_at_the_limit_and_refused_beyond(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_TEXT_BYTES", 3)
    assert opened(b"[1]").value == [1]
    with pytest.raises(Unreadable):
        opened(b"[12]")


def test_paths_are_written_up_to_the_limit_and_refused_beyond(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_module, "MAX_POINTER_RATIO", 0)
    monkeypatch.setattr(json_module, "FREE_POINTER_CHARACTERS", 5 * 7 + 3 * 9)
    sound = {"sixsix": [1, 2, 3, 4, {"abc": 3, "b": 4, "c": 5}]}
    assert len(opened(json.dumps(sound).encode()).value["sixsix"]) == 5
    sound["sixsix"].append(6)
    with pytest.raises(Unreadable, match="long keys"):
        opened(json.dumps(sound).encode())


def test_a_long_key_above_many_values_is_refused_before_its_paths_are_written() -> None:
    with pytest.raises(Unreadable, match="long keys"):
        opened(json.dumps({"k" * 200_000: [1] * 50_000}).encode())
