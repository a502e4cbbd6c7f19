"""The files of the project, as the checks of the house see them."""

import ast
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "assay"
HOUSE = Path(__file__).parent


@cache
def files() -> tuple[Path, ...]:
    """Every file that is committed, or would be by adding everything, sorted."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout
    paths = (ROOT / name.decode() for name in listed.split(b"\0") if name)
    return tuple(sorted({path for path in paths if path.is_file()}))


def named(path: Path) -> str:
    """Return the path as it is written in the lists beside this file."""
    return path.relative_to(ROOT).as_posix()


def texts(*suffixes: str, under: Path = ROOT) -> Iterator[tuple[Path, str]]:
    """Yield (path, content) of the text files below a folder; all suffixes when none is given."""
    for path in files():
        if path.is_relative_to(under) and (not suffixes or path.suffix in suffixes):
            content = path.read_bytes()
            if b"\0" not in content[:8192]:
                yield path, content.decode("utf-8", "replace")


def modules(under: Path = SOURCE) -> Iterator[tuple[Path, ast.Module]]:
    """Yield (path, syntax tree) of the Python files below a folder."""
    for path, content in texts(".py", under=under):
        yield path, ast.parse(content, filename=str(path))


def table(name: str) -> dict[str, Any]:
    """Return one of the lists beside this file."""
    return tomllib.loads((HOUSE / name).read_text(encoding="utf-8"))
