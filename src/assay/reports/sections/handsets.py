"""The handsets side by side: what they are, and which packages they carry in which version."""

from collections import defaultdict

import msgspec

from assay.findings.database import Database
from assay.model.case import Handset

_PACKAGES = """
SELECT package, handset, list_sort(list(DISTINCT version_name || ' (' || version_code || ')')) AS versions,
       max(label) AS label
FROM package WHERE split = '' GROUP BY package, handset ORDER BY package, handset
"""
_BYTES = """
SELECT package, handset, list_sort(list(DISTINCT artefact)) AS copies FROM package GROUP BY package, handset
"""

_LABELS = (
    ("make", "Make"),
    ("model", "Model"),
    ("market", "Market"),
    ("build", "Build"),
    ("android", "Android"),
    ("patch_level", "Security patch level"),
    ("profile", "Profile assumed for gates"),
)
_ACQUISITION = (("when", "Acquired"), ("who", "Acquired by"), ("how", "How"), ("tool", "Tool"))


class Property(msgspec.Struct, frozen=True, kw_only=True):
    """One property of every handset; empty where unknown."""

    label: str
    values: tuple[str, ...]


class PackageRow(msgspec.Struct, frozen=True, kw_only=True):
    """One package with its versions on each handset; `same` where every handset has the very same bytes."""

    package: str
    label: str
    versions: tuple[tuple[str, ...], ...]
    same: bool


def properties(handsets: tuple[Handset, ...]) -> tuple[Property, ...]:
    """Return what is known of the handsets, row by row."""
    own = [Property(label=label, values=tuple(getattr(one, name) for one in handsets)) for name, label in _LABELS]
    acquired = [
        Property(label=label, values=tuple(getattr(one.acquisition, name) for one in handsets))
        for name, label in _ACQUISITION
    ]
    return (*own, *acquired)


def packages(database: Database, names: tuple[str, ...]) -> tuple[PackageRow, ...]:
    """Return every package by name with its versions in the order of `names`."""
    versions: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    labels: dict[str, str] = {}
    for row in database.query(_PACKAGES):
        package = str(row["package"])
        versions[package][str(row["handset"])] = msgspec.convert(row["versions"], tuple[str, ...])
        labels[package] = str(row["label"])
    copies = _copies(database)
    return tuple(
        PackageRow(
            package=package,
            label=labels[package],
            versions=tuple(found.get(name, ()) for name in names),
            same=len(names) > 1 and all(name in found for name in names) and len(copies[package]) == 1,
        )
        for package, found in versions.items()
    )


def _copies(database: Database) -> dict[str, set[tuple[str, ...]]]:
    copies: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for row in database.query(_BYTES):
        copies[str(row["package"])].add(msgspec.convert(row["copies"], tuple[str, ...]))
    return copies
