"""Whose code each class of an app is, as far as names and features tell.

A class is held against the table of SDKs by its package and by its features. An SDK is taken for present under its own
name where `NAMED_FEATURES` of its features lie below its packages; under other names where they weigh `SDK_EVIDENCE`
in at least `SDK_CLASSES` classes, each of which weighs `CLASS_EVIDENCE` itself.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

import numpy as np

from assay.applications.application import Application
from assay.artefacts.apk import Apk
from assay.bytecode.columns.record import U8
from assay.bytecode.program.part import Part
from assay.bytecode.shapes.features import TEXT_KIND, Features, features
from assay.bytecode.strings import text_of
from assay.model.errors import Unreadable
from assay.reference.sdks import Sdks

NAMED_FEATURES = 3
CLASS_EVIDENCE = 6
LARGE_FEATURES, LARGE_EVIDENCE = 12, 2
"""A class with so many features needs more evidence, and again each time they double: more may agree by chance."""
SDK_EVIDENCE = 24
SDK_CLASSES = 2
TEXT_SHARE = 2
"""What the weight of a feature is divided by where it is a text: other code can carry the same."""

_SHORT = re.compile(r"(?![A-Z][a-z]{1,2}$)[A-Za-z0-9_]{1,3}|[lI1O0oSs5]+|\W*")
_GENERATED = frozenset({"R", "BR"})
"""Classes that build tools make in every package."""


class Origin(StrEnum):
    """Whose code a class is."""

    OWN = "own"
    NAMED = "named"
    RENAMED = "renamed"
    NAME_ONLY = "name only"
    UNTOLD = "could not tell: renamed code"
    OTHER = "other named code"


class Row(NamedTuple):
    """One class: where it is from, the row of its SDK, -1 where it is of none, and its instructions."""

    origin: Origin
    sdk: int
    instructions: int


class Origins(NamedTuple):
    """The classes of an app, and which rows of `Sdks.known` were met in those of each (origin, SDK)."""

    rows: tuple[Row, ...]
    met: dict[tuple[Origin, int], frozenset[int]]


class _Class(NamedTuple):
    package: str
    simple: str
    instructions: int
    features: int
    met: tuple[tuple[int, bool], ...]
    """Rows of the table's features that it has, and whether each is a text."""


def origins(app: Application, sdks: Sdks) -> Origins:
    """Return whose code the classes of the DEX files of an app are, in their order; shadowed ones too."""
    classes = [one for part in app.code.parts[: app.code.application_parts] for one in _classes(part, sdks)]
    return _decided(classes, _own_packages(app, sdks), sdks)


def _own_packages(app: Application, sdks: Sdks) -> frozenset[str]:
    """Return the packages of the app and of the components that its manifests name, those of SDKs left out."""
    stated = [app.package]
    for archive in app.archives:
        stated += [one.rpartition(".")[0] for one in _components(archive.document)]
    return frozenset(package for package in stated if package and sdks.named(package) is None)


def _components(apk: Apk) -> list[str]:
    try:
        return [one.name for one in apk.manifest.components]
    except Unreadable:
        return []  # the package analyser has said so


def _classes(part: Part, sdks: Sdks) -> Iterator[_Class]:
    columns = part.columns
    found = features(part.dex(), columns)
    met = _met(found, sdks)
    counts = np.bincount(found.classes, minlength=len(columns.class_types)).tolist()
    for row, type_ in enumerate(columns.class_types.tolist()):
        package, _, simple = text_of(columns.descriptor(type_).removeprefix(b"L").removesuffix(b";")).rpartition("/")
        yield _Class(
            package.replace("/", "."), simple, int(found.instructions[row]), counts[row], tuple(met.get(row, ()))
        )


def _met(found: Features, sdks: Sdks) -> dict[int, list[tuple[int, bool]]]:
    """Return, by class, the rows of the table that its features meet."""
    hits = np.flatnonzero(np.isin(found.hashes, sdks.features))
    hashes: U8 = found.hashes[hits]
    met: dict[int, list[tuple[int, bool]]] = defaultdict(list)
    for hit, rows in zip(hits.tolist(), sdks.find(hashes), strict=True):
        is_text = int(found.kinds[hit]) == TEXT_KIND
        met[int(found.classes[hit])] += [(row, is_text) for row in rows]
    return met


def _decided(classes: Sequence[_Class], own: frozenset[str], sdks: Sdks) -> Origins:
    named = [sdks.named(one.package) for one in classes]
    present = _present(classes, named, sdks)
    weights = [_weights(one, sdks) if sdk is None else {} for one, sdk in zip(classes, named, strict=True)]
    renamed = _renamed(weights)
    rows: list[Row] = []
    met: dict[tuple[Origin, int], set[int]] = defaultdict(set)
    for one, sdk, weight in zip(classes, named, weights, strict=True):
        if sdk is not None:
            origin, number = (Origin.NAMED if sdk in present else Origin.NAME_ONLY), sdk
        else:
            origin, number = _unnamed(one, weight, renamed, own)
        rows.append(Row(origin, number, one.instructions))
        met[origin, number] |= {row for row, _ in one.met if sdks.known[row].sdk == number}
    return Origins(tuple(rows), {key: frozenset(found) for key, found in met.items() if key[1] >= 0})


def _present(classes: Sequence[_Class], named: Sequence[int | None], sdks: Sdks) -> frozenset[int]:
    """Return the SDKs of whose features enough lie in classes of their own packages."""
    found: dict[int, set[int]] = defaultdict(set)
    for one, sdk in zip(classes, named, strict=True):
        if sdk is not None:
            found[sdk] |= {row for row, _ in one.met if sdks.known[row].sdk == sdk}
    return frozenset(sdk for sdk, rows in found.items() if len(rows) >= NAMED_FEATURES)


def _weights(one: _Class, sdks: Sdks) -> dict[int, int]:
    """Return what the features of a class weigh for each SDK, as far as that is enough for a class."""
    found: dict[int, int] = defaultdict(int)
    for row, is_text in one.met:
        known = sdks.known[row]
        found[known.sdk] += known.weight // TEXT_SHARE if is_text else known.weight
    needed = CLASS_EVIDENCE + LARGE_EVIDENCE * (one.features // LARGE_FEATURES).bit_length()
    return {sdk: weight for sdk, weight in found.items() if weight >= needed}


def _renamed(weights: Sequence[dict[int, int]]) -> frozenset[int]:
    """Return the SDKs that enough classes under other names speak for."""
    sums: dict[int, list[int]] = defaultdict(list)
    for one in weights:
        for sdk, weight in one.items():
            sums[sdk].append(weight)
    return frozenset(sdk for sdk, all_ in sums.items() if sum(all_) >= SDK_EVIDENCE and len(all_) >= SDK_CLASSES)


def _unnamed(one: _Class, weights: dict[int, int], renamed: frozenset[int], own: frozenset[str]) -> tuple[Origin, int]:
    outer = one.simple.partition("$")[0]
    short = outer not in _GENERATED and _SHORT.fullmatch(outer) is not None
    is_own = _below(one.package, own)
    held = {sdk: weight for sdk, weight in weights.items() if sdk in renamed}
    if held and (short or not is_own):
        return Origin.RENAMED, min(held, key=lambda sdk: (-held[sdk], sdk))
    if is_own:
        return Origin.OWN, -1
    return (Origin.UNTOLD if short else Origin.OTHER), -1


def _below(package: str, above: frozenset[str]) -> bool:
    """Say whether a package is one of some, or lies below one."""
    while package:
        if package in above:
            return True
        package = package.rpartition(".")[0]
    return False
