"""Lists of words, hosts or packages: identity, census, where they are carried, how they changed."""

from collections import defaultdict
from datetime import UTC, datetime

import msgspec

from assay.findings.database import Database
from assay.model.wordlist import COUNTING_RULES

LISTS_SHOWN = 200
"""Most lists, lanes of the time line and changes that are printed; all of them stand in facts.jsonl."""
SHOWN = 60
"""Most entries of a list that are printed; all of them stand in facts.jsonl."""

_LISTS = """
SELECT list_id, min(identity) AS identity, min(shape) AS shape, min("unique") AS keys, count(DISTINCT fact) AS carriers
FROM term_list GROUP BY list_id ORDER BY keys DESC, list_id
"""
_CARRIED = """
SELECT l.list_id, o.path, l.place, l.carrier, l.name, l.entries, l.encoding,
       list_sort(list(DISTINCT l.handset)) AS handsets
FROM term_list l JOIN occurrence o USING (artefact, handset)
GROUP BY ALL ORDER BY ALL
"""
_CENSUS = """
SELECT list_id, rule, list(DISTINCT "count" ORDER BY "count") AS counts FROM census GROUP BY list_id, rule
"""
_TERMS = f"""
SELECT list_id, text, script FROM (
  SELECT list_id, normal, min(text) AS text, min(script) AS script, min(ordinal) AS first,
         row_number() OVER (PARTITION BY list_id ORDER BY min(ordinal), normal) AS rank
  FROM term GROUP BY list_id, normal)
WHERE rank <= {SHOWN} ORDER BY list_id, rank
"""  # noqa: S608 - a constant of this module
_VERSIONS = """
SELECT DISTINCT endpoint, name, taken, list_id, entries, handset, fact FROM list_version
ORDER BY endpoint, name, taken, handset
"""
_CHANGES = """
SELECT endpoint, name, "before", "after", list_before, list_after, added, removed, emptied,
       list(DISTINCT handset ORDER BY handset) AS handsets
FROM list_change GROUP BY ALL ORDER BY endpoint, name, "before", "after"
"""


class Carrier(msgspec.Struct, frozen=True, kw_only=True):
    """One place that carries a list, on the handsets that have it there."""

    path: str
    place: str
    carrier: str
    name: str
    entries: int
    encoding: str
    handsets: tuple[str, ...]


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """The size of a list under one rule; several numbers where carriers of the same list repeat entries differently."""

    rule: str
    counts: tuple[int, ...]


class WordList(msgspec.Struct, frozen=True, kw_only=True):
    """One list by identity."""

    list_id: str
    identity: str
    shape: str
    keys: int
    carried: tuple[Carrier, ...]
    census: tuple[Count, ...]
    scripts: tuple[Count, ...]
    entries: tuple[str, ...]


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """One dated version on a lane of the timeline; `tenths` is its place on it, 0 to 1000."""

    taken: str
    list_id: str
    entries: int
    handsets: tuple[str, ...]
    tenths: int


class Lane(msgspec.Struct, frozen=True, kw_only=True):
    """The versions of one list at one endpoint."""

    endpoint: str
    name: str
    versions: tuple[Version, ...]


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What changed between two successive versions."""

    endpoint: str
    name: str
    before: str
    after: str
    list_before: str
    list_after: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    emptied: bool
    handsets: tuple[str, ...]


class Lists(msgspec.Struct, frozen=True, kw_only=True):
    """The section: lists by falling size, lanes of the timeline with their first and last day, changes."""

    lists: tuple[WordList, ...]
    left_out: int
    """Lists, lanes and changes that are not printed."""
    lanes: tuple[Lane, ...]
    first: str
    last: str
    changes: tuple[Change, ...]


def lists(database: Database) -> Lists:
    """Return the section."""
    lanes, first, last = _lanes(database)
    changes = tuple(msgspec.convert(row, Change) for row in database.query(_CHANGES))
    found = _word_lists(database)
    return Lists(
        lists=found[:LISTS_SHOWN],
        left_out=sum(max(len(each) - LISTS_SHOWN, 0) for each in (found, lanes, changes)),
        lanes=lanes[:LISTS_SHOWN],
        first=first,
        last=last,
        changes=changes[:LISTS_SHOWN],
    )


def _word_lists(database: Database) -> tuple[WordList, ...]:
    carried = _by_list(database, _CARRIED)
    census = _by_list(database, _CENSUS)
    terms = _by_list(database, _TERMS)
    return tuple(
        WordList(
            list_id=str(row["list_id"]),
            identity=str(row["identity"]),
            shape=str(row["shape"]),
            keys=msgspec.convert(row["keys"], int),
            carried=tuple(msgspec.convert(one, Carrier) for one in carried[row["list_id"]]),
            census=_counts(census[row["list_id"]], scripts=False),
            scripts=_counts(census[row["list_id"]], scripts=True),
            entries=tuple(str(one["text"]) for one in terms[row["list_id"]]),
        )
        for row in database.query(_LISTS)
    )


def _by_list(database: Database, sql: str) -> dict[object, list[dict[str, object]]]:
    grouped: dict[object, list[dict[str, object]]] = defaultdict(list)
    for row in database.query(sql):
        grouped[row["list_id"]].append(row)
    return grouped


def _counts(rows: list[dict[str, object]], *, scripts: bool) -> tuple[Count, ...]:
    stated = list(COUNTING_RULES)
    counts = [msgspec.convert(row, Count) for row in rows]
    if scripts:
        found = [
            Count(rule=one.rule.removeprefix("script:"), counts=one.counts) for one in counts if one.rule not in stated
        ]
        return tuple(sorted(found, key=lambda one: (-one.counts[-1], one.rule)))
    return tuple(sorted((one for one in counts if one.rule in stated), key=lambda one: stated.index(one.rule)))


def _lanes(database: Database) -> tuple[tuple[Lane, ...], str, str]:
    rows = database.query(_VERSIONS)
    days = sorted(str(row["taken"]) for row in rows)
    if not days:
        return (), "", ""
    first, last = days[0], days[-1]
    grouped: dict[tuple[str, str], dict[tuple[str, str, int], list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        version = (str(row["taken"]), str(row["list_id"]), msgspec.convert(row["entries"], int))
        grouped[str(row["endpoint"]), str(row["name"])][version].append(str(row["handset"]))
    lanes = tuple(
        Lane(
            endpoint=endpoint, name=name, versions=tuple(_version(key, who, first, last) for key, who in found.items())
        )
        for (endpoint, name), found in grouped.items()
    )
    return lanes, first, last


def _version(key: tuple[str, str, int], handsets: list[str], first: str, last: str) -> Version:
    taken, list_id, entries = key
    return Version(
        taken=taken,
        list_id=list_id,
        entries=entries,
        handsets=tuple(dict.fromkeys(handsets)),
        tenths=_tenths(taken, first, last),
    )


def _tenths(taken: str, first: str, last: str) -> int:
    start, moment, end = _seconds(first), _seconds(taken), _seconds(last)
    return 500 if end == start else (moment - start) * 1000 // (end - start)


def _seconds(stated: str) -> int:
    try:
        moment = datetime.fromisoformat(stated)
    except ValueError:
        return 0
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())
