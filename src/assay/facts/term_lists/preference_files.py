"""Lists in shared preferences: sets of text, JSON in a text, text joined by separators."""

from collections.abc import Iterator

from assay.artefacts.json import JsonDocument, is_json
from assay.artefacts.preferences import PreferenceEntry, SharedPreferences
from assay.facts.term_lists.joined import MIN_JOINED, split_joined
from assay.facts.term_lists.json_values import Inside, lists_inside
from assay.facts.term_lists.rows import FoundList, rows
from assay.facts.term_lists.shape import MIN_ENTRIES, list_shape
from assay.model.errors import Unreadable
from assay.model.locator import InnerPlace
from assay.model.source import BufferSource
from assay.registry import analyser
from assay.vocabulary.lists import Census, Term, TermList


@analyser(
    question="Which lists of terms do these preferences keep, and how large is each?",
    reads=SharedPreferences,
    emits=(TermList, Term, Census),
    blind_to=(
        f"sets of fewer than {MIN_ENTRIES} entries, and fewer than {MIN_JOINED} entries joined in one text",
        "lists that are encoded, compressed or encrypted in a text",
        "lists whose keys are the keys of the preferences themselves",
    ),
)
def find_preference_lists(document: SharedPreferences) -> Iterator[TermList | Term | Census]:
    """Yield the lists that preferences keep, in the order of the file."""
    for entry in document.entries:
        if entry.type == "set":
            yield from _of_set(entry, document.encoding)
        elif entry.type == "string":
            yield from _of_text(entry, document.encoding)


def _of_set(entry: PreferenceEntry, encoding: str) -> Iterator[TermList | Term | Census]:
    shape = list_shape(entry.members)
    if shape is not None:
        place = str(InnerPlace("xpath", entry.path))
        yield from rows(
            FoundList(
                entries=entry.members,
                carrier="preferences",
                shape=shape,
                place=place,
                entry_place=lambda ordinal: f"{place}/string[{ordinal + 1}]",
                name=entry.name,
                encoding=encoding,
            )
        )


def _of_text(entry: PreferenceEntry, encoding: str) -> Iterator[TermList | Term | Census]:
    inner = _json_inside(entry.value)
    if inner is not None:
        for inside in lists_inside(inner.value):
            yield from rows(_found(entry, inside, encoding))
        return
    parts = split_joined(entry.value)
    if parts is not None:
        yield from rows(_found(entry, Inside("", *parts), encoding))


def _json_inside(text: str) -> JsonDocument | None:
    source = BufferSource(text.encode("utf-8", "surrogatepass"))
    if not is_json(source):
        return None
    try:
        return JsonDocument(source)
    except Unreadable:
        return None


def _found(entry: PreferenceEntry, inside: Inside, encoding: str) -> FoundList:
    """Return a list inside a text; its place is the element, with the JSON pointer behind a number sign."""
    place = InnerPlace("xpath", entry.path)
    if inside.form != "string" or inside.pointer:
        place = InnerPlace("xpath", f"{entry.path}#{inside.pointer}")
    return FoundList(
        entries=inside.entries,
        carrier="preferences",
        shape=inside.shape,
        place=str(place),
        entry_place=lambda ordinal: str(InnerPlace("xpath", place.value + inside.tail(ordinal))),
        name=inside.name or entry.name,
        encoding=encoding,
    )
