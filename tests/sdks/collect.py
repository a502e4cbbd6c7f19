"""Writes the features of the table of SDKs anew: `python -m tests.sdks.collect FOLDER`.

FOLDER holds the packages of sources.toml as the package clients fetched them; applications are read where `make apks`
laid them. Rows are written by hand, features by this; the same libraries give the same bytes.
"""

import sys
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import Any

from assay.reference.sdks import Sdks
from tests.sdks.choice import Seen, chosen, seen
from tests.sdks.material import TOP, libraries

TABLE = TOP / "src/assay/data/reference/sdks"
A_LINE = 8


def main(folder: Path) -> None:
    """Read all libraries and write each file of the table."""
    table = Sdks.packaged()
    all_ = seen(libraries(folder), table)
    for path in sorted(TABLE.glob("*.toml")):
        text = path.read_text(encoding="utf-8")
        rows = tomllib.loads(text)["sdk"]
        head = text.partition("\n[[sdk]]\n")[0]
        path.write_text(head + "".join(_row(row, all_) for row in rows), encoding="utf-8")
    for sdk in sorted(all_):
        sys.stdout.write(f"{sdk or '(no SDK)'}: {len(all_[sdk].sizes)} classes, {len(all_[sdk].versions)} features\n")


def _row(row: dict[str, Any], all_: dict[str, Seen]) -> str:
    one = all_.get(row["id"])
    if one is not None:
        sources = "; ".join(one.sources)
        row |= {"source": sources, "verified": "verified", "classes": len(one.sizes)}
    keys = [key for key in row if key != "observed"]
    lines = ["", "[[sdk]]", *(f"{key} = {_value(row[key])}" for key in keys)]
    return "\n".join(lines) + "\n" + ("" if one is None else _observed(one, chosen(all_, row["id"])))


def _value(value: object) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    return f'"{value}"' if isinstance(value, str) else str(value)


def _observed(one: Seen, features: list[int]) -> str:
    groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for feature in features:
        groups[tuple(sorted(one.versions[feature] - {""}))].append(f"{feature:012x}")
    return "".join(_group(list(versions), groups[versions]) for versions in sorted(groups))


def _group(versions: list[str], words: list[str]) -> str:
    lines = [" ".join(words[at : at + A_LINE]) for at in range(0, len(words), A_LINE)]
    return "\n".join(["[[sdk.observed]]", f"versions = {_value(versions)}", 'hashes = """', *lines, '"""', ""])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
