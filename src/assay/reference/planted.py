"""Planted values: the known values of a test handset, and the search for them in bytes.

``planted.toml`` holds ``schema = "assay-planted/1"`` and one ``[[value]]`` each: ``kind``, ``value``, ``label``,
``handset`` (optional). It is the only place for the values besides evidence; nothing here gives one out.
"""

import tomllib
from collections.abc import Mapping, Sequence
from typing import Self

import msgspec

from assay.model import canonical
from assay.model.errors import UsageError
from assay.reference.planted_forms import NOTATIONS, forms
from assay.reference.planted_position import Half, halves
from assay.reference.planted_search import Match, Search

SCHEMA = "assay-planted/1"


class PlantedValue(msgspec.Struct, frozen=True, order=True):
    """One known value. `label` is what reports call it; `handset` the one it was planted in, empty for all."""

    kind: str
    label: str
    value: str
    handset: str = ""

    def __repr__(self) -> str:
        """Name the value without giving it out."""
        return f"PlantedValue({self.kind!r}, {self.label!r})"


class Found(msgspec.Struct, frozen=True, order=True):
    """A planted value in some bytes: which, in what form, and how unlikely by chance, in bits.

    `half` is ``latitude`` or ``longitude`` where only that one stands there; it counts together with the other.
    """

    label: str
    kind: str
    half: str
    form: str
    bits: int


class PlantedValues:
    """All planted values of a case, ready to search for."""

    def __init__(self, values: Sequence[PlantedValue]) -> None:
        """Take the values; neither their order nor their repetition matters."""
        self.values = tuple(sorted(set(values)))
        self._search = Search(
            [(value, rank, form) for value in self.values for rank, form in enumerate(forms(value.kind, value.value))]
        )
        self._halves: list[tuple[PlantedValue, Half]] = [
            (value, half) for value in self.values if value.kind == "position" for half in halves(value.value)
        ]

    def __reduce__(self) -> tuple[type[Self], tuple[tuple[PlantedValue, ...]]]:
        """Send the values alone to another process; the search is built there anew."""
        return type(self), (self.values,)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``planted.toml``. Raises: UsageError for anything that would make a search silently miss."""
        try:
            document = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise _wrong(f"is not TOML ({error})", "Correct the file.") from error
        if document.get("schema") != SCHEMA:
            raise _wrong("states no schema that is known", f'Begin it with schema = "{SCHEMA}".')
        entries = document.get("value", [])
        if not isinstance(entries, list):
            raise _wrong("has no list of values", "Write each value below a line [[value]].")
        return cls([_value(number, entry) for number, entry in enumerate(entries, start=1)])

    @property
    def digest(self) -> str:
        """The sha256 over all values: a cache key within the case.

        It carries no salt, and a short value can be guessed from it: it is neither printed nor shared.
        """
        return canonical.digest([SCHEMA, *self.values])

    def find(self, data: bytes) -> tuple[Found, ...]:
        """Return what stands in `data`: each value once, in its plainest form, sorted by label."""
        matches = self._search.matches(data.lower())
        if not matches and not self._halves:
            return ()
        best: dict[PlantedValue, tuple[tuple[int, int], Found]] = {}
        for match in matches:
            rank, form = _closeness(match, data)
            found = Found(match.value.label, match.value.kind, "", form, match.form.bits)
            if match.value not in best or rank < best[match.value][0]:
                best[match.value] = (rank, found)
        return tuple(sorted([found for _, found in best.values()] + self._halves_in(data)))

    def _halves_in(self, data: bytes) -> list[Found]:
        matches = ((value, half, half.match(data)) for value, half in self._halves)
        return [Found(value.label, value.kind, half.name, *match) for value, half, match in matches if match]

    def veil(self, text: str) -> str:
        """Return `text` with every planted value in it as ``…``: for addresses, whose names come from evidence."""
        raw = bytearray(text.encode("utf-8", "surrogatepass"))
        spans = {(match.start, match.end) for match in self._search.matches(bytes(raw).lower())}
        for start, end in reversed(_merged(spans)):
            raw[start:end] = "…".encode()
        return "|".join(map(self._veil_names, raw.decode("utf-8", "replace").split("|")))

    def _veil_names(self, text: str) -> str:
        """Veil short values, which count only as a whole: a name behind the scheme or between two slashes."""
        scheme, colon, names = text.partition(":")
        return scheme + colon + "/".join("…" if self.find(name.encode()) else name for name in names.split("/"))


def _closeness(match: Match[PlantedValue], data: bytes) -> tuple[tuple[int, int], str]:
    """Return how near to the value as planted a match is, and the name of its form."""
    if match.grouped:
        return (3, match.rank), "grouped"
    seen, planted = data[match.start : match.end], match.value.value.encode()
    if seen == planted:
        return (0, 0), "raw"
    if seen.lower() == planted.lower():
        return (1, 0), "other case"
    return (2, match.rank), match.form.name


def _merged(spans: set[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans sorted, those that overlap as one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _value(number: int, entry: object) -> PlantedValue:
    fields = entry if isinstance(entry, Mapping) else {}
    texts = {name: fields.get(name, "") for name in ("kind", "label", "value", "handset")}
    for name, text in texts.items():
        if not isinstance(text, str) or (not text.strip() and name != "handset"):
            raise _wrong(f"value {number} has no {name}", f'Add {name} = "…" to it, in quotes.')
    kind, notation = texts["kind"], NOTATIONS.get(texts["kind"])
    if notation is None:
        raise _wrong(f"value {number} is of kind {kind!r}", f"The kinds are: {', '.join(sorted(NOTATIONS))}.")
    if notation.looks_like.fullmatch(texts["value"].strip()) is None:
        raise _wrong(f"value {number} does not look like kind {kind}", f"Write it like {notation.example!r}.")
    return PlantedValue(kind, texts["label"], texts["value"].strip(), texts["handset"])


def _wrong(fact: str, next_step: str) -> UsageError:
    return UsageError("planted values", fact, next_step)
