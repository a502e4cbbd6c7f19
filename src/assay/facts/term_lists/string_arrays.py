"""Lists in the string-array resources of an application package."""

import re
from collections.abc import Iterable, Iterator

from assay.artefacts.apk import Apk
from assay.artefacts.arsc import StringArray
from assay.facts.term_lists.rows import FoundList, rows
from assay.facts.term_lists.shape import list_shape
from assay.model.coverage import NotFollowed
from assay.model.limits import MIB
from assay.model.locator import InnerPlace
from assay.registry import analyser
from assay.vocabulary.lists import Census, Term, TermList

MIN_ARRAY_ENTRIES = 8
"""Fewest entries of a string array that is a list: shorter ones are choices in an interface."""
MAX_CHARACTERS = 64 * MIB
"""Most characters in the entries of all string arrays of a package: many entries may refer to one long string."""

_LANGUAGE = re.compile(r"(?:mcc\d+-)?(?:mnc\d+-)?(?:[a-z]{2,3}(?:-r[A-Z]{2})?|b\+[A-Za-z0-9+]+)(?:-|$)")
_CHOICES = re.compile(r"(?:entries|entry|values|titles|labels|options|choices|names|summaries|items|icons|colou?rs)$")


@analyser(
    question="Which string arrays of this package are lists of terms, and how large are they?",
    reads=Apk,
    emits=(TermList, Term, Census),
    blind_to=(
        f"arrays of fewer than {MIN_ARRAY_ENTRIES} entries",
        "arrays with a value of the same length in two or more languages: they are taken for translated interface text",
        "arrays named as choices of an interface are (entries, values, titles, labels, options …)",
        "lists written as one string resource, or as many",
        "arrays in split packages that are not in this file",
    ),
)
def find_array_lists(apk: Apk) -> Iterator[TermList | Term | Census | NotFollowed]:
    """Yield the lists among the string arrays, in each configuration that has one."""
    left, lost = MAX_CHARACTERS, 0
    for arrays in _by_resource(apk.string_arrays()):
        if not _translated(arrays) and not _CHOICES.search(arrays[0].name):
            for array in arrays:
                left -= sum(map(len, array.entries))
                lost += left < 0
                yield from _list_of(array) if left >= 0 else ()
    if lost:
        yield NotFollowed("string arrays beyond the limit of one package", lost)


def _by_resource(arrays: Iterable[StringArray]) -> Iterator[list[StringArray]]:
    groups: dict[int, list[StringArray]] = {}
    for array in arrays:
        groups.setdefault(array.resource_id, []).append(array)
    yield from groups.values()


def _translated(arrays: list[StringArray]) -> bool:
    """Say whether the array has values of one length in two languages that differ (the default counts as one)."""
    lengths = {len(array.entries) for array in arrays}
    languages = {match[0] if (match := _LANGUAGE.match(array.configuration)) else "" for array in arrays}
    return len(languages) > 1 and len(lengths) == 1 and len({array.entries for array in arrays}) > 1


def _list_of(array: StringArray) -> Iterator[TermList | Term | Census]:
    if len(array.entries) < MIN_ARRAY_ENTRIES:
        return
    shape = list_shape(array.entries)
    if shape is not None:
        place = str(InnerPlace("resource", f"0x{array.resource_id:08x}/{array.configuration}"))
        yield from rows(
            FoundList(
                entries=array.entries,
                carrier="string-array",
                shape=shape,
                place=place,
                entry_place=lambda ordinal: f"{place}/{ordinal}",
                name=array.name.rpartition("/")[2],
            )
        )
