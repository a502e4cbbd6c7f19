from pathlib import Path

import pytest

from assay.findings import datafiles
from assay.model.errors import RulebookError
from assay.model.ids import sha256_hex


def put(root: Path, name: str, content: bytes = b"") -> None:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_bytes(content)


def test_files_come_in_the_order_of_their_ids_and_other_files_are_left_alone(tmp_path: Path) -> None:
    for name in ("b/a.toml", "a/z.toml", "a/b-2.toml", "a/README.md", "c.toml"):
        put(tmp_path, name, b"x = 1\n")
    found = list(datafiles.read(tmp_path))
    assert [file.id for file in found] == ["a/b-2", "a/z", "b/a", "c"]
    assert {file.sha256 for file in found} == {sha256_hex(b"x = 1\n")}
    assert found[0].content == {"x": 1}


@pytest.mark.parametrize("name", ["A.toml", "a b.toml", "a--b.toml", "-a.toml", "é.toml", "x/..toml", "a.b.toml"])
def test_a_path_that_is_no_id_is_refused(tmp_path: Path, name: str) -> None:
    put(tmp_path, name)
    with pytest.raises(RulebookError, match="its path is no id"):
        list(datafiles.read(tmp_path))


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    put(tmp_path, "a.toml", b"x = '\xff'")
    with pytest.raises(RulebookError, match=r"a\.toml: not readable as TOML"):
        list(datafiles.read(tmp_path))


def test_the_size_limit_holds_at_n_and_refuses_n_plus_one(tmp_path: Path) -> None:
    put(tmp_path, "a.toml", b"#" * datafiles.MAX_FILE_BYTES)
    assert [file.content for file in datafiles.read(tmp_path)] == [{}]
    put(tmp_path, "a.toml", b"#" * (datafiles.MAX_FILE_BYTES + 1))
    with pytest.raises(RulebookError, match="larger than"):
        list(datafiles.read(tmp_path))


def test_the_number_of_files_is_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(datafiles, "MAX_FILES", 2)
    put(tmp_path, "a.toml")
    put(tmp_path, "b.toml")
    assert len(list(datafiles.read(tmp_path))) == 2
    put(tmp_path, "c.toml")
    with pytest.raises(RulebookError, match="more than 2 TOML files"):
        list(datafiles.read(tmp_path))
