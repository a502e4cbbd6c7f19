"""The folders say what is in them, and the tests mirror the source."""

import re
from pathlib import PurePosixPath

from tests.house import tree

NAMELESS = re.compile(r"base|common|core|helpers?|libs?|misc|shared|stuff|tools?|utils?|utilities")
NO_MIRROR = frozenset({"house", "cases", "specimens", "differential"})
"""Folders of tests that hold the tree itself, whole cases, specimen applications, and comparisons with other tools."""


def nameless(path: str) -> bool:
    parts = PurePosixPath(path).with_suffix("").parts
    return any(NAMELESS.fullmatch(part) for part in parts)


def counterparts(test: str) -> list[str]:
    """Return the source files of which one must exist: tests/a/test_b_c.py goes with a/b_c.py, a/b.py or a/b/…"""
    folder, name = PurePosixPath(test).relative_to("tests").parent, PurePosixPath(test).stem.removeprefix("test_")
    words = name.split("_")
    stems = ["_".join(words[:count]) for count in range(len(words), 0, -1)]
    return [f"{folder}/{stem}{end}" for stem in stems for end in (".py", "/__init__.py")]


def test_no_folder_or_module_has_a_name_that_says_nothing() -> None:
    named = [tree.named(path) for path, _ in tree.texts(".py")]
    assert [name for name in named if name.startswith(("src/", "tests/", "benchmarks/")) and nameless(name)] == []


def test_every_test_has_its_counterpart_in_the_source() -> None:
    source = {path.relative_to(tree.SOURCE).as_posix() for path, _ in tree.texts(".py", under=tree.SOURCE)}
    tests = [tree.named(path) for path, _ in tree.texts(".py", under=tree.ROOT / "tests")]
    mirrored = [test for test in tests if "/test_" in test and test.split("/")[1] not in NO_MIRROR]
    assert [test for test in mirrored if not source.intersection(counterparts(test))] == []


def test_a_nameless_name_is_seen_at_any_depth() -> None:
    assert nameless("src/assay/facts/utils.py")
    assert nameless("src/assay/helpers/zip.py")
    assert not nameless("src/assay/artefacts/zip.py")


def test_a_counterpart_is_the_module_or_the_one_whose_aspect_is_tested() -> None:
    assert counterparts("tests/artefacts/test_zip.py") == ["artefacts/zip.py", "artefacts/zip/__init__.py"]
    assert "artefacts/zip.py" in counterparts("tests/artefacts/test_zip_bombs.py")
