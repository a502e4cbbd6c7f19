"""Which apps a case holds: packages that belong together, and the DEX files below them."""

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping

from assay.applications.application import MOST_PARTS
from assay.applications.grouping import Group, Placed, groups
from assay.engine.cache import key
from assay.engine.records import AppPlace, Expansion, Whole
from assay.model.case import Occurrence
from assay.model.locator import Locator, percent_decode, percent_encode

APK = "apk"
DEX = frozenset({"dex", "dex-container"})
"""Kinds of DEX files; a container stands for the first file in it, the others are its members."""
_CLASS_PATH = re.compile(rb"classes([2-9]|[1-9][0-9]+)?\.dex")

Packages = Mapping[str, tuple[str, int, str]]
"""Of each package archive by sha256: package name, version code and name of the split; absent where unreadable."""


class Applications:
    """Finds the apps of a case in what its artefacts turned out to be."""

    def __init__(self, expansions: Mapping[str, Expansion], sizes: Mapping[str, int], packages: Packages) -> None:
        """Take what each artefact is and contains, its size in bytes, and what each package says of itself."""
        self._expansions = expansions
        self._sizes = sizes
        self._packages = packages

    def found(self, occurrences: Iterable[Occurrence]) -> tuple[Whole, ...]:
        """Return every app once, sorted by its id."""
        placed = (self._placed(one) for one in occurrences if self._expansions[one.artefact].kind == APK)
        return tuple(sorted((self._whole(group) for group in groups(placed)), key=lambda whole: whole.id))

    def _placed(self, one: Occurrence) -> Placed:
        package, version_code, split = self._packages.get(one.artefact, ("", 0, ""))
        home = _home(one)
        return Placed(
            handset=one.handset,
            home=home if package else one.locator,
            package=package,
            version_code=version_code,
            split=split,
            artefact=one.artefact,
            locator=one.locator,
        )

    def _whole(self, group: Group) -> Whole:
        archives = tuple(AppPlace(one.artefact, self._sizes[one.artefact], _called(one), one.locator) for one in group)
        code = tuple(place for archive in archives for place in self._class_path(archive))
        loose = tuple(place for archive in archives for place in self._loose(archive))
        parts = _each_once((*code, *loose))
        return Whole(
            id=key("app", [archive.sha256 for archive in archives]),
            package=group[0].package,
            archives=archives,
            code=parts[:MOST_PARTS],
            left_out=len(parts[MOST_PARTS:]),
        )

    def _class_path(self, archive: AppPlace) -> list[AppPlace]:
        """Return classes.dex, classes2.dex and so on in the order of their numbers, of each name the first."""
        found: dict[int, AppPlace] = {}
        for child, place in self._children(archive):
            match = _CLASS_PATH.fullmatch(child)
            if match and self._is_dex(place):
                found.setdefault(int(match[1] or 1), place)
        return [one for number in sorted(found) for one in self._with_members(found[number])]

    def _with_members(self, place: AppPlace) -> Iterator[AppPlace]:
        """Yield a DEX file and those that one file holds beside it."""
        yield place
        yield from (inner for _, inner in self._children(place) if self._is_dex(inner))

    def _is_dex(self, place: AppPlace) -> bool:
        return self._expansions[place.sha256].kind in DEX

    def _loose(self, archive: AppPlace) -> Iterator[AppPlace]:
        """Yield every DEX file below an archive, without those of packages inside it."""
        waiting, seen = [archive], {archive.sha256}
        while waiting:
            for _, place in self._children(waiting.pop()):
                if place.sha256 in seen or self._expansions[place.sha256].kind == APK:
                    continue
                seen.add(place.sha256)
                waiting.append(place)
                if self._is_dex(place):
                    yield place

    def _children(self, container: AppPlace) -> Iterator[tuple[bytes, AppPlace]]:
        expansion = self._expansions[container.sha256]
        for child in expansion.children:
            if child.sha256 in self._expansions:
                step = Locator.parse(container.locator).child(expansion.step, child.member)
                name = f"{container.name}{step.steps[-1]}"
                yield child.member, AppPlace(child.sha256, child.size, name, str(step))


def _called(one: Placed) -> str:
    """Return what an archive is called in its app, wherever it lies: results are the same in every case."""
    return percent_encode(one.split.encode("utf-8", "surrogatepass")) or "base"


def _each_once(places: Iterable[AppPlace]) -> tuple[AppPlace, ...]:
    """Return the first place of each artefact."""
    first: dict[str, AppPlace] = {}
    for place in places:
        first.setdefault(place.sha256, place)
    return tuple(first.values())


def _home(one: Occurrence) -> str:
    """Return the folder or container around an artefact."""
    locator = Locator.parse(one.locator)
    if locator.steps:
        return f"{locator.parent()}!{percent_encode(posixpath.dirname(locator.steps[-1].member))}"
    return percent_encode(posixpath.dirname(percent_decode(one.path)))
