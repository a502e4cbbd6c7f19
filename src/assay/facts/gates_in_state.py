"""Gates in the state that evidence of a handset shows: preferences of the app, and answers that servers gave.

Source: Android, data storage: ``shared_prefs/NAME.xml`` of an app, ``PACKAGE_preferences.xml`` by default.
"""

import json
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from assay.model.case import Handset, Occurrence
from assay.registry import FactTables, joiner
from assay.vocabulary.fact import Located
from assay.vocabulary.handset import Preference
from assay.vocabulary.lists import Snapshot
from assay.vocabulary.packages import Package
from assay.vocabulary.states import GateInState, GateState
from assay.vocabulary.traffic import Transfer

SETTINGS, ANSWER = "settings", "answer"
ABSENT, ABSENT_SAID, NOT_SEEN = "-", "absent", "not seen"
MAX_NODES = 100_000
"""Most values of an answer that are gone through; a longer one counts as not read."""
MAX_ANSWERS = 64
"""Most different answers to one comparison on one handset that are told, the first by day."""
_PREFERENCES = re.compile(r"(?:^|/)([A-Za-z0-9_.]+)/shared_prefs/([^/]+)\.xml$")
_BOOLEANS = {"true": 1, "false": 0}

Values = Mapping[str, str]
"""Written values (`GateState`) by variable; what is not in it is not seen."""


class _Seen(NamedTuple):
    """Values that evidence shows, on which day and in which files."""

    day: str
    files: tuple[str, ...]
    values: Values


class _Told(NamedTuple):
    """All states of the gate of one comparison in one file of code."""

    artefact: str
    rows: tuple[GateState, ...]

    @property
    def first(self) -> GateState:
        return self.rows[0]


@joiner(
    question="Is the gate of a comparison open in the state that app data and recorded answers of a handset show?",
    reads=(GateState, Preference, Snapshot, Transfer, Package),
    emits=GateInState,
    blind_to=(
        "settings in databases, in files of other formats, in system settings, and encrypted ones",
        "preferences of which a handset has several files that disagree",
        "texts and fractions of which the code says nothing, and numbers that it computes with",
        "whether an answer was taken by the app, and what it took before or later",
        f"answers that are no JSON, hold more than {MAX_NODES} values, or give a key different values",
        f"answers beyond the first {MAX_ANSWERS} different ones to a comparison",
        "what the settings are on another day than that of the acquisition",
    ),
)
def gates_in_state(tables: FactTables) -> Iterator[tuple[str, GateInState]]:
    """Yield by comparison and handset the state of its settings, then each different answer by day."""
    told = _told(tables.rows(GateState))
    if not told:
        return
    packages = {place.locator for fact in tables.rows(Package) for place in tables.occurrences(fact.artefact)}
    settings, answers = _Settings(tables, packages), _Answers(tables, packages)
    for one in told:
        for handset in _handsets(tables, one.artefact):
            found = settings.of(handset, one.first) if one.first.kind == SETTINGS else answers.of(handset, one.first)
            for seen in found:
                yield one.artefact, _row(one, handset, seen)


def _told(rows: Sequence[Located[GateState]]) -> list[_Told]:
    found: dict[tuple[str, str, str], list[GateState]] = defaultdict(list)
    for each in rows:
        found[each.artefact, each.row.comparison, each.row.kind].append(each.row)
    return [_Told(artefact, tuple(dict.fromkeys(same))) for (artefact, _, _), same in sorted(found.items())]


def _handsets(tables: FactTables, artefact: str) -> Iterator[Handset]:
    names = {place.handset for place in tables.occurrences(artefact)}
    yield from (handset for handset in tables.handsets if handset.name in names)


def _row(told: _Told, handset: Handset, seen: _Seen) -> GateInState:
    first = told.first
    classes = {name: _class(told, at, seen.values.get(name)) for at, name in enumerate(first.variables)}
    fitting = [row for row in told.rows if _fits(row, classes)]
    return GateInState(
        place=first.place, comparison=first.comparison, on_handset=handset.name, kind=first.kind, day=seen.day,
        seen_in=seen.files, variables=first.variables,
        values=tuple(_said(seen.values.get(name)) for name in first.variables),
        unseen=tuple(name for name in first.variables if classes[name] is None),
        open_in=_common(row.open_in for row in fitting), closed_in=_common(row.closed_in for row in fitting),
    )  # fmt: skip


def _class(told: _Told, at: int, value: str | None) -> str | None:
    """Return the told value that stands for one that was seen: itself, of numbers the next below; None for none."""
    known = {row.values[at] for row in told.rows}
    if value is None or value in known:
        return value
    numbers = sorted(int(each[1:]) for each in known if each.startswith("#"))
    if not value.startswith("#") or told.first.variables[at] not in told.first.ordered:
        return None
    return f"#{numbers[max(0, bisect_right(numbers, int(value[1:])) - 1)]}"


def _fits(row: GateState, classes: Mapping[str, str | None]) -> bool:
    pairs = zip(row.variables, row.values, strict=True)
    return all(classes[name] is None or classes[name] == value for name, value in pairs)


def _common(names: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Return the profiles that all states have; none where there is no state."""
    sets = [set(each) for each in names]
    return tuple(sorted(set.intersection(*sets))) if sets else ()


def _said(value: str | None) -> str:
    return NOT_SEEN if value is None else ABSENT_SAID if value == ABSENT else value[1:]


class _Settings:
    """Preferences by handset, package and file."""

    def __init__(self, tables: FactTables, packages: AbstractSet[str]) -> None:
        self._found: dict[tuple[str, str, str], dict[str, dict[str, str]]] = defaultdict(dict)
        for fact in tables.rows(Preference):
            for place in _acquired(tables, fact.artefact, packages):
                named = _PREFERENCES.search(_path(place))
                if named is not None:
                    values = self._found[place.handset, named[1], named[2]].setdefault(fact.artefact, {})
                    values[fact.row.name] = _written(fact.row)

    def of(self, handset: Handset, state: GateState) -> Iterator[_Seen]:
        """Yield the values of the settings of a state on a handset; nothing where no file of any is there."""
        values: dict[str, str] = {}
        files: set[str] = set()
        for variable in state.variables:
            name, _, key = variable.partition(":")[2].partition("/")
            file = f"{state.package}_preferences" if name == "default" else name
            kept = self._found.get((handset.name, state.package, file), {})
            found = {each.get(key, ABSENT) for each in kept.values()}
            files.update(kept)
            if len(found) == 1:
                values[variable] = found.pop()
        if values:
            yield _Seen(handset.acquisition.when[:10], tuple(sorted(files)), values)


class _Answers:
    """Answers of servers by handset and address, by day."""

    def __init__(self, tables: FactTables, packages: AbstractSet[str]) -> None:
        self._tables = tables
        self._read: dict[str, Mapping[str, str] | None] = {}
        self._found: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
        for snapshot in tables.rows(Snapshot):
            for place in _acquired(tables, snapshot.artefact, packages):
                body = tables.beside(place, snapshot.row.file)
                if body is not None:
                    self._found[place.handset, _bare(snapshot.row.endpoint)].add((snapshot.row.taken[:10], body))
        for transfer in tables.rows(Transfer):
            one = transfer.row
            for place in _acquired(tables, transfer.artefact, packages) if one.response_sha256 else ():
                address = _bare(f"{one.scheme}://{one.host}{one.path}")
                self._found[place.handset, address].add((one.day, one.response_sha256))

    def of(self, handset: Handset, state: GateState) -> Iterator[_Seen]:
        """Yield different answers from the addresses of a state to a handset, the first of each by day."""
        addresses = {_bare(each) for each in state.addresses if "://" in each}
        told: set[tuple[str, ...]] = set()
        for day, artefact in sorted({one for each in addresses for one in self._found.get((handset.name, each), ())}):
            scalars = self._scalars(artefact)
            if scalars is None or len(told) >= MAX_ANSWERS:
                continue
            values = {name: value for name in state.variables if (value := _answered(scalars, name)) is not None}
            key = tuple(values.get(name, "") for name in state.variables)
            if values and key not in told:
                told.add(key)
                yield _Seen(day, (artefact,), values)

    def _scalars(self, artefact: str) -> Mapping[str, str] | None:
        if artefact not in self._read:
            text = self._tables.text(artefact)
            self._read[artefact] = None if text is None else scalars(text)
        return self._read[artefact]


def _answered(found: Mapping[str, str], variable: str) -> str | None:
    """Return what an answer gives for a variable: `ABSENT` where it has no such key, None where it has several."""
    value = found.get(variable.removeprefix("remote:"), ABSENT)
    return value or None


def scalars(text: str) -> Mapping[str, str] | None:
    """Return the written values of the keys of a JSON document at any depth; empty for a key with several, or none.

    None where it is no document that can be gone through.
    """
    try:
        whole = json.loads(text, parse_constant=lambda _: None)
    except (ValueError, RecursionError):
        return None
    if not isinstance(whole, dict | list):
        return None
    found: dict[str, str] = {}
    todo, nodes = [whole], 0
    while todo:
        each = todo.pop()
        pairs = each.items() if isinstance(each, dict) else (("", one) for one in each)
        for key, value in pairs:
            nodes += 1
            if isinstance(value, dict | list):
                todo.append(value)
            if isinstance(each, dict):
                written = _scalar(value)
                found[key] = written if found.get(key, written) == written else ""
        if nodes > MAX_NODES:
            return None
    return found


def _scalar(value: object) -> str:
    """Return a value as `GateState` has it: truth values as numbers; empty for what is none, or a fraction."""
    if value is None:
        return ABSENT
    if isinstance(value, int):
        return f"#{int(value)}"
    return f"={value}" if isinstance(value, str) else ""


def _written(row: Preference) -> str:
    """Return the value of a preference as `GateState` has it; one of another type stands for no told value."""
    if row.type == "boolean" and row.value in _BOOLEANS:
        return f"#{_BOOLEANS[row.value]}"
    if row.type in {"int", "long"} and re.fullmatch(r"-?[0-9]{1,20}", row.value):
        return f"#{int(row.value)}"
    return f"={row.value}"


def _acquired(tables: FactTables, artefact: str, packages: AbstractSet[str]) -> Iterator[Occurrence]:
    """Yield the places of a file that lie neither in an application package nor in a capture."""
    yield from (place for place in tables.occurrences(artefact) if not place.told_by(packages))


def _path(place: Occurrence) -> str:
    """Return the path of a file as acquired, or inside the archive in which it lies."""
    return place.locator.rpartition("!")[2] if "!" in place.locator else place.path


def _bare(address: str) -> str:
    return re.split(r"[?#]", address, maxsplit=1)[0].rstrip("/")
