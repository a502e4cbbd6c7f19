"""How did the lists at an endpoint change over the dated answers of it?"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

import msgspec

from assay.artefacts.json import JsonDocument, is_json
from assay.model import wordlist
from assay.model.errors import Unreadable
from assay.model.ids import short
from assay.model.locator import InnerPlace
from assay.model.problem import Problem
from assay.model.source import BufferSource
from assay.registry import FactTables, joiner
from assay.vocabulary import Located
from assay.vocabulary.lists import ListChange, ListVersion, Snapshot, Term, TermList
from assay.vocabulary.packages import Package

ANSWERED = frozenset({None, 200, 203, 204})
"""HTTP statuses whose body is the configuration; 304 says that nothing changed, errors say nothing."""
NO_LIST = short("L", wordlist.full_identity(()))

Slot = tuple[str, str]
"""What makes two lists of one endpoint versions of each other: carrier, and JSON pointer or name."""


Series = tuple[str, str]
"""Endpoint and handset: the answers that are compared with each other."""


class Listed(msgspec.Struct, frozen=True):
    """A list at a place of an answer: what the carrier calls it, its identity, its records."""

    place: str
    name: str
    list_id: str
    entries: int


Lists = dict[str, dict[Slot, Listed]]
"""The lists of each artefact."""
Terms = dict[str, set[str]]
"""The normal forms of the entries of each list."""


class Body(msgspec.Struct, frozen=True, order=True):
    """One dated answer: when, and which artefact."""

    taken: str
    sha256: str


@joiner(
    question="How did the lists at an endpoint change from one dated answer to the next?",
    reads=(Snapshot, TermList, Term, Package),
    emits=(ListVersion, ListChange),
    blind_to=(
        "changes between two dated answers that were undone before the second",
        "a list that moved to another key: it reads as one that ended and one that began",
        "a list whose key is gone from a later answer: it has no version there",
        "a list outside of JSON that shrank below the fewest entries of a list without becoming empty",
        "answers that differ by request parameters: they are compared in the order of their times",
        "an answer without any byte: it may say that nothing is new, and is no version",
        "the order of answers of one and the same second: no change is told between them",
    ),
)
def join_list_versions(tables: FactTables) -> Iterator[tuple[str, ListVersion | ListChange | Problem]]:
    """Yield versions in the order of endpoint, handset, list and time, and the change from each to the next."""
    lists = _by_artefact(tables.rows(TermList))
    terms = _normals(tables.rows(Term))
    bodies, missing = _bodies(tables)
    yield from missing
    yield from dict.fromkeys(_at_one_time(bodies))
    for answers in bodies.values():
        _add_short_arrays(tables, answers, lists, terms)
    joined = (row for series in sorted(bodies) for row in _history(series[0], sorted(bodies[series]), lists, terms))
    yield from dict.fromkeys(joined)  # the same bodies with several handsets have one history


def _history(
    endpoint: str, answers: Sequence[Body], lists: Lists, terms: Terms
) -> Iterator[tuple[str, ListVersion | ListChange]]:
    for slot in sorted({slot for body in answers for slot in lists.get(body.sha256, {})}):
        versions = _versions(endpoint, slot, answers, lists)
        if any(version.entries for _, version in versions):
            yield from versions
            yield from _changes(versions, terms)


def _by_artefact(rows: Sequence[Located[TermList]]) -> Lists:
    found: Lists = {}
    for located in rows:
        row = located.row
        listed = Listed(row.place, row.name, row.list_id, row.entries)
        found.setdefault(located.artefact, {}).setdefault(_slot(row), listed)
    return found


def _slot(row: TermList) -> Slot:
    carrier = row.carrier
    if carrier in {"json-array", "json-objects", "json-keys", "json-string"}:
        return "json", row.place
    return carrier, row.name


def _add_short_arrays(tables: FactTables, answers: Iterable[Body], lists: Lists, terms: Terms) -> None:
    """Add arrays of text that are too short for a list where another answer has one: it shrank."""
    slots = {slot: listed for body in answers for slot, listed in lists.get(body.sha256, {}).items()}
    for body in answers:
        absent = [slot for slot in slots if slot[0] == "json" and slot not in lists.get(body.sha256, {})]
        document = _json(tables, body.sha256) if absent else None
        for slot in absent if document else ():
            entries = _texts_at(document, slot[1])
            if entries is not None:
                listed = Listed(slot[1], slots[slot].name, wordlist.identity(entries), len(entries))
                lists.setdefault(body.sha256, {})[slot] = listed
                terms[listed.list_id] = set(wordlist.keys(entries))


def _json(tables: FactTables, body: str) -> JsonDocument | None:
    text = tables.text(body)
    source = BufferSource((text or "").encode("utf-8", "surrogatepass"))
    try:
        return JsonDocument(source) if is_json(source) else None
    except Unreadable:
        return None


def _texts_at(document: JsonDocument | None, place: str) -> list[str] | None:
    """Return the array of text at a printed place, None where there is none."""
    arrays = {} if document is None else {_printed(pointer): items for pointer, items in document.arrays()}
    items = arrays.get(place)
    return items if items is not None and all(type(item) is str for item in items) else None


def _printed(pointer: str) -> str:
    return str(InnerPlace("json", pointer)) if pointer else ""


def _normals(rows: Sequence[Located[Term]]) -> Terms:
    """Return the normal forms of the entries of each list."""
    found: Terms = {NO_LIST: set()}
    for located in rows:
        if located.row.normal:
            found.setdefault(located.row.list_id, set()).add(located.row.normal)
    return found


def _bodies(tables: FactTables) -> tuple[Mapping[Series, set[Body]], list[tuple[str, Problem]]]:
    """Return the answers of each series, and a problem for each body that is not beside its manifest."""
    bodies: dict[Series, set[Body]] = {}
    missing: dict[tuple[str, Problem], None] = {}
    packages = {place.locator for fact in tables.rows(Package) for place in tables.occurrences(fact.artefact)}
    for located in tables.rows(Snapshot):
        if located.row.status not in ANSWERED:
            continue
        for occurrence in tables.occurrences(located.artefact):
            if occurrence.told_by(packages):
                missing[located.artefact, _NOT_OF_A_LABORATORY] = None
                continue
            sha256 = tables.beside(occurrence, located.row.file)
            if sha256 is None:
                missing[located.artefact, _missing(located.row)] = None
            else:
                body = Body(located.row.taken, sha256)
                bodies.setdefault((located.row.endpoint, occurrence.handset), set()).add(body)
    return bodies, list(missing)


_NOT_OF_A_LABORATORY = Problem(
    place="",
    what="a snapshot manifest lies inside an application package or a capture",
    instead="it was left out: it is a statement of what is examined, not of a laboratory",
    cost="it tells no version of a list",
)


def _at_one_time(bodies: Mapping[Series, set[Body]]) -> Iterator[tuple[str, Problem]]:
    """Yield a problem for each answer that has the time of another one of its series."""
    for (endpoint, _), answers in sorted(bodies.items()):
        for before, after in pairwise(sorted(answers)):
            if before.taken == after.taken:
                yield after.sha256, _same_time(endpoint, after.taken)


def _same_time(endpoint: str, taken: str) -> Problem:
    return Problem(
        place="",
        what=f"two different answers of {endpoint} are stated for {taken}",
        instead="no change was told between them",
        cost="which of them came first is unknown",
    )


def _missing(row: Snapshot) -> Problem:
    return Problem(
        place=row.place,
        what=f"the body {row.file} of the snapshot of {row.taken} does not lie beside the manifest",
        instead="the snapshot was left out",
        cost="the history of the lists at this endpoint lacks this answer",
    )


Versions = list[tuple[str, ListVersion]]


def _versions(endpoint: str, slot: Slot, answers: Sequence[Body], lists: Lists) -> Versions:
    """Return the versions of one list by time."""
    versions: Versions = []
    names = [row.name for body in answers if (row := lists.get(body.sha256, {}).get(slot))]
    for body in answers:
        row = lists.get(body.sha256, {}).get(slot)
        if row is not None:
            version = ListVersion(
                place=row.place,
                endpoint=endpoint,
                taken=body.taken,
                body=body.sha256,
                name=names[0],
                list_id=row.list_id,
                entries=row.entries,
            )
            versions.append((body.sha256, version))
    return versions


def _changes(versions: Versions, terms: Terms) -> Iterator[tuple[str, ListChange]]:
    for (_, before), (body, after) in pairwise(versions):
        if before.list_id != after.list_id and before.taken < after.taken:
            earlier, later = terms.get(before.list_id, set()), terms.get(after.list_id, set())
            yield (
                body,
                ListChange(
                    place=after.place,
                    endpoint=after.endpoint,
                    name=after.name,
                    before=before.taken,
                    after=after.taken,
                    list_before=before.list_id,
                    list_after=after.list_id,
                    added=tuple(sorted(later - earlier)),
                    removed=tuple(sorted(earlier - later)),
                    emptied=before.entries > 0 and after.entries == 0,
                ),
            )
