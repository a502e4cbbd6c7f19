"""Names what nothing uses: `python -m tests.house.dead_code` prints a line for each and fails when there is one.

vulture finds the candidates. What states a shape is none: schemas, SQL and reports read the fields of records by name,
members of enumerations are reached by their value, and a protocol is what others implement. What else is reached in a
way that vulture cannot see stands in used_by_name.toml with the reason.
"""

import ast
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from vulture import Vulture

from tests.house import tree

CONFIDENCE = 60
DECLARATIONS = ["reader", "analyser", "joiner", "decoder", "reporter"]
"""Through these a file dropped in a folder becomes part of the bench: nothing calls its functions by name."""
DECORATORS = [*(f"@{name}" for name in DECLARATIONS), "@*.command", "@*.group", "@overload", "@*njit"]


class Unused(NamedTuple):
    """A name that nothing uses: `what` is the sort of thing, `line` counts from 1."""

    path: Path
    line: int
    what: str
    name: str


def declared(module: ast.Module) -> set[int]:
    """Return the lines that state a shape: fields of records, members of enumerations, everything in a protocol."""
    lines: set[int] = set()
    for each in ast.walk(module):
        if isinstance(each, ast.ClassDef):
            bases = " ".join(map(ast.unparse, each.bases))
            whole = "Protocol" in bases
            sorts = (ast.AnnAssign, ast.Assign) if "Enum" in bases else (ast.AnnAssign,)
            parts = ast.walk(each) if whole else (part for part in each.body if isinstance(part, sorts))
            lines.update(line for part in parts if (line := getattr(part, "lineno", 0)))
    return lines


def unused(folders: Iterable[Path]) -> Iterator[Unused]:
    """Yield what nothing below the folders uses, what states a shape left out."""
    hunter = Vulture(ignore_decorators=DECORATORS)
    hunter.scavenge([str(folder) for folder in folders if folder.exists()])
    for item in hunter.get_unused_code(min_confidence=CONFIDENCE):
        path = Path(item.filename)
        if item.first_lineno not in declared(ast.parse(path.read_text(encoding="utf-8"))):
            yield Unused(path, item.first_lineno, item.typ, item.name)


def listed() -> dict[str, str]:
    """Return the reasons of used_by_name.toml by name."""
    return {name: str(reason) for name, reason in tree.table("used_by_name.toml").items()}


def main() -> int:
    """Print what is unused and not listed, and what is listed without need; return 1 when there is any."""
    candidates = list(unused([tree.SOURCE, tree.ROOT / "benchmarks"]))
    reasons = listed()
    lines = [
        f"{tree.named(each.path)}:{each.line}: unused {each.what} {each.name}"
        for each in candidates
        if each.name not in reasons
    ]
    lines += [f"used_by_name.toml: {name}: no longer needed" for name in reasons.keys() - {c.name for c in candidates}]
    print("\n".join(lines) or "nothing is unused")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
