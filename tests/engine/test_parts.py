import hashlib
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from assay.engine import parts
from assay.engine.parts import bench_sha256, libraries


@pytest.fixture
def extension(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / "invented_extension"
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    (folder / "table.txt").write_text("a")
    monkeypatch.syspath_prepend(str(tmp_path))
    importlib.invalidate_caches()
    yield folder
    sys.modules.pop(folder.name, None)
    bench_sha256.cache_clear()


def test_any_file_of_an_extension_changes_the_digest_of_the_bench(extension: Path) -> None:
    def digest() -> str:
        bench_sha256.cache_clear()
        return bench_sha256((extension.name,))

    first = digest()
    assert digest() == first
    (extension / "table.txt").write_text("b")
    second = digest()
    (extension / "more.py").write_text("")
    third = digest()
    (extension / "__pycache__").mkdir()
    (extension / "__pycache__" / "more.pyc").write_bytes(b"x")
    assert len({first, second, third}) == 3
    assert digest() == third


def test_an_extension_that_is_not_there_is_an_error() -> None:
    with pytest.raises(ModuleNotFoundError):
        bench_sha256(("no_such_package_here",))


def test_everything_a_fact_depends_on_is_counted() -> None:
    listed = dict(parts._sources())
    root = Path(parts.__file__).parents[1]
    for name in ("model/locator.py", "facts/__init__.py", "engine/examine.py", "data/reference/adequacy.toml"):
        assert listed[name] == hashlib.sha256((root / name).read_bytes()).hexdigest()
    assert not any(name.startswith(("cli/", "reports/", "data/rules/")) or "__pycache__" in name for name in listed)


def test_the_versions_of_the_libraries_are_known() -> None:
    assert {"numpy", "pyarrow", "msgspec"} <= set(libraries())
    assert all(version[0].isdigit() for version in libraries().values())
