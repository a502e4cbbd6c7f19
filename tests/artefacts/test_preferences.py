import random
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.artefacts.preferences import SharedPreferences, is_preferences, open_preferences
from assay.artefacts.xml import XmlDocument
from assay.model.errors import Unreadable
from assay.model.source import BufferSource

TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn"), exclude_characters="\ufeff"), max_size=12)
HEAD = b"<?xml version='1.0' encoding='utf-8' standalone='yes' ?>\n"
HAND = (
    HEAD
    + b"""<map>
    <boolean name="filter_on" value="true" />
    <int name="ttl" value="43200" />
    <long name="last" value="1632117600000" />
    <float name="ratio" value="0.50" />
    <string name="words">a &amp; b</string>
    <set name="hosts">
        <string>one</string>
        <string>two</string>
    </set>
    <null name="gone" />
</map>
"""
)


def opened(data: bytes) -> SharedPreferences:
    return open_preferences(BufferSource(data))


def test_every_type_by_hand() -> None:
    document = opened(HAND)
    assert [(entry.type, entry.name, entry.value, entry.members) for entry in document.entries] == [
        ("boolean", "filter_on", "true", ()),
        ("int", "ttl", "43200", ()),
        ("long", "last", "1632117600000", ()),
        ("float", "ratio", "0.50", ()),
        ("string", "words", "a & b", ()),
        ("set", "hosts", "", ("one", "two")),
    ]
    assert [entry.path for entry in document.entries][4:] == ["/map[1]/string[1]", "/map[1]/set[1]"]
    assert [entry.line for entry in document.entries] == [3, 4, 5, 6, 7, 8]
    assert document.problems == []
    assert isinstance(document, XmlDocument)


@given(st.dictionaries(TEXT, TEXT, max_size=6), st.lists(TEXT, max_size=6))
def test_texts_and_sets_are_read_back(texts: dict[str, str], members: list[str]) -> None:
    body = "".join(f"<string name={quoteattr(name)}>{escape(value)}</string>" for name, value in texts.items())
    inner = "".join(f"<string>{escape(member)}</string>" for member in members)
    document = opened(HEAD + f'<map>{body}<set name="s">{inner}</set></map>'.encode())
    assert {entry.name: entry.value for entry in document.entries[:-1]} == texts
    assert document.entries[-1].members == tuple(members)


def test_what_is_no_preference_is_skipped_with_a_problem() -> None:
    document = opened(b"<map><int name='a' value='1'/>\n<double name='b' value='2'/></map>")
    assert [entry.name for entry in document.entries] == ["a"]
    assert [(problem.place, problem.what) for problem in document.problems] == [
        ("line:2", "<double> is no type of preference")
    ]


@pytest.mark.parametrize("data", [HAND, b"<map/>", b"<map />", b"<!-- x --><map>"])
def test_maps_are_recognised(data: bytes) -> None:
    assert is_preferences(BufferSource(data))


@pytest.mark.parametrize(
    "data", [b"", b"<maps/>", b"<resources><map/></resources>", b"<x><map/></x>", b"map", b"ABX\x00\x10"]
)
def test_others_are_not(data: bytes) -> None:
    assert not is_preferences(BufferSource(data))


@pytest.mark.mutation
def test_changed_bytes_end_in_entries_or_unreadable(mutations: int) -> None:
    rng = random.Random(4)
    for _ in range(mutations):
        data = bytearray(HAND)
        for _ in range(rng.randint(1, 4)):
            data[rng.randrange(len(data))] = rng.choice((rng.randrange(256), *b"<>&;/\"'="))
        try:
            document = opened(bytes(data))
        except Unreadable:
            continue
        assert all(entry.name.encode() is not None and entry.line >= 1 for entry in document.entries)
