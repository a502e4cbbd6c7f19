"""The architecture page draws the tree and the case folder as they are."""

import re
from pathlib import Path

from assay.engine.work import Worked

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "explanation" / "architecture.md").read_text("utf-8")


def test_the_tree_that_is_drawn_is_the_tree() -> None:
    drawn = re.findall(r"^[├└]── (\w+)", PAGE, re.MULTILINE)
    found = [path.name for path in (ROOT / "src" / "assay").iterdir() if path.is_dir() and path.name != "__pycache__"]
    assert sorted(drawn) == sorted(found)


def test_the_rooms_that_are_drawn_inside_a_folder_are_there() -> None:
    folder, rooms = "", set()
    for top, name in re.findall(r"^(│   )?[├└]── (\w+)", PAGE, re.MULTILINE):
        folder = folder if top else name
        rooms |= {f"{folder}/{name}"} if top else set()
    assert rooms == {
        f"{path.parent.name}/{path.name}"
        for top in ("bytecode", "engine")
        for path in (ROOT / "src" / "assay" / top).iterdir()
        if (path / "__init__.py").exists()
    }


def test_the_layers_that_are_drawn_are_those_that_are_held() -> None:
    configured = re.search(
        r"^layers = \[(.*?)\]", (ROOT / "pyproject.toml").read_text("utf-8"), re.DOTALL | re.MULTILINE
    )
    assert configured
    layers = [re.findall(r"\w+", line) for line in re.findall(r'"(.*?)"', configured[1])]
    drawing = PAGE[PAGE.index("## Layers") : PAGE.index("## The tree")]
    lines = [line for line in drawing.splitlines() if line.startswith("   ") and "──" not in line]
    assert [
        [name for name in layer if re.search(rf"\b{name}\b", line)] for layer, line in zip(layers, lines, strict=True)
    ] == layers


def test_everything_in_a_case_folder_is_drawn(demo: Worked) -> None:
    drawing = PAGE[PAGE.index("## How data flow") : PAGE.index("A case holds everything")]
    found = {path.name for path in demo.report.parents[1].iterdir()}
    assert {name for name in found if name not in drawing} == set()
