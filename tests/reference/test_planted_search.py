from hypothesis import given
from hypothesis import strategies as st

from assay.reference.planted_forms import Form
from assay.reference.planted_search import MAX_WHOLE_BYTES, Search

PATTERNS = st.lists(st.text("ab1", min_size=1, max_size=4).map(str.encode), min_size=1, max_size=5, unique=True)


@given(PATTERNS, st.text("ab1 ", max_size=40).map(str.encode))
def test_every_occurrence_is_found_overlapping_ones_too(patterns: list[bytes], data: bytes) -> None:
    search = Search([(pattern, 0, Form("f", pattern, 64, whole=False)) for pattern in patterns])
    expected = {
        (pattern, start, start + len(pattern))
        for pattern in patterns
        for start in range(len(data))
        if data.startswith(pattern, start)
    }
    assert {(match.value, match.start, match.end) for match in search.matches(data) if not match.grouped} == expected


@given(PATTERNS, st.text("ab1 ", max_size=10).map(str.encode))
def test_short_values_count_only_as_a_whole(patterns: list[bytes], data: bytes) -> None:
    search = Search([(pattern, 0, Form("f", pattern, 9, whole=True)) for pattern in patterns])
    found = {match.value for match in search.matches(data) if not match.grouped}
    assert found == {pattern for pattern in patterns if data.strip() == pattern}


def test_a_character_beside_it_may_make_a_match_part_of_something_else() -> None:
    search = Search([("v", 0, Form("f", b"ab", 64, whole=False, before=b"1", behind=b"2"))])
    hits = {data: len(list(search.matches(data))) for data in (b"xabx", b"1ab", b"ab2", b"2ab1", b"1ab ab2 ab")}
    assert hits == {b"xabx": 1, b"1ab": 0, b"ab2": 0, b"2ab1": 1, b"1ab ab2 ab": 1}


def test_whole_leaves_are_compared_up_to_the_limit() -> None:
    search = Search([("v", 0, Form("f", b"ab", 9, whole=True))])
    assert len(list(search.matches(b"ab".ljust(MAX_WHOLE_BYTES)))) == 1
    assert list(search.matches(b"ab".ljust(MAX_WHOLE_BYTES + 1))) == []


def test_two_values_with_the_same_form_are_both_found() -> None:
    form = Form("f", b"kestrel", 64, whole=False)
    assert {match.value for match in Search([("one", 0, form), ("two", 0, form)]).matches(b"a kestrel")} == {
        "one",
        "two",
    }
