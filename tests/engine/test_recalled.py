"""What files hold is recalled for the same sources alone, and only while the store has their columns."""

from importlib.resources.abc import Traversable
from pathlib import Path

import pytest

from assay.engine import indices, recalled
from assay.engine.code_records import FoundCode, Indexed
from assay.engine.indices import FOLDER, Indices
from assay.engine.recalled import Recalled
from assay.model.errors import CaseError

APP, OTHER, DEX = "ab" * 32, "cd" * 32, "ef" * 32
HELD = Indexed(exhibit=APP, files=(FoundCode(locator=f"{APP}!zip:classes.dex", sha256=DEX, size=9),), problems=())


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A cache folder that knows one file, whose columns are in the store."""
    columns = Indices(tmp_path / FOLDER).path(DEX)
    columns.parent.mkdir(parents=True)
    columns.write_bytes(b"columns")
    Recalled(tmp_path).put({APP: HELD})
    return tmp_path


def test_what_was_found_is_recalled(home: Path) -> None:
    assert Recalled(home).get([APP, OTHER]) == {APP: HELD}
    assert Recalled(home).get([OTHER]) == {}


def test_a_file_whose_columns_are_gone_is_not(home: Path) -> None:
    Indices(home / FOLDER).drop(DEX)
    assert Recalled(home).get([APP]) == {}


@pytest.mark.parametrize("changed", ["artefacts/zip.py", "engine/indexing.py", "registry/bench.py", "bytecode/dex.py"])
def test_nothing_is_recalled_of_other_sources(home: Path, changed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    sources = indices.sources

    def edited(entry: Traversable, label: str) -> list[tuple[str, str]]:
        return [(name, "edited" if name == changed else digest) for name, digest in sources(entry, label)]

    monkeypatch.setattr(indices, "sources", edited)
    caches = (recalled._made_by, indices.made_by)
    for cached in caches:
        cached.cache_clear()
    found = Recalled(home).get([APP])
    monkeypatch.undo()
    for cached in caches:
        cached.cache_clear()
    assert found == {}
    assert Recalled(home).get([APP]) == {APP: HELD}


def test_a_damaged_record_is_told(home: Path) -> None:
    (home / "results.sqlite").write_bytes(b"no database" * 1000)
    with pytest.raises(CaseError, match="not usable as the result cache"):
        Recalled(home).get([APP])
