"""Lists under every carrier: found, placed, counted, and one identity for one list."""

import json
from collections.abc import Callable
from typing import Any
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.artefacts.csv import open_csv
from assay.artefacts.har import open_har
from assay.artefacts.json import open_json
from assay.artefacts.preferences import open_preferences
from assay.artefacts.text import open_text
from assay.artefacts.xml import open_xml
from assay.facts.term_lists.json_documents import MAX_EMPTY_ARRAYS, find_json_lists
from assay.facts.term_lists.json_values import MIN_KEYS
from assay.facts.term_lists.preference_files import find_preference_lists
from assay.facts.term_lists.shape import MIN_ENTRIES
from assay.facts.term_lists.tables import find_table_lists
from assay.facts.term_lists.text_lines import find_text_lists
from assay.facts.term_lists.xml_documents import MIN_ELEMENTS, find_xml_lists
from assay.model.source import BufferSource
from assay.vocabulary.lists import Census, Term, TermList

Row = TermList | Term | Census
WORDS = (
    "velmora", "lantern march", "Remember Tarnovell", "独立运动", "新闻自由", "свобода печати", "حرية", "ཤིང་ན",
    "free kites", "Ostela", "brenovia", "petadre", "drapupli", "мазиби", "傘線燈", "ＷＩＤＥ words",
)  # fmt: skip


def of_json(value: Any) -> list[Row]:
    return list(find_json_lists(open_json(BufferSource(json.dumps(value).encode()))))


def of_text(text: str) -> list[Row]:
    return list(find_text_lists(open_text(BufferSource(text.encode()))))


def of_csv(text: str) -> list[Row]:
    return list(find_table_lists(open_csv(BufferSource(text.encode()))))


def of_xml(text: str) -> list[Row]:
    return list(find_xml_lists(open_xml(BufferSource(text.encode()))))


def of_preferences(text: str) -> list[Row]:
    return list(find_preference_lists(open_preferences(BufferSource(text.encode()))))


def lists(rows: list[Row]) -> list[TermList]:
    return [row for row in rows if isinstance(row, TermList)]


def terms(rows: list[Row]) -> list[Term]:
    return [row for row in rows if isinstance(row, Term)]


def only(rows: list[Row]) -> TermList:
    (found,) = lists(rows)
    return found


def elements(words: tuple[str, ...], name: str = "w") -> str:
    return "".join(f"<{name}>{escape(word)}</{name}>" for word in words)


CARRIERS: dict[str, tuple[Callable[[], list[Row]], str, str, str, str]] = {
    # carrier: rows, place of the list, name, place of the first entry, place of the last entry
    "json-array": (lambda: of_json({"v": 1, "words": WORDS}), "json:/words", "words", "json:/words/0", "json:/words/15"),
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
        lambda: of_xml(f"<list name='n'>{elements(WORDS)}</list>"), "xpath:/list[1]", "n", "xpath:/list[1]/w[1]", "xpath:/list[1]/w[16]",
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


def test_an_empty_document_and_an_empty_text_are_noted() -> None:
    assert only(of_json([])).place == ""
    assert only(of_text("\n\n")).carrier == "text-lines"


# --- JSON ------------------------------------------------------------------------------------------


def test_numbered_keys_are_an_array() -> None:
    found = of_json({"w": {str(n): word for n, word in enumerate(WORDS)}})
    assert (only(found).carrier, terms(found)[3].place) == ("json-array", "json:/w/3")


def test_keys_that_are_plain_words_need_to_be_many() -> None:
    plain = [f"{a}{b}lo" for a in ("mi", "ta", "ko", "re", "zu") for b in ("ra", "ne", "si", "po")]
    assert len(plain) == MIN_KEYS
    assert only(of_json(dict.fromkeys(plain, 2))).carrier == "json-keys"
    assert lists(of_json(dict.fromkeys(plain[1:], 2))) == []


def test_keys_with_values_of_their_own_are_settings() -> None:
    assert lists(of_json({word: f"text {n}" for n, word in enumerate(WORDS)})) == []


@pytest.mark.parametrize("key", ["required", "permissions", "languages", "files"])
def test_what_software_says_of_itself_is_no_list(key: str) -> None:
    assert lists(of_json({key: list(WORDS)})) == []


def test_records_with_two_texts_are_no_list() -> None:
    assert lists(of_json([{"name": word, "note": word + " more"} for word in WORDS])) == []


def test_a_category_beside_the_word_does_not_hide_the_list() -> None:
    rows = of_json([{"word": word, "kind": "ab"[n % 2], "level": n} for n, word in enumerate(WORDS)])
    assert (only(rows).carrier, only(rows).entries) == ("json-objects", 16)


def test_integers_among_texts_are_entries() -> None:
    assert [term.text for term in terms(of_json({"w": ["kites", 8964, "lanterns", "free words", "umbrella", 1989]}))] == [
        "kites", "8964", "lanterns", "free words", "umbrella", "1989",
    ]  # fmt: skip


def test_a_capture_is_left_to_those_who_read_captures() -> None:
    document = {
        "log": {"version": "1.2", "creator": {"name": "x", "version": "1"}, "entries": [], "pages": list(WORDS)}
    }
    assert list(find_json_lists(open_har(BufferSource(json.dumps(document).encode())))) == []


# --- text, tables, XML, preferences ----------------------------------------------------------------


def test_comment_lines_are_no_entries_and_the_others_keep_their_places() -> None:
    rows = of_text("# words of the week\nvelmora\n// old\nostela\n\nlantern\npetadre\nbrenovia\n")
    assert [term.text for term in terms(rows)] == ["velmora", "ostela", "", "lantern", "petadre", "brenovia"]
    assert [term.place for term in terms(rows)][:2] == ["0x14+7", "0x23+6"]
    assert only(rows).place == "lines:2-8"


def test_a_list_on_one_line_is_found() -> None:
    assert (only(of_text(";".join(WORDS))).carrier, only(of_text(";".join(WORDS))).entries) == ("text-string", 16)


def test_the_named_column_is_the_list() -> None:
    rows = of_csv("name of clerk,keyword,n\n" + "".join(f"clerk {n},{word},{n}\n" for n, word in enumerate(WORDS)))
    assert (only(rows).name, only(rows).place) == ("keyword", "column:2")


def test_a_wide_table_without_a_named_column_is_data() -> None:
    rows = of_csv("a,b,c,d\n" + "".join(f"{word},{n},{n},{n}\n" for n, word in enumerate(WORDS)))
    assert rows == []


def test_columns_of_addresses_and_numbers_without_a_name_are_data() -> None:
    assert of_csv("start,end\n" + "".join(f"192.0.2.{n},192.0.2.{n + 100}\n" for n in range(20))) == []


def test_two_groups_in_one_document_are_two_lists() -> None:
    other = tuple(word + " x" for word in WORDS)
    rows = of_xml(f"<r><array name='a'>{elements(WORDS)}</array><array name='b'>{elements(other)}</array></r>")
    assert [(found.name, found.place) for found in lists(rows)] == [
        ("a", "xpath:/r[1]/array[1]"),
        ("b", "xpath:/r[1]/array[2]"),
    ]


def test_entries_wrapped_in_records_are_one_list() -> None:
    rows = of_xml("<r>" + "".join(f"<e><w>{word}</w><level>1</level></e>" for word in WORDS) + "</r>")
    assert (only(rows).entries, terms(rows)[2].place) == (16, "xpath:/r[1]/e[3]/w[1]")


def test_messages_of_an_interface_are_no_list() -> None:
    assert (
        of_xml(
            "<resources>" + "".join(f"<string name='s{n}'>{w}</string>" for n, w in enumerate(WORDS)) + "</resources>"
        )
        == []
    )


def test_few_elements_are_no_list() -> None:
    assert lists(of_xml(f"<r>{elements(WORDS[:MIN_ELEMENTS])}</r>")) != []
    assert of_xml(f"<r>{elements(WORDS[: MIN_ELEMENTS - 1])}</r>") == []


def test_preferences_are_read_as_preferences_only() -> None:
    document = open_preferences(BufferSource(f"<map><set name='s'>{elements(WORDS, 'string')}</set></map>".encode()))
    assert list(find_xml_lists(document)) == []


@pytest.mark.parametrize(
    ("value", "place", "name"),
    [
        (json.dumps({"on": True, "words": WORDS}), "xpath:/map[1]/string[1]#/words", "words"),
        (json.dumps(WORDS), "xpath:/map[1]/string[1]#", "cache"),
        (",".join(WORDS), "xpath:/map[1]/string[1]", "cache"),
        ("\n".join(WORDS), "xpath:/map[1]/string[1]", "cache"),
    ],
)
def test_a_text_in_preferences_may_hold_a_list(value: str, place: str, name: str) -> None:
    rows = of_preferences(f"<map><string name='cache'>{escape(value)}</string></map>")
    found = only(rows)
    assert (found.carrier, found.name, found.place, found.entries) == (
        "preferences",
        name,
        place.replace(" ", "%20"),
        16,
    )
    assert found.identity == only(of_json(list(WORDS))).identity
