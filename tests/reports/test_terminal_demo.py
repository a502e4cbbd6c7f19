"""The pages that show the demo show what it prints."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from assay.cli.front import cli

ROOT = Path(__file__).parents[2]
PAGES = ("README.md", "docs/tutorial/first-case.md")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    folder = tmp_path_factory.mktemp("demo") / "case"
    done = CliRunner().invoke(cli, ["demo", "-o", str(folder)], catch_exceptions=False)
    # the pages show what `make demo` prints, which calls the command of the virtual environment
    shown = done.stdout.replace(str(folder), "build/demo").replace("Next       assay", "Next       .venv/bin/assay")
    return shown, folder


@pytest.mark.parametrize("page", PAGES)
def test_the_table_on_the_page_is_the_one_that_is_printed(demo: tuple[str, Path], page: str) -> None:
    content = (ROOT / page).read_text(encoding="utf-8")
    shown = next(block for block in re.findall(r"```text\n(.*?)```", content, re.DOTALL) if "exhibits" in block)
    assert shown == demo[0]


@pytest.mark.parametrize("page", PAGES)
def test_every_id_on_the_page_is_in_the_case(demo: tuple[str, Path], page: str) -> None:
    written = "".join(path.read_text(encoding="utf-8") for path in sorted((demo[1] / "report").glob("*.jsonl")))
    named = set(re.findall(r"\b[wfL]-[0-9a-f]{16}\b", (ROOT / page).read_text(encoding="utf-8")))
    assert named
    assert {name for name in named if name not in written} == set()
