"""Lists in JSON documents."""

from collections.abc import Iterator

from assay.artefacts.har import Har
from assay.artefacts.json import JsonDocument
from assay.facts.term_lists.joined import MIN_JOINED
from assay.facts.term_lists.json_values import MIN_KEYS, TECHNICAL_KEYS, Inside, key_of, lists_inside
from assay.facts.term_lists.rows import FoundList, empty, rows
from assay.facts.term_lists.shape import MIN_ENTRIES
from assay.model.locator import InnerPlace, percent_encode
from assay.registry import analyser
from assay.vocabulary.lists import Census, Term, TermList

MAX_EMPTY_ARRAYS = 16
"""Most empty arrays of one document that are noted; a document with more is no configuration of lists."""
MAX_EMPTY_DEPTH = 4
"""Most keys on the way to an empty array that is noted."""


@analyser(
    question="Which lists of terms does this JSON document carry, and how large is each?",
    reads=JsonDocument,
    emits=(TermList, Term, Census),
    blind_to=(
        f"lists of fewer than {MIN_ENTRIES} entries, and of fewer than {MIN_JOINED} in one string",
        f"keys of an object that are fewer than {MIN_KEYS} plain words",
        "lists that are encoded, compressed or encrypted inside the document",
        "lists spread over objects with several text fields, and arrays of numbers",
        "lists whose entries look like names in code, sentences or codes, and lists of single characters",
        "lists inside a capture: bodies of answers are examined as artefacts of their own",
    ),
)
def find_json_lists(document: JsonDocument) -> Iterator[TermList | Term | Census]:
    """Yield the lists of a JSON document, then its empty arrays."""
    if isinstance(document, Har):
        return
    for inside in lists_inside(document.value):
        yield from rows(_found(inside, document.encoding))
    yield from _empty_arrays(document)


def _found(inside: Inside, encoding: str) -> FoundList:
    prefix = str(InnerPlace("json", inside.pointer))
    return FoundList(
        entries=inside.entries,
        carrier=f"json-{inside.form}",
        shape=inside.shape,
        place=prefix if inside.pointer else "",
        entry_place=lambda ordinal: prefix + encoded(inside.tail(ordinal)),
        name=inside.name,
        encoding=encoding,
    )


def encoded(tail: str) -> str:
    """Return the end of a JSON pointer as a printed place has it."""
    return tail if tail[1:].isdigit() else percent_encode(tail.encode("utf-8", "surrogatepass"))


def _empty_arrays(document: JsonDocument) -> Iterator[TermList]:
    """Yield the places of empty arrays that are values of keys, or the document itself."""
    pointers = [pointer for pointer, items in document.arrays() if not items and not _is_unlikely(pointer)]
    if len(pointers) <= MAX_EMPTY_ARRAYS and not document.lines:
        for pointer in pointers:
            place = str(InnerPlace("json", pointer)) if pointer else ""
            yield empty(place, key_of(pointer), document.encoding, "json-array")


def _is_unlikely(pointer: str) -> bool:
    """Say whether the place is one of many alike, inside an array, or deep, or where software describes itself."""
    steps = pointer.split("/")[1:]
    return len(steps) > MAX_EMPTY_DEPTH or any(step.isdigit() or step.casefold() in TECHNICAL_KEYS for step in steps)
