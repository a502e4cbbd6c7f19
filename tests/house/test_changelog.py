"""Every change leaves a fragment of a known type that reads as a sentence."""

import tomllib
from pathlib import Path

from tests.house import tree

FRAGMENTS = tree.ROOT / "changelog.d"


def fragments() -> list[Path]:
    return [path for path in tree.files() if path.parent == FRAGMENTS and path.name != "README.md"]


def test_every_fragment_has_a_known_type() -> None:
    config = tomllib.loads((tree.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["towncrier"]
    known = {f".{each['directory']}" for each in config["type"]}
    assert {path.suffixes[-2] for path in fragments() if len(path.suffixes) > 1} <= known
    assert [path.name for path in fragments() if len(path.suffixes) != len((".added", ".md"))] == []


def test_every_fragment_is_a_sentence() -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in fragments()}
    assert texts
    assert [name for name, text in texts.items() if not text[:1].isupper() or not text.endswith(".\n")] == []
