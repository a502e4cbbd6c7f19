"""Which packages of a handset are one app: a base and the splits that lie beside it.

Android installs a base and its splits into one folder; bundles hold them in one archive. Source: Android developers,
"Overview of Android App Bundles"; AOSP core/java/android/content/pm/parsing/ApkLiteParseUtils.java (a split has the
package name and version code of its base).
"""

from collections.abc import Iterable, Iterator

import msgspec


class Placed(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """One package where it lies: `home` is the folder or container around it; `split` is empty for a base."""

    handset: str
    home: str
    package: str
    version_code: int
    split: str
    artefact: str
    locator: str


Group = tuple[Placed, ...]
"""The archives of one app: the base where there is one, then its splits by name."""


def groups(placed: Iterable[Placed]) -> Iterator[Group]:
    """Yield the apps of all handsets, each set of archives once, sorted.

    Several bases of one package and version beside each other are several apps, each with all the splits.
    """
    beside: dict[tuple[str, str, str, int], list[Placed]] = {}
    for one in placed:
        beside.setdefault((one.handset, one.home, one.package, one.version_code), []).append(one)
    found = {tuple(one.artefact for one in group): group for key in sorted(beside) for group in _apps(beside[key])}
    yield from (found[archives] for archives in sorted(found))


def _apps(beside: list[Placed]) -> Iterator[Group]:
    """Yield the apps of one package and version in one place."""
    unique = {(one.split, one.artefact): one for one in sorted(beside, reverse=True)}
    bases = [one for (split, _), one in sorted(unique.items()) if not split]
    splits = [one for (split, _), one in sorted(unique.items()) if split]
    if bases:
        yield from ((base, *splits) for base in bases)
    elif splits:
        yield tuple(splits)
