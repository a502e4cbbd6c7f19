"""Lists under every carrier: found, placed, counted, and one identity for one list."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.artefacts.text import open_text
from assay.facts.term_lists.json_documents import MAX_EMPTY_ARRAYS, MAX_EMPTY_DEPTH
from assay.facts.term_lists.shape import MIN_ENTRIES
from assay.facts.term_lists.text_lines import find_text_lists
from assay.model.source import BufferSource
from assay.vocabulary.lists import Census
from tests.facts.listed import (
    WORDS,
    Row,
    elements,
    lists,
    of_csv,
    of_json,
    of_preferences,
    of_text,
    of_xml,
    only,
    terms,
)

CARRIERS: dict[str, tuple[Callable[[], list[Row]], str, str, str, str]] = {
    # carrier: rows, place of the list, name, place of the first entry, place of the last entry
    "json-array": (
        lambda: of_json({"v": 1, "words": WORDS}), "json:/words", "words", "json:/words/0", "json:/words/15",
    ),
    "json-objects": (
        lambda: of_json({"list": [{"id": n, "word": word} for n, word in enumerate(WORDS)]}),
        "json:/list", "list", "json:/list/0/word", "json:/list/15/word",
    ),
    "json-keys": (
        lambda: of_json({"w": dict.fromkeys(WORDS, 1)}),
        "json:/w", "w", "json:/w/velmora", "json:/w/%EF%BC%B7%EF%BC%A9%EF%BC%A4%EF%BC%A5%20words",
    ),
    "json-string": (lambda: of_json({"w": "|".join(WORDS)}), "json:/w", "w", "json:/w", "json:/w"),
    "text-lines": (lambda: of_text("\n".join(WORDS)), "lines:1-16", "", "0x0+7", "0xbb+18"),
    "csv-column": (
        lambda: of_csv("id,word\n" + "".join(f"{n},{word}\n" for n, word in enumerate(WORDS))),
        "column:2", "word", "line:2", "line:17",
    ),
    "xml-elements": (
        lambda: of_xml(f"<list name='n'>{elements(WORDS)}</list>"),
        "xpath:/list[1]", "n", "xpath:/list[1]/w[1]", "xpath:/list[1]/w[16]",
    ),
    "xml-attributes": (
        lambda: of_xml("<list>" + "".join(f"<w text='{word}'/>" for word in WORDS) + "</list>"),
        "xpath:/list[1]", "list", "xpath:/list[1]/w[1]", "xpath:/list[1]/w[16]",
    ),
    "preferences": (
        lambda: of_preferences(f"<map><set name='s'>{elements(WORDS, 'string')}</set></map>"),
        "xpath:/map[1]/set[1]", "s", "xpath:/map[1]/set[1]/string[1]", "xpath:/map[1]/set[1]/string[16]",
    ),
}  # fmt: skip


@pytest.mark.parametrize("carrier", CARRIERS)
def test_a_list_is_found_named_and_placed_under_every_carrier(carrier: str) -> None:
    rows, place, name, first, last = CARRIERS[carrier]
    found = only(rows())
    assert (found.carrier, found.place, found.name, found.entries) == (carrier, place, name, 16)
    assert [term.text for term in terms(rows())] == list(WORDS)
    assert [term.ordinal for term in terms(rows())] == list(range(16))
    assert (terms(rows())[0].place, terms(rows())[-1].place) == (first, last)


def test_one_list_is_one_list_under_every_carrier() -> None:
    assert len({only(rows[0]()).identity for rows in CARRIERS.values()}) == 1
    assert len({term.list_id for rows in CARRIERS.values() for term in terms(rows[0]())}) == 1


def test_encodings_and_order_do_not_change_a_list() -> None:
    words = ["新闻自由", "广告过滤", "测试词语", "独立运动", "灯笼游行"]
    plain = only(of_text("\n".join(words)))
    legacy = only(list(find_text_lists(open_text(BufferSource("\r\n".join(reversed(words)).encode("gb18030"))))))
    assert (plain.encoding, legacy.encoding) == ("utf-8", "gb18030")
    assert plain.identity == legacy.identity


def test_entries_stay_as_found_and_are_normalised_beside() -> None:
    rows = of_json([" Straße ", "ＡＢＣ", "ﬁlm", "plain", "Ⅷ x", ""])
    assert [term.text for term in terms(rows)] == [" Straße ", "ＡＢＣ", "ﬁlm", "plain", "Ⅷ x", ""]
    assert [term.normal for term in terms(rows)] == ["strasse", "abc", "film", "plain", "viii x", ""]
    assert only(rows).place == ""
    assert (only(rows).entries, only(rows).unique) == (6, 5)


def test_the_census_counts_by_every_rule_and_script() -> None:
    rows = of_json({"w": ["Apple pie", "apple pie", " apple pie", "pear", "", "自由", "слово", "plum", "fig", "自由"]})
    assert {row.rule: row.count for row in rows if isinstance(row, Census)} == {
        "raw": 10, "trimmed": 9, "unique": 9, "unique-trimmed": 7, "unique-normal": 6,
        "script:Cyrillic": 1, "script:Han": 2, "script:Latin": 6,
    }  # fmt: skip
    assert {row.list_id for row in rows} == {only(rows).list_id}


@given(st.lists(st.sampled_from(WORDS), min_size=MIN_ENTRIES, max_size=16, unique=True))
def test_from_the_fewest_entries_on_a_list_is_found(words: list[str]) -> None:
    assert only(of_json({"w": words})).entries == len(words)
    assert lists(of_json({"w": words[: MIN_ENTRIES - 1]})) == []


# --- empty ones ------------------------------------------------------------------------------------


def test_an_empty_array_under_a_key_is_a_list_without_entries() -> None:
    rows = of_json({"v": 3, "a": {"words": []}})
    assert only(rows).entries == 0
    assert (only(rows).place, only(rows).name, only(rows).carrier, only(rows).shape) == (
        "json:/a/words",
        "words",
        "json-array",
        "",
    )
    assert only(rows).list_id == "L-e3b0c44298fc1c14"
    assert terms(rows) == []


def test_empty_arrays_within_arrays_are_not_noted() -> None:
    assert of_json({"a": [{"b": []}, {"b": []}]}) == []


def test_a_document_with_many_empty_arrays_is_no_configuration_of_lists() -> None:
    assert len(of_json({f"k{n}": [] for n in range(MAX_EMPTY_ARRAYS)})) == MAX_EMPTY_ARRAYS
    assert of_json({f"k{n}": [] for n in range(MAX_EMPTY_ARRAYS + 1)}) == []


def test_deep_empty_arrays_and_those_of_schemas_are_not_noted() -> None:
    assert len(of_json({"a": {"b": {"c": {"d": []}}}})) == 1
    assert MAX_EMPTY_DEPTH == 4
    assert of_json({"a": {"b": {"c": {"d": {"e": []}}}}}) == []
    assert of_json({"required": [], "a": {"enum": []}}) == []


def test_an_empty_document_and_an_empty_text_are_noted() -> None:
    assert only(of_json([])).place == ""
    assert only(of_text("\n\n")).carrier == "text-lines"
