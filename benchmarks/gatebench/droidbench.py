"""DroidBench, where a folder of it is there: flows by category against its tags, beside one flow said of every package.

Its packages are public, and no part of this project. What is looked for below the folder: `CATEGORY/NAME.apk`, and
Java under a folder `CATEGORY/NAME`, whose comments say `@number_of_leaks N`. (That its repository has them so, in `apk`
and `eclipse-project`, is from memory: no copy of it was at hand when this was written.) A flow counts once by the
places of its source and its sink. Tags say how many flows there are, not which: as many as the tag says count as right,
any beyond as false. Packages without a tag are counted and not scored.
"""

import hashlib
import itertools
import json
import re
import shutil
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.gatebench import examination

TAG = re.compile(r"@number_of_leaks\s+(\d+)")
SINKS = ("effect.network", "effect.sms", "effect.log", "effect.store", "effect.broadcast")
SOURCES = ("identifier.", "text.")
PLACES = ("source_api", "source_place", "sink_api", "place")


class Unusable(Exception):
    """The folder has nothing to examine, or nothing to hold it against; the message says what was looked for."""


@dataclass(frozen=True)
class App:
    """A package with the number of flows that its tag states (None: no tag), and the digests of its code."""

    category: str
    name: str
    flows: int | None
    code: frozenset[str]


@dataclass
class Counts:
    """Flows of several packages: stated, said, and right among the said."""

    stated: int = 0
    said: int = 0
    right: int = 0

    def add(self, stated: int, said: int) -> None:
        """Count one package."""
        self.stated += stated
        self.said += said
        self.right += min(stated, said)

    def shares(self) -> dict[str, float | int | None]:
        """Return the counts with precision, recall and F1; None where nothing was there to be right."""
        sums = self.stated + self.said
        return {
            "stated": self.stated,
            "said": self.said,
            "right": self.right,
            "precision": round(self.right / self.said, 4) if self.said else None,
            "recall": round(self.right / self.stated, 4) if self.stated else None,
            "f1": round(2 * self.right / sums, 4) if sums else None,
        }


def measure(folder: Path, case: Path) -> dict[str, object]:
    """Return the score of the product on a folder; raises Unusable where there is nothing to score."""
    apps = found(folder)
    try:
        rows = flows(folder, case)
    finally:
        shutil.rmtree(case, ignore_errors=True)
    return scored(apps, rows)


def found(folder: Path) -> list[App]:
    """Return the packages below a folder by their names, with their tags."""
    if not folder.is_dir():
        raise Unusable(f"gatebench: {folder} is no folder. --droidbench takes a local copy of DroidBench.")
    packages = sorted(folder.rglob("*.apk"))
    if not packages:
        raise Unusable(f"gatebench: no CATEGORY/NAME.apk below {folder}.")
    stated = tags(folder)
    apps = [_app(path, stated) for path in packages]
    if not any(app.flows is not None for app in apps):
        raise Unusable(f"gatebench: no @number_of_leaks in Java below {folder} for any of {len(apps)} packages.")
    return apps


def _app(path: Path, stated: Mapping[tuple[str, str], int]) -> App:
    category = path.parent.name
    return App(category, path.stem, stated.get((category, path.stem), stated.get(("", path.stem))), _code(path))


def _code(path: Path) -> frozenset[str]:
    """Return the digests of a package's DEX files; none where it cannot be opened."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = [archive.read(name) for name in archive.namelist() if name.endswith(".dex")]
    except (OSError, zipfile.BadZipFile):
        return frozenset()
    return frozenset(hashlib.sha256(part).hexdigest() for part in parts)


def tags(folder: Path) -> dict[tuple[str, str], int]:
    """Return the stated number of flows by category and name; and by name alone where only one category has it.

    Every file that says something of an application speaks of the whole of it: the greatest number counts.
    """
    stated: dict[tuple[str, str], int] = {}
    for path in sorted(folder.rglob("*.java")):
        numbers = [int(number) for number in TAG.findall(path.read_text(encoding="utf-8", errors="replace"))]
        parts = ("", *path.relative_to(folder).parts[:-1])
        for key in itertools.pairwise(parts) if numbers else ():
            stated[key] = max(stated.get(key, 0), *numbers)
    names = [name for _, name in stated]
    return stated | {("", name): flows for (_, name), flows in stated.items() if names.count(name) == 1}


def flows(folder: Path, case: Path) -> list[dict[str, object]]:
    """Return the flows that the product finds in all packages of a folder."""
    shutil.rmtree(case, ignore_errors=True)
    examination.product("check", str(folder), "-o", str(case), "--allow-unsandboxed")
    return [json.loads(line) for line in examination.product("flows", str(case), "--json").splitlines()]


def scored(apps: Iterable[App], rows: Iterable[Mapping[str, object]]) -> dict[str, object]:
    """Return counts and shares by category and of all, beside those of the trivial answer."""
    said = _said(rows)
    product: dict[str, Counts] = defaultdict(Counts)
    trivial: dict[str, Counts] = defaultdict(Counts)
    names: dict[str, int] = defaultdict(int)
    untagged = 0
    for app in apps:
        if app.flows is None:
            untagged += 1
            continue
        places = set[tuple[str, ...]]().union(*(said[digest] for digest in app.code))
        for group in (app.category, "all"):
            names[group] += 1
            product[group].add(app.flows, len(places))
            trivial[group].add(app.flows, 1)
    categories = {
        group: {"apps": names[group], **product[group].shares(), "every_app_leaks_once": trivial[group].shares()}
        for group in sorted(names)
    }
    return {"untagged": untagged, "all": categories.pop("all", {}), "categories": categories}


def _said(rows: Iterable[Mapping[str, object]]) -> dict[str, set[tuple[str, ...]]]:
    """Return the flows by the digest of the code that they end in, each once."""
    said: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for row in rows:
        if str(row["source"]).startswith(SOURCES) and str(row["sink"]).startswith(SINKS):
            said[str(row["artefact"])].add(tuple(str(row[place]) for place in PLACES))
    return said
