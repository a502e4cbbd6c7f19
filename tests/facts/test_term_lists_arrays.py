"""String arrays of packages, on the specimen of an anti-spam list."""

from collections.abc import Iterator
from importlib.resources import files
from typing import cast

import pytest
from msgspec.structs import replace

from assay.artefacts.apk import Apk, open_apk
from assay.artefacts.arsc import StringArray
from assay.facts.term_lists import string_arrays
from assay.facts.term_lists.string_arrays import MIN_ARRAY_ENTRIES, find_array_lists
from assay.model.coverage import NotFollowed
from assay.model.source import BufferSource
from assay.vocabulary.lists import Term, TermList

PHRASES = tuple(f"{one} {two}" for one in ("free", "cheap", "instant") for two in ("loan", "watch", "prize"))


def array(*entries: str, configuration: str = "default", name: str = "array/spam") -> StringArray:
    return StringArray(resource_id=0x7F030001, name=name, configuration=configuration, entries=entries, offset=0)


def test_the_specimen_carries_its_phrases() -> None:
    apk = open_apk(BufferSource((files("assay") / "data/demo/north/apps/Phone.apk").read_bytes()))
    rows = list(find_array_lists(apk))
    (found,) = [row for row in rows if isinstance(row, TermList)]
    assert (found.entries, found.name, found.shape, found.carrier) == (24, "spam_phrases", "phrases", "string-array")
    assert found.place == "resource:0x7f030000/default"
    first = next(row for row in rows if isinstance(row, Term))
    assert (first.text, first.place) == ("you have won a prize", "resource:0x7f030000/default/0")


def test_an_app_without_arrays_carries_none() -> None:
    apk = open_apk(BufferSource((files("assay") / "data/demo/north/apps/Clock.apk").read_bytes()))
    assert list(find_array_lists(apk)) == []


def test_short_arrays_are_choices() -> None:
    assert list(string_arrays._list_of(array(*PHRASES[:MIN_ARRAY_ENTRIES]))) != []
    assert list(string_arrays._list_of(array(*PHRASES[: MIN_ARRAY_ENTRIES - 1]))) == []


@pytest.mark.parametrize(
    ("configurations", "translated"),
    [
        (("default", "lt"), True),
        (("default", "zh-rCN"), True),
        (("de", "b+sr+Latn"), True),
        (("mcc244-fi", "lt"), True),
        (("default", "v21"), False),
        (("default", "sw600dp"), False),
        (("default", "night"), False),
        (("default",), False),
    ],
)
def test_the_same_choices_in_two_languages_are_a_translation(
    configurations: tuple[str, ...], translated: object
) -> None:
    arrays = [array(*(f"{p}{n}" for p in PHRASES), configuration=c) for n, c in enumerate(configurations)]
    assert string_arrays._translated(arrays) is translated


def test_lists_that_differ_in_length_by_language_are_lists() -> None:
    assert not string_arrays._translated([array(*PHRASES), array(*PHRASES[1:], configuration="lt")])


def test_one_list_in_two_configurations_is_no_translation() -> None:
    assert not string_arrays._translated([array(*PHRASES), array(*PHRASES, configuration="lt")])


@pytest.mark.parametrize("name", ["array/font_size_entries", "array/theme_values", "array/tab_titles"])
def test_choices_are_known_by_name(name: str) -> None:
    assert string_arrays._CHOICES.search(name)
    assert not string_arrays._CHOICES.search("array/spam_phrases")


class Arrays:
    """What the analyser asks of a package."""

    def string_arrays(self) -> Iterator[StringArray]:
        """Yield two arrays of 90 characters each."""
        for number in (1, 2):
            spam = array(*(f"word{letter * 5}" for letter in "abcdefghij"), name=f"array/spam{number}")
            yield replace(spam, resource_id=number)


@pytest.mark.parametrize(("limit", "found", "beyond"), [(180, 2, 0), (179, 1, 1)])
def test_arrays_are_read_up_to_the_limit_and_counted_beyond(
    monkeypatch: pytest.MonkeyPatch, limit: int, found: int, beyond: int
) -> None:
    monkeypatch.setattr(string_arrays, "MAX_CHARACTERS", limit)
    seen = list(find_array_lists(cast("Apk", Arrays())))
    assert len([row for row in seen if isinstance(row, TermList)]) == found
    assert sum(row.count for row in seen if isinstance(row, NotFollowed)) == beyond
