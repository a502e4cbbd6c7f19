"""The code of each handset: how much was read, whose it is as far as that is told, and what was not examined."""

from collections import defaultdict
from collections.abc import Iterable

import msgspec

from assay.findings.database import Database

SDKS_SHOWN = 40
"""Most SDKs that are printed; all of them stand in facts.jsonl."""
_WHOLE = 1000

_DEX = """
SELECT handset, count(DISTINCT artefact) AS files, sum(bodies)::BIGINT AS methods,
       sum(instructions)::BIGINT AS instructions
FROM (SELECT DISTINCT handset, artefact, bodies, instructions FROM code_index) GROUP BY handset
"""
_OTHERS = """
SELECT handset, 'native libraries' AS what, count(DISTINCT artefact) AS files FROM native_library GROUP BY handset
UNION ALL
SELECT handset, 'script bundles', count(DISTINCT artefact) FROM script_bundle GROUP BY handset
UNION ALL
SELECT handset, 'files of code that are not examined', count(DISTINCT artefact) FROM foreign_code GROUP BY handset
"""
_SHARES = """
SELECT handset, origin, sum(instructions)::BIGINT AS instructions FROM code_share GROUP BY handset, origin
"""
_SDKS = """
SELECT sdk, min(name) AS name, min(publisher) AS publisher, min(category) AS category, handset, how,
       count(DISTINCT package) AS packages, sum(instructions)::BIGINT AS instructions
FROM sdk_use GROUP BY sdk, handset, how ORDER BY sdk, handset, how
"""

COUNTS = (("files", "DEX files"), ("methods", "methods with code"), ("instructions", "instructions"))
OTHERS = ("native libraries", "script bundles", "files of code that are not examined")
ORIGINS = (
    ("own", "the app’s own"),
    ("named", "an SDK’s, under its own name"),
    ("renamed", "an SDK’s, renamed"),
    ("name only", "named like an SDK’s, and not told by its content"),
    ("could not tell: renamed code", "could not tell: renamed code"),
    ("other named code", "other code with names of its own"),
)
"""Origins of code, as facts and as reports write them."""


class Measure(msgspec.Struct, frozen=True, kw_only=True):
    """One number of every handset, in the order of the case."""

    label: str
    values: tuple[int, ...]


class Share(msgspec.Struct, frozen=True, kw_only=True):
    """The instructions of one origin on every handset: per mille of those of its apps, None where it has none."""

    label: str
    values: tuple[int | None, ...]


class SdkRow(msgspec.Struct, frozen=True, kw_only=True):
    """One SDK: how its code was told on every handset and in how many apps: ``named in 2 apps``; empty for none."""

    sdk: str
    name: str
    publisher: str
    category: str
    values: tuple[str, ...]


class Code(msgspec.Struct, frozen=True, kw_only=True):
    """The section; `sdks` are those with most instructions, and `left_out` others are not printed."""

    counts: tuple[Measure, ...]
    shares: tuple[Share, ...]
    sdks: tuple[SdkRow, ...]
    left_out: int


def code(database: Database, names: tuple[str, ...]) -> Code:
    """Return the section for handsets of these names."""
    rows = _sdk_rows(database, names)
    return Code(
        counts=(*_counts(database, names), *_others(database, names)),
        shares=_shares(database, names),
        sdks=tuple(rows[:SDKS_SHOWN]),
        left_out=max(len(rows) - SDKS_SHOWN, 0),
    )


def _counts(database: Database, names: tuple[str, ...]) -> Iterable[Measure]:
    found = {row["handset"]: row for row in database.query(_DEX)}
    for key, label in COUNTS:
        yield Measure(label=label, values=tuple(_number(found.get(name, {}).get(key, 0)) for name in names))


def _others(database: Database, names: tuple[str, ...]) -> Iterable[Measure]:
    found = {(row["handset"], row["what"]): _number(row["files"]) for row in database.query(_OTHERS)}
    for label in OTHERS:
        yield Measure(label=label, values=tuple(found.get((name, label), 0) for name in names))


def _shares(database: Database, names: tuple[str, ...]) -> tuple[Share, ...]:
    found = {(row["handset"], row["origin"]): _number(row["instructions"]) for row in database.query(_SHARES)}
    totals = {name: sum(found.get((name, origin), 0) for origin, _ in ORIGINS) for name in names}
    return tuple(
        Share(label=label, values=tuple(_per_mille(found.get((name, origin), 0), totals[name]) for name in names))
        for origin, label in ORIGINS
    )


def _per_mille(part: int, whole: int) -> int | None:
    return _WHOLE * part // whole if whole else None


def _sdk_rows(database: Database, names: tuple[str, ...]) -> list[SdkRow]:
    """Return all SDKs, those with most instructions first."""
    rows: dict[str, list[dict[str, object]]] = defaultdict(list)
    for row in database.query(_SDKS):
        rows[str(row["sdk"])].append(row)
    order = sorted(rows, key=lambda sdk: (-sum(_number(row["instructions"]) for row in rows[sdk]), sdk))
    return [_sdk_row(sdk, rows[sdk], names) for sdk in order]


def _sdk_row(sdk: str, rows: list[dict[str, object]], names: tuple[str, ...]) -> SdkRow:
    told: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        count = _number(row["packages"])
        told[str(row["handset"])].append(f"{row['how']} in {count} {'app' if count == 1 else 'apps'}")
    return SdkRow(
        sdk=sdk,
        name=str(rows[0]["name"]),
        publisher=str(rows[0]["publisher"]),
        category=str(rows[0]["category"]),
        values=tuple(", ".join(told[name]) for name in names),
    )


def _number(value: object) -> int:
    return msgspec.convert(value, int)
